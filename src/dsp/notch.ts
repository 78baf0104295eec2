/** Second-order IIR notch, as scipy.signal.iirnotch designs it. @see Orfanidis (1996), Introduction to Signal Processing, 11.3 */
import type { Section } from './section.ts'

/** The one frequency that a notch takes out. */
export interface NotchDesign {
  /** Frequency in Hz that is taken out. */
  readonly frequency: number
  /** The frequency over the width of the notch between its -3 dB points, for one pass. */
  readonly quality: number
  /** Sampling rate in Hz. */
  readonly rate: number
}

/**
 * Designs a notch. Without delay by {@link sosfiltfilt}: two passes, so -6 dB where one has -3 dB.
 *
 * @returns one section, of gain 1 at 0 Hz and at half the rate
 * @throws {RangeError} unless `0 < frequency < rate / 2` and `quality > 2 frequency / rate`, at which the notch
 * would be as wide as the band
 * @example
 * sosfiltfilt([notch({ frequency: 50, quality: 30, rate: 1000 })], emg)
 */
export function notch({ frequency, quality, rate }: NotchDesign): Section {
  if (!(frequency > 0 && frequency < rate / 2 && rate < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`invalid notch: ${frequency} Hz at a sampling rate of ${rate} Hz`)
  }
  const width = frequency / quality
  if (!(width > 0 && width < rate / 2)) {
    throw new RangeError(`invalid quality: ${quality} for a notch at ${frequency} Hz`)
  }
  const gain = 1 / (1 + Math.tan((Math.PI * width) / rate))
  const middle = -2 * gain * Math.cos((2 * Math.PI * frequency) / rate)
  return [gain, middle, gain, 1, middle, 2 * gain - 1]
}

/** A frequency that is taken out with its multiples, as that of the power line. */
export interface NotchHarmonicsDesign {
  /** Lowest frequency in Hz; all its whole multiples are taken out with it. */
  readonly fundamental: number
  /** That of each notch, so that their widths grow with the drift of the multiples. */
  readonly quality: number
  /** Sampling rate in Hz. */
  readonly rate: number
  /** Multiples above this, in Hz, are left in. */
  readonly highestHz: number
}

/**
 * Notches at a frequency and its multiples, up to and with `highestHz`, and below half the rate.
 *
 * @returns a section each, in order of frequency; none where the first lies above either
 * @throws {RangeError} as {@link notch} does, and unless `highestHz` is a number from 0 on
 * @example
 * notchHarmonics({ fundamental: 50, quality: 30, rate: 1000, highestHz: 450 }) // 50, 100, … 450 Hz
 */
export function notchHarmonics({ fundamental, quality, rate, highestHz }: NotchHarmonicsDesign): Section[] {
  if (!(fundamental > 0)) throw new RangeError(`invalid fundamental: ${fundamental} Hz`)
  if (!(highestHz >= 0)) throw new RangeError(`invalid highest frequency: ${highestHz} Hz`)
  if (!(rate > 0 && rate < Number.POSITIVE_INFINITY)) throw new RangeError(`invalid rate: ${rate} Hz`)
  const sections: Section[] = []
  for (let k = 1; k * fundamental <= highestHz && k * fundamental < rate / 2; k++) {
    sections.push(notch({ frequency: k * fundamental, quality, rate }))
  }
  return sections
}
