/** A text that is to be taken elsewhere, whole: a command, a link, a secret. */
import { useRef } from 'preact/hooks'
import { say } from '../../../ui/toasts.tsx'
import { words } from './words.ts'
import './copyable.css'

/** Without TLS a browser lends no clipboard: then the text is selected, to be copied by keys. */
export function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
  const t = words()
  const input = useRef<HTMLInputElement>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      say(t.copied)
    } catch {
      input.current?.select()
      say(t.byHand)
    }
  }
  return (
    <span class="copyable">
      <input
        ref={input}
        readOnly
        aria-label={label}
        value={text}
        spellcheck={false}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <button type="button" aria-label={t.copyOf(label)} onClick={() => void copy()}>
        {t.copy}
      </button>
    </span>
  )
}
