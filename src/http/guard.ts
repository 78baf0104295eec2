/** Lets a request through to its route, or says why not: the policy, then the records that it concerns. */
import type { Context } from 'hono'
import { actAs } from '../identity/acting.ts'
import { type Identity, NOBODY, OPEN, subjectOf } from '../identity/identity.ts'
import type { RecordKinds, RecordRef } from '../identity/record.ts'
import { createViewer, type Viewer } from '../identity/viewer.ts'
import { isServiceFailure } from './failures.ts'
import { isProblem, Problem } from './problem.ts'
import type { Route } from './route.ts'

/** Who asks, and what kinds of records there are. */
export interface AccessControl {
  /** @throws {Problem} 401 where somebody says who they are, and it is not so */
  identify(c: Context): Identity | Promise<Identity>
  readonly records: RecordKinds
}

/** No access control: whoever reaches the server may do everything. */
export const openAccess: AccessControl = { identify: () => OPEN, records: new Map() }

function checkPolicy({ policy }: Route, viewer: Viewer): void {
  if (viewer.may(policy)) return
  if (viewer.id === NOBODY.id) {
    throw new Problem(401, 'LOGIN_REQUIRED', 'This takes a login, or a key.', {
      headers: { 'www-authenticate': 'Bearer realm="myoserve"' },
    })
  }
  throw new Problem(
    403,
    'PERMISSION_DENIED',
    `This takes the permission ${policy}, which ${viewer.name} lacks.`,
  )
}

/** The records that a request names in its path or its query. */
export function recordsOf({ concerns }: Route, params: unknown, query: unknown): RecordRef[] {
  if (typeof concerns !== 'object') return []
  const given = { ...(query as object), ...(params as object) } as Readonly<Record<string, unknown>>
  return Object.entries(concerns).flatMap(([kind, name]) => {
    const id = given[name]
    return typeof id === 'string' ? [{ kind, id }] : []
  })
}

/**
 * Of a public route nobody has to say who they are: what is said in vain does not keep anybody from logging in anew, nor
 * from being told that the server lives.
 */
async function identityFor({ policy }: Route, access: AccessControl, c: Context): Promise<Identity> {
  try {
    return await access.identify(c)
  } catch (error) {
    const isRefused = isProblem(error) && error.status === 401
    if (policy === 'public' && (isRefused || isServiceFailure(error))) return NOBODY
    throw error
  }
}

/**
 * Settles who asks, and holds it against the policy of the route.
 *
 * @throws {Problem} 401 LOGIN_REQUIRED, 403 PERMISSION_DENIED
 */
export async function admit(route: Route, access: AccessControl, c: Context): Promise<Viewer> {
  const identity = await identityFor(route, access, c)
  actAs(identity)
  const viewer = createViewer(identity, access.records)
  checkPolicy(route, viewer)
  const isForAll = route.policy === 'public' || route.concerns !== undefined
  if (!isForAll && viewer.scope !== 'all') {
    throw new Problem(
      403,
      'PERMISSION_DENIED',
      'This concerns all patients, and takes somebody who sees them all.',
    )
  }
  return viewer
}

/** @throws what a missing record answers, for the first that the viewer may not see */
export async function checkRecords(records: readonly RecordRef[], viewer: Viewer): Promise<void> {
  for (const record of records) await viewer.mustSee(record)
}

/**
 * Whether who was let in would be let in again, with the rights they had, to the same records. False where that cannot be
 * found out.
 */
export async function isStillAdmitted(
  route: Route,
  access: AccessControl,
  c: Context,
  { viewer, records }: { readonly viewer: Viewer; readonly records: readonly RecordRef[] },
): Promise<boolean> {
  try {
    const now = await admit(route, access, c)
    if (subjectOf(now) !== subjectOf(viewer)) return false
    await checkRecords(records, now)
    return true
  } catch {
    return false
  }
}
