/** Deliveries at rest: recordings that were announced, and what has become of each. */
import { and, desc, eq, isNotNull, lt, ne, sql } from 'drizzle-orm'
import type { Database, PatientScope } from '../../../src/sdk.ts'
import { ofVisiblePatientCode } from '../../clinical-records/index.ts'
import { deliveries, takenMessages } from '../tables.ts'

/** A recording that was announced. */
export type Delivery = typeof deliveries.$inferSelect

/** How far it has come. */
export type DeliveryState =
  | { readonly status: 'processing' }
  | { readonly status: 'completed'; readonly recordingId: string; readonly sessionId: string | null }
  | {
      readonly status: 'failed'
      readonly failure: { readonly code: string; readonly reason: string }
      readonly sessionId: string | null
    }

/** Which deliveries are meant. */
export interface DeliveryFilter {
  readonly status?: Delivery['status'] | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
  /** Those of patients in this scope alone; absent: all. */
  readonly scope?: PatientScope | undefined
}

/** Deliveries in the database. */
export interface DeliveryStore {
  /** The delivery, or undefined. */
  find(id: string): Promise<Delivery | undefined>
  /** Whether it is of a patient in scope. */
  isVisible(id: string, scope: PatientScope): Promise<boolean>
  /** Newest first. @param limit entries at most */
  list(limit: number, filter: DeliveryFilter): Promise<Delivery[]>
  /** Says how far it has come. @param tx the transaction that this belongs to, if any */
  proceed(id: string, state: DeliveryState, tx?: Database): Promise<void>
  /** Keeps others who would fail for the same object waiting, until the transaction ends. */
  lockObject(object: string, tx: Database): Promise<void>
  /** The session that says that an object could not be had for a patient, the latest one; or null. */
  failedSessionOf(object: string, patientCode: string, tx?: Database): Promise<string | null>
  /** Forgets the messages that their age alone would have refused. */
  forgetExpired(): Promise<void>
}

const columnsOf = (state: DeliveryState) => {
  if (state.status === 'processing') {
    return { status: state.status, failureCode: null, failureReason: null, finishedAt: null }
  }
  const finishedAt = sql`now()`
  if (state.status === 'completed') return { ...state, failureCode: null, failureReason: null, finishedAt }
  const { status, failure, sessionId } = state
  return { status, sessionId, failureCode: failure.code, failureReason: failure.reason, finishedAt }
}

export const createDeliveryStore = (db: Database): DeliveryStore => ({
  find: async (id) => (await db.select().from(deliveries).where(eq(deliveries.id, id)))[0],
  async isVisible(id, scope) {
    const [found] = await db
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(eq(deliveries.id, id), ofVisiblePatientCode(deliveries.patientCode, scope)))
    return found !== undefined
  },
  list: (limit, { status, cursor, scope = 'all' }) =>
    db
      .select()
      .from(deliveries)
      .where(
        and(
          ofVisiblePatientCode(deliveries.patientCode, scope),
          status === undefined ? undefined : eq(deliveries.status, status),
          cursor === undefined ? undefined : lt(deliveries.id, cursor),
        ),
      )
      .orderBy(desc(deliveries.id))
      .limit(limit),
  async proceed(id, state, tx = db) {
    await tx.update(deliveries).set(columnsOf(state)).where(eq(deliveries.id, id))
  },
  async lockObject(object, tx) {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('webhooks:' || ${object}, 0))`)
  },
  async failedSessionOf(object, patientCode, tx = db) {
    const [found] = await tx
      .select({ sessionId: deliveries.sessionId })
      .from(deliveries)
      .where(
        and(
          sql`md5(${deliveries.object}) = md5(${object})`,
          eq(deliveries.object, object),
          eq(deliveries.patientCode, patientCode),
          // One that is being tried again has it too.
          ne(deliveries.status, 'completed'),
          isNotNull(deliveries.sessionId),
        ),
      )
      .orderBy(desc(deliveries.id))
      .limit(1)
    return found?.sessionId ?? null
  },
  async forgetExpired() {
    await db.delete(takenMessages).where(lt(takenMessages.expiresAt, sql`now()`))
  },
})
