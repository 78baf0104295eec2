/** Which muscles sessions record: nothing is held against an MVC, or a target, of any other. */
import { normalMuscle } from './muscle.ts'

export interface Muscle {
  readonly muscle: string
  readonly side: 'left' | 'right' | 'none'
}

const isSame = (a: Muscle, b: Muscle): boolean =>
  normalMuscle(a.muscle) === normalMuscle(b.muscle) && a.side === b.side

/** Each muscle and side once, the newest session first. @param sessions of a trend, oldest first */
export function recordedIn(sessions: readonly { readonly muscles: readonly Muscle[] }[]): Muscle[] {
  const found: Muscle[] = []
  for (const { muscles } of [...sessions].reverse()) {
    for (const { muscle, side } of muscles)
      if (!found.some((each) => isSame(each, { muscle, side }))) found.push({ muscle, side })
  }
  return found
}

/**
 * Whether nothing would be held against a value of a muscle.
 *
 * @param recorded empty: nothing is known, and nothing is said
 */
export const isUnrecorded = (muscle: Muscle, recorded: readonly Muscle[]): boolean =>
  recorded.length > 0 && !recorded.some((each) => isSame(each, muscle))
