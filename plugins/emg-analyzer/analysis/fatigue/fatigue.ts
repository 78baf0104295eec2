/** Fatigue: slopes of amplitude and frequency over time, what they say together, and whether they hold. */
import { dsp } from '../../../../src/sdk.ts'
import type { Fatigue, FatiguePoint, Slope } from '../schema.ts'
import { jasa } from './jasa.ts'
import type { FatigueBasis } from './points.ts'

/** Chance of a slope this steep where there is none, below which it counts. */
const SIGNIFICANT = 0.05

type Figure = Exclude<keyof FatiguePoint, 'atMs'>

/** Slope of a figure over time. */
function slopeOf(points: readonly FatiguePoint[], figure: Figure, unit: string): Slope {
  const line = dsp.linearRegression(
    points.map(({ atMs }) => atMs / 1000),
    points.map((point) => point[figure]),
  )
  const { slope, intercept, r2, p, n } = line
  return {
    slope,
    unit: `${unit}/s`,
    // All figures are above zero; a line that begins below has no share to tell.
    percentPerMinute:
      slope === null || intercept === null || intercept <= 0 ? null : (6000 * slope) / intercept,
    intercept,
    r2,
    p,
    n,
    significant: p === null ? null : p < SIGNIFICANT,
  }
}

function objection({ basis, points }: FatigueBasis, minimumCount: number): string | null {
  if (basis === 'recording') {
    return 'no contraction was found: the windows are of the whole recording, which may be rest'
  }
  if (points.length < minimumCount) {
    return `${points.length} contractions or windows have a spectrum; ${minimumCount} is the least`
  }
  return null
}

/**
 * Slopes by least squares over the middles of contractions or windows. They tell fatigue only of isometric
 * contractions, or of repeated equal ones; movement changes the spectrum too.
 *
 * @see De Luca (1984), Crit Rev Biomed Eng 11:251; Luttmann et al. (1996), Ergonomics 39:298; Dimitrov et al. (2006)
 * @param reason why there is no spectrum at all, or null
 */
export function describeFatigue(
  found: FatigueBasis,
  options: { readonly minimumCount: number; readonly unit: string; readonly reason: string | null },
): Fatigue {
  const { points, basis } = found
  if (points.length < 2) {
    const reason =
      options.reason ?? objection(found, options.minimumCount) ?? 'there is no time between the points'
    return { valid: false, reason, basis: null, points: [], slopes: null, jasa: null, dimitrovRatio: null }
  }
  const slopes = {
    medianFrequency: slopeOf(points, 'medianFrequency', 'Hz'),
    meanFrequency: slopeOf(points, 'meanFrequency', 'Hz'),
    rms: slopeOf(points, 'rms', options.unit),
    dimitrovIndex: slopeOf(points, 'dimitrovIndex', '1/Hz⁶'),
  }
  const first = points[0]?.dimitrovIndex ?? 0
  const last = points.at(-1)?.dimitrovIndex ?? 0
  const against = objection(found, options.minimumCount)
  return {
    valid: against === null,
    ...(against === null ? {} : { reason: against }),
    basis,
    points: [...points],
    slopes,
    jasa: against === null ? jasa(slopes.rms, slopes.medianFrequency) : null,
    dimitrovRatio: first > 0 ? last / first : null,
  }
}
