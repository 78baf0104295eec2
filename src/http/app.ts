/** The Hono app: routes mounted from their declarations, and one way to answer errors. */
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { requestId } from 'hono/request-id'
import type { CacheSystem } from '../cache/system.ts'
import { counting } from '../identity/acting.ts'
import type { Limits } from '../limits/limits.ts'
import type { Logger } from '../observe/log.ts'
import { readable } from './body-pace.ts'
import type { AppEnv } from './client.ts'
import { isChangedMeanwhile, isServiceFailure } from './failures.ts'
import { type AccessControl, admit, checkRecords, isStillAdmitted, openAccess, recordsOf } from './guard.ts'
import { withCanonicalIds } from './ids.ts'
import { limitedByAddress, limitIdentity, limitStreams } from './limited.ts'
import { admitClients, type Network } from './network.ts'
import { createOrigins } from './origins.ts'
import { isProblem, Problem } from './problem.ts'
import { countOf, openResponseCache } from './response-cache.ts'
import type { Route } from './route.ts'
import { safetyHeaders } from './safety-headers.ts'
import { validated } from './validate.ts'
import { whileAllowed } from './while-allowed.ts'

export interface AppOptions {
  readonly routes: readonly Route[]
  readonly log: Logger
  /** Keeps the answers of routes that opt in. */
  readonly cache: CacheSystem
  /** Absent: whoever reaches the server may do everything. */
  readonly access?: AccessControl
  /** Absent: it answers for loopback names, and believes no proxy. */
  readonly network?: Network
  /** Absent: as much as anybody likes. */
  readonly limits?: Limits | undefined
  /** Says who acts while a route answers, and records what becomes of it; absent: nothing is recorded. */
  audit?: ((route: Route) => MiddlewareHandler) | undefined
  /** Why there is nothing at a path where something might be. */
  missing?(path: string): Problem | undefined
  /** Names the program and the plugins that answer: what another release has made is not served. */
  readonly release: string
}

/** nginx's status for a client that left; nobody receives it. */
const CLIENT_CLOSED_REQUEST = 499

/** Such a route never ends its answer, so that there is nothing to make a tag of. */
const isStreaming = ({ answers }: Route): boolean => answers[200]?.mediaType === 'text/event-stream'

/**
 * Headers of an answer that are said again when it has not changed. A browser puts those of a 304 in the place of the ones
 * it has kept: without its own policy, a page that was loaded again would be held to that of the API, and run nothing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-3.2
 */
const RETAINED = [...RETAINED_304_HEADERS, 'content-security-policy']

/** Hono's form of an OpenAPI path. */
const honoPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

/** Methods that a path answers to; none when no route has it. */
function allowedMethods(routes: readonly Route[], path: string): string[] {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
  return routes.filter((each) => matches(each.path)).map((each) => each.method.toUpperCase())
}

/** Builds the app. Every route answers JSON, a `Response` of its own, or a problem. */
export function createApp({
  routes,
  log,
  cache,
  release,
  missing,
  network = {},
  limits,
  access = openAccess,
  audit,
}: AppOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const responses = openResponseCache(cache, release)
  const origins = createOrigins(network.corsOrigins ?? [])
  app.use(requestId(), safetyHeaders, admitClients(network))
  if (origins.middleware) app.use(origins.middleware)
  if (limits) app.use(limitedByAddress(limits))
  // Routes that take a body read it as a stream under a limit of their own.
  const withoutBody = bodyLimit({
    maxSize: 64 * 1024,
    onError: () => {
      throw new Problem(413, 'BODY_TOO_LARGE', 'This request takes no body.')
    },
  })
  for (const each of routes) {
    const handler = async (c: Parameters<typeof withoutBody>[0]): Promise<Response> => {
      const viewer = await admit(each, access, c)
      origins.check(c, viewer)
      if (limits) await limitIdentity(limits, c, viewer)
      if (each.body) c.req.raw = readable(c.req.raw, network.pace)
      const params =
        each.params && validated(each.params, withCanonicalIds(each.params, c.req.param()), 'path')
      const query = each.query && validated(each.query, withCanonicalIds(each.query, c.req.query()), 'query')
      const records = recordsOf(each, params, query)
      await checkRecords(records, viewer)
      const answer = each.cache
        ? await responses.answer(each, { c, params, query, viewer })
        : await (limits && isStreaming(each)
            ? limitStreams(limits, viewer, c, () => each.handle({ params, query, viewer, c }))
            : each.handle({ params, query, viewer, c }))
      if (!each.cache) counting(countOf(answer))
      const response = answer instanceof Response ? answer : c.json(answer as object)
      response.headers.set('x-request-id', c.get('requestId'))
      // Browsers keep on disk what nobody forbids them.
      if (!response.headers.has('cache-control')) {
        response.headers.set('cache-control', each.policy === 'public' ? 'no-cache' : 'private, no-store')
      }
      // A stream may outlive the rights that it was opened with.
      return isStreaming(each)
        ? whileAllowed(response, () => isStillAdmitted(each, access, c, { viewer, records }))
        : response
    }
    const before = [
      ...(audit ? [audit(each)] : []),
      ...(isStreaming(each) ? [] : [etag({ retainedHeaders: RETAINED })]),
      ...(each.body ? [] : [withoutBody]),
    ]
    app.on(each.method.toUpperCase(), [honoPath(each.path)], ...before, handler)
  }
  app.notFound((c) => {
    const allow = allowedMethods(routes, c.req.path)
    const problem = allow.length
      ? new Problem(405, 'METHOD_NOT_ALLOWED', `${c.req.path} answers to ${allow.join(', ')}.`, {
          headers: { allow: allow.join(', ') },
        })
      : (missing?.(c.req.path) ?? new Problem(404, 'NOT_FOUND', 'There is nothing at this address.'))
    return problem.toResponse(c.get('requestId'))
  })
  app.onError((error, c) => {
    const id = c.get('requestId')
    if (isProblem(error)) return error.toResponse(id)
    if (c.req.raw.signal.aborted) {
      log.debug({ requestId: id, path: c.req.path }, 'the client left')
      return new Response(null, { status: CLIENT_CLOSED_REQUEST })
    }
    log.error({ requestId: id, method: c.req.method, path: c.req.path, err: error }, 'request failed')
    if (isServiceFailure(error)) {
      return new Problem(503, 'DATABASE_UNAVAILABLE', 'The database does not answer; try again shortly.', {
        headers: { 'retry-after': '1' },
      }).toResponse(id)
    }
    if (isChangedMeanwhile(error)) {
      return new Problem(
        409,
        'CHANGED_MEANWHILE',
        'What this refers to was changed or removed meanwhile; look at it again.',
      ).toResponse(id)
    }
    return new Problem(500, 'INTERNAL_ERROR', 'The server failed; its log has the details.').toResponse(id)
  })
  return app
}
