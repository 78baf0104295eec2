/** `/api/webhooks/storage`: recordings that a storage announces. */
import * as v from 'valibot'
import { type Clock, cutPage, jsonBody, Problem, pageOf, type Route, route } from '../../../src/sdk.ts'
import { patientInPath } from '../../c3d-reader/index.ts'
import { sessionResource } from '../../clinical-records/index.ts'
import type { WebhookConfig } from '../settings.ts'
import { addressOf, pathOf } from './address.ts'
import type { Admit, NewDelivery } from './admit.ts'
import { authenticate } from './authentic.ts'
import { readBody } from './body.ts'
import { type Announcement, MessageBody, meaningOf } from './message.ts'
import type { InboundParts } from './parts.ts'
import {
  DeliveryId,
  DeliveryListQuery,
  DeliveryResource,
  DeliveryStatus,
  deliveryResource,
} from './resource.ts'
import type { InboundTally } from './tally.ts'
import { deliveryMissing } from './visibility.ts'

/** What the routes work with. */
export interface Inbound extends Pick<InboundParts, 'deliveries' | 'records'> {
  readonly config: WebhookConfig
  readonly clock: Clock
  readonly admit: Admit
  readonly tally: InboundTally
  /** Ends of the names of files that are recordings. */
  extensions(): readonly string[]
}

const Accepted = v.object({
  id: DeliveryId,
  status: v.literal('pending'),
  statusUrl: v.string(),
  jobId: v.pipe(v.string(), v.uuid()),
})

const Ignored = v.object({ ignored: v.pipe(v.string(), v.description('Why there is nothing to fetch')) })

/** @throws {Problem} where nothing may be fetched from there */
function deliveryOf(config: WebhookConfig, announcement: Announcement): NewDelivery {
  const { place, startedAt, sha256, size } = announcement
  const url = addressOf(config, place)
  const path = announcement.path ?? pathOf(url)
  return {
    url: url.href,
    object: `${url.origin}${url.pathname}`,
    path,
    patientCode: announcement.patientCode ?? patientInPath(path),
    startedAt: startedAt ?? null,
    sha256: sha256 ?? null,
    size: size ?? null,
  }
}

export const inboundRoutes = ({
  config,
  clock,
  admit,
  deliveries,
  records,
  tally,
  extensions,
}: Inbound): Route[] => [
  route({
    method: 'post',
    path: '/api/webhooks/storage/c3d-upload',
    summary: 'Announce a recording that can be fetched; signed',
    // The signature says who it is from.
    policy: 'public',
    // It says no more than that the message was taken.
    concerns: 'nothing',
    body: jsonBody(MessageBody),
    answers: {
      202: { description: 'It will be fetched, whatever breaks', schema: Accepted },
      200: { description: 'Nothing to fetch: an event of another kind', schema: Ignored },
      400: { description: 'BAD_JSON; INVALID_REQUEST' },
      401: {
        description: 'WEBHOOK_SIGNATURE_INVALID; WEBHOOK_EXPIRED: signed more than five minutes from now',
      },
      409: { description: 'WEBHOOK_REPLAYED: the same message was taken before' },
      413: { description: 'BODY_TOO_LARGE' },
      422: {
        description:
          'FETCH_ORIGIN_REFUSED: not from there; OBJECT_URL_MISSING: nobody has said where objects of buckets are',
      },
      503: { description: 'WEBHOOK_NOT_CONFIGURED: there is no secret yet' },
    },
    async handle({ c }) {
      const body = await readBody(c.req.raw)
      let message: ReturnType<typeof authenticate>
      try {
        message = authenticate(config, c.req.raw.headers, body, clock.now())
      } catch (error) {
        tally.refused++
        throw error
      }
      const meaning = meaningOf(body, { buckets: config.buckets, extensions: extensions() })
      if ('ignored' in meaning) {
        tally.ignored++
        return c.json(meaning)
      }
      const id = await admit(message, deliveryOf(config, meaning.announcement))
      if (id === null) {
        tally.refused++
        throw new Problem(409, 'WEBHOOK_REPLAYED', 'This very message was taken before; sign a new one.')
      }
      tally.accepted++
      const statusUrl = `/api/webhooks/storage/status/${id}`
      return c.json({ id, status: 'pending', statusUrl, jobId: id }, 202, { location: statusUrl })
    },
  }),
  route({
    method: 'get',
    path: '/api/webhooks/storage/status/{id}',
    summary: 'What has become of an announced recording',
    policy: 'deliveries:read',
    concerns: { delivery: 'id' },
    params: v.object({ id: DeliveryId }),
    answers: {
      200: { description: 'The delivery, with its session', schema: DeliveryStatus },
      404: { description: 'DELIVERY_NOT_FOUND' },
    },
    async handle({ viewer, params: { id } }) {
      const delivery = await deliveries.find(id)
      if (!delivery) throw deliveryMissing()
      const session =
        delivery.sessionId === null ? undefined : await records.sessions.find(delivery.sessionId)
      const shown = session && sessionResource(session, viewer)
      return {
        ...deliveryResource(delivery, viewer),
        sessionStatus: shown?.status ?? null,
        sessionFailure: shown?.failure ?? null,
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/webhooks/storage/deliveries',
    summary: 'List announced recordings, newest first',
    policy: 'deliveries:read',
    concerns: 'filtered',
    query: DeliveryListQuery,
    answers: { 200: { description: 'A page', schema: pageOf(DeliveryResource) } },
    async handle({ viewer, query: { limit, ...filter } }) {
      const rows = await deliveries.list(limit + 1, { ...filter, scope: viewer.scope })
      const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
      return { items: items.map((delivery) => deliveryResource(delivery, viewer)), nextCursor }
    },
  }),
]
