/** Whose patients are whose: the one place that turns a scope into a condition, in the database and outside of it. */
import { type Column, inArray, type SQL, sql } from 'drizzle-orm'
import type { PatientScope } from '../../../src/sdk.ts'
import type { Patient } from '../patients/schema.ts'
import { patients, therapySessions } from '../tables.ts'

/**
 * The name of a therapist as it is compared: login names are in lower case, and what the clinic has written need not be.
 * Only A to Z have another case here, in PostgreSQL and in JavaScript alike: login names have no other letters.
 *
 * @example therapistName('Anna') === 'anna'
 */
export const therapistName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** The same of the column; an index of the table has it. */
const therapistColumn = sql`lower(${patients.therapist} collate "C")`

/**
 * The patients in a scope, as a condition on the table of patients; undefined where all of them are. Every list of what
 * belongs to patients is made with it, or with one of those below.
 *
 * @example db.select().from(patients).where(visiblePatients(viewer.scope))
 */
export function visiblePatients(scope: PatientScope): SQL | undefined {
  if (scope === 'all') return undefined
  return 'therapist' in scope
    ? sql`${therapistColumn} = ${therapistName(scope.therapist)}`
    : inArray(patients.code, [...scope.patients])
}

const among = (column: Column | SQL, own: Column, scope: PatientScope): SQL | undefined => {
  const visible = visiblePatients(scope)
  return visible && sql`${column} in (select ${own} from ${patients} where ${visible})`
}

/** The same for any table that names patients by id. @param column the one with the id */
export const ofVisiblePatientId = (column: Column | SQL, scope: PatientScope): SQL | undefined =>
  among(column, patients.id, scope)

/** The same for any table that names patients by code. @param column the one with the code */
export const ofVisiblePatientCode = (column: Column | SQL, scope: PatientScope): SQL | undefined =>
  among(column, patients.code, scope)

/** The same for what names therapy sessions. @param column the one with the id of a session */
export function ofVisibleSessionId(column: Column | SQL, scope: PatientScope): SQL | undefined {
  const visible = ofVisiblePatientId(therapySessions.patientId, scope)
  return visible && sql`${column} in (select ${therapySessions.id} from ${therapySessions} where ${visible})`
}

/** What {@link visiblePatients} says of one patient that is at hand. */
export function isVisiblePatient(
  { code, therapist }: Pick<Patient, 'code' | 'therapist'>,
  scope: PatientScope,
): boolean {
  if (scope === 'all') return true
  if ('patients' in scope) return scope.patients.includes(code)
  return therapist !== null && therapistName(therapist) === therapistName(scope.therapist)
}
