/**
 * Power spectra by averaged, windowed segments.
 *
 * @see Welch (1967), IEEE Trans Audio Electroacoust 15:70; scipy.signal.welch with average='mean'
 */
import { type Detrend, detrend } from './detrend.ts'
import { createFft } from './fft.ts'
import { type Taper, taper } from './taper.ts'

/** One-sided power spectrum: bin `k` lies at `k * resolution` Hz. */
export interface Spectrum {
  /** As many as `floor(segment / 2) + 1`; in unit²/Hz, or unit² where `scaling` is `spectrum`. */
  readonly power: Float64Array
  /** Width of a bin in Hz. */
  readonly resolution: number
}

/** How a signal is cut into segments, and how their spectra are scaled. */
export interface WelchOptions {
  /** Sampling rate in Hz. */
  readonly rate: number
  /** Samples of a segment. */
  readonly segment: number
  /** Samples that two segments share: half of one by default. */
  readonly overlap?: number
  readonly taper?: Taper
  readonly detrend?: Detrend
  readonly scaling?: 'density' | 'spectrum'
}

/** A spectrum estimator with its tables, for many stretches of one signal. */
export interface WelchEstimator {
  readonly segment: number
  /** Samples from one segment to the next. */
  readonly step: number
  /** @returns null when there are fewer samples than one segment */
  estimate(x: Float64Array, start?: number, end?: number): Spectrum | null
}

/**
 * Prepares the estimator. Two real segments go through one complex transform: only the sum of their powers is
 * needed, and `|A[k]|² + |B[k]|² = (|X[k]|² + |X[-k]|²) / 2` for `x = a + i b`.
 *
 * @throws {RangeError} unless `1 <= segment` and `0 <= overlap < segment`, whole numbers
 */
export function createWelch(options: WelchOptions): WelchEstimator {
  const { rate, segment, overlap = segment >> 1, scaling = 'density' } = options
  if (!(Number.isSafeInteger(segment) && segment >= 1)) throw new RangeError(`invalid segment: ${segment}`)
  if (!(Number.isSafeInteger(overlap) && overlap >= 0 && overlap < segment)) {
    throw new RangeError(`invalid overlap: ${overlap}`)
  }
  const trend = options.detrend ?? 'constant'
  const weights = taper(options.taper ?? 'hann', segment)
  let sum = 0
  let squares = 0
  for (let i = 0; i < segment; i++) {
    sum += weights[i] as number
    squares += (weights[i] as number) ** 2
  }
  const scale = scaling === 'density' ? 1 / (rate * squares) : 1 / (sum * sum)
  const fft = createFft(segment)
  const re = new Float64Array(segment)
  const im = new Float64Array(segment)
  const bins = (segment >> 1) + 1
  const step = segment - overlap

  function load(into: Float64Array, x: Float64Array, start: number): void {
    for (let i = 0; i < segment; i++) into[i] = x[start + i] as number
    detrend(into, trend)
    for (let i = 0; i < segment; i++) into[i] = (into[i] as number) * (weights[i] as number)
  }

  return {
    segment,
    step,
    estimate(x, start = 0, end = x.length) {
      const count = Math.floor((end - start - segment) / step) + 1
      if (count < 1) return null
      const power = new Float64Array(bins)
      for (let s = 0; s < count; s += 2) {
        load(re, x, start + s * step)
        if (s + 1 < count) load(im, x, start + (s + 1) * step)
        else im.fill(0)
        fft.transform(re, im)
        for (let k = 0; k < bins; k++) {
          const mirror = k === 0 ? 0 : segment - k
          const a = re[k] as number
          const b = im[k] as number
          const c = re[mirror] as number
          const d = im[mirror] as number
          power[k] = (power[k] as number) + (a * a + b * b + c * c + d * d) / 2
        }
      }
      // One-sided: all bins but the first, and the last of an even length, stand for two.
      for (let k = 0; k < bins; k++) {
        const single = k === 0 || 2 * k === segment
        power[k] = ((power[k] as number) * scale * (single ? 1 : 2)) / count
      }
      return { power, resolution: rate / segment }
    },
  }
}

/**
 * The spectrum of a whole signal.
 *
 * @param x samples; kept
 * @returns null when there are fewer samples than one segment
 * @example
 * welch(emg, { rate: 1000, segment: 256 })?.power // 129 values in V²/Hz, for x in V
 */
export const welch = (x: Float64Array, options: WelchOptions): Spectrum | null =>
  createWelch(options).estimate(x)

/**
 * The spectrum of all samples as one segment.
 *
 * @param x samples; kept
 * @returns null for no samples
 */
export const periodogram = (
  x: Float64Array,
  options: Omit<WelchOptions, 'segment' | 'overlap'>,
): Spectrum | null =>
  x.length === 0
    ? null
    : createWelch({ taper: 'rectangular', ...options, segment: x.length, overlap: 0 }).estimate(x)
