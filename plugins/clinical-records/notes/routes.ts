/** `/api/patients/{code}/notes`: clinical notes. */
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
import { requireNames } from '../../c3d-reader/index.ts'
import { requirePatient } from '../patients/routes.ts'
import { PatientCode } from '../patients/schema.ts'
import type { PatientStore } from '../patients/store.ts'
import type { SessionStore } from '../sessions/contract.ts'
import {
  type ClinicalNote,
  NewNoteBody,
  NoteChangesBody,
  NoteListQuery,
  NoteResource,
  noteResource,
} from './schema.ts'
import type { NoteStore } from './store.ts'

/** @throws {Problem} 404 NOTE_NOT_FOUND */
function present(note: ClinicalNote | undefined): ClinicalNote {
  if (!note) throw new Problem(404, 'NOTE_NOT_FOUND', 'This patient has no note with this id.')
  return note
}

const answer = (c: Context, note: ClinicalNote) =>
  c.json(noteResource(note), 200, { etag: versionTag(note.version) })

/** Of another patient it is none of this one, and there may be none at all: nobody is to learn which. */
async function requireSessionOf(patientId: string, sessions: SessionStore, id: string): Promise<void> {
  if ((await sessions.find(id))?.patientId === patientId) return
  throw new Problem(404, 'SESSION_NOT_FOUND', 'This patient has no session with this id.')
}

const ofPatient = v.object({ code: PatientCode })
const ofNote = v.object({ code: PatientCode, noteId: v.pipe(v.string(), v.uuid()) })
const notFound = { description: 'PATIENT_NOT_FOUND or NOTE_NOT_FOUND' }
const textOnly = { description: 'PSEUDONYMISED_ONLY: a note is free text' }
const mismatch = { description: 'VERSION_MISMATCH: it is not as If-Match names it' }

export function noteRoutes(notes: NoteStore, patients: PatientStore, sessions: SessionStore): Route[] {
  const patientId = async (code: string): Promise<string> => (await requirePatient(patients, code)).id
  return [
    route({
      method: 'post',
      path: '/api/patients/{code}/notes',
      summary: 'Write a note about a patient, or about one of the sessions',
      policy: 'notes:write',
      concerns: { patient: 'code' },
      params: ofPatient,
      body: jsonBody(NewNoteBody),
      answers: {
        201: { description: 'Written', schema: NoteResource },
        400: { description: 'The body is malformed' },
        403: textOnly,
        404: { description: 'PATIENT_NOT_FOUND or SESSION_NOT_FOUND' },
      },
      async handle({ c, viewer, params: { code } }) {
        requireNames(viewer)
        const { sessionId, text } = await readJson(c, NewNoteBody)
        const id = await patientId(code)
        if (sessionId !== null) await requireSessionOf(id, sessions, sessionId)
        const note = await notes.create({ patientId: id, sessionId, text, author: viewer.name })
        return c.json(noteResource(note), 201, { location: `/api/patients/${code}/notes/${note.id}` })
      },
    }),
    route({
      method: 'get',
      path: '/api/patients/{code}/notes',
      summary: 'List the notes about a patient, newest first',
      policy: 'notes:read',
      concerns: { patient: 'code' },
      params: ofPatient,
      query: NoteListQuery,
      answers: {
        200: { description: 'A page', schema: pageOf(NoteResource) },
        403: textOnly,
        404: { description: 'PATIENT_NOT_FOUND' },
      },
      async handle({ viewer, params: { code }, query: { limit, cursor, sessionId } }) {
        requireNames(viewer)
        const rows = await notes.list(await patientId(code), { limit: limit + 1, after: cursor, sessionId })
        const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
        return { items: items.map(noteResource), nextCursor }
      },
    }),
    route({
      method: 'get',
      path: '/api/patients/{code}/notes/{noteId}',
      summary: 'One note',
      policy: 'notes:read',
      concerns: { patient: 'code' },
      params: ofNote,
      answers: { 200: { description: 'The note', schema: NoteResource }, 403: textOnly, 404: notFound },
      async handle({ c, viewer, params: { code, noteId } }) {
        requireNames(viewer)
        return answer(c, present(await notes.find(await patientId(code), noteId)))
      },
    }),
    route({
      method: 'patch',
      path: '/api/patients/{code}/notes/{noteId}',
      summary: 'Change a note',
      policy: 'notes:write',
      concerns: { patient: 'code' },
      params: ofNote,
      body: jsonBody(NoteChangesBody),
      answers: {
        200: { description: 'The note as it is now', schema: NoteResource },
        400: { description: 'The body is malformed' },
        403: textOnly,
        404: notFound,
        412: mismatch,
      },
      async handle({ c, viewer, params: { code, noteId } }) {
        requireNames(viewer)
        const { text } = await readJson(c, NoteChangesBody)
        const change = { text, editedBy: viewer.name }
        return answer(c, present(await notes.update(await patientId(code), noteId, change, ifMatch(c))))
      },
    }),
    route({
      method: 'delete',
      path: '/api/patients/{code}/notes/{noteId}',
      summary: 'Remove a note',
      policy: 'notes:write',
      concerns: { patient: 'code' },
      params: ofNote,
      answers: { 204: { description: 'Removed' }, 403: textOnly, 404: notFound, 412: mismatch },
      async handle({ c, viewer, params: { code, noteId } }) {
        requireNames(viewer)
        if (!(await notes.remove(await patientId(code), noteId, ifMatch(c)))) present(undefined)
        return c.body(null, 204)
      },
    }),
  ]
}
