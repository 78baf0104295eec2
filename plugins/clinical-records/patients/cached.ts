/** Patients through the cache: what is known of one is kept until somebody changes it. */
import type { Cache } from '../../../src/sdk.ts'
import { patientOfStored, type StoredPatient, storedOfPatient } from './schema.ts'
import type { PatientStore } from './store.ts'

export const cachedPatients = (
  store: PatientStore,
  cache: Cache<{ readonly patientCode: string }, StoredPatient | null>,
): PatientStore => ({
  ...store,
  async find(patientCode) {
    const { value } = await cache.getOrLoad({ patientCode }, async () => {
      const patient = await store.find(patientCode)
      return patient ? storedOfPatient(patient) : null
    })
    return value ? patientOfStored(value) : undefined
  },
})
