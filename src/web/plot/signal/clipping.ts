/** Where a raw signal is clipped, by the rails that the analysis has found. */
import { windowsOf } from './columns.ts'
import type { PlotChannel, PlotRange } from './contract.ts'
import type { Stretch } from './cover.ts'
import { spanOf } from './range.ts'
import { drawnUnit } from './units.ts'

/** Samples from these values on outwards are clipped; null where a rail is not reached. In the drawn unit. */
export interface Rails {
  readonly lower: number | null
  readonly upper: number | null
}

/** The rails of a channel; null where none is reached, or the analysis names none. */
export function railsOf({ quality, unit }: PlotChannel): Rails | null {
  const details = quality?.checks.clipping?.details
  if (typeof details !== 'object' || details === null) return null
  const { factor } = drawnUnit(unit)
  const { lower, upper } = details as { readonly lower?: unknown; readonly upper?: unknown }
  const rail = (value: unknown): number | null => (typeof value === 'number' ? value * factor : null)
  const rails = { lower: rail(lower), upper: rail(upper) }
  return rails.lower === null && rails.upper === null ? null : rails
}

/** Values come in single precision: a rail is reached but for its rounding. */
const NEARNESS = 1e-6

/** Columns in which a signal reaches each of its rails, each once, from left to right. */
export function clippedColumns(
  stretches: readonly Stretch[],
  { lower, upper }: Rails,
  range: PlotRange,
  width: number,
): { readonly above: readonly number[]; readonly below: readonly number[] } {
  const perMs = width / spanOf(range)
  const above: number[] = []
  const below: number[] = []
  const put = (list: number[], column: number): void => {
    if (column >= 0 && column < width && list.at(-1) !== column) list.push(column)
  }
  for (const stretch of stretches) {
    const { piece } = stretch
    const [first, end] = windowsOf(stretch)
    const half = piece.kind === 'samples' ? 0 : piece.stepMs / 2
    for (let k = first; k < end; k++) {
      const column = Math.floor((piece.startMs + k * piece.stepMs + half - range.fromMs) * perMs)
      const reach = NEARNESS * Math.max(Math.abs(upper ?? 0), Math.abs(lower ?? 0))
      if (upper !== null && (piece.high[k] as number) >= upper - reach) put(above, column)
      if (lower !== null && (piece.low[k] as number) <= lower + reach) put(below, column)
    }
  }
  return { above, below }
}
