/** Clipping: samples pile up at the largest or smallest value that an amplifier or a file can give. */
import type { Gaps } from '../conditioning/gaps.ts'

/** Share of half the range within which a sample counts as at the rail. */
const NEARNESS = 0.005
/** Fewer samples at an extreme, or fewer visits to it, prove no rail: one broad peak may stay there. */
const FEWEST = 8
const VISITS = 3
/**
 * So many times as many samples lie at a rail as just below it. Unclipped noise grows denser from its extreme inwards,
 * and a slow wave, which dwells longest at its crest, has 2.4 times as many there.
 */
const PILE = 4

/** A sample's depth below the upper extreme (`sign` 1) or above the lower (-1), as a share of half the range. */
type Depth = (value: number, sign: 1 | -1) => number

/** Samples at one extreme, or none where they make no pile. NaN and gaps are at no rail. */
function countAt(x: Float64Array, { mask }: Gaps, depth: Depth, sign: 1 | -1): number {
  let count = 0
  let visits = 0
  let there = false
  let next = Number.POSITIVE_INFINITY
  for (let i = 0; i < x.length; i++) {
    if (mask?.[i]) continue
    const own = depth(x[i] as number, sign)
    const before = there
    there = own <= NEARNESS
    if (there) {
      count++
      if (!before) visits++
    } else if (own < next) next = own
  }
  if (count < FEWEST || visits < VISITS) return 0
  // Measured from the next value there is, so that a coarsely quantised signal is held against its next step.
  let below = 0
  for (let i = 0; i < x.length; i++) {
    if (mask?.[i]) continue
    const own = depth(x[i] as number, sign)
    if (own >= next && own <= next + NEARNESS) below++
  }
  return count >= PILE * below ? count : 0
}

/** Where samples are clipped: from these values on outwards; null where a rail is not reached. */
export interface Rails {
  readonly lower: number | null
  readonly upper: number | null
}

/** The rails of a channel, and how many samples lie at them. */
interface Clipped extends Rails {
  readonly count: number
}

/**
 * The rails that samples pile up at, outside of gaps.
 *
 * @param x samples, in any unit; the rails are in it too
 * @param gaps what of them is no measurement
 */
export function clippedAt(x: Float64Array, gaps: Gaps): Clipped {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < x.length; i++) {
    if (gaps.mask?.[i]) continue
    const value = x[i] as number
    if (value < least) least = value
    if (value > most) most = value
  }
  const half = most / 2 - least / 2
  if (!(half > 0)) return { count: 0, lower: null, upper: null }
  const depth: Depth = (value, sign) => (sign > 0 ? most - value : value - least) / half
  const above = countAt(x, gaps, depth, 1)
  const below = countAt(x, gaps, depth, -1)
  return {
    count: above + below,
    lower: below > 0 ? least + NEARNESS * half : null,
    upper: above > 0 ? most - NEARNESS * half : null,
  }
}

/** Samples, outside of gaps, that are clipped at the upper or the lower rail. */
export const countClipped = (x: Float64Array, gaps: Gaps): number => clippedAt(x, gaps).count
