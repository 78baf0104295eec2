/** Where the panes stand: takes keys, pointers and the wheel, and shows the cursor and what is dragged out. */
import { effect } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { placeOf } from './bands.ts'
import type { Commands } from './commands.ts'
import type { PlotChannel } from './contract.ts'
import { listen, type Place } from './gestures.ts'
import { press } from './keys.ts'
import type { Model } from './model.ts'
import { LEFT, RIGHT } from './pane.ts'
import { PaneView } from './pane-view.tsx'
import { spanOf } from './range.ts'
import { summaryOf } from './texts.ts'
import { words } from './words.ts'

/** Heights of a pane by their number, in CSS pixels. */
const HEIGHTS = [320, 240, 180, 150, 130]
const SMALLEST = 120

/** A hint stays as long, in ms, and is given as often: then one knows. */
const HINT_MS = 1600
const MOST_HINTS = 3

/** The channel under a pointer: of its pane, and where several share one, that of the strip it is in. */
function channelAt(
  panes: readonly (readonly PlotChannel[])[],
  element: HTMLElement,
  y: number,
): PlotChannel | undefined {
  const views = [...element.querySelectorAll<HTMLElement>('.signal-pane')]
  const place = views.findIndex((view) => y < view.getBoundingClientRect().bottom)
  const channels = panes[place < 0 ? panes.length - 1 : place]
  const canvas = views[place]?.querySelector('.signal-canvas')
  if (!channels || channels.length === 1 || !canvas) return channels?.[0]
  const row = Math.floor((y - canvas.getBoundingClientRect().top) / 14)
  return channels[row]
}

function measure(element: HTMLElement, model: Model): void {
  const width = Math.floor(element.clientWidth - LEFT - RIGHT)
  if (width > 0) model.width.value = width
}

export function Stage({
  model,
  commands,
  helpId,
}: {
  readonly model: Model
  readonly commands: Commands
  readonly helpId: string
}) {
  const t = words()
  const stage = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const brush = useRef<HTMLDivElement>(null)
  const hint = useRef<HTMLParagraphElement>(null)

  // Before anything is asked for, so that the first request is for as much as is shown.
  useLayoutEffect(() => {
    if (stage.current) measure(stage.current, model)
  }, [model])
  useEffect(() => {
    const element = stage.current
    if (!element) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let hints = 0
    const stop = listen(element, model, commands, {
      placeOf(event): Place {
        const { left } = element.getBoundingClientRect()
        return {
          share: (event.clientX - left - LEFT) / model.width.peek(),
          // Looked up when it is asked for: most movements only read values.
          get channel() {
            const own = channelAt(model.panes.peek(), element, event.clientY)
            return own ?? model.props.peek().channels.find(({ index }) => index === model.active.peek())
          },
        }
      },
      passed() {
        if (hint.current?.hidden && hints++ < MOST_HINTS) hint.current.hidden = false
        clearTimeout(timer)
        timer = setTimeout(() => {
          if (hint.current) hint.current.hidden = true
        }, HINT_MS)
      },
    })
    const resize = new ResizeObserver(() => measure(element, model))
    resize.observe(element)
    const end = effect(() => {
      const range = model.shown.value
      const at = model.cursor.value
      const dragged = model.brush.value
      const perMs = model.width.value / spanOf(range)
      if (line.current) {
        line.current.hidden = at === null || at < range.fromMs || at > range.toMs
        line.current.style.transform = `translateX(${LEFT + ((at ?? 0) - range.fromMs) * perMs}px)`
      }
      if (brush.current) {
        brush.current.hidden = dragged === null
        const place = placeOf(dragged ?? range, range, model.width.value)
        brush.current.style.transform = `translateX(${LEFT + place.left}px)`
        brush.current.style.width = `${place.width}px`
      }
    })
    return () => {
      stop()
      resize.disconnect()
      end()
      clearTimeout(timer)
    }
  }, [model, commands])

  const panes = model.panes.value
  const height = model.props.value.paneHeight ?? HEIGHTS[panes.length - 1] ?? SMALLEST
  return (
    <div
      ref={stage}
      class="signal-stage"
      data-mode={model.mode.value}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is moved in by keys
      tabIndex={0}
      aria-label={summaryOf(model)}
      aria-describedby={helpId}
      onKeyDown={(event) => {
        if (event.target === stage.current && press(model, commands, event)) event.preventDefault()
      }}
    >
      {panes.map((channels, i) => (
        <PaneView
          key={channels.map(({ index }) => index).join()}
          model={model}
          channels={channels}
          height={height}
          isLast={i === panes.length - 1}
        />
      ))}
      <div ref={line} class="signal-cursor" hidden />
      <div ref={brush} class="signal-brush" hidden />
      <p ref={hint} class="signal-hint" aria-hidden="true" hidden>
        {t.wheelHint}
      </p>
    </div>
  )
}
