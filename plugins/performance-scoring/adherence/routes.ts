/** `/api/scoring/adherence`. */
import * as v from 'valibot'
import { Instant, type Route, route } from '../../../src/sdk.ts'
import { PatientCode, requirePatient } from '../../clinical-records/index.ts'
import type { PerformanceScoring } from '../service.ts'
import { AdherenceSchema } from './adherence.ts'

export const adherenceRoutes = ({ records, adherenceOf, clock }: PerformanceScoring): Route[] => [
  route({
    method: 'get',
    path: '/api/scoring/adherence/{patientCode}',
    summary: 'How many of the sessions that the protocol asks for took place',
    policy: 'scoring:read',
    concerns: { patient: 'patientCode' },
    params: v.object({ patientCode: PatientCode }),
    query: v.object({
      at: v.optional(v.pipe(Instant, v.description('As things were at this time; absent: now'))),
    }),
    answers: {
      200: {
        description: 'The adherence, or why there is none',
        schema: v.object({
          patientCode: PatientCode,
          at: v.pipe(v.string(), v.isoTimestamp()),
          ...AdherenceSchema.entries,
        }),
      },
      404: { description: 'PATIENT_NOT_FOUND' },
    },
    async handle({ params: { patientCode }, query: { at = new Date(clock.now()) } }) {
      const patient = await requirePatient(records.patients, patientCode)
      return { patientCode, at: at.toISOString(), ...(await adherenceOf(patient, at)) }
    },
  }),
]
