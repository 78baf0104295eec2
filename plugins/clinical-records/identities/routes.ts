/** `/api/patients/{code}/identity`: who a patient is, for those who may know. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { ifMatch, jsonBody, Problem, type Route, readJson, route, versionTag } from '../../../src/sdk.ts'
import { requireNames } from '../../c3d-reader/index.ts'
import { patientMissing, requirePatient } from '../patients/routes.ts'
import { PatientCode } from '../patients/schema.ts'
import type { PatientStore } from '../patients/store.ts'
import { IDENTIFY } from './permission.ts'
import { IdentityBody, IdentityResource } from './schema.ts'
import type { IdentityStore, StoredIdentity } from './store.ts'

const PATH = '/api/patients/{code}/identity'

/** Nothing on the way to the caller, nor the caller's own cache, keeps it. */
const NO_STORE = { 'cache-control': 'no-store' }

const missing = (): Problem => new Problem(404, 'IDENTITY_NOT_FOUND', 'It is not known who this patient is.')

function answer(c: Context, identity: StoredIdentity) {
  const { updatedAt, ...rest } = identity
  return c.json({ ...rest, updatedAt: updatedAt.toISOString() }, 200, {
    ...NO_STORE,
    etag: versionTag(identity.version),
  })
}

const params = v.object({ code: PatientCode })
const concerns = { patient: 'code' }
const mismatch = { description: 'VERSION_MISMATCH: it is not as If-Match names it' }
const notFound = { description: 'PATIENT_NOT_FOUND or IDENTITY_NOT_FOUND' }
const pseudonymised = { description: 'PSEUDONYMISED_ONLY: not for those who see pseudonymised data' }
const locked = { description: 'VAULT_LOCKED: this server has not the keys that it is sealed by' }

export const identityRoutes = (identities: IdentityStore, patients: PatientStore): Route[] => [
  route({
    method: 'get',
    path: PATH,
    summary: 'Who a patient is',
    policy: IDENTIFY,
    concerns,
    params,
    answers: {
      200: { description: 'What is known', schema: IdentityResource },
      403: pseudonymised,
      404: notFound,
      503: locked,
    },
    async handle({ c, viewer, params: { code } }) {
      requireNames(viewer)
      await requirePatient(patients, code)
      const identity = await identities.find(code)
      if (!identity) throw missing()
      return answer(c, identity)
    },
  }),
  route({
    method: 'put',
    path: PATH,
    summary: 'Say who a patient is',
    policy: IDENTIFY,
    concerns,
    params,
    body: jsonBody(IdentityBody),
    answers: {
      200: { description: 'As it is now', schema: IdentityResource },
      400: { description: 'The body is malformed' },
      403: pseudonymised,
      404: { description: 'PATIENT_NOT_FOUND' },
      412: mismatch,
      503: locked,
    },
    async handle({ c, viewer, params: { code } }) {
      requireNames(viewer)
      const identity = await identities.put(code, await readJson(c, IdentityBody), ifMatch(c))
      if (!identity) throw patientMissing()
      return answer(c, identity)
    },
  }),
  route({
    method: 'delete',
    path: PATH,
    summary: 'Forget who a patient is',
    policy: IDENTIFY,
    concerns,
    params,
    answers: { 204: { description: 'Forgotten' }, 403: pseudonymised, 404: notFound, 412: mismatch },
    async handle({ c, viewer, params: { code } }) {
      requireNames(viewer)
      await requirePatient(patients, code)
      if (!(await identities.remove(code, ifMatch(c)))) throw missing()
      return c.body(null, 204, NO_STORE)
    },
  }),
]
