/**
 * Filters through second-order sections in transposed direct form II.
 *
 * @see scipy.signal.sosfilt and sosfilt_zi, https://github.com/scipy/scipy/blob/v1.17.0/scipy/signal/_signaltools.py
 */
import type { Section } from './section.ts'

/** The two delays of one section. */
export type SectionState = [number, number]

/**
 * One section over all samples. Coefficients by index: taken apart as an array, they make the loop three times slower. A
 * variable step makes it twice as slow where the program was compiled to bytecode.
 */
function filterSection(x: Float64Array, section: Section, state: SectionState): void {
  const b0 = section[0]
  const b1 = section[1]
  const b2 = section[2]
  const a1 = section[4]
  const a2 = section[5]
  let d0 = state[0]
  let d1 = state[1]
  for (let i = 0; i < x.length; i++) {
    const input = x[i] as number
    const output = b0 * input + d0
    d0 = b1 * input - a1 * output + d1
    d1 = b2 * input - a2 * output
    x[i] = output
  }
}

/**
 * Two sections in one loop: the processor works on the second while it waits for the delays of the first. Every
 * operation is that of two loops, in the same order, so the result is the same to the bit.
 */
function filterPair(
  x: Float64Array,
  first: Section,
  second: Section,
  firstState: SectionState,
  secondState: SectionState,
): void {
  const b0 = first[0]
  const b1 = first[1]
  const b2 = first[2]
  const a1 = first[4]
  const a2 = first[5]
  const c0 = second[0]
  const c1 = second[1]
  const c2 = second[2]
  const e1 = second[4]
  const e2 = second[5]
  let d0 = firstState[0]
  let d1 = firstState[1]
  let f0 = secondState[0]
  let f1 = secondState[1]
  for (let i = 0; i < x.length; i++) {
    const input = x[i] as number
    const middle = b0 * input + d0
    d0 = b1 * input - a1 * middle + d1
    d1 = b2 * input - a2 * middle
    const output = c0 * middle + f0
    f0 = c1 * middle - e1 * output + f1
    f1 = c2 * middle - e2 * output
    x[i] = output
  }
}

/**
 * Filters in place, section by section.
 *
 * @param x samples; overwritten
 * @param states delays of each section before the first sample; at rest where absent
 */
export function sosfiltInPlace(
  sections: readonly Section[],
  x: Float64Array,
  states?: readonly SectionState[],
): Float64Array {
  for (let s = 0; s < sections.length; s += 2) {
    const first = sections[s] as Section
    const second = sections[s + 1]
    const firstState = states?.[s] ?? [0, 0]
    if (second) filterPair(x, first, second, firstState, states?.[s + 1] ?? [0, 0])
    else filterSection(x, first, firstState)
  }
  return x
}

/**
 * One causal pass.
 *
 * @param x samples; kept
 * @returns as many filtered samples
 */
export const sosfilt = (
  sections: readonly Section[],
  x: ArrayLike<number>,
  states?: readonly SectionState[],
): Float64Array => sosfiltInPlace(sections, new Float64Array(x), states)

/** The delays of each section that a step of height 1 ends in: where a steady signal begins without a transient. */
export function steadyState(sections: readonly Section[]): SectionState[] {
  let gain = 1
  return sections.map(([b0, b1, b2, , a1, a2]) => {
    const sum = 1 + a1 + a2
    const first = (b1 - a1 * b0 + b2 - a2 * b0) / sum
    const second = (1 + a1) * first - (b1 - a1 * b0)
    const state: SectionState = [gain * first, gain * second]
    gain *= (b0 + b1 + b2) / sum
    return state
  })
}
