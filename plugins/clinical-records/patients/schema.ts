/** Patients: what the service gives, and their shape in REST. */

import * as v from 'valibot'
import { CalendarDate, calendarDate, type Identity, PageLimit, textOf } from '../../../src/sdk.ts'
import { PSEUDONYMISED, Withheld } from '../../c3d-reader/index.ts'
import { MuscleName, SideName } from '../muscle.ts'

/** P and three to nine digits. */
export const PatientCode = v.pipe(
  v.string(),
  v.regex(/^P\d{3,9}$/, 'expected a patient code such as P001'),
  v.description('Pseudonym of the patient, such as P001'),
)

const targetOf = (what: string, schema: v.GenericSchema<number>) =>
  v.pipe(v.optional(v.nullable(schema), null), v.description(`${what}; null where none is set`))

export const MuscleTargetInput = v.strictObject({
  muscle: MuscleName,
  side: SideName,
  contractions: targetOf(
    'Contractions of a session',
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  ),
  durationMs: targetOf(
    'Least duration of a contraction',
    v.pipe(v.number(), v.gtValue(0), v.maxValue(600_000)),
  ),
  mvcPercent: targetOf(
    'Least amplitude of a contraction, in % of the maximum voluntary contraction',
    v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  ),
})

/** What a muscle is to reach in a session; null where nothing is set. */
export type MuscleTarget = v.InferOutput<typeof MuscleTargetInput>

/** A patient, known here by a pseudonym only. */
export interface Patient {
  /** UUIDv7. */
  readonly id: string
  /** Such as P001. */
  readonly code: string
  /** First day of the treatment, as its midnight in UTC; null where it is not known. */
  readonly treatmentStart: Date | null
  /**
   * Who treats the patient: the login name of a user, who then sees the patient, or what else the clinic calls them; null
   * where it is not known.
   */
  readonly therapist: string | null
  readonly createdAt: Date
  /** Counts the changes, from 1. */
  readonly version: number
  /** In the order of muscle and side; at most one each. */
  readonly targets: readonly MuscleTarget[]
}

const isUnique = (targets: readonly { muscle: string; side: string }[]): boolean =>
  new Set(targets.map(({ muscle, side }) => `${side} ${muscle}`)).size === targets.length

const Targets = v.pipe(
  v.array(MuscleTargetInput),
  v.maxLength(100),
  v.check((targets) => isUnique(targets), 'a muscle and side is named twice'),
)

const TreatmentStart = v.pipe(
  v.nullable(CalendarDate),
  v.description('First day of the treatment, a calendar date; null where it is not known'),
)

const Therapist = v.pipe(
  v.nullable(textOf(100)),
  v.description(
    'Who treats the patient, by login name: a therapist sees those alone who are theirs; null where it is not known',
  ),
)

export const NewPatientBody = v.strictObject({
  code: v.optional(v.pipe(PatientCode, v.description('Absent: the next free code is given'))),
  treatmentStart: v.optional(TreatmentStart, null),
  therapist: v.optional(Therapist, null),
  targets: v.optional(Targets, () => []),
})

export const PatientChangesBody = v.pipe(
  v.strictObject({
    treatmentStart: v.optional(TreatmentStart),
    therapist: v.optional(Therapist),
    targets: v.optional(
      v.pipe(v.nullable(Targets), v.description('Takes the place of all targets; null: no targets')),
    ),
  }),
  v.description('What is absent stays as it is; null clears'),
)

const whole = {
  id: v.pipe(v.string(), v.uuid()),
  code: PatientCode,
  treatmentStart: v.nullable(v.pipe(v.string(), v.isoDate())),
  therapist: v.nullable(v.string()),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  version: v.pipe(v.number(), v.integer(), v.description('Counts the changes, from 1; the ETag names it')),
  targets: v.array(
    v.object({
      muscle: v.string(),
      side: SideName,
      contractions: v.nullable(v.number()),
      durationMs: v.nullable(v.number()),
      mvcPercent: v.nullable(v.number()),
    }),
  ),
}

/** A patient as it is kept in the cache. */
export const StoredPatient = v.object(whole)

export type StoredPatient = v.InferOutput<typeof StoredPatient>

/** A patient in REST. */
export const PatientResource = v.object({
  ...whole,
  therapist: v.pipe(
    v.optional(v.nullable(v.string())),
    v.description(`Who treats the patient; null where it is not known; ${PSEUDONYMISED}`),
  ),
  withheld: Withheld,
})

export type PatientResource = v.InferOutput<typeof PatientResource>

export const PATIENT_ORDERS = ['-createdAt', 'createdAt', 'code', '-code'] as const

export const PatientListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(v.pipe(v.string(), v.uuid('expected the nextCursor of a page'))),
  sort: v.optional(
    v.pipe(v.picklist(PATIENT_ORDERS), v.description('Order of the list; - is for descending')),
    '-createdAt',
  ),
  therapist: v.optional(v.pipe(textOf(100), v.description('Patients of this therapist only'))),
  search: v.optional(
    v.pipe(
      textOf(100),
      v.description(
        'Patients alone whose code has this in it, or whose therapist does for whoever may see that; case means nothing',
      ),
    ),
  ),
  recordNumber: v.optional(
    v.pipe(
      textOf(64),
      v.description('Patients of this medical record number only; takes the permission `patients:identify`'),
    ),
  ),
})

/** A patient for the cache. */
export const storedOfPatient = ({ treatmentStart, createdAt, targets, ...rest }: Patient): StoredPatient => ({
  ...rest,
  treatmentStart: treatmentStart && calendarDate(treatmentStart),
  createdAt: createdAt.toISOString(),
  targets: [...targets],
})

export const patientOfStored = ({ treatmentStart, createdAt, ...rest }: StoredPatient): Patient => ({
  ...rest,
  treatmentStart: treatmentStart === null ? null : new Date(`${treatmentStart}T00:00:00Z`),
  createdAt: new Date(createdAt),
})

const withoutText = ({ therapist: _, ...rest }: StoredPatient): PatientResource => ({
  ...rest,
  withheld: ['therapist'],
})

/** A patient as REST answers it to somebody. */
export const patientResource = (
  patient: Patient,
  { pseudonymous }: Pick<Identity, 'pseudonymous'>,
): PatientResource => (pseudonymous ? withoutText(storedOfPatient(patient)) : storedOfPatient(patient))
