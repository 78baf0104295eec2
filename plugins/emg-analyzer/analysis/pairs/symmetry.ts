/** Symmetry of left and right, by the names of those who defined the indices. */

/** A figure, or why there is none. */
export type Index = { readonly value: number } | { readonly value: null; readonly reason: string }

const missing = (reason: string): Index => ({ value: null, reason })

const BOTH_ZERO = missing('both sides are 0')

/** `(R - L) / (0.5 (R + L)) * 100`: 0 is even, above 0 the right is larger. @see Robinson et al. (1987), J Manipulative Physiol Ther 10:172 */
export function robinsonIndex(left: number, right: number): Index {
  return left + right === 0 ? BOTH_ZERO : { value: (200 * (right - left)) / (right + left) }
}

/** Affected over unaffected, in percent. @see Noyes et al. (1991), Am J Sports Med 19:513 */
export function limbSymmetryIndex(left: number, right: number, affected: 'left' | 'right' | null): Index {
  if (affected === null) return missing('which side is affected is not known')
  const [ill, well] = affected === 'left' ? [left, right] : [right, left]
  return well === 0 ? missing('the unaffected side is 0') : { value: (100 * ill) / well }
}

/** `(45 - atan2(L, R)) / 90 * 100`, angle in degrees: 0 is even. @see Zifchock et al. (2008), Gait Posture 27:622 */
export function symmetryAngle(left: number, right: number): Index {
  if (left === 0 && right === 0) return BOTH_ZERO
  return { value: ((45 - (Math.atan2(left, right) * 180) / Math.PI) / 90) * 100 }
}

/** `100 (1 - |L - R| / (L + R))`: 100 is even. The GHOSTLY trial's symmetry score. */
export function ghostlySymmetry(left: number, right: number): Index {
  return left + right === 0 ? BOTH_ZERO : { value: 100 * (1 - Math.abs(left - right) / (left + right)) }
}
