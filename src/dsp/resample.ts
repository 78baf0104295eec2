/**
 * Resampling by a ratio of whole numbers: a low-pass FIR of which each output takes one phase.
 *
 * @see scipy.signal.resample_poly and firwin, https://github.com/scipy/scipy/blob/v1.17.0/scipy/signal/_signaltools.py
 */

/** Shape of the Kaiser window that scipy designs with: about 50 dB down beyond the transition. */
const KAISER_BETA = 5
/** Zero crossings of the filter's sinc at each side. */
const CROSSINGS = 10
/** Largest factor of a reduced ratio: the filter has 20 coefficients for each. */
const MOST_PHASES = 100_000

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b]
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

/** Modified Bessel function of the first kind, order 0, by its power series; for small arguments. @see https://dlmf.nist.gov/10.25#E2 */
function besselI0(x: number): number {
  const quarter = (x * x) / 4
  let sum = 1
  for (let k = 1, term = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k)
    sum += term
  }
  return sum
}

/** Low-pass at `1 / factor` of half the rate, `2 half + 1` coefficients with sum `gain`. Oppenheim & Schafer, Discrete-Time Signal Processing (2010), 7.5 */
function lowPass(half: number, factor: number, gain: number): Float64Array {
  const taps = new Float64Array(2 * half + 1)
  const top = besselI0(KAISER_BETA)
  let sum = 0
  for (let i = -half; i <= half; i++) {
    const angle = (Math.PI * i) / factor
    const sinc = i === 0 ? 1 : Math.sin(angle) / angle
    const weight = besselI0(KAISER_BETA * Math.sqrt(1 - (i / half) ** 2)) / top
    taps[i + half] = sinc * weight
    sum += sinc * weight
  }
  for (let i = 0; i < taps.length; i++) taps[i] = ((taps[i] as number) * gain) / sum
  return taps
}

/**
 * Resamples to `up / down` times the rate, without delay: the first sample stays where it is. Beyond its ends the
 * signal is taken as zero, as scipy does by default, so a constant sags there: take an offset out first.
 *
 * @param x samples; kept. A NaN reaches as far as the filter does, about `10 max(1, down / up)` samples each way
 * @param up a whole number from 1 on
 * @param down a whole number from 1 on
 * @returns `ceil(x.length up / down)` samples, in the unit of `x`
 * @throws {RangeError} for other factors, and for a ratio that has one above 100,000 when reduced
 * @example
 * resample(emg, 1, 2) // 2000 Hz to 1000 Hz
 */
export function resample(x: ArrayLike<number>, up: number, down: number): Float64Array {
  for (const factor of [up, down]) {
    if (!(Number.isSafeInteger(factor) && factor >= 1)) throw new RangeError(`invalid factor: ${factor}`)
  }
  const divisor = greatestCommonDivisor(up, down)
  const u = up / divisor
  const d = down / divisor
  const factor = Math.max(u, d)
  if (factor > MOST_PHASES) throw new RangeError(`a ratio of ${u} to ${d} is too fine to resample by`)
  if (factor === 1) return new Float64Array(x)
  const half = CROSSINGS * factor
  const taps = lowPass(half, factor, u)
  const n = x.length
  const samples = new Float64Array(x)
  const resampled = new Float64Array(Math.ceil((n * u) / d))
  for (let m = 0; m < resampled.length; m++) {
    // At u times the rate, sample k lies at k u and this output at m d; those within `half` of it count.
    const at = m * d
    const first = Math.max(0, Math.ceil((at - half) / u))
    const last = Math.min(n - 1, Math.floor((at + half) / u))
    let sum = 0
    for (let k = first, tap = at - first * u + half; k <= last; k++, tap -= u) {
      sum += (taps[tap] as number) * (samples[k] as number)
    }
    resampled[m] = sum
  }
  return resampled
}
