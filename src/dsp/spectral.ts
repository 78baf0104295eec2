/**
 * What a power spectrum says in one number: moments, mean and median frequency, Dimitrov's index.
 *
 * @see Phinyomark et al. (2012), The usefulness of mean and median frequencies, InTech; Dimitrov et al. (2006),
 * Med Sci Sports Exerc 38:1971
 */
import type { Spectrum } from './welch.ts'

/** Corners in Hz, both included. */
export type Band = readonly [low: number, high: number]

/** The bins that lie in a band: first, and one past the last. All without a band. */
function binsOf({ power, resolution }: Spectrum, band: Band | undefined): [number, number] {
  if (!band) return [0, power.length]
  // A bin that is on the corner but for rounding belongs to the band.
  const first = Math.max(0, Math.ceil(band[0] / resolution - 1e-9))
  const last = Math.min(power.length - 1, Math.floor(band[1] / resolution + 1e-9))
  return [first, last + 1]
}

/**
 * `sum f^order P(f)` over the bins of a band. For a negative order the bin at 0 Hz is left out.
 *
 * @returns unit²/Hz · Hz^order for a density; times the bin's width it is the integral
 */
export function spectralMoment(spectrum: Spectrum, order: number, band?: Band): number {
  const [from, to] = binsOf(spectrum, band)
  const { power, resolution } = spectrum
  let sum = 0
  for (let k = order < 0 ? Math.max(1, from) : from; k < to; k++) {
    sum += (k * resolution) ** order * (power[k] as number)
  }
  return sum
}

/** Mean frequency in Hz, `M1 / M0`; null for a spectrum without power. */
export function meanFrequency(spectrum: Spectrum, band?: Band): number | null {
  const total = spectralMoment(spectrum, 0, band)
  return total > 0 ? spectralMoment(spectrum, 1, band) / total : null
}

/**
 * Median frequency in Hz by bin: the first at which the sum of power comes to half of all.
 * Resolved no finer than a bin; see {@link medianFrequency}.
 */
export function medianFrequencyBin(spectrum: Spectrum, band?: Band): number | null {
  const half = 0.5 * spectralMoment(spectrum, 0, band)
  if (!(half > 0)) return null
  const [from, to] = binsOf(spectrum, band)
  let sum = 0
  for (let k = from; k < to; k++) {
    sum += spectrum.power[k] as number
    if (sum >= half) return k * spectrum.resolution
  }
  return (to - 1) * spectrum.resolution
}

/**
 * Median frequency in Hz, interpolated: the sum of power, known at the bins, runs straight between them.
 *
 * @returns null for a spectrum without power
 */
export function medianFrequency(spectrum: Spectrum, band?: Band): number | null {
  const half = 0.5 * spectralMoment(spectrum, 0, band)
  if (!(half > 0)) return null
  const [from, to] = binsOf(spectrum, band)
  const { power, resolution } = spectrum
  let before = 0
  for (let k = from; k < to; k++) {
    const sum = before + (power[k] as number)
    if (sum >= half) {
      return k === from ? k * resolution : (k - 1 + (half - before) / (sum - before)) * resolution
    }
    before = sum
  }
  return (to - 1) * resolution
}

/**
 * Dimitrov's fatigue index FInsm5, `M-1 / M5`: it rises as the spectrum sinks. Its value depends on the band,
 * so that only values of one band compare; it is told relative to that of the first contraction.
 *
 * @returns 1/Hz⁶; null for a spectrum without power above 0 Hz
 */
export function dimitrovIndex(spectrum: Spectrum, band?: Band): number | null {
  const high = spectralMoment(spectrum, 5, band)
  return high > 0 ? spectralMoment(spectrum, -1, band) / high : null
}
