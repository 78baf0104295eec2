/** Symmetry of the two sides: 1 - |L - R| / (L + R), from what the muscles did before the gate. */
import { figure, missing, type Percent } from './figure.ts'

const FORMULA = '100 * (1 - abs(left - right) / (left + right))'

/** In percent: 100 where both sides score alike. Null without both sides, and of 0 and 0, which says nothing. */
export function symmetry(left: Percent, right: Percent): Percent {
  const [l, r] = [left.value, right.value]
  const values = { left: l, right: r }
  if (l === null) return missing('%', FORMULA, values, `left: ${left.reason}`)
  if (r === null) return missing('%', FORMULA, values, `right: ${right.reason}`)
  if (l + r === 0) return missing('%', FORMULA, values, 'both sides are 0: there is nothing to compare')
  return figure('%', FORMULA, { left: l, right: r }, 100 * (1 - Math.abs(l - r) / (l + r)))
}
