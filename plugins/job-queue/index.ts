/** The durable jobs of all plugins in REST: lists, retry, cancellation, progress as a stream. */
import { createEventStreams, definePlugin, type EventStreams, type JobOperator } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import clinicalRecords from '../clinical-records/index.ts'
import { jobExaminations } from './examine.ts'
import { jobMetrics } from './metrics.ts'
import { jobRoutes } from './routes.ts'
import { createJobVisibility, type JobVisibility } from './visibility.ts'

/** What the routes of jobs work with. */
export interface JobQueue {
  readonly operator: JobOperator
  readonly streams: EventStreams
  readonly visibility: JobVisibility
}

export default definePlugin({
  name: 'job-queue',
  version: '1.0.0',
  host: '^1',
  summary: 'Shows and operates the jobs of all plugins',
  // Jobs are about their records.
  needs: { recordings: c3dReader, records: clinicalRecords },
  permissions: [
    { name: 'jobs:read', summary: 'Follow jobs', roles: ['therapist'] },
    { name: 'jobs:manage', summary: 'Try jobs again, and cancel them', roles: [] },
  ],
  setup: ({ jobOperator, needs: { recordings } }): JobQueue => ({
    operator: jobOperator,
    streams: createEventStreams(),
    visibility: createJobVisibility(jobOperator, recordings.visibility),
  }),
  records: ({ visibility }) => ({ job: visibility.kind }),
  routes: jobRoutes,
  health({ operator }) {
    const trouble = operator.trouble()
    return trouble === undefined
      ? { status: 'ok' }
      : { status: 'degraded', reason: `jobs are not run: ${trouble}` }
  },
  metrics: ({ operator, streams }) => jobMetrics(operator, streams),
  examine: () => jobExaminations,
})
