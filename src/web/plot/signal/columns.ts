/** What of a signal falls into each column of the screen: its least and its largest value there. */
import type { PlotRange } from './contract.ts'
import type { Stretch } from './cover.ts'
import { spanOf } from './range.ts'

/** One value a column; NaN where there is none. */
export interface Columns {
  readonly low: Float32Array
  readonly high: Float32Array
}

export const emptyColumns = (width: number): Columns => ({
  low: new Float32Array(width).fill(Number.NaN),
  high: new Float32Array(width).fill(Number.NaN),
})

/** Whether samples stand so far apart that a line is drawn from one to the next. */
export const isSparse = ({ piece }: Stretch, range: PlotRange, width: number): boolean =>
  piece.kind === 'samples' && (piece.stepMs * width) / spanOf(range) >= 1

/** The windows of a piece that a stretch touches: from the first up to but not with the last. */
export function windowsOf({ piece, fromMs, toMs }: Stretch): readonly [number, number] {
  const first = Math.floor((fromMs - piece.startMs) / piece.stepMs + 1e-6)
  const last = Math.ceil((toMs - piece.startMs) / piece.stepMs - 1e-6)
  return [Math.max(0, first), Math.min(piece.low.length, last)]
}

/**
 * Puts a stretch into columns: each window into every column that it touches. Columns that have something already are
 * widened by it, so that what two stretches share is not cut.
 */
export function fillColumns({ low, high }: Columns, stretch: Stretch, range: PlotRange): void {
  const { piece } = stretch
  const width = low.length
  const perMs = width / spanOf(range)
  const offset = (piece.startMs - range.fromMs) * perMs
  const step = piece.stepMs * perMs
  const [first, last] = windowsOf(stretch)
  const leftmost = Math.max(0, Math.floor((stretch.fromMs - range.fromMs) * perMs))
  const rightmost = Math.min(width, Math.ceil((stretch.toMs - range.fromMs) * perMs))
  for (let k = first; k < last; k++) {
    const least = piece.low[k] as number
    if (Number.isNaN(least)) continue
    const most = piece.high[k] as number
    const x = offset + k * step
    const from = Math.max(leftmost, Math.floor(x))
    const to = Math.min(rightmost, Math.max(Math.floor(x) + 1, Math.floor(x + step)))
    for (let c = from; c < to; c++) {
      // Written so that NaN, of a column that is empty yet, gives way.
      if (!((low[c] as number) <= least)) low[c] = least
      if (!((high[c] as number) >= most)) high[c] = most
    }
  }
}

/** Least and largest value of stretches; null where there is none. */
export function extentOf(stretches: readonly Stretch[]): readonly [number, number] | null {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const stretch of stretches) {
    const { low, high } = stretch.piece
    const [first, last] = windowsOf(stretch)
    for (let k = first; k < last; k++) {
      if ((low[k] as number) < least) least = low[k] as number
      if ((high[k] as number) > most) most = high[k] as number
    }
  }
  return least <= most ? [least, most] : null
}

/** What a channel is at a time: a sample, or the extremes of the window around it; null where nothing is. */
export function valueAt(stretches: readonly Stretch[], atMs: number): readonly [number, number] | null {
  const stretch = stretches.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)
  if (!stretch) return null
  const { piece } = stretch
  const place = (atMs - piece.startMs) / piece.stepMs
  const k = piece.kind === 'samples' ? Math.round(place) : Math.floor(place + 1e-9)
  const low = piece.low[Math.min(k, piece.low.length - 1)]
  const high = piece.high[Math.min(k, piece.high.length - 1)]
  return low === undefined || high === undefined || Number.isNaN(low) ? null : [low, high]
}
