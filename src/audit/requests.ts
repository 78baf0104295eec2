/** Records requests: every one that changes something, and every one that reads what belongs to patients. */
import type { Context, MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { isServiceFailure } from '../http/failures.ts'
import { recordsOf } from '../http/guard.ts'
import { withCanonicalIds } from '../http/ids.ts'
import { isProblem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import { type Acting, act, acting } from '../identity/acting.ts'
import type { AuditEvent } from './contract.ts'

/** Where a route names records by parameters that its filter takes. */
const FILTERS: Readonly<Record<string, string>> = {
  patient: 'patient',
  patientCode: 'patient',
  session: 'session',
  sessionId: 'session',
  recording: 'recording',
  recordingId: 'recording',
}

/** Whether a route gives what belongs to patients. One that does not say so gives what belongs to all of them. */
const readsPatients = ({ method, policy, concerns }: Route): boolean =>
  method === 'get' && (concerns === undefined ? policy !== 'public' : concerns !== 'nothing')

const given = (schema: Route['params'], input: Readonly<Record<string, string>>): unknown => {
  const result = schema && v.safeParse(schema, withCanonicalIds(schema, input))
  return result?.success ? result.output : undefined
}

/** The records that a request names, as far as they fit: what does not may be anything. */
function namedRecords(route: Route, c: Context): Acting['records'] {
  const params = given(route.params, c.req.param())
  const query = given(route.query, c.req.query())
  if (typeof route.concerns === 'object') return recordsOf(route, params, query)
  const all = Object.entries({ ...(query as object), ...(params as object) } as Record<string, unknown>)
  return all.flatMap(([name, id]) => {
    const kind = FILTERS[name]
    return kind !== undefined && typeof id === 'string' ? [{ kind, id }] : []
  })
}

/** nginx's status for a client that left. */
const CLIENT_CLOSED_REQUEST = 499

/** What has become of a request. */
function outcomeOf({ error, res: { status } }: Context): Pick<AuditEvent, 'outcome' | 'code'> {
  if (status === CLIENT_CLOSED_REQUEST) return { outcome: 'failed', code: 'CLIENT_LEFT' }
  if (isProblem(error)) return { outcome: error.status < 500 ? 'refused' : 'failed', code: error.code }
  if (error)
    return { outcome: 'failed', code: isServiceFailure(error) ? 'DATABASE_UNAVAILABLE' : 'INTERNAL_ERROR' }
  if (status < 400) return { outcome: 'done' }
  return { outcome: status < 500 ? 'refused' : 'failed', code: `HTTP_${status}` }
}

/**
 * Says who acts while a route answers, and records what has become of it before the answer is sent.
 *
 * @param record keeps an entry, whether the database is there or not. @throws {Problem} 503 AUDIT_UNAVAILABLE
 * @param addressOf the address of the client
 */
export function auditRequests(
  record: (by: Acting, event: Pick<AuditEvent, 'outcome' | 'code'>) => void,
  addressOf: (c: Context) => string | null,
): (route: Route) => MiddlewareHandler {
  return (route) => {
    const of = { action: route.policy, route: `${route.method.toUpperCase()} ${route.path}` }
    const changes = route.method !== 'get'
    const reads = readsPatients(route)
    return (c, next) =>
      act({ ...of, changes, requestId: c.get('requestId'), address: addressOf(c) }, async () => {
        if (!changes && !reads) return next()
        const by = acting() as Acting
        by.records = namedRecords(route, c)
        await next()
        const event = outcomeOf(c)
        // Its transactions have left their entries; or it was recorded in words of its own.
        if (changes && (by.isSaid || (event.outcome === 'done' && by.recorded > 0))) return
        try {
          record(by, event)
        } catch (unavailable) {
          await c.res.body?.cancel()
          // Its headers are not for the refusal.
          c.res = undefined
          throw unavailable
        }
      })
  }
}
