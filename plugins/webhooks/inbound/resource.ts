/** A delivery as REST tells of it. */
import * as v from 'valibot'
import { type Identity, PageLimit } from '../../../src/sdk.ts'
import { PSEUDONYMISED, RecordingId, Withheld } from '../../c3d-reader/index.ts'
import { DELIVERY_STATUSES } from '../tables.ts'
import type { Delivery } from './store.ts'

const Id = v.pipe(v.string(), v.uuid())
const Status = v.picklist(DELIVERY_STATUSES)

const Failure = v.object({
  code: v.string(),
  reason: v.pipe(v.optional(v.string()), v.description(`A sentence; ${PSEUDONYMISED}`)),
})

/** The id of a delivery, as a parameter of a route. */
export const DeliveryId = v.pipe(Id, v.description('UUIDv7 of the delivery'))

export const DeliveryResource = v.object({
  id: DeliveryId,
  status: v.pipe(Status, v.description('How far it has come until there is a recording')),
  failure: v.pipe(v.nullable(Failure), v.description('Why there is none: a stable code, and a sentence')),
  object: v.pipe(
    v.optional(v.string()),
    v.description(`Where it is fetched, without what lets us in; ${PSEUDONYMISED}`),
  ),
  path: v.pipe(
    v.optional(v.string()),
    v.description(`Path of the file as its sender calls it; ${PSEUDONYMISED}`),
  ),
  patientCode: v.nullable(v.string()),
  recordingId: v.nullable(RecordingId),
  sessionId: v.pipe(v.nullable(Id), v.description('Null where no patient is known')),
  jobId: v.pipe(Id, v.description('The job that fetches it: /api/jobs tells of it')),
  receivedAt: v.pipe(v.string(), v.isoTimestamp()),
  finishedAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  withheld: Withheld,
})

/** With the session that it has come to. */
export const DeliveryStatus = v.object({
  ...DeliveryResource.entries,
  sessionStatus: v.pipe(
    v.nullable(v.string()),
    v.description('How far the analysis of the session has come; null without one'),
  ),
  sessionFailure: v.pipe(v.nullable(Failure), v.description('Why that has failed')),
})

export const DeliveryListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(v.pipe(Id, v.description('The nextCursor of a page'))),
  status: v.optional(v.pipe(Status, v.description('Deliveries in this state only'))),
})

export const deliveryResource = (
  {
    id,
    status,
    failureCode: code,
    failureReason: reason,
    object,
    path,
    patientCode,
    recordingId,
    sessionId,
    receivedAt,
    finishedAt,
  }: Delivery,
  { pseudonymous }: Pick<Identity, 'pseudonymous'>,
): v.InferOutput<typeof DeliveryResource> => ({
  id,
  status,
  failure: code === null || reason === null ? null : { code, ...(pseudonymous ? {} : { reason }) },
  ...(pseudonymous ? {} : { object, path }),
  patientCode,
  recordingId,
  sessionId,
  jobId: id,
  receivedAt: receivedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
  ...(pseudonymous ? { withheld: ['object', 'path', 'failure.reason'] } : {}),
})
