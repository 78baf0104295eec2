/** Completion: how much of what was asked for was done. */
import { figure, missing, type Rate } from './figure.ts'

const FORMULA = 'min(total / target, 1)'

/**
 * `min(total / target, 1)`, a ratio. No contraction is a measured 0. More than was asked for is no more than 1.
 *
 * @param total completed contractions
 * @param target contractions asked for; of 0 there is no completion
 */
export const completion = (total: number, target: number): Rate =>
  target > 0
    ? figure('1', FORMULA, { total, target }, Math.min(total / target, 1))
    : missing('1', FORMULA, { total, target }, 'no contraction is asked of this muscle')
