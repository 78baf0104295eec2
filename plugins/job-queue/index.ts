/** The durable jobs of all plugins in REST: lists, retry, cancellation, progress as a stream. */
import { createEventStreams, definePlugin, type EventStreams, type JobOperator } from '../../src/sdk.ts'
import { jobExaminations } from './examine.ts'
import { jobMetrics } from './metrics.ts'
import { jobRoutes } from './routes.ts'

/** What the routes of jobs work with. */
export interface JobQueue {
  readonly operator: JobOperator
  readonly streams: EventStreams
}

export default definePlugin({
  name: 'job-queue',
  version: '1.0.0',
  host: '^1',
  summary: 'Shows and operates the jobs of all plugins',
  permissions: ['jobs:read', 'jobs:manage'],
  setup: ({ jobOperator }): JobQueue => ({ operator: jobOperator, streams: createEventStreams() }),
  routes: ({ operator, streams }) => jobRoutes(operator, streams),
  health({ operator }) {
    const trouble = operator.trouble()
    return trouble === undefined
      ? { status: 'ok' }
      : { status: 'degraded', reason: `jobs are not run: ${trouble}` }
  },
  metrics: ({ operator, streams }) => jobMetrics(operator, streams),
  examine: () => jobExaminations,
})
