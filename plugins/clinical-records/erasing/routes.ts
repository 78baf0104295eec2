/** `DELETE /api/patients/{code}`: erases a patient. */
import * as v from 'valibot'
import { ifMatch, jsonBody, Problem, type Route, readJson, route } from '../../../src/sdk.ts'
import { patientMissing } from '../patients/routes.ts'
import { PatientCode } from '../patients/schema.ts'
import { ERASE, type PatientEraser } from './erase.ts'

const EraseBody = v.strictObject({
  confirm: v.pipe(v.string(), v.description('The code of the patient once more')),
  beforePeriod: v.pipe(
    v.optional(v.boolean(), false),
    v.description('Erases also what is to be kept for a time that is not over'),
  ),
})

const ErasureResource = v.object({
  patientCode: PatientCode,
  sessions: v.pipe(v.number(), v.integer(), v.description('Therapy sessions that were erased')),
  recordings: v.pipe(v.number(), v.integer(), v.description('Recordings that were erased with their bytes')),
})

export const erasingRoutes = (eraser: PatientEraser): Route[] => [
  route({
    method: 'delete',
    path: '/api/patients/{code}',
    summary: 'Erase a patient, with everything that is kept of them',
    policy: ERASE,
    concerns: { patient: 'code' },
    params: v.object({ code: PatientCode }),
    body: jsonBody(EraseBody),
    answers: {
      200: { description: 'Erased', schema: ErasureResource },
      400: { description: 'The body is malformed' },
      404: { description: 'PATIENT_NOT_FOUND' },
      409: {
        description:
          'MUST_BE_KEPT: the period that is set is not over; ERASE_BLOCKED: a plugin that keeps data is not at work',
      },
      412: { description: 'VERSION_MISMATCH: it is not as If-Match names it' },
      422: { description: 'NOT_CONFIRMED: `confirm` is not the code of the patient' },
      428: { description: 'VERSION_REQUIRED: If-Match is missing' },
    },
    async handle({ c, params: { code } }) {
      const expected = ifMatch(c)
      if (expected === undefined) {
        throw new Problem(428, 'VERSION_REQUIRED', 'Say by If-Match which version of the patient is erased.')
      }
      const { confirm, beforePeriod } = await readJson(c, EraseBody)
      if (confirm !== code) {
        throw new Problem(422, 'NOT_CONFIRMED', 'Say in confirm the code of the patient who is erased.')
      }
      const erased = await eraser.erase(code, { expected, beforePeriod })
      if (!erased) throw patientMissing()
      return c.json(erased, 200, { 'cache-control': 'no-store' })
    },
  }),
]
