/** Patients at rest. */
import { and, asc, between, desc, eq, ilike, inArray, or, type SQL, sql } from 'drizzle-orm'
import {
  type Announce,
  calendarDate,
  concerning,
  type Database,
  type Events,
  type Expected,
  type PatientScope,
  Problem,
  requireVersion,
} from '../../../src/sdk.ts'
import { erasedPatients } from '../erasing/tables.ts'
import { patientUpdated } from '../events.ts'
import { muscleTargets, patients } from '../tables.ts'
import { visiblePatients } from '../visibility/scope.ts'
import type { MuscleTarget, PATIENT_ORDERS, Patient } from './schema.ts'

/** A new patient. */
export interface NewPatient {
  /** Absent: the next free code. */
  readonly code?: string | undefined
  /** Its calendar date in UTC counts. */
  readonly treatmentStart?: Date | null
  readonly therapist?: string | null
  readonly targets?: readonly MuscleTarget[]
}

/** What is absent stays as it is; null clears. */
export interface PatientChanges {
  /** Its calendar date in UTC counts. */
  readonly treatmentStart?: Date | null | undefined
  readonly therapist?: string | null | undefined
  /** Takes the place of all targets. */
  readonly targets?: readonly MuscleTarget[] | null | undefined
}

/** Which patients are meant, and in which order. */
export interface PatientPage {
  readonly limit: number
  /** Id of the last one of the page before. */
  readonly after?: string | undefined
  /** Absent: newest first. */
  readonly sort?: (typeof PATIENT_ORDERS)[number] | undefined
  readonly therapist?: string | undefined
  /** Those alone whose code, or therapist where that is searched too, has this text in it, upper and lower case alike. */
  readonly search?: { readonly text: string; readonly inTherapists: boolean } | undefined
  /** Those in this scope alone; absent: all. */
  readonly scope?: PatientScope | undefined
  /** Those of these ids alone; absent: all. */
  readonly ids?: readonly string[] | undefined
}

/** Patients in the database. */
export interface PatientStore {
  /** @throws {Problem} 409 PATIENT_CODE_TAKEN */
  create(patient: NewPatient): Promise<Patient>
  /** The patient of a code, or undefined. */
  find(code: string): Promise<Patient | undefined>
  list(page: PatientPage): Promise<Patient[]>
  /** Whose treatment began on a day from the first to the last of these, as calendar dates such as 2026-01-31. */
  startedBetween(
    first: string,
    last: string,
    scope?: PatientScope,
  ): Promise<Array<Pick<Patient, 'id' | 'code'> & { readonly treatmentStart: Date }>>
  /**
   * The patient as it is then, or undefined when there is none of this code.
   *
   * @throws {Problem} 412 VERSION_MISMATCH
   */
  update(code: string, changes: PatientChanges, expected?: Expected): Promise<Patient | undefined>
}

type PatientRow = typeof patients.$inferSelect
type Connection = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>

/** The code of the lowest number from 1 on that is free: it is 1, or follows one that is taken. */
const nextFreeCode = sql<string>`(
  select code from (
    select n, 'P' || lpad(n::text, greatest(3, length(n::text)), '0') as code
    from (
      select 1 as n union select substr(code, 2)::int + 1 from ${patients}
      union select substr(code, 2)::int + 1 from ${erasedPatients}
    ) numbers
  ) candidates
  where not exists (select from ${patients} taken where taken.code = candidates.code)
    and not exists (select from ${erasedPatients} gone where gone.code = candidates.code)
  order by n limit 1
)`

const patientOf = (row: PatientRow, targets: readonly MuscleTarget[]): Patient => ({
  id: row.id,
  code: row.code,
  treatmentStart: row.treatmentStart === null ? null : new Date(`${row.treatmentStart}T00:00:00Z`),
  therapist: row.therapist,
  createdAt: row.createdAt,
  version: row.version,
  targets,
})

const dateOf = (start: Date | null): string | null => start && calendarDate(start)

const COLUMNS = {
  patientId: muscleTargets.patientId,
  muscle: muscleTargets.muscle,
  side: muscleTargets.side,
  contractions: muscleTargets.contractions,
  durationMs: muscleTargets.durationMs,
  mvcPercent: muscleTargets.mvcPercent,
}

/** Adds their targets to patients, with one query for all. */
async function withTargets(db: Connection, rows: readonly PatientRow[]): Promise<Patient[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const found = await db
    .select(COLUMNS)
    .from(muscleTargets)
    .where(inArray(muscleTargets.patientId, ids))
    .orderBy(asc(muscleTargets.muscle), asc(muscleTargets.side))
  const byPatient = Map.groupBy(found, ({ patientId }) => patientId)
  return rows.map((row) =>
    patientOf(
      row,
      (byPatient.get(row.id) ?? []).map(({ patientId: _, ...target }) => target),
    ),
  )
}

async function insertTargets(
  db: Connection,
  patientId: string,
  targets: readonly MuscleTarget[],
): Promise<void> {
  if (targets.length === 0) return
  await db.insert(muscleTargets).values(targets.map((target) => ({ patientId, ...target })))
}

/** Inserts the row; undefined when somebody else has the code. */
async function insertPatient(
  db: Connection,
  code: string | typeof nextFreeCode,
  { treatmentStart = null, therapist = null }: NewPatient,
): Promise<PatientRow | undefined> {
  const values = { id: Bun.randomUUIDv7(), code, treatmentStart: dateOf(treatmentStart), therapist }
  const [row] = await db.insert(patients).values(values).onConflictDoNothing().returning()
  return row
}

/** Asked when the code is ours: whoever was erased meanwhile has left the tombstone by then. */
async function wasErased(db: Connection, code: string): Promise<boolean> {
  const found = await db.select().from(erasedPatients).where(eq(erasedPatients.code, code))
  return found.length > 0
}

async function insertWithNextCode(db: Connection, patient: NewPatient): Promise<PatientRow> {
  // Each round in vain means that somebody else got a code, so this comes to an end.
  for (;;) {
    const row = await insertPatient(db, nextFreeCode, patient)
    if (row) return row
  }
}

/** The codes P99, P100 and P1000 follow each other. */
const byCode = sql`length(${patients.code}), ${patients.code}`
const byCodeDescending = sql`length(${patients.code}) desc, ${patients.code} desc`

/** The text as it stands, wherever it is: `%` and `_` mean nothing in it. */
function having({ text, inTherapists }: NonNullable<PatientPage['search']>): SQL | undefined {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return or(ilike(patients.code, pattern), inTherapists ? ilike(patients.therapist, pattern) : undefined)
}

/** What stands behind a patient in an order. One that is not visible has no place in any: nobody learns its code by it. */
const behind = (sort: PatientPage['sort'], after: string, visible: SQL | undefined): SQL => {
  const comparison = sort?.startsWith('-') ? sql.raw('<') : sql.raw('>')
  return sort?.endsWith('createdAt')
    ? sql`${patients.id} ${comparison} ${after}::uuid`
    : sql`(${byCode}) ${comparison} (select ${byCode} from ${patients} where ${and(eq(patients.id, after), visible)})`
}

const ORDERS: Readonly<Record<NonNullable<PatientPage['sort']>, SQL>> = {
  createdAt: asc(patients.id),
  '-createdAt': desc(patients.id),
  code: byCode,
  '-code': byCodeDescending,
}

export function createPatientStore(db: Database, announce: Announce, events: Events): PatientStore {
  const first = async (connection: Connection, rows: readonly PatientRow[]): Promise<Patient | undefined> =>
    (await withTargets(connection, rows))[0]

  return {
    async create(patient) {
      const { created, change } = await db.transaction(async (tx) => {
        const { code, targets = [] } = patient
        const row =
          code === undefined ? await insertWithNextCode(tx, patient) : await insertPatient(tx, code, patient)
        if (!row || (await wasErased(tx, row.code))) {
          throw new Problem(409, 'PATIENT_CODE_TAKEN', `There is a patient ${code} already, or was one.`)
        }
        concerning({ kind: 'patient', id: row.code })
        await insertTargets(tx, row.id, targets)
        return {
          created: (await first(tx, [row])) as Patient,
          // Nothing that is kept shows a patient who has neither sessions nor a treatment.
          change: row.treatmentStart === null ? undefined : await announce([['patients.changed', {}]], tx),
        }
      })
      await change?.settled()
      return created
    },
    find: async (code) => first(db, await db.select().from(patients).where(eq(patients.code, code))),
    async list({ limit, after, sort = '-createdAt', therapist, search, scope = 'all', ids }) {
      const visible = visiblePatients(scope)
      const rows = await db
        .select()
        .from(patients)
        .where(
          and(
            visible,
            therapist === undefined ? undefined : eq(patients.therapist, therapist),
            search && having(search),
            ids && inArray(patients.id, [...ids]),
            after === undefined ? undefined : behind(sort, after, visible),
          ),
        )
        .orderBy(ORDERS[sort])
        .limit(limit)
      return withTargets(db, rows)
    },
    async startedBetween(firstDay, lastDay, scope = 'all') {
      const rows = await db
        .select({ id: patients.id, code: patients.code, start: patients.treatmentStart })
        .from(patients)
        .where(and(between(patients.treatmentStart, firstDay, lastDay), visiblePatients(scope)))
        .orderBy(byCode)
      return rows.map(({ start, ...rest }) => ({ ...rest, treatmentStart: new Date(`${start}T00:00:00Z`) }))
    },
    async update(code, { treatmentStart, therapist, targets }, expected) {
      const { patient, change } = await db.transaction(async (tx) => {
        // The lock keeps two replacements of the targets apart.
        const [row] = await tx.select().from(patients).where(eq(patients.code, code)).for('update')
        if (!row) return { patient: undefined, change: undefined }
        requireVersion(expected, row.version)
        if ([treatmentStart, therapist, targets].every((change) => change === undefined)) {
          return { patient: await first(tx, [row]), change: undefined }
        }
        const [changed] = await tx
          .update(patients)
          .set({
            treatmentStart: treatmentStart === undefined ? undefined : dateOf(treatmentStart),
            therapist,
            version: row.version + 1,
          })
          .where(eq(patients.id, row.id))
          .returning()
        if (targets !== undefined) {
          await tx.delete(muscleTargets).where(eq(muscleTargets.patientId, row.id))
          await insertTargets(tx, row.id, targets ?? [])
        }
        const patient = await first(tx, [changed ?? row])
        await events.emit(patientUpdated, { patientCode: code }, tx)
        return {
          patient,
          change: await announce(
            [
              ['patient.updated:{patientCode}', { patientCode: code }],
              ['patients.changed', {}],
            ],
            tx,
          ),
        }
      })
      await change?.settled()
      return patient
    },
  }
}
