/** Short-time Fourier transform: power, frame by frame. @see Allen & Rabiner (1977), Proc IEEE 65:1558; scipy.signal.spectrogram */
import { createWelch, type WelchOptions } from './welch.ts'

/** How a signal is cut into frames. */
export interface StftOptions extends Pick<WelchOptions, 'rate' | 'taper' | 'detrend' | 'scaling'> {
  /** Samples of a frame. */
  readonly frame: number
  /** Samples from one frame to the next. */
  readonly hop: number
}

/** Power over time and frequency. */
export interface Spectrogram {
  /** Centres of the frames in s from the first sample. */
  readonly times: Float64Array
  /** One-sided, a frame each: `floor(frame / 2) + 1` values in unit²/Hz, or unit² where `scaling` is `spectrum`. */
  readonly power: readonly Float64Array[]
  /** Width of a bin in Hz: bin `k` lies at `k * resolution`. */
  readonly resolution: number
}

/**
 * Whole frames only: what is left at the end is not padded. By default each frame loses its mean and is weighted
 * by a Hann window.
 *
 * @param x samples; kept. A NaN makes the powers NaN of the frames that hold it, and of no other
 * @returns no frames when there are fewer samples than one takes
 * @throws {RangeError} unless the rate is above 0, and frame and hop are whole numbers from 1 on
 * @example
 * stft(emg, { rate: 1000, frame: 256, hop: 128 }).power[0] // 129 values at 0, 3.9, … 500 Hz
 */
export function stft(x: Float64Array, { frame, hop, ...options }: StftOptions): Spectrogram {
  if (!(options.rate > 0 && options.rate < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`invalid rate: ${options.rate} Hz`)
  }
  if (!(Number.isSafeInteger(frame) && frame >= 1)) throw new RangeError(`invalid frame: ${frame}`)
  if (!(Number.isSafeInteger(hop) && hop >= 1)) throw new RangeError(`invalid hop: ${hop}`)
  const resolution = options.rate / frame
  // Before any table is made: a frame longer than the signal costs nothing.
  if (x.length < frame) return { times: new Float64Array(0), power: [], resolution }
  const estimator = createWelch({ ...options, segment: frame, overlap: 0 })
  const times = new Float64Array(Math.floor((x.length - frame) / hop) + 1)
  const power: Float64Array[] = []
  for (let i = 0; i < times.length; i++) {
    times[i] = (i * hop + frame / 2) / options.rate
    const spectrum = estimator.estimate(x, i * hop, i * hop + frame)
    if (spectrum) power.push(spectrum.power)
  }
  return { times, power, resolution }
}
