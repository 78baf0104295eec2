/** `/api/webhooks/subscriptions`: lab software that wants to be told. */
import type { Context } from 'hono'
import * as v from 'valibot'
import {
  cutPage,
  ifMatch,
  jsonBody,
  Problem,
  pageOf,
  type Route,
  readJson,
  route,
  versionTag,
} from '../../../src/sdk.ts'
import type { OutgoingParts } from './notify.ts'
import {
  MadeSubscription,
  NewSubscriptionBody,
  SubscriptionChangesBody,
  SubscriptionId,
  SubscriptionListQuery,
  SubscriptionResource,
  subscriptionResource,
} from './resource.ts'
import type { Subscription } from './store.ts'
import { wrongTarget } from './target.ts'

const PATH = '/api/webhooks/subscriptions'
const MANAGE = 'webhooks:manage'

const params = v.object({ id: SubscriptionId })
const notFound = { description: 'SUBSCRIPTION_NOT_FOUND' }
const mismatch = { description: 'VERSION_MISMATCH: it is not as If-Match names it' }
const notAllowed = { description: 'TARGET_NOT_ALLOWED: nothing is sent there' }
const malformed = { description: 'The body is malformed' }

/** @throws {Problem} 404 SUBSCRIPTION_NOT_FOUND */
function present<T>(found: T | undefined | false): T {
  if (!found) throw new Problem(404, 'SUBSCRIPTION_NOT_FOUND', 'There is no subscription with this id.')
  return found
}

const answer = (c: Context, subscription: Subscription) =>
  c.json(subscriptionResource(subscription), 200, { etag: versionTag(subscription.version) })

/** 32 random bytes. */
const newSecret = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')

/** They say nothing of whom they concern, and so are for those who see all patients: subscribers are told of all. */
export function subscriptionRoutes({ subscriptions, config }: OutgoingParts): Route[] {
  function requireTarget(url: string | undefined): void {
    const wrong = url === undefined ? undefined : wrongTarget(new URL(url), config.privateTargets)
    if (wrong !== undefined) throw new Problem(422, 'TARGET_NOT_ALLOWED', wrong)
  }
  return [
    route({
      method: 'post',
      path: PATH,
      summary: 'Have lab software told of analyses',
      policy: MANAGE,
      body: jsonBody(NewSubscriptionBody),
      answers: {
        201: { description: 'Entered; the only answer that has the secret', schema: MadeSubscription },
        400: malformed,
        422: notAllowed,
      },
      async handle({ c }) {
        const { secret = newSecret(), ...rest } = await readJson(c, NewSubscriptionBody)
        requireTarget(rest.url)
        const made = await subscriptions.create({ ...rest, secret })
        return c.json({ ...subscriptionResource(made), secret }, 201, {
          location: `${PATH}/${made.id}`,
          etag: versionTag(made.version),
          'cache-control': 'no-store',
        })
      },
    }),
    route({
      method: 'get',
      path: PATH,
      summary: 'List those who are told of analyses, newest first',
      policy: 'webhooks:read',
      query: SubscriptionListQuery,
      answers: { 200: { description: 'A page', schema: pageOf(SubscriptionResource) } },
      async handle({ query: { limit, cursor } }) {
        const rows = await subscriptions.list(limit + 1, cursor)
        const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
        return { items: items.map(subscriptionResource), nextCursor }
      },
    }),
    route({
      method: 'get',
      path: `${PATH}/{id}`,
      summary: 'One of those who are told',
      policy: 'webhooks:read',
      params,
      answers: { 200: { description: 'The subscription', schema: SubscriptionResource }, 404: notFound },
      handle: async ({ c, params: { id } }) => answer(c, present(await subscriptions.find(id))),
    }),
    route({
      method: 'patch',
      path: `${PATH}/{id}`,
      summary: 'Change where somebody is told, of what, or whether',
      policy: MANAGE,
      params,
      body: jsonBody(SubscriptionChangesBody),
      answers: {
        200: { description: 'As it is now', schema: SubscriptionResource },
        400: malformed,
        404: notFound,
        412: mismatch,
        422: notAllowed,
      },
      async handle({ c, params: { id } }) {
        const changes = await readJson(c, SubscriptionChangesBody)
        requireTarget(changes.url)
        return answer(c, present(await subscriptions.update(id, changes, ifMatch(c))))
      },
    }),
    route({
      method: 'delete',
      path: `${PATH}/{id}`,
      summary: 'Tell somebody no more',
      policy: MANAGE,
      params,
      answers: { 204: { description: 'Removed' }, 404: notFound, 412: mismatch },
      async handle({ c, params: { id } }) {
        present(await subscriptions.remove(id, ifMatch(c)))
        return c.body(null, 204)
      },
    }),
  ]
}
