/** The whole recording in a strip, with the range that is shown: drag it, its ends, or press beside it. */
import { effect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { placeOf } from './bands.ts'
import { extentOf } from './columns.ts'
import type { PlotRange } from './contract.ts'
import type { Frame } from './frame.ts'
import { heightsOf } from './heights.ts'
import type { Model } from './model.ts'
import { paintTrace } from './paint-trace.ts'
import { colourOf } from './palette.ts'
import { LEFT, RIGHT } from './pane.ts'
import { panBy, spanOf, wholeOf, withinRecording } from './range.ts'
import { LOOKS, verdictOf } from './verdict.ts'

/** Height in CSS pixels: a row for each of the first channels. */
const HEIGHT = 44
/** More rows than that would show nothing. */
const MOST_ROWS = 4
/** Ends are taken hold of from as far, in CSS pixels. */
const REACH = 14

function paint(canvas: HTMLCanvasElement, model: Model): void {
  const palette = model.palette.peek()
  const ctx = canvas.getContext('2d')
  if (!palette || !ctx) return
  const ratio = devicePixelRatio
  const width = Math.round(model.width.peek() * ratio)
  canvas.width = width
  canvas.height = HEIGHT * ratio
  const range = wholeOf(model.durationMs.peek())
  const { channels, view } = model.props.peek()
  const rows = channels.slice(0, MOST_ROWS)
  const height = (HEIGHT * ratio) / Math.max(1, rows.length)
  for (const [row, channel] of rows.entries()) {
    const stretches = model.stretchesOf(channel.index, range)
    const heights = heightsOf(extentOf(stretches), [], view)
    const frame: Frame = { ctx, left: 0, top: row * height, width, height, ratio, range, heights, palette }
    for (const each of channel.contractions) {
      const at = placeOf({ fromMs: each.startMs, toMs: each.endMs }, range, width)
      ctx.globalAlpha = 0.35
      ctx.fillStyle = palette.tones[LOOKS[verdictOf(each)].tone]
      ctx.fillRect(at.left, frame.top, at.width, height)
    }
    ctx.globalAlpha = 1
    paintTrace(frame, stretches, colourOf(palette, channel), 0.8)
  }
}

type Hold = { readonly kind: 'body' | 'start' | 'end'; readonly from: PlotRange; readonly atMs: number }

export function Overview({ model }: { readonly model: Model }) {
  const strip = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const view = useRef<HTMLDivElement>(null)
  const hold = useRef<Hold | null>(null)

  useEffect(() => {
    let frame = 0
    const endPaint = effect(() => {
      model.loaded.value
      model.props.value
      model.width.value
      model.palette.value
      frame ||= requestAnimationFrame(() => {
        frame = 0
        if (canvas.current) paint(canvas.current, model)
      })
    })
    const endView = effect(() => {
      const at = placeOf(model.shown.value, wholeOf(model.durationMs.value), model.width.value)
      if (!view.current) return
      view.current.style.transform = `translateX(${at.left}px)`
      view.current.style.width = `${Math.max(4, at.width)}px`
    })
    return () => {
      endPaint()
      endView()
      cancelAnimationFrame(frame)
    }
  }, [model])

  const timeAt = (event: PointerEvent): number => {
    const left = strip.current?.getBoundingClientRect().left ?? 0
    return ((event.clientX - left - LEFT) / model.width.peek()) * model.durationMs.peek()
  }

  function onDown(event: PointerEvent): void {
    const duration = model.durationMs.peek()
    const atMs = timeAt(event)
    const reach = (REACH * duration) / model.width.peek()
    const shown = model.shown.peek()
    const isWide = spanOf(shown) > 2 * reach
    const kind =
      isWide && Math.abs(atMs - shown.fromMs) < reach
        ? 'start'
        : isWide && Math.abs(atMs - shown.toMs) < reach
          ? 'end'
          : 'body'
    const isBeside = kind === 'body' && (atMs < shown.fromMs || atMs > shown.toMs)
    if (isBeside) model.show(panBy(shown, atMs - (shown.fromMs + shown.toMs) / 2, duration))
    hold.current = { kind, from: model.shown.peek(), atMs }
    strip.current?.setPointerCapture(event.pointerId)
  }

  function onMove(event: PointerEvent): void {
    if (!hold.current) return
    const { kind, from, atMs } = hold.current
    const by = timeAt(event) - atMs
    const duration = model.durationMs.peek()
    if (kind === 'body') model.show(panBy(from, by, duration))
    else {
      const ends =
        kind === 'start'
          ? { fromMs: Math.max(0, from.fromMs + by), toMs: from.toMs }
          : { fromMs: from.fromMs, toMs: Math.min(duration, from.toMs + by) }
      if (ends.fromMs < ends.toMs) model.show(withinRecording(ends, duration))
    }
  }

  const onEnd = (): void => {
    hold.current = null
  }

  return (
    <div
      ref={strip}
      class="signal-overview"
      aria-hidden="true"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onEnd}
      onPointerCancel={onEnd}
      style={{ '--before': `${LEFT}px`, '--behind': `${RIGHT}px`, height: `${HEIGHT}px` }}
    >
      <canvas ref={canvas} />
      <div ref={view} class="signal-window" />
    </div>
  )
}
