/** `/api/keys`: what lab software is let in by. */
import { jsonBody, readJson } from '../../http/json-body.ts'
import { cutPage } from '../../http/paging.ts'
import { Problem } from '../../http/problem.ts'
import { type Route, route } from '../../http/route.ts'
import type { Access } from '../access.ts'
import { requireCover, requirePermissions } from '../authority.ts'
import { params } from '../names.ts'
import { rightsOfKey } from '../rights.ts'
import { KeyListQuery, KeyPage, KeyResource, keyResource, MadeKey, NewKeyBody } from './resource.ts'

const PATH = '/api/keys'

const notFound = { description: 'KEY_NOT_FOUND' }

/** @throws {Problem} 404 KEY_NOT_FOUND */
function present<T>(found: T | undefined): T {
  if (!found) throw new Problem(404, 'KEY_NOT_FOUND', 'There is no key with this id.')
  return found
}

/** @throws {Problem} 422 EXPIRY_PASSED */
export function requireFuture(expiresAt: Date | null): void {
  if (expiresAt === null || expiresAt.getTime() > Date.now()) return
  throw new Problem(422, 'EXPIRY_PASSED', 'The key would have expired already.')
}

export const keyRoutes = (access: Access): Route[] => [
  route({
    method: 'get',
    path: PATH,
    summary: 'List keys, newest first, revoked ones too',
    policy: 'keys:read',
    query: KeyListQuery,
    answers: { 200: { description: 'A page, without secrets', schema: KeyPage } },
    async handle({ query: { limit, cursor } }) {
      const rows = await access.keys.list(limit + 1, cursor)
      const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
      return { items: items.map(keyResource), nextCursor }
    },
  }),
  route({
    method: 'post',
    path: PATH,
    summary: 'Make a key for lab software',
    policy: 'keys:manage',
    body: jsonBody(NewKeyBody),
    answers: {
      201: { description: 'Made; the only answer that has the key itself', schema: MadeKey },
      400: { description: 'The body is malformed' },
      403: { description: 'PERMISSION_DENIED: it would have permissions that who asks lacks' },
      409: { description: 'KEY_NAME_TAKEN' },
      422: { description: 'PERMISSION_UNKNOWN; EXPIRY_PASSED' },
    },
    async handle({ c, viewer }) {
      const { name, permissions, patients, expiresAt = null } = await readJson(c, NewKeyBody)
      const wanted = { name, permissions, patients: patients === 'all' ? null : patients, expiresAt }
      requirePermissions(permissions, access.catalogue())
      requireFuture(expiresAt)
      requireCover(viewer, rightsOfKey(wanted, access.catalogue()), 'the key')
      const createdBy = viewer.id.startsWith('user:') ? viewer.id.slice('user:'.length) : null
      const { key, text } = await access.keys.create(wanted, createdBy)
      return c.json({ ...keyResource(key), key: text }, 201, {
        location: `${PATH}/${key.id}`,
        'cache-control': 'no-store',
      })
    },
  }),
  route({
    method: 'get',
    path: `${PATH}/{id}`,
    summary: 'A key, without its secret',
    policy: 'keys:read',
    params,
    answers: { 200: { description: 'The key', schema: KeyResource }, 404: notFound },
    handle: async ({ params: { id } }) => keyResource(present(await access.keys.find(id))),
  }),
  route({
    method: 'delete',
    path: `${PATH}/{id}`,
    summary: 'Revoke a key',
    policy: 'keys:manage',
    params,
    answers: {
      200: { description: 'As it is now: revoked, on every node', schema: KeyResource },
      404: notFound,
    },
    handle: async ({ params: { id } }) => keyResource(present(await access.keys.revoke(id))),
  }),
]
