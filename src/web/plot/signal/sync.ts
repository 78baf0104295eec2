/** Keeps a plot in step with the view around it: what it is given, what it tells, and which colours are on. */
import { effect } from '@preact/signals'
import { referred } from './bands.ts'
import type { PlotRange, SignalPlotProperties } from './contract.ts'
import type { Model } from './model.ts'
import { readPalette } from './palette.ts'
import { bringIn, isSameRange, isWhole, wholeOf, withinRecording } from './range.ts'

/** A gesture is over for the address and for screen readers after as long. */
const SETTLED_MS = 250

const isSameOrBothNull = (a: PlotRange | null, b: PlotRange | null): boolean =>
  a === null || b === null ? a === b : isSameRange(a, b)

const isSame = (a: SignalPlotProperties, b: SignalPlotProperties): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof SignalPlotProperties>
  return [...names].every((name) => a[name] === b[name])
}

export interface Sync {
  /** Takes over what the view gives. */
  readonly take: (next: SignalPlotProperties) => void
  /** Tells the view what is shown, from now on; the answer ends it. */
  readonly start: () => () => void
}

export function createSync(model: Model): Sync {
  /** What the view and the plot agree on. */
  let agreed: PlotRange | null = model.props.peek().range ?? null

  function showGiven(given: PlotRange | null, before: PlotRange | null): void {
    // A view that does not keep the range gives none all along; one that does gives back what it was told.
    if (isSameOrBothNull(given, before) || isSameOrBothNull(given, agreed)) return
    agreed = given
    const duration = model.durationMs.peek()
    model.show(given ? withinRecording(given, duration) : wholeOf(duration))
  }

  function showSelected(before: SignalPlotProperties): void {
    const { channels, selected } = model.props.peek()
    const isOld =
      selected?.channel === before.selected?.channel && selected?.startMs === before.selected?.startMs
    const found = isOld ? undefined : referred(channels, selected)
    if (!found) return
    model.active.value = found.channel.index
    const { startMs, endMs } = found.contraction
    model.show(bringIn(model.shown.peek(), { fromMs: startMs, toMs: endMs }, model.durationMs.peek()))
  }

  return {
    take(next) {
      const before = model.props.peek()
      if (isSame(before, next)) return
      const durationBefore = model.durationMs.peek()
      const wasWhole = isWhole(model.shown.peek(), durationBefore)
      model.props.value = next
      const duration = model.durationMs.peek()
      // Channels may come, or be of another length.
      if (duration !== durationBefore)
        model.show(
          wasWhole
            ? withinRecording(agreed ?? wholeOf(duration), duration)
            : withinRecording(model.shown.peek(), duration),
        )
      if (next.onEdit === undefined && model.mode.peek() === 'edit') model.mode.value = 'zoom'
      showGiven(next.range ?? null, before.range ?? null)
      showSelected(before)
    },
    start() {
      let timer: ReturnType<typeof setTimeout> | undefined
      const end = effect(() => {
        const range = model.shown.value
        clearTimeout(timer)
        timer = setTimeout(() => {
          model.settled.value = range
          const duration = model.durationMs.peek()
          if (!(duration > 0)) return
          const told = isWhole(range, duration) ? null : range
          if (isSameOrBothNull(told, agreed)) return
          agreed = told
          model.props.peek().onRange?.(told)
        }, SETTLED_MS)
      })
      return () => {
        end()
        clearTimeout(timer)
      }
    },
  }
}

/** Reads the colours of the theme, and again whenever it or the pixels of the screen change; the answer ends it. */
export function watchTheme(model: Model, element: Element): () => void {
  const read = (): void => {
    model.palette.value = readPalette(element)
  }
  read()
  const observer = new MutationObserver(read)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const screen = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
  // Paper has colours of its own.
  const paper = matchMedia('print')
  screen.addEventListener('change', read)
  paper.addEventListener('change', read)
  return () => {
    observer.disconnect()
    screen.removeEventListener('change', read)
    paper.removeEventListener('change', read)
  }
}
