/** Clipping: the signal dwells at the largest value that its amplifier or storage can give. */
import { constantRuns, type Gaps } from './gaps.ts'

/** Share of the rail within which a sample counts as at it. */
const NEARNESS = 0.005
/** Samples in a row that make a dwell; a peak of a sampled signal does not stay that long. */
const DWELL = 3
/** Dwells at one rail that make it a rail: one alone may be a broad peak. */
const DWELLS = 2

function clippedAt(x: Float64Array, rail: number): number {
  if (!(Math.abs(rail) > 0)) return 0
  const at = Float64Array.from(x, (value) => (Math.abs(value - rail) <= NEARNESS * Math.abs(rail) ? 1 : 0))
  const dwells = constantRuns(at, DWELL).filter(({ start }) => at[start] === 1)
  return dwells.length < DWELLS ? 0 : dwells.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** Samples, outside of gaps, that are clipped at the upper or the lower rail. */
export function countClipped(x: Float64Array, { mask }: Gaps): number {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number
    if (mask?.[i]) continue
    if (value < least) least = value
    if (value > most) most = value
  }
  if (!(least < most)) return 0
  const outside = mask ? x.map((value, i) => (mask[i] ? Number.NaN : value)) : x
  return clippedAt(outside, least) + clippedAt(outside, most)
}
