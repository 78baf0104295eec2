/** `/api/scoring`: configurations, to whom they are assigned, and which one holds. */
import * as v from 'valibot'
import {
  type Concerns,
  cutPage,
  jsonBody,
  Problem,
  pageOf,
  type Route,
  readJson,
  route,
} from '../../../src/sdk.ts'
import { PatientCode, requirePatient, requireSession } from '../../clinical-records/index.ts'
import type { PerformanceScoring } from '../service.ts'
import type { Subject } from './assignments.ts'
import { BUILT_IN } from './built-in.ts'
import { ResolutionSchema } from './resolve.ts'
import {
  type Configuration,
  ConfigurationChoice,
  ConfigurationId,
  ConfigurationResource,
  ListQuery,
  NewConfigurationBody,
  NewVersionBody,
  VersionQuery,
} from './schema.ts'
import type { ConfigurationRef } from './store.ts'

const params = v.object({ id: ConfigurationId })
const notFound = { description: 'SCORING_CONFIGURATION_NOT_FOUND' }
const noVersion = { description: 'SCORING_CONFIGURATION_NOT_FOUND or SCORING_VERSION_NOT_FOUND' }
const malformed = { description: 'The request is malformed' }
const SessionId = v.pipe(v.string(), v.uuid(), v.description('UUIDv7 of the therapy session'))

const resourceOf = (
  { createdAt, retiredAt, versionCreatedAt, ...rest }: Configuration,
  active: ConfigurationRef | undefined,
): v.InferInput<typeof ConfigurationResource> => ({
  ...rest,
  builtIn: rest.id === BUILT_IN.id,
  createdAt: createdAt.toISOString(),
  retiredAt: retiredAt?.toISOString() ?? null,
  versionCreatedAt: versionCreatedAt.toISOString(),
  activeVersion: active?.id === rest.id ? active.version : null,
})

export function configurationRoutes({ configurations }: PerformanceScoring): Route[] {
  const show = async (found: Configuration) => resourceOf(found, await configurations.active())
  return [
    route({
      method: 'get',
      path: '/api/scoring/configurations',
      summary: 'List scoring configurations at their newest version, newest first',
      policy: 'scoring:read',
      concerns: 'nothing',
      query: ListQuery,
      answers: { 200: { description: 'A page', schema: pageOf(ConfigurationResource) } },
      async handle({ query: { limit, cursor } }) {
        const rows = await configurations.list(limit + 1, cursor)
        const active = await configurations.active()
        const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
        return { items: items.map((each) => resourceOf(each, active)), nextCursor }
      },
    }),
    route({
      method: 'post',
      path: '/api/scoring/configurations',
      summary: 'Make a scoring configuration',
      policy: 'scoring:configure',
      body: jsonBody(NewConfigurationBody),
      answers: {
        201: { description: 'Made, at version 1', schema: ConfigurationResource },
        400: malformed,
        409: { description: 'SCORING_NAME_TAKEN' },
      },
      async handle({ c }) {
        const { name, ...content } = await readJson(c, NewConfigurationBody)
        const made = await configurations.create(name, content)
        return c.json(await show(made), 201, { location: `/api/scoring/configurations/${made.id}` })
      },
    }),
    route({
      method: 'get',
      path: '/api/scoring/configurations/{id}',
      summary: 'One version of a scoring configuration, or its newest',
      policy: 'scoring:read',
      concerns: 'nothing',
      params,
      query: VersionQuery,
      answers: { 200: { description: 'The configuration', schema: ConfigurationResource }, 404: noVersion },
      handle: async ({ params: { id }, query: { version } }) =>
        show(await configurations.require(id, version)),
    }),
    route({
      method: 'post',
      path: '/api/scoring/configurations/{id}/versions',
      summary: 'Add a version; what is active or assigned stays at the version it is at',
      policy: 'scoring:configure',
      params,
      body: jsonBody(NewVersionBody),
      answers: {
        201: { description: 'The new version', schema: ConfigurationResource },
        400: malformed,
        404: notFound,
        409: { description: 'SCORING_CONFIGURATION_BUILT_IN or SCORING_CONFIGURATION_RETIRED' },
      },
      async handle({ c, params: { id } }) {
        const added = await configurations.addVersion(id, await readJson(c, NewVersionBody))
        const location = `/api/scoring/configurations/${id}?version=${added.version}`
        return c.json(await show(added), 201, { location })
      },
    }),
    route({
      method: 'post',
      path: '/api/scoring/configurations/{id}/activate',
      summary: 'Put a version in force for all that have no configuration of their own',
      policy: 'scoring:configure',
      params,
      query: VersionQuery,
      answers: {
        200: { description: 'The version that is in force', schema: ConfigurationResource },
        404: noVersion,
        409: { description: 'SCORING_CONFIGURATION_RETIRED' },
      },
      handle: async ({ params: { id }, query: { version } }) =>
        show(await configurations.activate(id, version)),
    }),
    route({
      method: 'post',
      path: '/api/scoring/configurations/{id}/retire',
      summary: 'Take a configuration out of choice; where it is assigned, it stays in force',
      policy: 'scoring:configure',
      params,
      answers: {
        200: { description: 'The configuration', schema: ConfigurationResource },
        404: notFound,
        409: { description: 'SCORING_CONFIGURATION_ACTIVE or SCORING_CONFIGURATION_BUILT_IN' },
      },
      handle: async ({ params: { id } }) => show(await configurations.retire(id)),
    }),
  ]
}

/** Assigning works alike for patients and sessions. */
function assignmentRoutesOf<Params extends v.GenericSchema<unknown, unknown>>(
  { assignments, configurations }: PerformanceScoring,
  place: {
    readonly path: string
    readonly noun: string
    readonly missing: string
    readonly concerns: Concerns
    readonly params: Params
    subject(params: v.InferOutput<Params>): Promise<Subject>
  },
): Route[] {
  const missing = { description: place.missing }
  return [
    route({
      method: 'put',
      path: place.path,
      summary: `Assign a scoring configuration to a ${place.noun}`,
      policy: 'scoring:write',
      concerns: place.concerns,
      params: place.params,
      body: jsonBody(ConfigurationChoice),
      answers: {
        200: { description: 'The version that is assigned', schema: ConfigurationResource },
        400: malformed,
        404: {
          description: `${place.missing}, SCORING_CONFIGURATION_NOT_FOUND or SCORING_VERSION_NOT_FOUND`,
        },
        409: { description: 'SCORING_CONFIGURATION_RETIRED' },
      },
      async handle({ c, params: given }) {
        const { configurationId, version } = await readJson(c, ConfigurationChoice)
        const subject = await place.subject(given as v.InferOutput<Params>)
        return resourceOf(
          await assignments.assign(subject, configurationId, version),
          await configurations.active(),
        )
      },
    }),
    route({
      method: 'delete',
      path: place.path,
      summary: `Take the assignment of a ${place.noun} back`,
      policy: 'scoring:write',
      concerns: place.concerns,
      params: place.params,
      answers: { 204: { description: 'Nothing is assigned' }, 404: missing },
      async handle({ c, params: given }) {
        await assignments.lift(await place.subject(given as v.InferOutput<Params>))
        return c.body(null, 204)
      },
    }),
  ]
}

export function assignmentRoutes(scoring: PerformanceScoring): Route[] {
  const { patients, sessions } = scoring.records
  return [
    ...assignmentRoutesOf(scoring, {
      path: '/api/scoring/assignments/patients/{code}',
      noun: 'patient',
      missing: 'PATIENT_NOT_FOUND',
      concerns: { patient: 'code' },
      params: v.object({ code: PatientCode }),
      subject: async ({ code }) => ({ patientId: (await requirePatient(patients, code)).id }),
    }),
    ...assignmentRoutesOf(scoring, {
      path: '/api/scoring/assignments/sessions/{id}',
      noun: 'therapy session',
      missing: 'SESSION_NOT_FOUND',
      concerns: { session: 'id' },
      params: v.object({ id: SessionId }),
      subject: async ({ id }) => ({ sessionId: (await requireSession(sessions, id)).id }),
    }),
    route({
      method: 'get',
      path: '/api/scoring/resolve',
      summary: 'Which scoring configuration holds for a session or a patient, and why',
      policy: 'scoring:read',
      concerns: { session: 'session', patient: 'patient' },
      query: v.object({ session: v.optional(SessionId), patient: v.optional(PatientCode) }),
      answers: {
        200: { description: 'The configuration and the rung that gave it', schema: ResolutionSchema },
        400: { description: 'Both a session and a patient are named' },
        404: { description: 'SESSION_NOT_FOUND or PATIENT_NOT_FOUND' },
      },
      async handle({ query: { session, patient } }) {
        if (session !== undefined && patient !== undefined) {
          throw new Problem(400, 'INVALID_REQUEST', 'Name a session or a patient: a session has its patient.')
        }
        if (patient !== undefined) {
          return scoring.resolve({ patientId: (await requirePatient(patients, patient)).id })
        }
        if (session === undefined) return scoring.resolve({})
        const { id: sessionId, patientId } = await requireSession(sessions, session)
        return scoring.resolve({ sessionId, patientId })
      },
    }),
  ]
}
