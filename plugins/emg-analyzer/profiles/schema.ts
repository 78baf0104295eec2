/** The shapes of channel profiles in REST. */

import * as v from 'valibot'
import { textOf } from '../../../src/sdk.ts'
import { PatientCode } from '../../clinical-records/index.ts'
import { ChannelAssignmentSchema } from '../analysis/index.ts'

const entries = {
  name: v.pipe(textOf(100), v.description('Unique')),
  patientCode: v.pipe(
    v.nullable(PatientCode),
    v.description('The patient whose recordings it is for; null: those of all'),
  ),
  filePattern: v.pipe(
    v.nullable(textOf(200)),
    v.description('Names of the files it is for, with * and ?; null: all'),
  ),
  channels: v.pipe(v.array(ChannelAssignmentSchema), v.minLength(1), v.maxLength(256)),
}

export const NewProfileBody = v.strictObject({
  ...entries,
  patientCode: v.optional(entries.patientCode, null),
  filePattern: v.optional(entries.filePattern, null),
})

export const ProfileResource = v.object({
  id: v.pipe(v.string(), v.uuid()),
  ...entries,
  version: v.pipe(v.number(), v.integer(), v.description('Counts its changes')),
  updatedAt: v.string(),
})

/** A channel profile as it is entered. */
export type NewProfile = v.InferOutput<typeof NewProfileBody>

/** A channel profile: which channels of which recordings are which muscles. */
export type Profile = v.InferOutput<typeof ProfileResource>
