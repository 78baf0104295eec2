/** Clinical notes at rest. */
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { type Database, type Expected, requireVersion } from '../../../src/sdk.ts'
import { clinicalNotes, patients } from '../tables.ts'
import type { ClinicalNote } from './schema.ts'

/** A clinical note as it is entered. */
export interface NewNote {
  readonly patientId: string
  /** A session of that patient, or null. */
  readonly sessionId: string | null
  readonly text: string
  /** Login name of who writes it, or name of the key. */
  readonly author: string
}

/** A change of a clinical note. */
export interface NoteChange {
  readonly text: string
  /** Login name of who changes it, or name of the key. */
  readonly editedBy: string
}

/** Which notes are to be listed. */
export interface NotePage {
  readonly limit: number
  /** Id of the last one of the page before. */
  readonly after?: string | undefined
  readonly sessionId?: string | undefined
}

/** Notes of patients. All but `create` find a note by its patient too: that of another is none. */
export interface NoteStore {
  create(note: NewNote): Promise<ClinicalNote>
  /** Newest first. */
  list(patientId: string, page: NotePage): Promise<ClinicalNote[]>
  /** The note, or undefined. */
  find(patientId: string, id: string): Promise<ClinicalNote | undefined>
  /**
   * The note as it is then, or undefined when there is none.
   *
   * @throws {Problem} 412 VERSION_MISMATCH
   */
  update(
    patientId: string,
    id: string,
    change: NoteChange,
    expected?: Expected,
  ): Promise<ClinicalNote | undefined>
  /**
   * Whether there was one.
   *
   * @throws {Problem} 412 VERSION_MISMATCH
   */
  remove(patientId: string, id: string, expected?: Expected): Promise<boolean>
}

type Connection = Pick<Database, 'select'>

export function createNoteStore(db: Database): NoteStore {
  const select = async (condition: SQL | undefined, limit: number, connection: Connection = db) => {
    const rows = await connection
      .select({ note: clinicalNotes, patientCode: patients.code })
      .from(clinicalNotes)
      .innerJoin(patients, eq(patients.id, clinicalNotes.patientId))
      .where(condition)
      .orderBy(desc(clinicalNotes.id))
      .limit(limit)
    return rows.map(
      ({ note: { patientId: _, ...note }, patientCode }): ClinicalNote => ({ ...note, patientCode }),
    )
  }
  const of = (patientId: string, id: string): SQL | undefined =>
    and(eq(clinicalNotes.id, id), eq(clinicalNotes.patientId, patientId))
  const find = async (patientId: string, id: string, connection?: Connection) =>
    (await select(of(patientId, id), 1, connection))[0]

  /** Locks the note; false when there is none. */
  async function lock(
    tx: Connection,
    patientId: string,
    id: string,
    expected: Expected | undefined,
  ): Promise<boolean> {
    const [row] = await tx
      .select({ version: clinicalNotes.version })
      .from(clinicalNotes)
      .where(of(patientId, id))
      .for('update')
    if (row) requireVersion(expected, row.version)
    return row !== undefined
  }

  return {
    async create(note) {
      const id = Bun.randomUUIDv7()
      await db.insert(clinicalNotes).values({ id, ...note })
      return (await find(note.patientId, id)) as ClinicalNote
    },
    list: (patientId, { limit, after, sessionId }) =>
      select(
        and(
          eq(clinicalNotes.patientId, patientId),
          sessionId === undefined ? undefined : eq(clinicalNotes.sessionId, sessionId),
          after === undefined ? undefined : lt(clinicalNotes.id, after),
        ),
        limit,
      ),
    find: (patientId, id) => find(patientId, id),
    update: (patientId, id, { text, editedBy }, expected) =>
      db.transaction(async (tx) => {
        if (!(await lock(tx, patientId, id, expected))) return undefined
        const version = sql`${clinicalNotes.version} + 1`
        await tx
          .update(clinicalNotes)
          .set({ text, editedBy, version, updatedAt: sql`now()` })
          .where(of(patientId, id))
        return find(patientId, id, tx)
      }),
    remove: (patientId, id, expected) =>
      db.transaction(async (tx) => {
        if (!(await lock(tx, patientId, id, expected))) return false
        await tx.delete(clinicalNotes).where(of(patientId, id))
        return true
      }),
  }
}
