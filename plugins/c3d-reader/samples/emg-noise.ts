/** Noise with the spectrum of surface EMG. */
import { dsp } from '../../../src/sdk.ts'
import { whiteNoise } from './random.ts'

/** Corners in Hz of the spectrum's two slopes; the peak lies where they meet, at 80 Hz. */
const LOWER = 80
const UPPER = 140

/** Band in Hz that surface electrodes and amplifiers pass. */
const BAND = [20, 450] as const

/** Highest corner as a share of half the sampling rate. */
const HIGHEST_SHARE = 0.9

/** Time in s after which the filters have forgotten that they began at rest. */
const SETTLING = 0.5

/** Sampling rates below this in Hz leave no room for the spectrum's peak. */
export const LOWEST_RATE = 400

/** Highest corner in Hz that a sampling rate leaves. */
export const highestOf = (rate: number): number => Math.min(BAND[1], (HIGHEST_SHARE * rate) / 2)

/** The filters that make EMG of white noise. */
export function emgSections(rate: number, highest = highestOf(rate)): dsp.Section[] {
  const upper = dsp.butterworth({ order: 1, kind: 'low', cutoff: UPPER, rate })
  return [
    ...dsp.butterworth({ order: 1, kind: 'high', cutoff: LOWER, rate }),
    ...upper,
    ...upper,
    ...dsp.butterworth({ order: 2, kind: 'band', cutoff: [BAND[0], highest], rate }),
  ]
}

/**
 * Noise with power density `f^2 / ((f^2 + fl^2) (f^2 + fh^2)^2)`, cut to 20 to 450 Hz. Its level is arbitrary.
 *
 * @see Stulen & De Luca (1981), IEEE Trans Biomed Eng 28:515, for the shape
 * @param rate in Hz, at least 400
 * @param highest where it is cut, in Hz
 */
export function emgNoise(seed: number, rate: number, length: number, highest?: number): Float64Array {
  if (!(rate >= LOWEST_RATE)) throw new RangeError(`a rate of ${rate} Hz; ${LOWEST_RATE} Hz is the least`)
  const lead = Math.ceil(SETTLING * rate)
  return dsp.sosfilt(emgSections(rate, highest), whiteNoise(seed, lead + length)).subarray(lead)
}
