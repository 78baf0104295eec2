/** `/api/patients`: pseudonymous patients and what their muscles are to reach. */

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
import {
  NewPatientBody,
  type Patient,
  PatientChangesBody,
  PatientCode,
  PatientListQuery,
  PatientResource,
  patientResource,
} from './schema.ts'
import type { PatientStore } from './store.ts'

/** What is answered where there is no such patient, and to whoever may not see the one there is. */
export const patientMissing = (): Problem =>
  new Problem(404, 'PATIENT_NOT_FOUND', 'There is no patient with this code.')

/** @throws {Problem} 404 PATIENT_NOT_FOUND */
function present(patient: Patient | undefined): Patient {
  if (!patient) throw patientMissing()
  return patient
}

/**
 * The patient of a code.
 *
 * @throws {Problem} 404 PATIENT_NOT_FOUND
 */
export const requirePatient = async (store: PatientStore, code: string): Promise<Patient> =>
  present(await store.find(code))

/** The patient with the tag that a change of it names. */
const answer = (c: Context, patient: Patient) =>
  c.json(patientResource(patient), 200, { etag: versionTag(patient.version) })

const params = v.object({ code: PatientCode })
const versionMismatch = { description: 'VERSION_MISMATCH: it is not as If-Match names it' }
const notFound = { description: 'PATIENT_NOT_FOUND' }

export const patientRoutes = (store: PatientStore): Route[] => [
  route({
    method: 'post',
    path: '/api/patients',
    summary: 'Enter a patient',
    policy: 'patients:write',
    body: jsonBody(NewPatientBody),
    answers: {
      201: { description: 'Entered', schema: PatientResource },
      400: { description: 'The body is malformed' },
      409: { description: 'PATIENT_CODE_TAKEN' },
    },
    async handle({ c }) {
      const patient = await store.create(await readJson(c, NewPatientBody))
      return c.json(patientResource(patient), 201, { location: `/api/patients/${patient.code}` })
    },
  }),
  route({
    method: 'get',
    path: '/api/patients',
    summary: 'List patients',
    policy: 'patients:read',
    query: PatientListQuery,
    answers: { 200: { description: 'A page', schema: pageOf(PatientResource) } },
    async handle({ query: { limit, cursor, ...filter } }) {
      const rows = await store.list({ ...filter, limit: limit + 1, after: cursor })
      const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
      return { items: items.map(patientResource), nextCursor }
    },
  }),
  route({
    method: 'get',
    path: '/api/patients/{code}',
    summary: 'One patient',
    policy: 'patients:read',
    params,
    answers: { 200: { description: 'The patient', schema: PatientResource }, 404: notFound },
    handle: async ({ c, params: { code } }) => answer(c, await requirePatient(store, code)),
  }),
  route({
    method: 'patch',
    path: '/api/patients/{code}',
    summary: 'Change a patient',
    policy: 'patients:write',
    params,
    body: jsonBody(PatientChangesBody),
    answers: {
      200: { description: 'The patient as it is now', schema: PatientResource },
      400: { description: 'The body is malformed' },
      404: notFound,
      412: versionMismatch,
    },
    handle: async ({ c, params: { code } }) =>
      answer(c, present(await store.update(code, await readJson(c, PatientChangesBody), ifMatch(c)))),
  }),
]
