/** Keeps what is loaded in step with what is shown. */
import { effect } from '@preact/signals'
import { askFor, isFine } from './cover.ts'
import { createLoader, nameOf, type Wanted } from './loader.ts'
import type { Model } from './model.ts'
import { isWhole, wholeOf } from './range.ts'

/** What the server gives in one answer, of all channels together. */
const MOST_VALUES = 1_000_000

/** A plot is asked for as if it had so many pixels at least. */
const LEAST_WIDTH = 64
/** Screens may have more pixels than that in one of CSS, but nobody sees them. */
const MOST_RATIO = 2

/** The next request: the whole recording first, which everything else is drawn over, then what is shown of it. */
function nextWanted(model: Model): Wanted | null {
  const { channels } = model.props.peek()
  const picture = model.picture.peek()
  const width = Math.max(LEAST_WIDTH, Math.round(model.width.peek() * Math.min(MOST_RATIO, devicePixelRatio)))
  const durationMs = model.durationMs.peek()
  if (!(durationMs > 0)) return null
  const shown = model.shown.peek()
  const whole = wholeOf(durationMs)
  for (const range of isWhole(shown, durationMs) ? [whole] : [whole, shown]) {
    const lacking = channels.filter(
      ({ index, durationS }) =>
        !isFine(model.store.of(nameOf(picture), index), range, width, durationS * 1000),
    )
    if (lacking.length === 0) continue
    const asking = askFor(range, width, durationMs)
    const points = Math.min(asking.points, Math.floor(MOST_VALUES / lacking.length))
    return { picture, channels: lacking.map(({ index }) => index), asking: { ...asking, points } }
  }
  return null
}

/** Loads from now on; the answer ends it. A picture that is new is loaded at once, a range when a gesture rests. */
export function startLoading(model: Model): { readonly retry: () => void; readonly stop: () => void } {
  const loader = createLoader({
    next: () => nextWanted(model),
    take({ picture }, pieces) {
      model.store.put(nameOf(picture), pieces)
      model.problem.value = undefined
      model.loaded.value++
    },
    fail(error) {
      model.problem.value = error
    },
    busy(isBusy) {
      model.isLoading.value = isBusy
    },
  })
  let before = ''
  const end = effect(() => {
    const now = JSON.stringify([
      model.picture.value,
      model.props.value.channels.map(({ index }) => index),
      model.durationMs.value,
    ])
    // Read so that a range or a width that changes is seen.
    model.shown.value
    model.width.value
    loader.look(now === before ? 'at rest' : 'now')
    before = now
  })
  return {
    retry: () => loader.look('now'),
    stop() {
      end()
      loader.stop()
    },
  }
}
