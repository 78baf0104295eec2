/** Performance scoring as a service: configurations, scores of sessions, adherence. */
import type { Cache, Clock } from '../../src/sdk.ts'
import type { ClinicalRecords, Patient, TherapySession } from '../clinical-records/index.ts'
import { type Adherence, adherence, noAdherence, protocolWindow } from './adherence/adherence.ts'
import type { AssignmentStore } from './configurations/assignments.ts'
import type { Resolution, ResolutionSubject, Resolver } from './configurations/resolve.ts'
import type { ConfigurationStore } from './configurations/store.ts'
import { type ScoringRules, score } from './score/index.ts'
import { type NewestScores, newestScores, type SessionCounts } from './sessions/cached.ts'
import { inputOf } from './sessions/input.ts'
import type { ScoreResource } from './sessions/schema.ts'
import type { ScoreRow, ScoreStore } from './sessions/store.ts'

/** Analyses the recording of a session; null where it has none. */
export type CountSession = (session: TherapySession, rules: ScoringRules) => Promise<SessionCounts | null>

/** Scores sessions, and holds the configurations they are scored by. */
export interface PerformanceScoring {
  readonly configurations: ConfigurationStore
  readonly assignments: AssignmentStore
  readonly records: ClinicalRecords
  readonly clock: Clock
  readonly scores: Pick<ScoreStore, 'ofSession' | 'newestOf' | 'findMany'>
  readonly newestScores: NewestScores
  /** Runs when the database is there; until then, the built-in configuration holds. */
  start(): Promise<void>
  /** Which configuration holds, and why. */
  resolve(subject: ResolutionSubject): Promise<Resolution>
  /** Scores a session and stores the score, unless the newest one is the same. */
  scoreSession(session: TherapySession): Promise<{ readonly row: ScoreRow; readonly created: boolean }>
  /** Of the patient's own sessions, as things were at a time. */
  adherenceOf(patient: Patient, at: Date): Promise<Adherence>
}

export function createPerformanceScoring(parts: {
  readonly configurations: ConfigurationStore
  readonly assignments: AssignmentStore
  readonly records: ClinicalRecords
  readonly scores: ScoreStore
  readonly resolver: Resolver
  readonly countSession: CountSession
  readonly clock: Clock
  readonly caches: {
    readonly scores: Cache<{ readonly sessionId: string }, ScoreResource[]>
  }
}): PerformanceScoring {
  const { configurations, assignments, records, scores, resolver, countSession, caches } = parts
  const { resolve } = resolver
  return {
    configurations,
    assignments,
    records,
    clock: parts.clock,
    scores,
    newestScores: newestScores(scores, caches.scores),
    resolve,
    async start() {
      await configurations.ensureBuiltIn()
      resolver.start()
    },
    async scoreSession(session) {
      const { id: sessionId, patientId } = session
      const { configuration, source } = await resolve({ sessionId, patientId })
      const counted = await countSession(session, configuration.rules)
      const input = inputOf(session, counted?.muscles ?? [])
      return scores.add(session, {
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
