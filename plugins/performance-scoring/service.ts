/** Performance scoring as a service: configurations, scores of sessions, adherence. */
import type { ClinicalRecords, Patient, TherapySession } from '../clinical-records/index.ts'
import { type Adherence, adherence, noAdherence, protocolWindow } from './adherence/adherence.ts'
import type { AssignmentStore } from './configurations/assignments.ts'
import type { Resolution, ResolutionSubject } from './configurations/resolve.ts'
import type { ConfigurationStore } from './configurations/store.ts'
import { type MuscleCounts, type ScoreInput, type ScoringRules, score } from './score/index.ts'
import type { ScoreRow, ScoreStore } from './sessions/store.ts'
import type { ScoredAnalysis } from './tables.ts'

/** The counts of a session's recording, and what they were taken from. */
export interface SessionCounts {
  readonly muscles: readonly MuscleCounts[]
  readonly analysis: ScoredAnalysis
}

/** Analyses the recording of a session; null where it has none. */
export type CountSession = (
  session: TherapySession,
  patient: Patient,
  rules: ScoringRules,
) => Promise<SessionCounts | null>

export interface PerformanceScoring {
  readonly configurations: ConfigurationStore
  readonly assignments: AssignmentStore
  readonly records: ClinicalRecords
  readonly scores: Pick<ScoreStore, 'ofSession'>
  /** Which configuration holds, and why. */
  resolve(subject: ResolutionSubject): Promise<Resolution>
  /** Scores a session and stores the score, unless the newest one is the same. */
  scoreSession(session: TherapySession): Promise<{ readonly row: ScoreRow; readonly created: boolean }>
  /** Of the patient's own sessions, as things were at a time. */
  adherenceOf(patient: Patient, at: Date): Promise<Adherence>
}

const inputOf = (
  { bfr, rpe, game }: Pick<TherapySession, 'bfr' | 'rpe' | 'game'>,
  muscles: readonly MuscleCounts[],
): ScoreInput => ({
  muscles: [...muscles],
  bfr: { left: bfr.left, right: bfr.right },
  rpe,
  game: game && { points: game.points, max: game.max },
})

export function createPerformanceScoring(parts: {
  readonly configurations: ConfigurationStore
  readonly assignments: AssignmentStore
  readonly records: ClinicalRecords
  readonly scores: ScoreStore
  readonly resolve: PerformanceScoring['resolve']
  readonly countSession: CountSession
}): PerformanceScoring {
  const { configurations, assignments, records, scores, resolve, countSession } = parts
  return {
    configurations,
    assignments,
    records,
    scores,
    resolve,
    async scoreSession(session) {
      const { id: sessionId, patientId, patientCode } = session
      const patient = await records.patients.find(patientCode)
      // A foreign key holds the session to its patient, whose code does not change.
      if (!patient) throw new Error(`session ${sessionId} has lost its patient`)
      const { configuration, source } = await resolve({ sessionId, patientId })
      const counted = await countSession(session, patient, configuration.rules)
      const input = inputOf(session, counted?.muscles ?? [])
      return scores.add({
        sessionId,
        chosenBy: source,
        input,
        score: score(input, configuration),
        analysis: counted?.analysis ?? null,
      })
    },
    async adherenceOf({ id: patientId, treatmentStart }, at) {
      const window = protocolWindow(treatmentStart, at)
      if (typeof window === 'string') return noAdherence(window)
      const { day, from, until } = window
      return adherence({ day, completed: await records.sessions.count({ patientId, from, until }) })
    },
  }
}
