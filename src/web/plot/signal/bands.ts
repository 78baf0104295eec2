/** Contractions on the screen: where they lie, and which of them is under a pointer. */
import type { ContractionReference, PlotChannel, PlotContraction, PlotEdit, PlotRange } from './contract.ts'
import { spanOf } from './range.ts'

/** A contraction of a channel that is being set or moved, before it is saved. */
export interface Draft {
  readonly channel: number
  readonly startMs: number
  readonly endMs: number
  /** The contraction as it was; null: a new one. */
  readonly was: PlotContraction | null
  /** The edge that keys move. */
  readonly edge: 'start' | 'end'
}

/** A contraction is at least so long, in ms. */
export const LEAST_CONTRACTION_MS = 20

/** Contractions that touch a range, found by halves: they are in the order of time and do not overlap. */
export function within(
  contractions: readonly PlotContraction[],
  range: PlotRange,
): readonly PlotContraction[] {
  let low = 0
  let high = contractions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((contractions[middle] as PlotContraction).endMs <= range.fromMs) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < contractions.length && (contractions[end] as PlotContraction).startMs < range.toMs) end++
  return contractions.slice(low, end)
}

export const contractionAt = ({ contractions }: PlotChannel, atMs: number): PlotContraction | undefined =>
  contractions.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)

/** Starts come over the wire as the same number, but a table may have rounded them. */
export const isReferred = (
  channel: number,
  { startMs }: PlotContraction,
  to: ContractionReference | null | undefined,
): boolean => to?.channel === channel && Math.abs(to.startMs - startMs) < 0.5

export const referred = (
  channels: readonly PlotChannel[],
  to: ContractionReference | null | undefined,
): { readonly channel: PlotChannel; readonly contraction: PlotContraction } | undefined => {
  const channel = channels.find(({ index }) => index === to?.channel)
  const contraction = channel?.contractions.find((each) => isReferred(channel.index, each, to))
  return channel && contraction && { channel, contraction }
}

/** An edge near a time, the nearest where there are several; `reachMs` is what a finger or a pointer misses it by. */
export function edgeAt(
  { contractions }: PlotChannel,
  atMs: number,
  reachMs: number,
): { readonly contraction: PlotContraction; readonly edge: 'start' | 'end' } | undefined {
  const near = contractions
    .flatMap((contraction) => [
      { contraction, edge: 'start' as const, off: Math.abs(contraction.startMs - atMs) },
      { contraction, edge: 'end' as const, off: Math.abs(contraction.endMs - atMs) },
    ])
    .filter(({ off }) => off <= reachMs)
    .sort((a, b) => a.off - b.off)
  return near[0]
}

/**
 * The contraction before or behind another one, or behind a time where there is none; around the ends it stays.
 *
 * @param by 1 or -1
 */
export function neighbour(
  { contractions }: PlotChannel,
  from: PlotContraction | undefined,
  atMs: number,
  by: 1 | -1,
): PlotContraction | undefined {
  if (from) {
    const place = contractions.indexOf(from) + by
    return contractions[Math.min(contractions.length - 1, Math.max(0, place))]
  }
  return by > 0
    ? (contractions.find(({ startMs }) => startMs >= atMs) ?? contractions.at(-1))
    : (contractions.findLast(({ endMs }) => endMs <= atMs) ?? contractions[0])
}

/** Moves an edge to a time; it stays within the recording and before, or behind, the other one. */
export function moveEdge(draft: Draft, toMs: number, durationMs: number): Draft {
  const { startMs, endMs, edge } = draft
  const to = Math.min(durationMs, Math.max(0, toMs))
  return edge === 'start'
    ? { ...draft, startMs: Math.max(0, Math.min(to, endMs - LEAST_CONTRACTION_MS)) }
    : { ...draft, endMs: Math.min(durationMs, Math.max(to, startMs + LEAST_CONTRACTION_MS)) }
}

/** To a tenth of a millisecond: finer than any sample of EMG, and short to read. */
const tidy = (ms: number): number => Math.round(ms * 10) / 10

const middleOf = ({ startMs, endMs }: PlotContraction): number => (startMs + endMs) / 2

/** What a draft is for the server; null where it changes nothing or is too short to be meant. */
export function editOf({ channel, startMs, endMs, was }: Draft): PlotEdit | null {
  const [start, end] = [tidy(startMs), tidy(endMs)]
  if (end - start < LEAST_CONTRACTION_MS - 0.1) return null
  if (!was) return { kind: 'add', channel, startMs: start, endMs: end }
  if (Math.abs(start - was.startMs) < 0.1 && Math.abs(end - was.endMs) < 0.1) return null
  return { kind: 'move', channel, atMs: middleOf(was), startMs: start, endMs: end }
}

export const removalOf = (channel: number, contraction: PlotContraction): PlotEdit => ({
  kind: 'remove',
  channel,
  atMs: middleOf(contraction),
})

/** A stretch in pixels of a plot; at least one of them wide. */
export function placeOf(
  { fromMs, toMs }: PlotRange,
  range: PlotRange,
  width: number,
): { readonly left: number; readonly width: number } {
  const perMs = width / spanOf(range)
  const left = Math.max(0, (fromMs - range.fromMs) * perMs)
  const right = Math.min(width, (toMs - range.fromMs) * perMs)
  return { left, width: Math.max(1, right - left) }
}
