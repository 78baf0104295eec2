/** How far the trials of a calibration differ. */
import { against } from '../language/amounts.ts'

/** Trials that differ by more, in percent of the largest, are flagged. @see docs/mvc.md */
const FLAGGED_FROM = 10

/** @example spreadText(10.04) // '10.04 %', since 10 % would not be flagged */
export const spreadText = (spreadPercent: number): string => against(spreadPercent, [FLAGGED_FROM], 1, '%')
