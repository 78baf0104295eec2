/** Median frequencies of spectra that are compressed as a muscle tires. */
import { dsp } from '../../../../src/sdk.ts'
import { type Distribution, frequencyAt, powerBelow } from './distribution.ts'

/** Shares of the power whose frequencies are followed. */
const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const

/** Rounds in which the band is moved; it changes by less than 0.1 % after. */
const ROUNDS = 3

/** The band moves by at most this factor from the middle, either way, so that some of it is left. */
const FARTHEST = Math.SQRT2

/** Frequencies of the deciles of the power within a band, in Hz. */
function decilesOf(distribution: Distribution, [low, high]: dsp.Band): number[] {
  const from = powerBelow(distribution, low)
  const power = powerBelow(distribution, high) - from
  return DECILES.map((share) => frequencyAt(distribution, from + share * power))
}

/** How far each spectrum's deciles lie from those of all, as a factor: the geometric mean over deciles. */
function displacements(deciles: ReadonlyArray<readonly number[]>): number[] {
  const logs = deciles.map((each) => dsp.mean(each.map(Math.log)))
  const middle = dsp.mean(logs)
  return logs.map((each) => Math.exp(each - middle))
}

/** The straight line through the values, at each time, as factors of its mean. */
function trendOf(seconds: readonly number[], values: readonly number[]): number[] {
  const { slope, intercept } = dsp.linearRegression(seconds, values)
  if (slope === null || intercept === null) return values.map(() => 1)
  const mean = dsp.mean(values)
  return seconds.map((t) => Math.min(FARTHEST, Math.max(1 / FARTHEST, (intercept + slope * t) / mean)))
}

/**
 * Median frequency of each spectrum in Hz, followed by all nine deciles of its power: where a spectrum is compressed
 * as a whole, as by a slowing conduction velocity, all are displaced by one factor, and their mean tells it with two
 * thirds of the scatter of the median alone. The level is that of the median frequencies themselves.
 *
 * A fixed band would hold the spectra's ends where they are and so hide part of the compression: a slope of
 * 120 to 70 Hz in a minute came out 5 % too flat. So the band moves along with the trend, within the one given.
 *
 * @see Lo Conte & Merletti (1995), Med Biol Eng Comput 33:373, for percentiles; De Luca (1984), Crit Rev Biomed Eng
 * 11:251, for compression
 * @param seconds when each spectrum was; as many as there are distributions
 * @param band in Hz, that holds power in each of them
 */
export function medianFrequencies(
  seconds: readonly number[],
  distributions: readonly Distribution[],
  band: dsp.Band,
): number[] {
  const [low, high] = band
  const level = dsp.mean(distributions.map((each) => decilesOf(each, band)[4] as number))
  let displaced = displacements(distributions.map((each) => decilesOf(each, band)))
  for (let round = 0; round < ROUNDS; round++) {
    const trend = trendOf(seconds, displaced)
    const lowest = trend.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
    const highest = trend.reduce((a, b) => Math.max(a, b), 0)
    displaced = displacements(
      distributions.map((each, i) => {
        const factor = trend[i] as number
        return decilesOf(each, [(low * factor) / lowest, (high * factor) / highest])
      }),
    )
  }
  const scale = level / dsp.mean(displaced)
  return displaced.map((each) => each * scale)
}
