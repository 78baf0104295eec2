/** A patient as somebody enters it: text while it is typed, and what is wrong with it. Pure. */
import type { Body } from '../../api/client.ts'

/** What stands in the form; empty is what is not known. */
export interface PatientForm {
  readonly code: string
  readonly treatmentStart: string
  readonly therapist: string
  readonly name: string
  readonly dateOfBirth: string
  readonly recordNumber: string
}

export const EMPTY_FORM: PatientForm = {
  code: '',
  treatmentStart: '',
  therapist: '',
  name: '',
  dateOfBirth: '',
  recordNumber: '',
}

export type PatientMistakes = Partial<Record<'code' | 'recordNumber', true>>

const CODE = /^P\d{3,9}$/

const text = (typed: string): string | null => typed.trim() || null

/** `p12` is no code: which of P012 and P0012 it is, nobody knows. A small p is. */
const codeOf = (typed: string): string => typed.trim().toUpperCase()

/** The fields that cannot be right. */
export const mistakesIn = ({ code, recordNumber }: PatientForm): PatientMistakes => ({
  ...(code.trim() !== '' && !CODE.test(codeOf(code)) && { code: true }),
  ...(recordNumber.trim() !== '' && !/[\p{L}\p{N}]/u.test(recordNumber) && { recordNumber: true }),
})

/** What the patient is entered with. What nothing was typed for is left to the server. */
export const patientOf = ({ code, treatmentStart, therapist }: PatientForm): Body<'POST /api/patients'> => ({
  ...(code.trim() !== '' && { code: codeOf(code) }),
  treatmentStart: text(treatmentStart),
  therapist: text(therapist),
})

/** Who the patient is; null where nothing is known. */
export function identityOf(form: PatientForm): Body<'PUT /api/patients/{code}/identity'> | null {
  const identity = {
    name: text(form.name),
    dateOfBirth: text(form.dateOfBirth),
    recordNumber: text(form.recordNumber),
  }
  return Object.values(identity).some((value) => value !== null) ? identity : null
}
