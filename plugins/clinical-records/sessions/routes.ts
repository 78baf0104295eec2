/** `/api/sessions`: therapy sessions. */
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
  type Viewer,
  versionTag,
} from '../../../src/sdk.ts'
import { requirePatient } from '../patients/routes.ts'
import type { PatientStore } from '../patients/store.ts'
import type { CachedSessions } from './cached.ts'
import type { SessionFilter, SessionPage, SessionStore } from './contract.ts'
import {
  NewSessionBody,
  SessionChangesBody,
  SessionListQuery,
  SessionResource,
  sessionCursor,
  sessionResource,
  type TherapySession,
} from './schema.ts'

/** What is answered where there is no such session, and to whoever may not see the one there is. */
export const sessionMissing = (): Problem =>
  new Problem(404, 'SESSION_NOT_FOUND', 'There is no therapy session with this id.')

/** @throws {Problem} 404 SESSION_NOT_FOUND */
function present(session: TherapySession | undefined): TherapySession {
  if (!session) throw sessionMissing()
  return session
}

/**
 * The therapy session of an id.
 *
 * @throws {Problem} 404 SESSION_NOT_FOUND
 */
export const requireSession = async (store: SessionStore, id: string): Promise<TherapySession> =>
  present(await store.find(id))

/** The session with the tag that a change of it names. */
const answer = (c: Context, session: TherapySession, viewer: Viewer) =>
  c.json(sessionResource(session, viewer), 200, { etag: versionTag(session.version) })

const params = v.object({ id: v.pipe(v.string(), v.uuid(), v.description('UUIDv7 of the therapy session')) })
const notFound = { description: 'SESSION_NOT_FOUND' }
const recordingTaken = { description: 'RECORDING_IN_OTHER_SESSION' }

/** @throws {Problem} 404 RECORDING_NOT_FOUND, unless there is none to be seen */
const mustSeeRecording = async (viewer: Viewer, id: string | null | undefined): Promise<void> => {
  if (typeof id === 'string') await viewer.mustSee({ kind: 'recording', id })
}

/** Whether nothing but the newest sessions is asked for. */
const isPlain = ({
  sort,
  from,
  until,
  status,
  recordingId,
}: Omit<SessionPage & SessionFilter, 'limit'>): boolean =>
  sort === '-startedAt' && !from && !until && !status && !recordingId

export const sessionRoutes = (sessions: CachedSessions, patients: PatientStore): Route[] => [
  route({
    method: 'post',
    path: '/api/sessions',
    summary: 'Enter a therapy session',
    policy: 'sessions:write',
    concerns: 'filtered',
    body: jsonBody(NewSessionBody),
    answers: {
      201: { description: 'Entered', schema: SessionResource },
      400: { description: 'The body is malformed' },
      404: { description: 'PATIENT_NOT_FOUND or RECORDING_NOT_FOUND' },
      409: recordingTaken,
    },
    async handle({ c, viewer }) {
      const { patientCode, ...rest } = await readJson(c, NewSessionBody)
      await viewer.mustSee({ kind: 'patient', id: patientCode })
      await mustSeeRecording(viewer, rest.recordingId)
      const { id: patientId } = await requirePatient(patients, patientCode)
      const session = await sessions.create({ ...rest, patientId })
      return c.json(sessionResource(session, viewer), 201, { location: `/api/sessions/${session.id}` })
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions',
    summary: 'List therapy sessions',
    policy: 'sessions:read',
    concerns: { patient: 'patientCode' },
    query: SessionListQuery,
    answers: {
      200: { description: 'A page', schema: pageOf(SessionResource) },
      404: { description: 'PATIENT_NOT_FOUND' },
    },
    async handle({ viewer, query: { limit, cursor, patientCode, ...filter } }) {
      const patient = patientCode === undefined ? undefined : await requirePatient(patients, patientCode)
      const rows =
        patient && !cursor && isPlain(filter)
          ? await sessions.newestOf(patient, limit + 1)
          : await sessions.list({
              ...filter,
              limit: limit + 1,
              after: cursor,
              patientId: patient?.id,
              scope: viewer.scope,
            })
      const { items, nextCursor } = cutPage(rows, limit, sessionCursor)
      return { items: items.map((session) => sessionResource(session, viewer)), nextCursor }
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions/{id}',
    summary: 'One therapy session',
    policy: 'sessions:read',
    concerns: { session: 'id' },
    params,
    answers: { 200: { description: 'The session', schema: SessionResource }, 404: notFound },
    handle: async ({ c, viewer, params: { id } }) => answer(c, await requireSession(sessions, id), viewer),
  }),
  route({
    method: 'patch',
    path: '/api/sessions/{id}',
    summary: 'Change a therapy session',
    policy: 'sessions:write',
    concerns: { session: 'id' },
    params,
    body: jsonBody(SessionChangesBody),
    answers: {
      200: { description: 'The session as it is now', schema: SessionResource },
      400: { description: 'The body is malformed' },
      404: { description: 'SESSION_NOT_FOUND or RECORDING_NOT_FOUND' },
      409: recordingTaken,
      412: { description: 'VERSION_MISMATCH: it is not as If-Match names it' },
    },
    async handle({ c, viewer, params: { id } }) {
      const changes = await readJson(c, SessionChangesBody)
      await mustSeeRecording(viewer, changes.recordingId)
      return answer(c, present(await sessions.update(id, changes, ifMatch(c))), viewer)
    },
  }),
]
