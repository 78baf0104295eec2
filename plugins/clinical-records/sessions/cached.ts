/** Therapy sessions through the cache: reads are kept until somebody changes what they show. */
import type { Cache } from '../../../src/sdk.ts'
import type { SessionStore } from './contract.ts'
import { type StoredSession, sessionOfStored, storedOfSession, type TherapySession } from './schema.ts'

export interface SessionCaches {
  readonly metadata: Cache<{ readonly sessionId: string }, StoredSession | null>
  readonly ofRecording: Cache<{ readonly recordingId: string }, StoredSession | null>
  readonly sessionList: Cache<{ readonly patientCode: string }, StoredSession[]>
}

/** Sessions of a patient that are kept as one list: the first page, as most ask for it, and whether there is a next. */
const LISTED = 51

const toStored = (session: TherapySession | undefined): StoredSession | null =>
  session ? storedOfSession(session) : null

const fromStored = (stored: StoredSession | null): TherapySession | undefined =>
  stored ? sessionOfStored(stored) : undefined

/** The store of sessions, with single ones and the newest of a patient kept in the cache. */
export interface CachedSessions extends SessionStore {
  /** The newest sessions of a patient, up to `limit`; from the cache where they are no more than a page. */
  newestOf(patient: { readonly id: string; readonly code: string }, limit: number): Promise<TherapySession[]>
}

export const cachedSessions = (store: SessionStore, caches: SessionCaches): CachedSessions => ({
  ...store,
  async find(sessionId) {
    const { value } = await caches.metadata.getOrLoad({ sessionId }, async () =>
      toStored(await store.find(sessionId)),
    )
    return fromStored(value)
  },
  async ofRecording(recordingId, work) {
    if (work) return store.ofRecording(recordingId, work)
    const { value } = await caches.ofRecording.getOrLoad({ recordingId }, async ({ tag }) => {
      const session = await store.ofRecording(recordingId)
      if (session) tag(`session.updated:${session.id}`)
      return toStored(session)
    })
    return fromStored(value)
  },
  async newestOf({ id, code: patientCode }, limit) {
    if (limit > LISTED) return store.ofPatient(id, { limit })
    const { value } = await caches.sessionList.getOrLoad({ patientCode }, async () =>
      (await store.ofPatient(id, { limit: LISTED })).map(storedOfSession),
    )
    return value.slice(0, limit).map(sessionOfStored)
  },
})
