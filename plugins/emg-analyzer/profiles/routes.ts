/** `/api/system/channel-profiles`: what labels of channels mean in this clinic. */
import * as v from 'valibot'
import {
  jsonBody,
  Problem,
  type Route,
  readJson,
  route,
  type Viewer,
  violatedConstraint,
} from '../../../src/sdk.ts'
import { type PatientStore, requirePatient } from '../../clinical-records/index.ts'
import { type NewProfile, NewProfileBody, type Profile, ProfileResource } from './schema.ts'
import type { ProfileStore } from './store.ts'

const params = v.object({ id: v.pipe(v.string(), v.uuid()) })
const notFound = { description: 'PROFILE_NOT_FOUND' }
const taken = { description: 'PROFILE_NAME_TAKEN' }

const missing = (): Problem =>
  new Problem(404, 'PROFILE_NOT_FOUND', 'There is no channel profile with this id.')

function nameTaken(error: unknown): never {
  if (violatedConstraint(error) === 'channel_profiles_name_unique') {
    throw new Problem(409, 'PROFILE_NAME_TAKEN', 'There is a channel profile of this name already.')
  }
  throw error
}

/** One of a patient is seen with the patient; names that somebody gave, of profiles and files, by those who see names. */
async function isShown({ patientCode, filePattern }: Profile, viewer: Viewer): Promise<boolean> {
  if (viewer.pseudonymous && (patientCode !== null || filePattern !== null)) return false
  return patientCode === null || viewer.sees({ kind: 'patient', id: patientCode })
}

export function profileRoutes(profiles: ProfileStore, patients: PatientStore): Route[] {
  /** @throws {Problem} 404 PATIENT_NOT_FOUND */
  async function checked(profile: NewProfile): Promise<NewProfile> {
    if (profile.patientCode !== null) await requirePatient(patients, profile.patientCode)
    return profile
  }

  return [
    route({
      method: 'get',
      path: '/api/system/channel-profiles',
      summary: 'Channel profiles: which channels are EMG, of which muscle and side',
      policy: 'profiles:read',
      concerns: 'filtered',
      answers: {
        200: {
          description: 'By their names, those that the viewer may see',
          schema: v.object({ items: v.array(ProfileResource) }),
        },
      },
      async handle({ viewer }) {
        const all = await profiles.list()
        const seen = await Promise.all(all.map((each) => isShown(each, viewer)))
        return { items: all.filter((_, i) => seen[i]) }
      },
    }),
    route({
      method: 'post',
      path: '/api/system/channel-profiles',
      summary: 'Enter a channel profile',
      policy: 'profiles:write',
      body: jsonBody(NewProfileBody),
      answers: {
        201: { description: 'Entered', schema: ProfileResource },
        404: { description: 'PATIENT_NOT_FOUND' },
        409: taken,
      },
      async handle({ c }) {
        const profile = await checked(await readJson(c, NewProfileBody))
        return c.json(await profiles.create(profile).catch(nameTaken), 201)
      },
    }),
    route({
      method: 'put',
      path: '/api/system/channel-profiles/{id}',
      summary: 'Replace a channel profile',
      policy: 'profiles:write',
      params,
      body: jsonBody(NewProfileBody),
      answers: { 200: { description: 'As it is now', schema: ProfileResource }, 404: notFound, 409: taken },
      async handle({ c, params: { id } }) {
        const profile = await checked(await readJson(c, NewProfileBody))
        const replaced = await profiles.replace(id, profile).catch(nameTaken)
        if (!replaced) throw missing()
        return replaced
      },
    }),
    route({
      method: 'delete',
      path: '/api/system/channel-profiles/{id}',
      summary: 'Remove a channel profile',
      policy: 'profiles:write',
      params,
      answers: { 204: { description: 'Removed' }, 404: notFound },
      async handle({ c, params: { id } }) {
        if (!(await profiles.remove(id))) throw missing()
        return c.body(null, 204)
      },
    }),
  ]
}
