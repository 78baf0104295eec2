/** Completion: how much of what was asked for was done. */
import { figure, missing, type Rate, UNCOUNTED } from './figure.ts'

const FORMULA = 'min(total / target, 1)'

/**
 * `min(total / target, 1)`, a ratio. No contraction is a measured 0. More than was asked for is no more than 1.
 *
 * @param total completed contractions; null where they could not be counted
 * @param target contractions asked for; of 0 there is no completion
 */
export function completion(total: number | null, target: number): Rate {
  const values = { total, target }
  if (total === null) return missing('1', FORMULA, values, UNCOUNTED)
  if (target === 0) return missing('1', FORMULA, values, 'no contraction is asked of this muscle')
  return figure('1', FORMULA, { total, target }, Math.min(total / target, 1))
}
