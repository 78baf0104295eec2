/** `/api/me`: the own account. */
import * as v from 'valibot'
import { jsonBody, readJson } from '../../http/json-body.ts'
import { Problem } from '../../http/problem.ts'
import { type Route, route } from '../../http/route.ts'
import type { Identity } from '../../identity/identity.ts'
import type { Viewer } from '../../identity/viewer.ts'
import type { Access } from '../access.ts'
import { LoginSessionResource, loginSessionResource } from '../login/resource.ts'
import { params } from '../names.ts'
import { hashPassword, NewPassword, Password, requireUnlike } from '../password.ts'
import { OWN_ACCOUNT } from '../permissions.ts'

const PATH = '/api/me'

const Me = v.object({
  id: v.pipe(
    v.string(),
    v.description('`user:` or `key:` with an id; `open` where there is no access control'),
  ),
  name: v.string(),
  displayName: v.pipe(v.string(), v.description('What people call the user; of others, the name')),
  roles: v.array(v.string()),
  permissions: v.array(v.string()),
  patients: v.pipe(
    v.union([v.picklist(['all', 'own']), v.array(v.string())]),
    v.description('Whose records are seen: of all, of the own patients, or of these codes'),
  ),
  pseudonymous: v.pipe(v.boolean(), v.description('Whether what tells who a patient is stays hidden')),
})

const PasswordBody = v.object({ current: Password, password: NewPassword })

const PRIVATE = { 'cache-control': 'no-store' }

/** Where a key, or a server without access control, is asked what only users have. */
export const notUser = {
  description: 'NOT_A_USER: who asks is none, and has no password, no login sessions, no preferences',
}

/** What the id of an identity begins with that is a user. */
const USER = 'user:'

/** @throws {Problem} 403 NOT_A_USER */
export function userIdOf({ id }: Identity): string {
  if (id.startsWith(USER)) return id.slice(USER.length)
  throw new Problem(403, 'NOT_A_USER', 'This is for users, who log in.')
}

const patientsOf = ({ scope }: Identity): v.InferOutput<typeof Me>['patients'] =>
  scope === 'all' ? scope : 'therapist' in scope ? 'own' : [...scope.patients]

export function accountRoutes(access: Access): Route[] {
  const displayNameOf = async ({ id, name }: Identity): Promise<string> =>
    (id.startsWith(USER) && (await access.users.find(id.slice(USER.length)))?.displayName) || name

  const meOf = async (viewer: Viewer): Promise<v.InferOutput<typeof Me>> => ({
    id: viewer.id,
    name: viewer.name,
    displayName: await displayNameOf(viewer),
    roles: [...viewer.roles],
    permissions: access
      .catalogue()
      .permissions.map(({ name }) => name)
      .filter((name) => viewer.may(name)),
    patients: patientsOf(viewer),
    pseudonymous: viewer.pseudonymous,
  })

  return [
    route({
      method: 'get',
      path: PATH,
      summary: 'Who one is, and what one may',
      policy: OWN_ACCOUNT,
      concerns: 'nothing',
      answers: { 200: { description: 'The identity', schema: Me } },
      handle: async ({ c, viewer }) => c.json(await meOf(viewer), 200, PRIVATE),
    }),
    route({
      method: 'put',
      path: `${PATH}/password`,
      summary: 'Choose another password; all other login sessions end',
      policy: OWN_ACCOUNT,
      concerns: 'nothing',
      body: jsonBody(PasswordBody),
      answers: {
        204: { description: 'It holds from now on' },
        400: { description: 'The body is malformed, or the password too easily guessed' },
        403: { description: 'PASSWORD_WRONG: the current one is another; NOT_A_USER' },
        429: { description: 'LOGIN_THROTTLED: too many have failed' },
        503: { description: 'LOGIN_BUSY: too many log in at once' },
      },
      async handle({ c, viewer }) {
        const id = userIdOf(viewer)
        const { current, password } = await readJson(c, PasswordBody)
        requireUnlike(password, viewer.name)
        if (!(await access.confirm(viewer.name, current, c))) {
          throw new Problem(403, 'PASSWORD_WRONG', 'The current password is another.')
        }
        const session = await access.current(c)
        await access.users.setPassword(id, await hashPassword(password), { except: session?.id })
        return c.body(null, 204)
      },
    }),
    route({
      method: 'get',
      path: `${PATH}/sessions`,
      summary: 'The own login sessions, the last used first',
      policy: OWN_ACCOUNT,
      concerns: 'nothing',
      answers: {
        200: {
          description: 'Those that have not ended: 20 at most',
          schema: v.object({ items: v.array(LoginSessionResource) }),
        },
        403: notUser,
      },
      async handle({ c, viewer }) {
        const sessions = await access.sessions.list(userIdOf(viewer))
        const current = await access.current(c)
        return c.json(
          { items: sessions.map((each) => loginSessionResource(each, current?.id)) },
          200,
          PRIVATE,
        )
      },
    }),
    route({
      method: 'delete',
      path: `${PATH}/sessions`,
      summary: 'End all own login sessions but the one that asks',
      policy: OWN_ACCOUNT,
      concerns: 'nothing',
      answers: { 204: { description: 'They have ended, on every node' }, 403: notUser },
      async handle({ c, viewer }) {
        await access.sessions.endAll(userIdOf(viewer), (await access.current(c))?.id)
        return c.body(null, 204)
      },
    }),
    route({
      method: 'delete',
      path: `${PATH}/sessions/{id}`,
      summary: 'End one of the own login sessions',
      policy: OWN_ACCOUNT,
      concerns: 'nothing',
      params,
      answers: {
        204: { description: 'It has ended, on every node' },
        403: notUser,
        404: { description: 'LOGIN_SESSION_NOT_FOUND' },
      },
      async handle({ c, viewer, params: { id } }) {
        if (!(await access.sessions.end(userIdOf(viewer), id))) {
          throw new Problem(404, 'LOGIN_SESSION_NOT_FOUND', 'There is no such login session of yours.')
        }
        return c.body(null, 204)
      },
    }),
  ]
}
