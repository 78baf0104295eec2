/** Patients through the cache: what is known of one is kept until somebody changes it. */
import type { Cache } from '../../../src/sdk.ts'
import { type PatientResource, patientOfResource, patientResource } from './schema.ts'
import type { PatientStore } from './store.ts'

export const cachedPatients = (
  store: PatientStore,
  cache: Cache<{ readonly patientCode: string }, PatientResource | null>,
): PatientStore => ({
  ...store,
  async find(patientCode) {
    const { value } = await cache.getOrLoad({ patientCode }, async () => {
      const patient = await store.find(patientCode)
      return patient ? patientResource(patient) : null
    })
    return value ? patientOfResource(value) : undefined
  },
})
