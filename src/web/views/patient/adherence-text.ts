/** Adherence in percent, as its category has it. */
import { against } from '../../language/amounts.ts'

/** From these shares on it is moderate, good, excellent, and whole. */
const BARS = [50, 70, 85, 100]

/**
 * Never rounded into another category: 84.6 % is no 85 %.
 *
 * @example adherenceText(84.6) // '84.6 %'
 */
export const adherenceText = (score: number | null): string => against(score, BARS, 0, '%')
