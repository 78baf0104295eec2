/** What a session is scored from: its record, and the counts of its recording. */
import type { TherapySession } from '../../clinical-records/index.ts'
import type { MuscleCounts, ScoreInput } from '../score/index.ts'

/** @param session null where a recording belongs to none: nothing is known but its counts */
export const inputOf = (
  session: Pick<TherapySession, 'bfr' | 'rpe' | 'game'> | null,
  muscles: readonly MuscleCounts[],
): ScoreInput => ({
  muscles: [...muscles],
  bfr: { left: session?.bfr.left ?? null, right: session?.bfr.right ?? null },
  rpe: session?.rpe ?? null,
  game: session?.game ? { points: session.game.points, max: session.game.max } : null,
})
