/** Identities at rest: sealed when they are written, opened for whoever asks, kept nowhere else. */
import { eq, inArray, sql } from 'drizzle-orm'
import { type Database, type Expected, Problem, requireVersion, type Vault } from '../../../src/sdk.ts'
import { patients } from '../tables.ts'
import type { PatientIdentity } from './schema.ts'
import { patientIdentities, SEALED_FIELDS } from './tables.ts'

/** An identity as it is kept. */
export interface StoredIdentity extends PatientIdentity {
  readonly patientCode: string
  readonly updatedAt: Date
  /** Counts the changes, from 1. */
  readonly version: number
}

/** Who patients are. No call of it goes through a cache. */
export interface IdentityStore {
  /**
   * The identity of a patient, or undefined.
   *
   * @throws {Problem} 503 VAULT_LOCKED, 500 SEAL_BROKEN
   */
  find(patientCode: string): Promise<StoredIdentity | undefined>
  /**
   * Puts it in the place of what was there. Undefined where there is no such patient.
   *
   * @throws {Problem} 412 VERSION_MISMATCH, 503 VAULT_LOCKED
   */
  put(
    patientCode: string,
    identity: PatientIdentity,
    expected?: Expected,
  ): Promise<StoredIdentity | undefined>
  /** Whether there was one. @throws {Problem} 412 VERSION_MISMATCH */
  remove(patientCode: string, expected?: Expected): Promise<boolean>
  /** Ids of the patients of a medical record number. @throws {Problem} 503 VAULT_LOCKED */
  patientsOf(recordNumber: string): Promise<string[]>
}

type Row = typeof patientIdentities.$inferSelect
type Field = keyof typeof SEALED_FIELDS

const FIELDS = Object.keys(SEALED_FIELDS) as Field[]

const fieldsOf = (of: (field: Field) => string | null): PatientIdentity =>
  Object.fromEntries(FIELDS.map((field) => [field, of(field)])) as PatientIdentity

const NUMBER = SEALED_FIELDS.recordNumber

const mismatch = (): Problem =>
  new Problem(412, 'VERSION_MISMATCH', 'There is no identity of this patient any more; read it again.')

export function createIdentityStore(db: Database, vault: Vault): IdentityStore {
  const indexesOf = (recordNumber: string): readonly string[] =>
    vault.indexes(NUMBER.index?.normalise(recordNumber) ?? recordNumber, NUMBER.indexed)

  const opened = (row: Row, patientCode: string): StoredIdentity => ({
    patientCode,
    ...fieldsOf((field) => {
      const sealed = row[field]
      return sealed === null ? null : vault.open(sealed, SEALED_FIELDS[field].about(row.patientId))
    }),
    updatedAt: row.updatedAt,
    version: row.version,
  })

  const columnsOf = (patientId: string, identity: PatientIdentity) => ({
    ...fieldsOf((field) => {
      const plain = identity[field]
      return plain === null ? null : vault.seal(plain, SEALED_FIELDS[field].about(patientId))
    }),
    recordNumberIndex: identity.recordNumber === null ? null : (indexesOf(identity.recordNumber)[0] ?? null),
  })

  /** Locks the patient, so that its identity cannot come or go meanwhile. */
  async function lock(code: string, tx: Pick<Database, 'select'>): Promise<string | undefined> {
    const [patient] = await tx
      .select({ id: patients.id })
      .from(patients)
      .where(eq(patients.code, code))
      .for('update')
    return patient?.id
  }

  const rowOf = async (patientId: string, tx: Pick<Database, 'select'>): Promise<Row | undefined> =>
    (await tx.select().from(patientIdentities).where(eq(patientIdentities.patientId, patientId)))[0]

  return {
    async find(code) {
      const [found] = await db
        .select({ row: patientIdentities })
        .from(patientIdentities)
        .innerJoin(patients, eq(patients.id, patientIdentities.patientId))
        .where(eq(patients.code, code))
      return found && opened(found.row, code)
    },
    put: (code, identity, expected) =>
      db.transaction(async (tx) => {
        const patientId = await lock(code, tx)
        if (patientId === undefined) return undefined
        const before = await rowOf(patientId, tx)
        if (before) requireVersion(expected, before.version)
        else if (expected !== undefined) throw mismatch()
        const columns = columnsOf(patientId, identity)
        const [row] = await tx
          .insert(patientIdentities)
          .values({ patientId, ...columns })
          .onConflictDoUpdate({
            target: patientIdentities.patientId,
            set: { ...columns, version: sql`${patientIdentities.version} + 1`, updatedAt: sql`now()` },
          })
          .returning()
        return opened(row as Row, code)
      }),
    remove: (code, expected) =>
      db.transaction(async (tx) => {
        const patientId = await lock(code, tx)
        const before = patientId === undefined ? undefined : await rowOf(patientId, tx)
        if (!before) return false
        requireVersion(expected, before.version)
        await tx.delete(patientIdentities).where(eq(patientIdentities.patientId, before.patientId))
        return true
      }),
    async patientsOf(recordNumber) {
      const rows = await db
        .select({ id: patientIdentities.patientId })
        .from(patientIdentities)
        .where(inArray(patientIdentities.recordNumberIndex, [...indexesOf(recordNumber)]))
      return rows.map(({ id }) => id)
    },
  }
}
