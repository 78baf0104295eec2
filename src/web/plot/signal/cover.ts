/** Which pieces a range is drawn from, and what is still to be asked for. */
import type { PlotRange } from './contract.ts'
import type { Piece } from './piece.ts'
import { spanOf, withinRecording } from './range.ts'

/** A stretch of a range with the piece that it is drawn from. */
export interface Stretch extends PlotRange {
  readonly piece: Piece
}

/** What of `holes` a piece does not cover, and what it does. */
function split(holes: readonly PlotRange[], { startMs, endMs }: Piece): [PlotRange[], PlotRange[]] {
  const left: PlotRange[] = []
  const taken: PlotRange[] = []
  for (const { fromMs, toMs } of holes) {
    const from = Math.max(fromMs, startMs)
    const to = Math.min(toMs, endMs)
    if (from >= to) {
      left.push({ fromMs, toMs })
      continue
    }
    taken.push({ fromMs: from, toMs: to })
    if (fromMs < from) left.push({ fromMs, toMs: from })
    if (to < toMs) left.push({ fromMs: to, toMs })
  }
  return [left, taken]
}

/**
 * Parts a range into stretches, each drawn from the finest piece there is of it; in the order of time. What no piece
 * has is left out.
 *
 * @param pieces of one channel, the finest first
 */
export function coverOf(pieces: readonly Piece[], range: PlotRange): Stretch[] {
  let holes: PlotRange[] = [range]
  const stretches: Stretch[] = []
  for (const piece of pieces) {
    if (holes.length === 0) break
    const [left, taken] = split(holes, piece)
    for (const each of taken) stretches.push({ ...each, piece })
    holes = left
  }
  return stretches.sort((a, b) => a.fromMs - b.fromMs)
}

/** Windows may be so many times as long as a pixel before finer ones are fetched; answers come in steps of a quarter. */
const COARSEST = 1.5

/** Ranges of a recording end with it, but for rounding. */
const SLACK_MS = 1e-3

/** Whether a range is drawn as finely as `width` pixels show. */
export function isFine(
  pieces: readonly Piece[],
  range: PlotRange,
  width: number,
  channelEndMs: number,
): boolean {
  const wanted = { fromMs: range.fromMs, toMs: Math.min(range.toMs, channelEndMs) }
  if (!(wanted.fromMs < wanted.toMs)) return true
  const step = (COARSEST * spanOf(range)) / width
  const fine = pieces.filter(
    ({ stepMs, kind, reason }) => kind === 'samples' || reason !== null || stepMs <= step,
  )
  const covered = coverOf(fine, wanted).reduce((sum, each) => sum + spanOf(each), 0)
  return covered >= spanOf(wanted) - SLACK_MS
}

/** What is asked of the server, for a list of channels. */
export interface Asking extends PlotRange {
  /** Two for each window. */
  readonly points: number
}

/** As many as the server gives of one channel. */
const MOST_POINTS = 100_000
const LEAST_POINTS = 256

/**
 * What to ask for so that a range is fine: with half of it on either side, to pan into, from and to round times, so
 * that it is the same for ranges that are nearly the same.
 */
export function askFor(range: PlotRange, width: number, durationMs: number): Asking {
  const span = spanOf(range)
  const grid = 2 ** Math.floor(Math.log2(span / 4))
  const rounded = {
    fromMs: Math.floor((range.fromMs - span / 2) / grid) * grid,
    toMs: Math.ceil((range.toMs + span / 2) / grid) * grid,
  }
  const { fromMs, toMs } = withinRecording(
    { fromMs: Math.max(0, rounded.fromMs), toMs: Math.min(durationMs, rounded.toMs) },
    durationMs,
  )
  const points = 2 * Math.ceil((width * (toMs - fromMs)) / span)
  return { fromMs, toMs, points: Math.min(MOST_POINTS, Math.max(LEAST_POINTS, points)) }
}
