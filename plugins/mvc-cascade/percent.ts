/** Amplitudes as a share of the MVC. */

/**
 * An amplitude in % of the MVC. Over 100 % is no error: dynamic tasks and better days do it. It is said, not clipped.
 *
 * @param amplitude in the unit of `mvc`
 * @param mvc above 0
 * @throws {RangeError} when the MVC is not above 0
 * @example
 * mvcPercent(120e-6, 100e-6) // { percent: 120, above: true }
 */
export function mvcPercent(
  amplitude: number,
  mvc: number,
): { readonly percent: number; readonly above: boolean } {
  if (!(mvc > 0)) throw new RangeError(`invalid MVC: ${mvc}`)
  const percent = (amplitude / mvc) * 100
  return { percent, above: percent > 100 }
}
