/** The cache in REST: health, figures, keys, invalidation, warming, benchmark, a stream. */
import { type CacheOperator, definePlugin, type Health } from '../../src/sdk.ts'
import { cacheRoutes } from './routes.ts'
import { createSnapshotStreams, type SnapshotStreams } from './stream.ts'

/** What the routes of the cache work with. */
export interface CacheMetrics {
  readonly operator: CacheOperator
  readonly streams: SnapshotStreams
}

/** A figure past its threshold is no fault of the server; a tier that is away is worth a look. */
function healthOf(operator: CacheOperator): Health {
  const { status, checks } = operator.health()
  if (status !== 'degraded') return { status: 'ok' }
  const reasons = checks.flatMap((check) => (check.status === 'failing' ? (check.reason ?? check.id) : []))
  return { status: 'degraded', reason: reasons.join('; ') }
}

export default definePlugin({
  name: 'cache-metrics',
  version: '1.0.0',
  host: '^1',
  summary: 'Shows and operates the cache',
  permissions: [
    { name: 'cache:read', summary: 'See how the cache is doing, and its keys', roles: [] },
    { name: 'cache:operate', summary: 'Invalidate, warm and measure the cache', roles: [] },
  ],
  setup: ({ cacheOperator }): CacheMetrics => ({
    operator: cacheOperator,
    streams: createSnapshotStreams(cacheOperator),
  }),
  routes: ({ operator, streams }) => cacheRoutes(operator, streams),
  health: ({ operator }) => healthOf(operator),
  metrics: ({ streams }) => [
    {
      name: 'myoserve_cache_metrics_open_streams',
      help: 'Clients that follow the cache as a stream of events.',
      type: 'gauge',
      samples: [{ value: streams.count() }],
    },
  ],
})
