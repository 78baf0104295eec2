/** `/api/users`: who may log in, and as what. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { jsonBody, readJson } from '../../http/json-body.ts'
import { cutPage } from '../../http/paging.ts'
import { ifMatch, versionTag } from '../../http/precondition.ts'
import { Problem } from '../../http/problem.ts'
import { type Route, route } from '../../http/route.ts'
import type { Viewer } from '../../identity/viewer.ts'
import type { Access } from '../access.ts'
import { requireCoverOfUser, requireRoles } from '../authority.ts'
import { LoginSessionResource, loginSessionResource } from '../login/resource.ts'
import { params } from '../names.ts'
import {
  LinkResource,
  linkResource,
  MadeUser,
  NewUserBody,
  UserChangesBody,
  UserListQuery,
  UserPage,
  UserResource,
  userResource,
} from './resource.ts'
import type { User } from './store.ts'

const PATH = '/api/users'
const READ = 'users:read'
const MANAGE = 'users:manage'

const malformed = { description: 'The body is malformed' }
const denied = { description: 'PERMISSION_DENIED: it has, or would have, permissions that who asks lacks' }
const notFound = { description: 'USER_NOT_FOUND' }
const mismatch = { description: 'VERSION_MISMATCH: it is not as If-Match names it' }
const last = { description: 'LAST_ADMINISTRATOR: nobody would be left who can run the server' }
const wrongRoles = { description: 'ROLE_UNKNOWN; ROLES_CONFLICT: they see patients differently' }

/** @throws {Problem} 404 USER_NOT_FOUND */
function present<T>(found: T | undefined | false): T {
  if (!found) throw new Problem(404, 'USER_NOT_FOUND', 'There is no user with this id.')
  return found
}

const answer = (c: Context, user: User) =>
  c.json(userResource(user), 200, { etag: versionTag(user.version), 'cache-control': 'no-store' })

export function userRoutes(access: Access): Route[] {
  /** Refuses to touch users who may more than who asks. */
  const within = (viewer: Viewer) => (user: User) => requireCoverOfUser(viewer, user, access.catalogue())

  return [
    route({
      method: 'get',
      path: PATH,
      summary: 'List users, newest first',
      policy: READ,
      query: UserListQuery,
      answers: { 200: { description: 'A page', schema: UserPage } },
      async handle({ query: { limit, cursor } }) {
        const { items, nextCursor } = cutPage(
          await access.users.list(limit + 1, cursor),
          limit,
          ({ id }) => id,
        )
        return { items: items.map(userResource), nextCursor }
      },
    }),
    route({
      method: 'post',
      path: PATH,
      summary: 'Make a user, who chooses a password by the link in the answer',
      policy: MANAGE,
      body: jsonBody(NewUserBody),
      answers: {
        201: { description: 'Made; the only answer that has the link', schema: MadeUser },
        400: malformed,
        403: denied,
        409: { description: 'USER_NAME_TAKEN' },
        422: wrongRoles,
      },
      async handle({ c, viewer }) {
        const { name, roles, displayName = name } = await readJson(c, NewUserBody)
        requireRoles(roles, access.catalogue())
        requireCoverOfUser(viewer, { name, roles }, access.catalogue())
        const user = await access.users.create({ name, displayName, roles, passwordHash: null })
        const link = linkResource(await access.setup.forUser(user.id))
        return c.json({ ...userResource(user), link }, 201, {
          location: `${PATH}/${user.id}`,
          etag: versionTag(user.version),
          'cache-control': 'no-store',
        })
      },
    }),
    route({
      method: 'get',
      path: `${PATH}/{id}`,
      summary: 'A user',
      policy: READ,
      params,
      answers: { 200: { description: 'The user', schema: UserResource }, 404: notFound },
      handle: async ({ c, params: { id } }) => answer(c, present(await access.users.find(id))),
    }),
    route({
      method: 'patch',
      path: `${PATH}/{id}`,
      summary: 'Change what a user is called, may do, or whether the user may log in',
      policy: MANAGE,
      params,
      body: jsonBody(UserChangesBody),
      answers: {
        200: { description: 'As it is now, on every node', schema: UserResource },
        400: malformed,
        403: denied,
        404: notFound,
        409: last,
        412: mismatch,
        422: wrongRoles,
      },
      async handle({ c, viewer, params: { id } }) {
        const changes = await readJson(c, UserChangesBody)
        const { roles } = changes
        if (roles) requireRoles(roles, access.catalogue())
        const user = await access.users.update(id, changes, {
          expected: ifMatch(c),
          check(before) {
            within(viewer)(before)
            if (roles) within(viewer)({ ...before, roles })
          },
        })
        return answer(c, present(user))
      },
    }),
    route({
      method: 'delete',
      path: `${PATH}/{id}`,
      summary: 'Remove a user; what was done by the user stays',
      policy: MANAGE,
      params,
      answers: { 204: { description: 'Removed' }, 403: denied, 404: notFound, 409: last, 412: mismatch },
      async handle({ c, viewer, params: { id } }) {
        present(await access.users.remove(id, { expected: ifMatch(c), check: within(viewer) }))
        return c.body(null, 204)
      },
    }),
    route({
      method: 'post',
      path: `${PATH}/{id}/reset`,
      summary: 'Take the password away, and make a link by which the user chooses another',
      policy: MANAGE,
      params,
      answers: {
        201: { description: 'The link; login sessions have ended', schema: LinkResource },
        403: denied,
        404: notFound,
        412: mismatch,
      },
      async handle({ c, viewer, params: { id } }) {
        const check = within(viewer)
        present(await access.users.setPassword(id, null, { expected: ifMatch(c), check }))
        const link = await access.setup.forUser(id)
        // Who was given more rights in between is not for this one to hand over. Later ones end the link.
        check(present(await access.users.find(id)))
        return c.json(linkResource(link), 201, { 'cache-control': 'no-store' })
      },
    }),
    route({
      method: 'get',
      path: `${PATH}/{id}/sessions`,
      summary: 'The login sessions of a user, the last used first',
      policy: READ,
      params,
      answers: {
        200: { description: '20 at most', schema: v.object({ items: v.array(LoginSessionResource) }) },
        404: notFound,
      },
      async handle({ params: { id } }) {
        present(await access.users.find(id))
        return { items: (await access.sessions.list(id)).map((each) => loginSessionResource(each)) }
      },
    }),
    route({
      method: 'delete',
      path: `${PATH}/{id}/sessions`,
      summary: 'End all login sessions of a user',
      policy: MANAGE,
      params,
      answers: { 204: { description: 'They have ended, on every node' }, 403: denied, 404: notFound },
      async handle({ c, viewer, params: { id } }) {
        within(viewer)(present(await access.users.find(id)))
        await access.sessions.endAll(id)
        return c.body(null, 204)
      },
    }),
  ]
}
