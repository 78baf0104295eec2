/** Where webhooks stand in PostgreSQL. No row holds more of a patient than the pseudonym. */
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** How far a recording that was announced has come. */
export const DELIVERY_STATUSES = ['pending', 'processing', 'completed', 'failed'] as const

/** What lab software may be told of. */
export const EVENT_NAMES = ['analysis.completed', 'analysis.failed'] as const

export const webhooksSchema = pgSchema('webhooks')

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const deliveries = webhooksSchema.table(
  'deliveries',
  {
    /** UUIDv7: ordered by time of arrival. Its job has the same. */
    id: uuid('id').primaryKey(),
    /** Where it is fetched, with what the sender has put behind it to be let in. Never shown. */
    url: text('url').notNull(),
    /** The same without that: what the object is known by. */
    object: text('object').notNull(),
    /** Path of the file as the sender calls it; its folders may name the patient. */
    path: text('path').notNull(),
    patientCode: text('patient_code'),
    /** When the session began, as the sender states it. */
    startedAt: moment('started_at'),
    /** As the sender states them. */
    sha256: text('sha256'),
    size: bigint('size', { mode: 'number' }),
    status: text('status', { enum: DELIVERY_STATUSES }).notNull().default('pending'),
    failureCode: text('failure_code'),
    failureReason: text('failure_reason'),
    /** Its foreign key, to c3d_reader.recordings, is written in the migration by hand. */
    recordingId: uuid('recording_id'),
    /** Its foreign key, to clinical_records.therapy_sessions, is written by hand too. */
    sessionId: uuid('session_id'),
    receivedAt: moment('received_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  ({ id, object, patientCode, sha256, size, status, finishedAt, ...rest }) => [
    index('deliveries_by_status').on(status, id),
    index('deliveries_of_object').on(sql`md5(${object})`),
    check('deliveries_patient_code', sql`${patientCode} ~ '^P[0-9]{3,9}$'`),
    check('deliveries_sha256', sql`${sha256} ~ '^[0-9a-f]{64}$'`),
    check('deliveries_size', sql`${size} >= 0`),
    check('deliveries_status', sql`${status} in ('pending', 'processing', 'completed', 'failed')`),
    check(
      'deliveries_failure',
      sql`(${status} = 'failed') = (${rest.failureCode} is not null) and (${rest.failureCode} is null) = (${rest.failureReason} is null)`,
    ),
    check('deliveries_completed', sql`${status} <> 'completed' or ${rest.recordingId} is not null`),
    check('deliveries_finished', sql`(${status} in ('completed', 'failed')) = (${finishedAt} is not null)`),
  ],
)

/** Messages that were taken, so that none is taken twice. */
export const takenMessages = webhooksSchema.table(
  'taken_messages',
  {
    /** SHA-256 of what was signed, hex. */
    fingerprint: text('fingerprint').primaryKey(),
    /** When it would be refused for its age anyway; null of one that names no time. */
    expiresAt: moment('expires_at'),
  },
  ({ expiresAt }) => [index('taken_messages_by_expiry').on(expiresAt)],
)

export const subscriptions = webhooksSchema.table(
  'subscriptions',
  {
    /** UUIDv7: ordered by time of entry. */
    id: uuid('id').primaryKey(),
    url: text('url').notNull(),
    events: text('events', { enum: EVENT_NAMES }).array().notNull(),
    /** Sealed. Shown when it is made, and never again. */
    secret: text('secret').notNull(),
    active: boolean('active').notNull().default(true),
    lastDeliveredAt: moment('last_delivered_at'),
    lastFailedAt: moment('last_failed_at'),
    lastFailureCode: text('last_failure_code'),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Counts the changes, from 1. */
    version: integer('version').notNull().default(1),
  },
  ({ events, lastFailedAt, lastFailureCode }) => [
    check(
      'subscriptions_events',
      sql`${events} <@ array['analysis.completed', 'analysis.failed'] and cardinality(${events}) > 0`,
    ),
    check('subscriptions_failure', sql`(${lastFailedAt} is null) = (${lastFailureCode} is null)`),
  ],
)
