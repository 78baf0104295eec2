/** Clipping: the signal dwells at the largest value that its amplifier or storage can give. */
import type { Gaps } from '../conditioning/gaps.ts'

/** Share of the rail within which a sample counts as at it. */
const NEARNESS = 0.005
/** Samples in a row that make a dwell: a peak of a sampled signal seldom stays that long. */
const DWELL = 3
/** Dwells that prove a rail: one alone may be a broad peak. Then every sample at it counts. */
const DWELLS = 2

/** Samples at a rail, or none where too few dwells prove that it is one. NaN and gaps are at no rail. */
function countAt(x: Float64Array, rail: number, { mask }: Gaps): number {
  const least = Math.abs(rail) * (1 - NEARNESS)
  const sign = Math.sign(rail)
  let count = 0
  let dwells = 0
  let run = 0
  for (let i = 0; i < x.length; i++) {
    const at = (x[i] as number) * sign >= least && !mask?.[i]
    run = at ? run + 1 : 0
    if (at) count++
    if (run === DWELL) dwells++
  }
  return dwells >= DWELLS ? count : 0
}

/** Samples, outside of gaps, that are clipped at the upper or the lower rail. */
export function countClipped(x: Float64Array, gaps: Gaps): number {
  let least = 0
  let most = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number
    if (gaps.mask?.[i]) continue
    if (value < least) least = value
    if (value > most) most = value
  }
  return (most > 0 ? countAt(x, most, gaps) : 0) + (least < 0 ? countAt(x, least, gaps) : 0)
}
