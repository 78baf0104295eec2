/** The analysis of each session: made durably when its recording comes, and kept with what it was made of. */
import migration from '../../drizzle/session-analysis/0000_analyses.sql' with { type: 'text' }
import { definePlugin } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import clinicalRecords from '../clinical-records/index.ts'
import emgAnalyzer from '../emg-analyzer/index.ts'
import performanceScoring from '../performance-scoring/index.ts'
import { analyse } from './analyse.ts'
import { eraseAnalyses } from './erase.ts'
import { analysisCompleted, analysisFailed } from './events.ts'
import { sessionExaminations } from './examine.ts'
import { resultRoutes } from './routes.ts'
import { createSessionAnalysis, handlers } from './service.ts'
import { createResultStore } from './store.ts'
import { analyses } from './tables.ts'

export { analysisCompleted, analysisFailed } from './events.ts'
export type { SessionAnalysis } from './service.ts'
export type { NewestResult, NewResult, ResultStore, StoredResult, StoredResultSummary } from './store.ts'

export default definePlugin({
  name: 'session-analysis',
  version: '1.0.0',
  host: '^1',
  summary: 'Has the recordings of sessions analysed, and keeps the results',
  // Scores are a part of what is kept; sessions and recordings are what the rows refer to.
  needs: {
    recordings: c3dReader,
    records: clinicalRecords,
    analyzer: emgAnalyzer,
    scoring: performanceScoring,
  },
  tables: { analyses },
  migrations: [{ id: '0000_analyses', sql: migration }],
  permissions: [
    {
      name: 'analyses:read',
      summary: 'Read the analyses of sessions that were kept',
      roles: ['therapist', 'researcher'],
    },
    { name: 'analyses:request', summary: 'Have sessions analysed anew', roles: ['therapist'] },
  ],
  emits: [analysisCompleted, analysisFailed],
  jobs: [analyse],
  on: handlers,
  setup: ({ db, events, log, jobs, needs: { records, analyzer } }) =>
    createSessionAnalysis({ db, events, log, records, analyzer, results: createResultStore(db) }, jobs),
  routes: resultRoutes,
  erase: (_, patient, work) => eraseAnalyses(patient, work),
  examine: () => sessionExaminations,
})
