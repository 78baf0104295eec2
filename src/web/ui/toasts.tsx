/** Short news of what was done, said to screen readers too, gone by itself. */
import { signal } from '@preact/signals'
import './toasts.css'

interface Toast {
  readonly id: number
  readonly text: string
  readonly kind: 'good' | 'error'
}

const SHOWN_MS = 6000

const toasts = signal<readonly Toast[]>([])
let last = 0

/** Says something for a few seconds. What has to be read or acted on belongs into a notice. */
export function say(text: string, kind: Toast['kind'] = 'good'): void {
  const id = ++last
  toasts.value = [...toasts.value.slice(-3), { id, text, kind }]
  setTimeout(() => {
    toasts.value = toasts.value.filter((each) => each.id !== id)
  }, SHOWN_MS)
}

/** Somebody else may be at the page. */
export const forgetToasts = (): void => {
  toasts.value = []
}

export const Toasts = () => (
  <div class="toasts" role="status">
    {toasts.value.map(({ id, text, kind }) => (
      <p key={id} class={kind}>
        {text}
      </p>
    ))}
  </div>
)
