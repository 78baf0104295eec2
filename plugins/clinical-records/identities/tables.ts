/** Where it stands who a patient is: sealed, field by field, apart from everything that bears the pseudonym. */
import { type SQL, sql } from 'drizzle-orm'
import { check, index, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { sealedColumn } from '../../../src/sdk.ts'
import { clinicalRecordsSchema, patients } from '../tables.ts'

export const patientIdentities = clinicalRecordsSchema.table(
  'patient_identities',
  {
    patientId: uuid('patient_id')
      .primaryKey()
      .references(() => patients.id),
    name: text('name'),
    dateOfBirth: text('date_of_birth'),
    recordNumber: text('record_number'),
    /** Blind index of the record number. */
    recordNumberIndex: text('record_number_index'),
    phone: text('phone'),
    email: text('email'),
    address: text('address'),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    /** Counts the changes, from 1. */
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('patient_identities_by_record_number').on(t.recordNumberIndex),
    check('patient_identities_indexed', sql`(${t.recordNumber} is null) = (${t.recordNumberIndex} is null)`),
    // So that no statement, by whatever mistake, leaves a name in clear.
    check(
      'patient_identities_sealed',
      sql.join(
        [t.name, t.dateOfBirth, t.recordNumber, t.phone, t.email, t.address].map(
          (column): SQL => sql`${column} ~ '^v1\\.[0-9a-f]{12}\\.'`,
        ),
        sql` and `,
      ),
    ),
  ],
)

/** As people write it, a record number has blanks and hyphens, or has not. */
const normaliseRecordNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}./]/gu, '')
    .toUpperCase()

const sealed = (
  name: Exclude<keyof typeof patientIdentities.$inferSelect, 'patientId' | 'version' | 'updatedAt'>,
) => sealedColumn(patientIdentities[name], patientIdentities.patientId)

/** The sealed fields of an identity, each with its column. */
export const SEALED_FIELDS = {
  name: sealed('name'),
  dateOfBirth: sealed('dateOfBirth'),
  recordNumber: sealedColumn(patientIdentities.recordNumber, patientIdentities.patientId, {
    column: patientIdentities.recordNumberIndex,
    normalise: normaliseRecordNumber,
  }),
  phone: sealed('phone'),
  email: sealed('email'),
  address: sealed('address'),
} as const
