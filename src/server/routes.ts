/** Every route of a server: the host's own about itself, and the plugins'. */
import * as v from 'valibot'
import type { AuditSystem } from '../audit/open.ts'
import type { DatabaseHealth } from '../database/open.ts'
import { docsRoutes } from '../http/docs.ts'
import { openApiDocument } from '../http/openapi.ts'
import { type Route, route } from '../http/route.ts'
import { METRICS_TYPE, metricsText } from '../observe/metrics.ts'
import { pageRoutes } from '../page/routes.ts'
import type { PluginHost } from '../plugin/host.ts'
import { panelListRoute } from '../plugin/panel-routes.ts'
import { VERSION } from '../version.ts'

const HealthStatus = v.picklist(['ok', 'degraded', 'failed'])
const HealthBody = v.object({
  status: HealthStatus,
  version: v.string(),
  uptimeS: v.number(),
  database: v.object({
    kind: v.picklist(['embedded', 'external']),
    status: HealthStatus,
    latencyMs: v.nullable(v.number()),
    reason: v.optional(v.string()),
  }),
  plugins: v.array(
    v.object({
      name: v.string(),
      version: v.string(),
      state: v.picklist(['ready', 'running', 'quarantined', 'stopped']),
      status: HealthStatus,
      reason: v.optional(v.string()),
    }),
  ),
})
const Ready = v.object({ ready: v.boolean(), reason: v.optional(v.string()) })

async function systemHealth(
  host: PluginHost,
  database: () => Promise<DatabaseHealth>,
  startedAt: number,
): Promise<v.InferOutput<typeof HealthBody>> {
  const [db, states] = await Promise.all([database(), host.health()])
  const plugins = states.map(({ name, version, state, reason, health }) => {
    const why = reason ?? health.reason
    return { name, version, state, status: health.status, ...(why === undefined ? {} : { reason: why }) }
  })
  const impaired = plugins.some((plugin) => plugin.status !== 'ok') || db.status === 'degraded'
  return {
    status: db.status === 'failed' ? 'failed' : impaired ? 'degraded' : 'ok',
    version: VERSION,
    uptimeS: Math.round((Date.now() - startedAt) / 1000),
    database: { ...db },
    plugins,
  }
}

/**
 * @param database asks the database how it is, in bounded time; never throws
 * @param startedAt when the server started, ms since 1970
 * @param audit its routes and metrics are among those of the server
 * @param own further routes of the host, such as those of access control
 */
export function serverRoutes(
  host: PluginHost,
  database: () => Promise<DatabaseHealth>,
  startedAt: number,
  audit?: Pick<AuditSystem, 'routes' | 'metrics'>,
  own: readonly Route[] = [],
): Route[] {
  const routes: Route[] = [
    route({
      method: 'get',
      path: '/livez',
      summary: 'Whether the process runs',
      policy: 'public',
      answers: { 200: { description: 'It does', schema: v.object({ alive: v.literal(true) }) } },
      handle: () => ({ alive: true }),
    }),
    route({
      method: 'get',
      path: '/readyz',
      summary: 'Whether requests can be served now',
      policy: 'public',
      answers: {
        200: { description: 'They can', schema: Ready },
        503: { description: 'They cannot, with the reason', schema: Ready, mediaType: 'application/json' },
      },
      async handle({ c }) {
        const { status, reason } = await database()
        if (status !== 'failed') return { ready: true }
        return c.json({ ready: false, reason: `the database is away${reason ? `: ${reason}` : ''}` }, 503)
      },
    }),
    route({
      method: 'get',
      path: '/health',
      summary: 'How the server, its database and its plugins are doing',
      policy: 'public',
      answers: { 200: { description: 'State with reasons', schema: HealthBody } },
      handle: () => systemHealth(host, database, startedAt),
    }),
    route({
      method: 'get',
      path: '/metrics',
      summary: 'Counters of the process, the cache and the plugins, for Prometheus',
      policy: 'public',
      answers: { 200: { description: 'Text format 0.0.4', mediaType: 'text/plain' } },
      handle: async () =>
        new Response(metricsText([...(await host.metrics()), ...(audit?.metrics() ?? [])]), {
          headers: { 'content-type': METRICS_TYPE, 'cache-control': 'no-store' },
        }),
    }),
    route({
      method: 'get',
      path: '/api/openapi.json',
      summary: 'This document',
      policy: 'public',
      answers: { 200: { description: 'OpenAPI 3.1', schema: v.record(v.string(), v.unknown()) } },
      // The routes are those of the release, which every kept answer names.
      cache: { ttl: '24h' },
      handle: () => openApiDocument(routes),
    }),
    panelListRoute(host.panels),
    ...pageRoutes(),
    ...docsRoutes(),
    ...own,
    ...(audit?.routes ?? []),
    ...host.routes(),
  ]
  return routes
}
