/** Performance scores of therapy sessions, by versioned configurations; adherence to the protocol. */
import migration from '../../drizzle/performance-scoring/0000_configurations_and_scores.sql' with {
  type: 'text',
}
import { definePlugin } from '../../src/sdk.ts'
import clinicalRecords from '../clinical-records/index.ts'
import emgAnalyzer from '../emg-analyzer/index.ts'
import { adherenceRoutes } from './adherence/routes.ts'
import { createAssignmentStore } from './configurations/assignments.ts'
import { createResolver } from './configurations/resolve.ts'
import { assignmentRoutes, configurationRoutes } from './configurations/routes.ts'
import { createConfigurationStore } from './configurations/store.ts'
import { createPerformanceScoring, type PerformanceScoring } from './service.ts'
import { countRecordings } from './sessions/analysis.ts'
import { scoreRoutes } from './sessions/routes.ts'
import { scoreSection } from './sessions/section.ts'
import { createScoreStore } from './sessions/store.ts'
import { activations, assignments, configurations, configurationVersions, scores } from './tables.ts'

export { BUILT_IN } from './configurations/built-in.ts'
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
export { type AnalysisScore, AnalysisScoreSchema } from './sessions/section.ts'
export type { PerformanceScoring }

export default definePlugin({
  name: 'performance-scoring',
  version: '1.0.0',
  host: '^1',
  summary: 'Scores therapy sessions, and says how each number came about',
  needs: { records: clinicalRecords, analyzer: emgAnalyzer },
  tables: { configurations, configurationVersions, activations, assignments, scores },
  migrations: [{ id: '0000_configurations_and_scores', sql: migration }],
  permissions: ['scoring:read', 'scoring:write'],
  setup({ db, needs: { records, analyzer } }): PerformanceScoring {
    const stored = createConfigurationStore(db)
    const assigned = createAssignmentStore(db, stored)
    const resolver = createResolver(stored, assigned)
    const scoring = createPerformanceScoring({
      configurations: stored,
      assignments: assigned,
      records,
      scores: createScoreStore(db),
      resolver,
      countSession: countRecordings(analyzer),
    })
    analyzer.sections.add(scoreSection(scoring))
    analyzer.useTargets(async (session) => {
      const subject = session ? { sessionId: session.id, patientId: session.patientId } : {}
      return (await resolver.resolve(subject)).configuration.rules.targets
    })
    return scoring
  },
  start: (scoring) => scoring.start(),
  routes: (scoring) => [
    ...configurationRoutes(scoring),
    ...assignmentRoutes(scoring),
    ...scoreRoutes(scoring),
    ...adherenceRoutes(scoring),
  ],
})
