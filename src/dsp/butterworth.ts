/**
 * Butterworth filters as second-order sections, designed as scipy.signal.butter(output='sos') does:
 * analog prototype, frequency transform, bilinear transform with pre-warping, pairing of poles and zeros.
 *
 * @see https://github.com/scipy/scipy/blob/v1.17.0/scipy/signal/_filter_design.py
 */
import {
  add,
  type Complex,
  complex,
  divide,
  multiply,
  product,
  scale,
  squareRoot,
  subtract,
} from './complex.ts'
import { pairSections } from './pair-sections.ts'
import type { Section } from './section.ts'

/** What a Butterworth filter is to let through. */
export interface ButterworthDesign {
  /** Order of the prototype; a band-pass or band-stop has twice as many poles. */
  readonly order: number
  readonly kind: 'low' | 'high' | 'band' | 'stop'
  /** Corner frequency in Hz (-3 dB for one pass); two of them, low first, for `band` and `stop`. */
  readonly cutoff: number | readonly [number, number]
  /** Sampling rate in Hz. */
  readonly rate: number
}

interface ZerosPolesGain {
  readonly zeros: readonly Complex[]
  readonly poles: readonly Complex[]
  readonly gain: number
}

/** Bilinear transforms are computed at this sampling rate; it cancels out. */
const UNIT_RATE = 2

const prototypePoles = (order: number): Complex[] =>
  Array.from({ length: order }, (_, i) => {
    const angle = (Math.PI * (2 * i + 1 - order)) / (2 * order)
    // The middle pole of an odd order is real: cos and sin would leave a trace of an imaginary part.
    return 2 * i + 1 === order ? complex(-1) : complex(-Math.cos(angle), -Math.sin(angle))
  })

const repeat = (value: Complex, times: number): Complex[] => Array.from({ length: times }, () => value)

/** Both solutions of `s + w^2/s = 2p`, to which a band transform takes a pole. */
function bandRoots(p: Complex, centre: number): [Complex, Complex] {
  const root = squareRoot(subtract(multiply(p, p), complex(centre * centre)))
  return [add(p, root), subtract(p, root)]
}

function toAnalog(order: number, kind: ButterworthDesign['kind'], warped: readonly number[]): ZerosPolesGain {
  const prototype = prototypePoles(order)
  const [low = 0, high = 0] = warped
  if (kind === 'low') {
    return { zeros: [], poles: prototype.map((p) => scale(p, low)), gain: low ** order }
  }
  if (kind === 'high') {
    const poles = prototype.map((p) => divide(complex(low), p))
    return { zeros: repeat(complex(0), order), poles, gain: 1 }
  }
  const width = high - low
  const centre = Math.sqrt(low * high)
  if (kind === 'band') {
    const pairs = prototype.map((p) => bandRoots(scale(p, width / 2), centre))
    const poles = [...pairs.map(([a]) => a), ...pairs.map(([, b]) => b)]
    return { zeros: repeat(complex(0), order), poles, gain: width ** order }
  }
  const pairs = prototype.map((p) => bandRoots(divide(complex(width / 2), p), centre))
  const poles = [...pairs.map(([a]) => a), ...pairs.map(([, b]) => b)]
  const zeros = [...repeat(complex(0, centre), order), ...repeat(complex(0, -centre), order)]
  return { zeros, poles, gain: 1 }
}

function bilinear({ zeros, poles, gain }: ZerosPolesGain): ZerosPolesGain {
  const doubled = complex(2 * UNIT_RATE)
  const move = (s: Complex): Complex => divide(add(doubled, s), subtract(doubled, s))
  const numerator = product(zeros.map((z) => subtract(doubled, z)))
  const denominator = product(poles.map((p) => subtract(doubled, p)))
  return {
    zeros: [...zeros.map(move), ...repeat(complex(-1), poles.length - zeros.length)],
    poles: poles.map(move),
    gain: gain * divide(numerator, denominator).re,
  }
}

/**
 * Designs a Butterworth filter.
 *
 * @throws {RangeError} unless the order is a whole number from 1 on and `0 < cut-offs < rate / 2`, in order
 * @example
 * const sections = butterworth({ order: 4, kind: 'band', cutoff: [20, 450], rate: 1000 })
 */
export function butterworth({ order, kind, cutoff, rate }: ButterworthDesign): Section[] {
  const corners = typeof cutoff === 'number' ? [cutoff] : cutoff
  if (!(Number.isInteger(order) && order >= 1)) throw new RangeError(`invalid order: ${order}`)
  if (corners.length !== (kind === 'low' || kind === 'high' ? 1 : 2)) {
    throw new RangeError(
      `${kind} takes ${kind === 'low' || kind === 'high' ? 'one cut-off' : 'two cut-offs'}`,
    )
  }
  for (const [i, corner] of corners.entries()) {
    if (!(corner > (corners[i - 1] ?? 0) && corner < rate / 2)) {
      throw new RangeError(`invalid cut-off: ${corner} Hz at a sampling rate of ${rate} Hz`)
    }
  }
  const warped = corners.map((hz) => 2 * UNIT_RATE * Math.tan((Math.PI * ((2 * hz) / rate)) / UNIT_RATE))
  const { zeros, poles, gain } = bilinear(toAnalog(order, kind, warped))
  return pairSections(zeros, poles, gain)
}
