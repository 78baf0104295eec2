/** Performance scores of therapy sessions, by versioned configurations; adherence to the protocol. */
import * as v from 'valibot'
import migration from '../../drizzle/performance-scoring/0000_configurations_and_scores.sql' with {
  type: 'text',
}
import { definePlugin, namespace } from '../../src/sdk.ts'
import clinicalRecords from '../clinical-records/index.ts'
import emgAnalyzer from '../emg-analyzer/index.ts'
import { adherenceRoutes } from './adherence/routes.ts'
import { createAssignmentStore } from './configurations/assignments.ts'
import { cachedChoices } from './configurations/chosen.ts'
import { scoringChanged } from './configurations/events.ts'
import { createResolver } from './configurations/resolve.ts'
import { assignmentRoutes, configurationRoutes } from './configurations/routes.ts'
import { createConfigurationStore } from './configurations/store.ts'
import { eraseScores } from './erase.ts'
import { AppliedConfigurationSchema } from './score/index.ts'
import { createPerformanceScoring, type PerformanceScoring } from './service.ts'
import { countRecordings } from './sessions/analysis.ts'
import { SessionCountsSchema, StoredScoreSchema } from './sessions/cached.ts'
import { scoreRoutes } from './sessions/routes.ts'
import { scoreSection } from './sessions/section.ts'
import { createScoreStore } from './sessions/store.ts'
import { activations, assignments, configurations, configurationVersions, scores } from './tables.ts'

export {
  type Adherence,
  AdherenceSchema,
  adherence,
  noAdherence,
  PROTOCOL,
  protocolWindow,
} from './adherence/adherence.ts'
export { BUILT_IN } from './configurations/built-in.ts'
export { scoringChanged } from './configurations/events.ts'
export {
  type AppliedConfiguration,
  DEFAULT_RULES,
  type MuscleCounts,
  type Score,
  type ScoreInput,
  ScoreInputSchema,
  ScoreSchema,
  type ScoringRules,
  ScoringRulesSchema,
  score,
} from './score/index.ts'
export { amplitudesOf, NormalisedAmplitudeSchema } from './sessions/amplitudes.ts'
export { countsOf } from './sessions/counts.ts'
export { type AnalysisScore, AnalysisScoreSchema } from './sessions/section.ts'
export type { ScoreRow } from './sessions/store.ts'
export type { PerformanceScoring }

export default definePlugin({
  name: 'performance-scoring',
  version: '1.0.0',
  host: '^1',
  summary: 'Scores therapy sessions, and says how each number came about',
  needs: { records: clinicalRecords, analyzer: emgAnalyzer },
  tables: { configurations, configurationVersions, activations, assignments, scores },
  migrations: [{ id: '0000_configurations_and_scores', sql: migration }],
  permissions: [
    {
      name: 'scoring:read',
      summary: 'Read scores, adherence and scoring configurations',
      roles: ['therapist', 'researcher'],
    },
    {
      name: 'scoring:write',
      summary: 'Score sessions, and choose among the scoring configurations for patients and sessions',
      roles: ['therapist'],
    },
    { name: 'scoring:configure', summary: 'Make, activate and retire scoring configurations', roles: [] },
  ],
  emits: [scoringChanged],
  caches: {
    scores: namespace({
      key: 'session:{sessionId}:performance_scores',
      ttl: '2h',
      tags: ['session.scored:{sessionId}'],
      sharing: 'redis',
      schema: v.array(StoredScoreSchema),
    }),
    // Entries name their inputs, which change with every event that counts.
    counts: namespace({
      key: 'clinical:{sessionId}:metrics',
      ttl: '30min',
      schema: SessionCountsSchema,
    }),
    // That none was chosen is what is known of most, and worth knowing too.
    thresholds: namespace({
      key: 'config:clinical_thresholds',
      ttl: '1h',
      negativeTtl: '1h',
      tags: ['scoring.activated'],
      sharing: 'redis',
      schema: v.nullable(AppliedConfigurationSchema),
    }),
    sessionThresholds: namespace({
      key: 'session:{sessionId}:clinical_thresholds',
      ttl: '1h',
      negativeTtl: '1h',
      tags: ['session.assigned:{sessionId}'],
      sharing: 'redis',
      schema: v.nullable(AppliedConfigurationSchema),
    }),
    patientThresholds: namespace({
      key: 'patient:{patientId}:clinical_thresholds',
      ttl: '1h',
      negativeTtl: '1h',
      tags: ['patient.assigned:{patientId}'],
      personal: ['patientId'],
      sharing: 'redis',
      schema: v.nullable(AppliedConfigurationSchema),
    }),
  },
  setup({ db, caches, announce, events, clock, needs: { records, analyzer } }): PerformanceScoring {
    const stored = createConfigurationStore(db, announce, events)
    const assigned = createAssignmentStore(db, stored, announce, events)
    const resolver = createResolver(cachedChoices(stored, assigned, caches))
    const scoring = createPerformanceScoring({
      configurations: stored,
      assignments: assigned,
      records,
      scores: createScoreStore(db, announce),
      resolver,
      clock,
      countSession: countRecordings(analyzer, caches.counts),
      caches,
    })
    analyzer.sections.add(scoreSection(scoring))
    analyzer.useTargets(async (session) => {
      const subject = session ? { sessionId: session.id, patientId: session.patientId } : {}
      return (await resolver.resolve(subject)).configuration.rules.targets
    })
    return scoring
  },
  start: (scoring) => scoring.start(),
  erase: (_, patient, work) => eraseScores(patient, work),
  routes: (scoring) => [
    ...configurationRoutes(scoring),
    ...assignmentRoutes(scoring),
    ...scoreRoutes(scoring),
    ...adherenceRoutes(scoring),
  ],
})
