/**
 * Pairs poles with their nearest zeros into second-order sections, the poles closest to the unit circle last.
 *
 * @see scipy.signal.zpk2sos (pairing='nearest'), https://github.com/scipy/scipy/blob/v1.17.0/scipy/signal/_filter_design.py
 */

import { absolute, type Complex, complex, multiply, subtract } from './complex.ts'
import type { Section } from './section.ts'

/** A conjugate pair is stood for by its member above the real axis; rounding leaves this much of an imaginary part. */
const REAL = 100 * Number.EPSILON

const isReal = ({ im }: Complex): boolean => im === 0

/** One of each conjugate pair, by real part, then the real ones in order. */
function upperHalf(roots: readonly Complex[]): Complex[] {
  const real = roots.filter((root) => Math.abs(root.im) <= REAL * absolute(root))
  const upper = roots.filter((root) => root.im > REAL * absolute(root))
  const byReal = (a: Complex, b: Complex): number => a.re - b.re || Math.abs(a.im) - Math.abs(b.im)
  return [...upper.sort(byReal), ...real.map(({ re }) => complex(re)).sort(byReal)]
}

/** Takes out the element that `cost` is least of; the first of equals. */
function takeLeast(roots: Complex[], cost: (root: Complex) => number, only = (_: Complex) => true): Complex {
  let best = -1
  for (const [i, root] of roots.entries()) {
    if (only(root) && (best < 0 || cost(root) < cost(roots[best] as Complex))) best = i
  }
  return roots.splice(best, 1)[0] as Complex
}

/** Coefficients of `(1 - r1/z)(1 - r2/z)`. */
function polynomial(r1: Complex, r2: Complex): [number, number, number] {
  return [1, -(r1.re + r2.re), multiply(r1, r2).re]
}

const conjugate = ({ re, im }: Complex): Complex => complex(re, -im)
const fromUnitCircle = (root: Complex): number => Math.abs(1 - absolute(root))

/** @returns as many sections as hold all poles; the gain is in the first */
export function pairSections(
  allZeros: readonly Complex[],
  allPoles: readonly Complex[],
  gain: number,
): Section[] {
  const odd = allPoles.length % 2 === 1 ? [complex(0)] : []
  const zeros = upperHalf([...allZeros, ...odd])
  const poles = upperHalf([...allPoles, ...odd])
  const count = (allPoles.length + odd.length) / 2
  const sections: Section[] = []
  while (sections.length < count) {
    const p1 = takeLeast(poles, fromUnitCircle)
    const p2 = isReal(p1) ? takeLeast(poles, fromUnitCircle, isReal) : conjugate(p1)
    const near = (root: Complex): number => absolute(subtract(root, p1))
    // A pole pair that would leave a single real zero with a single real pole takes a complex zero.
    const needsComplex = !isReal(p1) && zeros.filter(isReal).length === 1 && poles.filter(isReal).length === 1
    const z1 = takeLeast(zeros, near, needsComplex ? (root) => !isReal(root) : undefined)
    const z2 = isReal(z1) ? takeLeast(zeros, near, isReal) : conjugate(z1)
    sections.unshift([...polynomial(z1, z2), ...polynomial(p1, p2)])
  }
  const [b0, b1, b2, ...rest] = sections[0] as Section
  return [[b0 * gain, b1 * gain, b2 * gain, ...rest], ...sections.slice(1)]
}
