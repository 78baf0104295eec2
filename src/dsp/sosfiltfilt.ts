/**
 * Zero-phase filtering: forwards and backwards, with odd extension at both ends.
 * Two passes square the response: twice the order, -6 dB at the corner of the design.
 *
 * @see scipy.signal.sosfiltfilt, https://github.com/scipy/scipy/blob/v1.17.0/scipy/signal/_signaltools.py
 */
import type { Section } from './section.ts'
import { type SectionState, sosfiltInPlace, steadyState } from './sosfilt.ts'

/** Samples that each end is extended by, as scipy chooses them. */
export function padLength(sections: readonly Section[]): number {
  const without = (place: 2 | 5): number => sections.filter((section) => section[place] === 0).length
  return 3 * (2 * sections.length + 1 - Math.min(without(2), without(5)))
}

const startingAt = (states: readonly SectionState[], x: number): SectionState[] =>
  states.map(([a, b]) => [a * x, b * x])

/**
 * Filters forwards and backwards in place, so that whoever makes the samples needs no second array for them.
 *
 * @param extended samples between two times {@link padLength} places for their extension; all of it is overwritten
 * @returns as many filtered samples: the middle of `extended`
 * @throws {RangeError} when there are too few samples
 */
export function sosfiltfiltInPlace(sections: readonly Section[], extended: Float64Array): Float64Array {
  const pad = padLength(sections)
  const n = extended.length - 2 * pad
  if (n <= pad) throw new RangeError(`too short to filter: ${n} samples, ${pad + 1} are needed`)
  const first = extended[pad] as number
  const last = extended[pad + n - 1] as number
  // extended[pad + i] is sample i; each end is the signal turned about its end point.
  for (let i = 0; i < pad; i++) {
    extended[i] = 2 * first - (extended[2 * pad - i] as number)
    extended[pad + n + i] = 2 * last - (extended[pad + n - 2 - i] as number)
  }
  const steady = steadyState(sections)
  sosfiltInPlace(sections, extended, startingAt(steady, extended[0] as number))
  const end = extended[extended.length - 1] as number
  // Turned about, and filtered from its other end: see filterSection.
  extended.reverse()
  sosfiltInPlace(sections, extended, startingAt(steady, end))
  extended.reverse()
  return extended.subarray(pad, pad + n)
}

/**
 * @param x samples, more than {@link padLength} of them; kept
 * @returns as many filtered samples
 * @throws {RangeError} when there are too few samples
 */
export function sosfiltfilt(sections: readonly Section[], x: ArrayLike<number>): Float64Array {
  const pad = padLength(sections)
  const extended = new Float64Array(x.length + 2 * pad)
  extended.set(x, pad)
  return sosfiltfiltInPlace(sections, extended)
}
