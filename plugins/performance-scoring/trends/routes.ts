/** `/api/patients/{code}/performance-trends`. */
import * as v from 'valibot'
import { cacheHeaders, type Route, route } from '../../../src/sdk.ts'
import { PatientCode, requirePatient } from '../../clinical-records/index.ts'
import type { PerformanceScoring } from '../service.ts'
import { TrendSchema } from './trend.ts'

export const trendRoutes = ({ records, trendOfPatient }: PerformanceScoring): Route[] => [
  route({
    method: 'get',
    path: '/api/patients/{code}/performance-trends',
    summary: 'Stored scores and normalised amplitudes of a patient, session by session',
    policy: 'scoring:read',
    params: v.object({ code: PatientCode }),
    answers: {
      200: {
        description: 'The trend; `X-Cache` says whether it was at hand',
        schema: v.object({ patientCode: PatientCode, ...TrendSchema.entries }),
      },
      304: { description: 'The client has it already, by If-None-Match' },
      404: { description: 'PATIENT_NOT_FOUND' },
    },
    async handle({ c, params: { code } }) {
      const patient = await requirePatient(records.patients, code)
      const { value, ...provenance } = await trendOfPatient(patient)
      const headers = { ...cacheHeaders(provenance), 'cache-control': 'private, no-cache' }
      return c.json({ patientCode: code, ...value }, 200, headers)
    },
  }),
]
