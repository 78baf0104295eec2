/** Student's t distribution. @see Student (1908), Biometrika 6:1; https://dlmf.nist.gov/8.17 */
import { incompleteBeta } from './incomplete-beta.ts'

/**
 * Two-sided tail of Student's t: the probability of a value at least as far from 0, `I_x(df / 2, 1 / 2)` with
 * `x = df / (df + t^2)`.
 *
 * @param t any number, infinite ones with it
 * @param degrees of freedom, above 0
 * @returns 1 at 0, falling to 0
 * @throws {RangeError} when `t` is NaN, or the degrees of freedom are not finite and above 0
 * @example
 * studentTwoSided(1, 1) // 0.5
 */
export function studentTwoSided(t: number, degrees: number): number {
  if (Number.isNaN(t)) throw new RangeError('t is no number')
  if (!(degrees > 0 && degrees < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`invalid degrees of freedom: ${degrees}`)
  }
  // Both shares by themselves: of the two, the smaller is lost in the difference of the other from 1.
  const ratio = (t / degrees) * t
  return incompleteBeta(degrees / 2, 0.5, 1 / (1 + ratio), ratio === 0 ? 0 : 1 / (1 + 1 / ratio))
}
