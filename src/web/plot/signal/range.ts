/** Arithmetic of the range shown: zoom, pan, and staying within the recording. */
import type { PlotRange } from './contract.ts'

/** Closest that one gets, in ms: some samples of any EMG. */
export const LEAST_SPAN_MS = 10

export const spanOf = ({ fromMs, toMs }: PlotRange): number => toMs - fromMs

export const wholeOf = (durationMs: number): PlotRange => ({ fromMs: 0, toMs: durationMs })

export const isWhole = (range: PlotRange, durationMs: number): boolean =>
  range.fromMs <= 0 && range.toMs >= durationMs

export const isSameRange = (a: PlotRange, b: PlotRange): boolean =>
  Math.abs(a.fromMs - b.fromMs) < 1e-6 && Math.abs(a.toMs - b.toMs) < 1e-6

/** The range of the same span that lies in the recording, or all of it. Ends that are swapped are put right. */
export function withinRecording({ fromMs, toMs }: PlotRange, durationMs: number): PlotRange {
  const wanted = Math.max(Math.abs(toMs - fromMs), Math.min(LEAST_SPAN_MS, durationMs))
  if (!(wanted < durationMs)) return wholeOf(durationMs)
  const start = Math.min(fromMs, toMs)
  const from = Math.min(Math.max(0, start), durationMs - wanted)
  return { fromMs: from, toMs: from + wanted }
}

/**
 * Zooms about a time, which stays where it is on the screen unless an end of the recording is in the way.
 *
 * @param factor of the span: under 1 is closer
 */
export function zoomAbout(range: PlotRange, atMs: number, factor: number, durationMs: number): PlotRange {
  const span = spanOf(range)
  const wanted = Math.min(durationMs, Math.max(Math.min(LEAST_SPAN_MS, durationMs), span * factor))
  const share = span > 0 ? (atMs - range.fromMs) / span : 0.5
  const from = atMs - share * wanted
  return withinRecording({ fromMs: from, toMs: from + wanted }, durationMs)
}

export const panBy = (range: PlotRange, byMs: number, durationMs: number): PlotRange =>
  withinRecording({ fromMs: range.fromMs + byMs, toMs: range.toMs + byMs }, durationMs)

/** Two fingers: the times that they were put down at follow them. `at` are shares of the width, 0 to 1. */
export function pinch(
  times: readonly [number, number],
  at: readonly [number, number],
  durationMs: number,
): PlotRange {
  const apart = at[1] - at[0]
  // Fingers that pass one another or meet would turn time around.
  const span = Math.abs(apart) < 0.02 ? durationMs : Math.abs((times[1] - times[0]) / apart)
  const bounded = Math.min(durationMs, Math.max(Math.min(LEAST_SPAN_MS, durationMs), span))
  const from = (times[0] + times[1]) / 2 - ((at[0] + at[1]) / 2) * bounded
  return withinRecording({ fromMs: from, toMs: from + bounded }, durationMs)
}

/** Brings a stretch into view, as little as it takes; with room around it where it is longer than what is shown. */
export function bringIn(range: PlotRange, stretch: PlotRange, durationMs: number): PlotRange {
  const room = 0.1 * spanOf(stretch)
  const wanted = { fromMs: stretch.fromMs - room, toMs: stretch.toMs + room }
  if (spanOf(wanted) > spanOf(range)) return withinRecording(wanted, durationMs)
  if (wanted.fromMs < range.fromMs) return panBy(range, wanted.fromMs - range.fromMs, durationMs)
  if (wanted.toMs > range.toMs) return panBy(range, wanted.toMs - range.toMs, durationMs)
  return range
}

/** A stretch with half as much room on either side: what Enter shows of a contraction. */
export function closeUp({ fromMs, toMs }: PlotRange, durationMs: number): PlotRange {
  const room = (toMs - fromMs) / 2
  return withinRecording({ fromMs: fromMs - room, toMs: toMs + room }, durationMs)
}
