/** `/api/users/{id}/oidc`: who a user is at the provider. */
import * as v from 'valibot'
import { jsonBody, readJson } from '../../http/json-body.ts'
import { Problem } from '../../http/problem.ts'
import { type Route, route } from '../../http/route.ts'
import type { Access } from '../access.ts'
import { requireCoverOfUser } from '../authority.ts'
import { params } from '../names.ts'
import type { User } from '../users/store.ts'
import { notLinked, oidcOf, Subject } from './subject.ts'

const PATH = '/api/users/{id}/oidc'

const SubjectBody = v.object({ subject: Subject })
const SubjectResource = v.object({
  subject: v.string(),
  linkedAt: v.pipe(v.string(), v.isoTimestamp()),
})

const noUser = { description: 'USER_NOT_FOUND; OIDC_NOT_LINKED; OIDC_NOT_SET' }

/** @throws {Problem} 404 USER_NOT_FOUND */
async function userOf(access: Access, id: string): Promise<User> {
  const user = await access.users.find(id)
  if (user) return user
  throw new Problem(404, 'USER_NOT_FOUND', 'There is no user with this id.')
}

export const subjectRoutes = (access: Access): Route[] => [
  route({
    method: 'get',
    path: PATH,
    summary: 'Who a user is at the provider',
    policy: 'users:read',
    params,
    answers: { 200: { description: 'The link', schema: SubjectResource }, 404: noUser },
    async handle({ params: { id } }) {
      const { subjects } = oidcOf(access)
      const link = await subjects.find((await userOf(access, id)).id)
      if (!link) throw notLinked()
      return { subject: link.subject, linkedAt: link.linkedAt.toISOString() }
    },
  }),
  route({
    method: 'put',
    path: PATH,
    summary: 'Link a user to somebody at the provider, who may then log in as that user',
    policy: 'users:manage',
    params,
    body: jsonBody(SubjectBody),
    answers: {
      204: { description: 'Linked; where it is another one, login sessions of the user have ended' },
      400: { description: 'The body is malformed' },
      403: { description: 'PERMISSION_DENIED: the user has permissions that who asks lacks' },
      404: noUser,
      409: { description: 'OIDC_SUBJECT_TAKEN: by another user' },
    },
    async handle({ c, viewer, params: { id } }) {
      const { subject } = await readJson(c, SubjectBody)
      const { subjects } = oidcOf(access)
      requireCoverOfUser(viewer, await userOf(access, id), access.catalogue())
      if (await subjects.link(id, subject)) await access.sessions.endAll(id)
      return c.body(null, 204)
    },
  }),
  route({
    method: 'delete',
    path: PATH,
    summary: 'End that link',
    policy: 'users:manage',
    params,
    answers: {
      204: { description: 'Ended, and the login sessions of the user with it' },
      403: { description: 'PERMISSION_DENIED: the user has permissions that who asks lacks' },
      404: noUser,
    },
    async handle({ c, viewer, params: { id } }) {
      const { subjects } = oidcOf(access)
      requireCoverOfUser(viewer, await userOf(access, id), access.catalogue())
      if (!(await subjects.unlink(id))) throw notLinked()
      await access.sessions.endAll(id)
      return c.body(null, 204)
    },
  }),
]
