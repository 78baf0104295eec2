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
  type Viewer,
  versionTag,
} from '../../../src/sdk.ts'
import { requireNames } from '../../c3d-reader/index.ts'
import { IDENTIFY } from '../identities/permission.ts'
import type { IdentityStore } from '../identities/store.ts'
import { changesToMake, patientToEnter } from './entering.ts'
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
const answer = (c: Context, patient: Patient, viewer: Viewer) =>
  c.json(patientResource(patient, viewer), 200, { etag: versionTag(patient.version) })

const params = v.object({ code: PatientCode })
const versionMismatch = { description: 'VERSION_MISMATCH: it is not as If-Match names it' }
const notFound = { description: 'PATIENT_NOT_FOUND' }

/** The patients of a medical record number, for those who may know whose it is. */
async function withRecordNumber(
  recordNumber: string,
  viewer: Viewer,
  identities: Pick<IdentityStore, 'patientsOf'>,
): Promise<string[]> {
  requireNames(viewer)
  if (!viewer.may(IDENTIFY)) {
    throw new Problem(
      403,
      'PERMISSION_DENIED',
      `To look for a record number takes the permission ${IDENTIFY}.`,
    )
  }
  return identities.patientsOf(recordNumber)
}

export const patientRoutes = (
  store: PatientStore,
  identities: Pick<IdentityStore, 'patientsOf'>,
): Route[] => [
  route({
    method: 'post',
    path: '/api/patients',
    summary: 'Enter a patient',
    policy: 'patients:write',
    // Whoever sees some patients alone enters one of them.
    concerns: 'filtered',
    body: jsonBody(NewPatientBody),
    answers: {
      201: { description: 'Entered', schema: PatientResource },
      400: { description: 'The body is malformed' },
      403: {
        description:
          'THERAPIST_FIXED: a therapist enters patients of their own; PATIENT_NOT_YOURS: the key is for other patients',
      },
      409: { description: 'PATIENT_CODE_TAKEN' },
    },
    async handle({ c, viewer }) {
      const patient = await store.create(patientToEnter(await readJson(c, NewPatientBody), viewer))
      return c.json(patientResource(patient, viewer), 201, { location: `/api/patients/${patient.code}` })
    },
  }),
  route({
    method: 'get',
    path: '/api/patients',
    summary: 'List patients',
    policy: 'patients:read',
    concerns: 'filtered',
    query: PatientListQuery,
    answers: {
      200: { description: 'A page', schema: pageOf(PatientResource) },
      403: {
        description:
          'PSEUDONYMISED_ONLY: with `therapist`, which is left out of the answer too, or `recordNumber`; PERMISSION_DENIED: with `recordNumber`',
      },
    },
    async handle({ c, viewer, query: { limit, cursor, recordNumber, search, ...filter } }) {
      if (filter.therapist !== undefined) requireNames(viewer)
      const ids =
        recordNumber === undefined ? undefined : await withRecordNumber(recordNumber, viewer, identities)
      const rows = await store.list({
        ...filter,
        search: search === undefined ? undefined : { text: search, inTherapists: !viewer.pseudonymous },
        ids,
        limit: limit + 1,
        after: cursor,
        scope: viewer.scope,
      })
      const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
      const page = { items: items.map((patient) => patientResource(patient, viewer)), nextCursor }
      return c.json(page, 200, ids && { 'cache-control': 'no-store' })
    },
  }),
  route({
    method: 'get',
    path: '/api/patients/{code}',
    summary: 'One patient',
    policy: 'patients:read',
    concerns: { patient: 'code' },
    params,
    answers: { 200: { description: 'The patient', schema: PatientResource }, 404: notFound },
    handle: async ({ c, viewer, params: { code } }) => answer(c, await requirePatient(store, code), viewer),
  }),
  route({
    method: 'patch',
    path: '/api/patients/{code}',
    summary: 'Change a patient',
    policy: 'patients:write',
    concerns: { patient: 'code' },
    params,
    body: jsonBody(PatientChangesBody),
    answers: {
      200: { description: 'The patient as it is now', schema: PatientResource },
      400: { description: 'The body is malformed' },
      403: { description: 'THERAPIST_FIXED: only those who see all patients say whose one is' },
      404: notFound,
      412: versionMismatch,
    },
    async handle({ c, viewer, params: { code } }) {
      const body = await readJson(c, PatientChangesBody)
      const changes = changesToMake(body, await requirePatient(store, code), viewer)
      return answer(c, present(await store.update(code, changes, ifMatch(c))), viewer)
    },
  }),
]
