/** Wheel, pointer and touch on the plot. Shares of the width are 0 at its left and 1 at its right. */
import { contractionAt, edgeAt, editOf, moveEdge } from './bands.ts'
import type { Commands } from './commands.ts'
import type { PlotChannel, PlotRange } from './contract.ts'
import type { Model } from './model.ts'
import { panBy, pinch, spanOf, withinRecording } from './range.ts'

/** Where a pointer is. */
export interface Place {
  readonly share: number
  /** The channel under it. */
  readonly channel: PlotChannel | undefined
}

/** What a gesture needs to know of the page. */
export interface Ground {
  readonly placeOf: (event: PointerEvent | WheelEvent) => Place
  /** A wheel that scrolls the page has passed over the plot. */
  readonly passed: () => void
}

type Gesture =
  | {
      readonly kind: 'press'
      readonly at: number
      readonly x: number
      readonly channel: PlotChannel | undefined
    }
  | { readonly kind: 'pan'; readonly from: PlotRange; readonly x: number }
  | { readonly kind: 'edge' }
  | { readonly kind: 'pinch'; readonly times: readonly [number, number] }
  | { readonly kind: 'read' }

/** Shorter drags are clicks, in CSS pixels. */
const CLICK = 5
/** An edge is met from as far, by pointer and by finger. */
const REACH = { mouse: 6, pen: 8, touch: 22 } as const

/** Pixels of a line and of a page, as wheels count. */
const LINE = 16
const PAGE = 800

export function listen(element: HTMLElement, model: Model, commands: Commands, ground: Ground): () => void {
  const down = new Map<number, number>()
  let gesture: Gesture | null = null
  /** Wheels turn faster than the screen: what they add up to is done once a picture. */
  let wheel: { zoom: number; pan: number; atMs: number } | null = null

  const timeAt = (share: number): number => {
    const range = model.shown.peek()
    return range.fromMs + share * spanOf(range)
  }
  const width = (): number => model.width.peek()

  function turn(): void {
    if (!wheel) return
    const { zoom, pan, atMs } = wheel
    wheel = null
    if (zoom !== 0) commands.zoom(Math.exp(zoom), atMs)
    if (pan !== 0) commands.pan(pan)
  }

  function onWheel(event: WheelEvent): void {
    const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? PAGE : 1
    const isZoom = event.ctrlKey || event.metaKey
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    if (!isZoom && Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      ground.passed()
      return
    }
    event.preventDefault()
    if (!wheel) requestAnimationFrame(turn)
    wheel ??= { zoom: 0, pan: 0, atMs: 0 }
    wheel.atMs = timeAt(ground.placeOf(event).share)
    // Pinches on a trackpad come as small steps of a wheel with ctrl.
    if (isZoom)
      wheel.zoom += Math.max(
        -1,
        Math.min(1, event.deltaY * unit * 0.0025 * (Math.abs(event.deltaY) < 20 ? 4 : 1)),
      )
    else wheel.pan += (sideways * unit) / width()
  }

  function beginEdit(event: PointerEvent, { share, channel }: Place): boolean {
    if (model.mode.peek() !== 'edit' || !channel) return false
    const at = timeAt(share)
    const reach =
      (REACH[event.pointerType as keyof typeof REACH] ?? REACH.mouse) * (spanOf(model.shown.peek()) / width())
    const met = edgeAt(channel, at, reach)
    if (!met) return false
    const { startMs, endMs } = met.contraction
    commands.select(channel, met.contraction)
    model.draft.value = { channel: channel.index, startMs, endMs, was: met.contraction, edge: met.edge }
    gesture = { kind: 'edge' }
    return true
  }

  function onDown(event: PointerEvent): void {
    if (event.button > 1) return
    const place = ground.placeOf(event)
    down.set(event.pointerId, place.share)
    if (down.size === 2) {
      const [a, b] = [...down.values()] as [number, number]
      model.brush.value = null
      model.draft.value = null
      gesture = { kind: 'pinch', times: [timeAt(a), timeAt(b)] }
      return
    }
    if (down.size > 2) return
    const isTouch = event.pointerType === 'touch'
    const isPan = model.mode.peek() === 'pan' || event.shiftKey || event.button === 1
    if (isPan) gesture = { kind: 'pan', from: model.shown.peek(), x: event.clientX }
    else if (!beginEdit(event, place)) {
      gesture =
        isTouch && model.mode.peek() === 'zoom'
          ? { kind: 'read' }
          : { kind: 'press', at: timeAt(place.share), x: event.clientX, channel: place.channel }
    }
    // One finger may still turn out to scroll the page; everything else is the plot's.
    if (!isTouch || gesture?.kind !== 'read') element.setPointerCapture(event.pointerId)
    if (event.button === 1) event.preventDefault()
    element.focus({ preventScroll: true })
  }

  function drag(event: PointerEvent, share: number, held: Gesture): void {
    const duration = model.durationMs.peek()
    if (held.kind === 'pan') {
      const byMs = ((held.x - event.clientX) / width()) * spanOf(held.from)
      model.show(panBy(held.from, byMs, duration))
    } else if (held.kind === 'edge') {
      const draft = model.draft.peek()
      if (draft) model.draft.value = moveEdge(draft, timeAt(share), duration)
    } else if (held.kind === 'press' && Math.abs(event.clientX - held.x) > CLICK) {
      const to = Math.min(duration, Math.max(0, timeAt(Math.min(1, Math.max(0, share)))))
      const [fromMs, toMs] = to < held.at ? [to, held.at] : [held.at, to]
      if (model.mode.peek() !== 'edit') model.brush.value = { fromMs, toMs }
      else if (held.channel)
        model.draft.value = {
          channel: held.channel.index,
          startMs: fromMs,
          endMs: toMs,
          was: null,
          edge: to < held.at ? 'start' : 'end',
        }
    }
  }

  /** Whether an edge that may be moved is under the pointer. */
  function isOverEdge({ share, channel }: Place): boolean {
    const reach = (REACH.mouse * spanOf(model.shown.peek())) / width()
    return channel !== undefined && edgeAt(channel, timeAt(share), reach) !== undefined
  }

  function onMove(event: PointerEvent): void {
    const place = ground.placeOf(event)
    const { share } = place
    if (share >= 0 && share <= 1) model.cursor.value = timeAt(share)
    if (gesture === null) {
      const over = model.mode.peek() === 'edit' && isOverEdge(place) ? 'edge' : ''
      if (element.dataset.over !== over) element.dataset.over = over
      return
    }
    if (down.has(event.pointerId)) down.set(event.pointerId, share)
    if (gesture.kind === 'pinch') {
      const [a, b] = [...down.values()]
      if (a !== undefined && b !== undefined)
        model.show(pinch(gesture.times, [a, b], model.durationMs.peek()))
    } else drag(event, share, gesture)
  }

  function finish(event: PointerEvent, held: Gesture): void {
    const place = ground.placeOf(event)
    const brush = model.brush.peek()
    const draft = model.draft.peek()
    model.brush.value = null
    if (brush) model.show(withinRecording(brush, model.durationMs.peek()))
    else if (draft && (held.kind === 'edge' || held.kind === 'press')) {
      model.draft.value = null
      const edit = editOf(draft)
      if (edit) model.props.peek().onEdit?.(edit)
    } else if (held.kind !== 'edge' && held.kind !== 'pinch') {
      if (!place.channel || (held.kind === 'pan' && Math.abs(event.clientX - held.x) > CLICK)) return
      commands.select(place.channel, contractionAt(place.channel, timeAt(place.share)))
    }
  }

  function onUp(event: PointerEvent): void {
    if (!down.delete(event.pointerId)) return
    const held = gesture
    if (down.size > 0) return
    gesture = null
    if (held) finish(event, held)
  }

  /** The browser has taken the finger, to scroll the page. */
  function onCancel(event: PointerEvent): void {
    down.delete(event.pointerId)
    if (down.size > 0) return
    gesture = null
    model.brush.value = null
    model.draft.value = null
    model.cursor.value = null
  }

  const onLeave = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && gesture === null) model.cursor.value = null
  }
  const onDouble = (): void => commands.whole()

  element.addEventListener('wheel', onWheel, { passive: false })
  element.addEventListener('pointerdown', onDown)
  element.addEventListener('pointermove', onMove)
  element.addEventListener('pointerup', onUp)
  element.addEventListener('pointercancel', onCancel)
  element.addEventListener('pointerleave', onLeave)
  element.addEventListener('dblclick', onDouble)
  return () => {
    element.removeEventListener('wheel', onWheel)
    element.removeEventListener('pointerdown', onDown)
    element.removeEventListener('pointermove', onMove)
    element.removeEventListener('pointerup', onUp)
    element.removeEventListener('pointercancel', onCancel)
    element.removeEventListener('pointerleave', onLeave)
    element.removeEventListener('dblclick', onDouble)
  }
}
