/** Subscriptions in REST. The secret is in no answer but that to its making. */
import * as v from 'valibot'
import { PageLimit } from '../../../src/sdk.ts'
import { EVENT_NAMES } from '../tables.ts'
import type { Subscription } from './store.ts'

const Id = v.pipe(v.string(), v.uuid())
const Moment = v.nullable(v.pipe(v.string(), v.isoTimestamp()))

/** The id of a subscription, as a parameter of a route. */
export const SubscriptionId = v.pipe(Id, v.description('UUIDv7 of the subscription'))

const Url = v.pipe(v.string(), v.maxLength(2048), v.url('expected a URL'))

const Events = v.pipe(
  v.array(v.picklist(EVENT_NAMES)),
  v.minLength(1),
  v.transform((events) => [...new Set(events)]),
)

export const NewSubscriptionBody = v.strictObject({
  url: v.pipe(Url, v.description('Where messages are posted')),
  events: v.optional(Events, () => [...EVENT_NAMES]),
  secret: v.pipe(
    v.optional(v.pipe(v.string(), v.minLength(16), v.maxLength(200))),
    v.description('What messages are signed with; absent: one is made'),
  ),
})

export const SubscriptionChangesBody = v.pipe(
  v.strictObject({
    url: v.optional(Url),
    events: v.optional(Events),
    active: v.optional(v.boolean()),
  }),
  v.description('What is absent stays as it is'),
)

export const SubscriptionResource = v.object({
  id: SubscriptionId,
  url: v.string(),
  events: v.array(v.picklist(EVENT_NAMES)),
  active: v.pipe(v.boolean(), v.description('Whether it is told')),
  lastDeliveredAt: v.pipe(Moment, v.description('When a message has arrived last')),
  lastFailedAt: v.pipe(Moment, v.description('When an attempt has failed last')),
  lastFailureCode: v.nullable(v.string()),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  version: v.pipe(v.number(), v.integer(), v.description('Counts the changes, from 1; the ETag names it')),
})

/** As it is answered when it is made. */
export const MadeSubscription = v.object({
  ...SubscriptionResource.entries,
  secret: v.pipe(v.string(), v.description('Shown this once')),
})

export const SubscriptionListQuery = v.object({ limit: PageLimit, cursor: v.optional(Id) })

export const subscriptionResource = ({
  secret: _,
  lastDeliveredAt,
  lastFailedAt,
  createdAt,
  ...rest
}: Subscription): v.InferOutput<typeof SubscriptionResource> => ({
  ...rest,
  lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
  lastFailedAt: lastFailedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})
