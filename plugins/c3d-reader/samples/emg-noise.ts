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

/**
 * Noise with power density `f^2 / ((f^2 + fl^2) (f^2 + fh^2)^2)`, cut to 20 to 450 Hz. Its level is arbitrary.
 *
 * @see Stulen & De Luca (1981), IEEE Trans Biomed Eng 28:515, for the shape
 * @param rate in Hz, at least 400
 */
export function emgNoise(seed: number, rate: number, length: number): Float64Array {
  if (!(rate >= LOWEST_RATE)) throw new RangeError(`a rate of ${rate} Hz; ${LOWEST_RATE} Hz is the least`)
  const lead = Math.ceil(SETTLING * rate)
  const band = [BAND[0], Math.min(BAND[1], (HIGHEST_SHARE * rate) / 2)] as const
  const upper = dsp.butterworth({ order: 1, kind: 'low', cutoff: UPPER, rate })
  const sections = [
    ...dsp.butterworth({ order: 1, kind: 'high', cutoff: LOWER, rate }),
    ...upper,
    ...upper,
    ...dsp.butterworth({ order: 2, kind: 'band', cutoff: band, rate }),
  ]
  return dsp.sosfilt(sections, whiteNoise(seed, lead + length)).subarray(lead)
}
