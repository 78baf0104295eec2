/** How muscles are called: the name as it is stored, the side in words. */

import type { MuscleKey } from './trend-series.ts'
import { trendWords } from './trend-words.ts'

/** @example muscleText({ muscle: 'vastus lateralis', side: 'left', nth: 0 }) // 'Vastus lateralis, left' */
export function muscleText({
  muscle,
  side,
  nth = 0,
}: Omit<MuscleKey, 'nth'> & { readonly nth?: number }): string {
  const t = trendWords()
  const parts = [muscleName(muscle), side === 'none' ? '' : t[side], nth > 0 ? t.nth(nth + 1) : '']
  return parts.filter((part) => part !== '').join(', ')
}

/** The name of a muscle at the start of a line. */
export const muscleName = (muscle: string): string => muscle.charAt(0).toUpperCase() + muscle.slice(1)
