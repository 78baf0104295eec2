/** Who a patient is, in REST. */
import * as v from 'valibot'
import { CalendarDate, calendarDate, textOf } from '../../../src/sdk.ts'

const optional = <S extends v.GenericSchema>(schema: S, what: string) =>
  v.pipe(v.optional(v.nullable(schema), null), v.description(`${what}; null where it is not known`))

/** A body of an identity: it takes the place of the whole. */
export const IdentityBody = v.pipe(
  v.strictObject({
    name: optional(textOf(200), 'Name'),
    dateOfBirth: optional(v.pipe(CalendarDate, v.transform(calendarDate)), 'Day of birth, a calendar date'),
    recordNumber: optional(
      v.pipe(
        textOf(64),
        v.check((text) => /[\p{L}\p{N}]/u.test(text), 'expected letters or digits'),
      ),
      'Medical record number; blanks, hyphens, dots, slashes and case make no other',
    ),
    phone: optional(textOf(50), 'Telephone number'),
    email: optional(
      v.pipe(v.string(), v.trim(), v.maxLength(254), v.email('expected an e-mail address')),
      'E-mail address',
    ),
    address: optional(textOf(500), 'Postal address, on one line'),
  }),
  v.check((fields) => Object.values(fields).some((value) => value !== null), 'nothing is known'),
)

/** Who a patient is; null is what is not known. */
export type PatientIdentity = v.InferOutput<typeof IdentityBody>

export const IdentityResource = v.object({
  patientCode: v.string(),
  name: v.nullable(v.string()),
  dateOfBirth: v.nullable(v.pipe(v.string(), v.isoDate())),
  recordNumber: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  email: v.nullable(v.string()),
  address: v.nullable(v.string()),
  updatedAt: v.pipe(v.string(), v.isoTimestamp()),
  version: v.pipe(v.number(), v.integer(), v.description('Counts the changes, from 1; the ETag names it')),
})
