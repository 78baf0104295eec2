/** MVC values: audited records of each patient, and the cascade that says which one holds. */
import * as v from 'valibot'
import migration from '../../drizzle/mvc-cascade/0000_mvc_records.sql' with { type: 'text' }
import erasingMigration from '../../drizzle/mvc-cascade/0001_erasing.sql' with { type: 'text' }
import { type Clock, decimal, definePlugin, namespace, optionalSetting, setting } from '../../src/sdk.ts'
import c3dReader, { type RecordingService } from '../c3d-reader/index.ts'
import clinicalRecords, { type Patient, type PatientStore } from '../clinical-records/index.ts'
import { calibrationRecordings, eraseRecords } from './erase.ts'
import { PLAUSIBLE } from './limits.ts'
import { mvcChanged } from './records/events.ts'
import { MvcRecordSchema } from './records/record.ts'
import { createMvcStore } from './records/store.ts'
import { mvcRoutes } from './routes.ts'
import { MvcDefaultsSchema } from './schema.ts'
import { createMvcService, type MvcService } from './service.ts'
import { mvcRecords } from './tables.ts'

export { type CalculatedMvc, calculateMvc, p95Envelope, type Run } from './calculate.ts'
export { type Calibration, calibrate, type Refusal, type TrialWindow } from './calibration/calibrate.ts'
export { isPlausible, type MvcLimits, PLAUSIBLE } from './limits.ts'
export { type MetadataMvc, readMetadata } from './metadata.ts'
export { mvcPercent } from './percent.ts'
export { pseudonymousResolution } from './pseudonymous.ts'
export { mvcChanged } from './records/events.ts'
export type { MvcFlag, MvcRecord, MvcTrial } from './records/record.ts'
export type { NewMvcRecord } from './records/store.ts'
export type { MvcCandidates, Unavailable } from './resolve/candidates.ts'
export {
  CONFIDENCES,
  type MvcConfidence,
  type MvcResolution,
  MvcResolutionSchema,
  type MvcSource,
  SOURCES,
} from './resolve/resolution.ts'
export { resolveMvc } from './resolve/resolve.ts'
export type { MvcQuestion, MvcResolver, MvcService, PatientMvc } from './service.ts'
export { inVolts, voltsPer } from './units.ts'

/** The service, with what its routes need beside it. */
export interface MvcCascade extends MvcService {
  readonly patients: PatientStore
  readonly recordings: RecordingService
  readonly clock: Clock
}

export default definePlugin({
  name: 'mvc-cascade',
  version: '1.0.0',
  host: '^1',
  summary: 'Keeps MVC values as records, and says which one holds',
  needs: { recordings: c3dReader, records: clinicalRecords },
  config: v.object({
    validityDays: setting(decimal(1, 3650), 90, {
      summary: 'Days that a calibrated MVC holds, where it does not say itself until when',
      allowed: 'a number of days from 1 to 3650',
    }),
    defaultVolts: optionalSetting(decimal(PLAUSIBLE.least, PLAUSIBLE.most), {
      summary: 'MVC in V for muscles that nothing is known of; absent: they have none',
      allowed: 'a voltage from 1e-6 to 1e-2',
    }),
  }),
  tables: { mvcRecords },
  migrations: [
    { id: '0000_mvc_records', sql: migration },
    { id: '0001_erasing', sql: erasingMigration },
  ],
  caches: {
    values: namespace({
      key: 'patient:{patientCode}:mvc_values',
      ttl: '24h',
      tags: ['mvc.changed:{patientCode}'],
      personal: ['patientCode'],
      schema: v.array(MvcRecordSchema),
    }),
    // Each node answers by its own settings: those of another one are none of its business.
    defaults: namespace({
      key: 'config:mvc_defaults',
      ttl: '1h',
      sharing: 'none',
      schema: MvcDefaultsSchema,
    }),
  },
  permissions: [
    { name: 'mvc:read', summary: 'Read MVC values', roles: ['therapist', 'researcher'] },
    { name: 'mvc:write', summary: 'Enter MVC values and calibrate', roles: ['therapist'] },
  ],
  emits: [mvcChanged],
  setup({ config, needs, caches, db, announce, events, clock }): MvcCascade {
    const { patients } = needs.records
    const limits = { validityDays: config.validityDays, defaultValue: config.defaultVolts ?? null }
    const service = createMvcService({
      store: createMvcStore(db, announce, events, clock),
      patients,
      cache: caches.values,
      defaultsCache: caches.defaults,
      limits,
    })
    return { ...service, patients, recordings: needs.recordings, clock }
  },
  warm: ({ ofPatient, patients, clock }) => [
    {
      name: 'patient',
      summary: 'MVC values of a patient',
      priority: 1,
      concurrency: 1,
      about: 'patientCode',
      async items(patientCode) {
        const patient = patientCode === null ? undefined : await patients.find(patientCode)
        return patient ? [patient] : []
      },
      load: (patient: Patient) => ofPatient(patient, new Date(clock.now())),
    },
  ],
  recordingsOf: (_, patient, tx) => calibrationRecordings(patient, tx),
  erase: (_, patient, work) => eraseRecords(patient, work),
  routes: (cascade) => mvcRoutes(cascade, cascade.patients, cascade.recordings, cascade.clock),
})
