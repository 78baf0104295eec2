/** Whose a patient is, as far as whoever enters or changes one may say it: only who sees all patients gives them away. */
import { type Identity, Problem } from '../../../src/sdk.ts'
import { isVisiblePatient, therapistName } from '../visibility/scope.ts'
import type { Patient } from './schema.ts'
import type { NewPatient, PatientChanges } from './store.ts'

const fixedProblem = (): Problem =>
  new Problem(
    403,
    'THERAPIST_FIXED',
    'Only those who see all patients say whose a patient is; leave the therapist out.',
  )

const isSame = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : therapistName(a) === therapistName(b)

/**
 * A patient as somebody may enter it: that of a therapist is theirs.
 *
 * @throws {Problem} 403 THERAPIST_FIXED; 403 PATIENT_NOT_YOURS where it would be none that they may see
 */
export function patientToEnter(given: NewPatient, { scope }: Pick<Identity, 'scope'>): NewPatient {
  if (scope === 'all') return given
  const { code, therapist = null } = given
  if ('therapist' in scope) {
    if (therapist !== null && !isSame(therapist, scope.therapist)) throw fixedProblem()
    return { ...given, therapist: scope.therapist }
  }
  if (code !== undefined && isVisiblePatient({ code, therapist }, scope)) return given
  throw new Problem(403, 'PATIENT_NOT_YOURS', 'This is for certain patients only; enter one of them by code.')
}

/**
 * Changes of a patient as somebody may make them. Naming the therapist there is already changes nothing, and is left out:
 * somebody else may give the patient away meanwhile.
 *
 * @throws {Problem} 403 THERAPIST_FIXED
 */
export function changesToMake(
  given: PatientChanges,
  patient: Pick<Patient, 'therapist'>,
  { scope }: Pick<Identity, 'scope'>,
): PatientChanges {
  const { therapist, ...rest } = given
  if (scope === 'all' || therapist === undefined) return given
  if (!isSame(therapist, patient.therapist)) throw fixedProblem()
  return rest
}
