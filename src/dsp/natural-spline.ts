/** Natural cubic spline through evenly spaced values. @see de Boor, A Practical Guide to Splines (2001), ch. IV */

/**
 * Second derivatives of the spline at its knots, 0 at both ends: the tridiagonal system
 * `c[i-1] + 4 c[i] + c[i+1] = 6 (y[i-1] - 2 y[i] + y[i+1])`, solved by elimination and substitution.
 */
function curvatures(y: ArrayLike<number>): Float64Array {
  const n = y.length
  const c = new Float64Array(n)
  const upper = new Float64Array(n)
  for (let i = 1; i < n - 1; i++) {
    const pivot = 4 - (upper[i - 1] as number)
    const bend = 6 * ((y[i - 1] as number) - 2 * (y[i] as number) + (y[i + 1] as number))
    upper[i] = 1 / pivot
    c[i] = (bend - (c[i - 1] as number)) / pivot
  }
  for (let i = n - 2; i > 0; i--) c[i] = (c[i] as number) - (upper[i] as number) * (c[i + 1] as number)
  return c
}

/**
 * Prepares the spline.
 *
 * @param y values at 0, 1, 2, …; at least one. A NaN reaches all of the spline
 * @returns the value at a place from 0 to `y.length - 1`; the last pieces go on beyond
 * @throws {RangeError} for no values
 */
export function naturalSpline(y: ArrayLike<number>): (at: number) => number {
  const last = y.length - 1
  if (last < 0) throw new RangeError('no values to lay a spline through')
  if (last === 0) return () => y[0] as number
  const c = curvatures(y)
  return (at) => {
    const left = Math.min(last - 1, Math.max(0, Math.floor(at)))
    const t = at - left
    const s = 1 - t
    const bend = (s ** 3 - s) * (c[left] as number) + (t ** 3 - t) * (c[left + 1] as number)
    return s * (y[left] as number) + t * (y[left + 1] as number) + bend / 6
  }
}
