/** Manual edits at rest: rows are only added, so that the history of a recording can be read. */
import { asc, eq } from 'drizzle-orm'
import type { Announce, Database } from '../../../src/sdk.ts'
import type { ContractionEdit } from '../analysis/index.ts'
import { contractionEdits } from '../tables.ts'
import type { NewEdit, Revocation, StoredEdit } from './schema.ts'

/** Edits of contractions in the database. They are undone, never removed. */
export interface EditStore {
  add(recordingId: string, edit: NewEdit): Promise<StoredEdit>
  /** Undoes an edit. @throws when it was undone before (unique constraint) */
  revoke(recordingId: string, id: string, by: Revocation): Promise<StoredEdit>
  /** All there ever were of a recording, in their order. */
  history(recordingId: string): Promise<StoredEdit[]>
  /** Those that are applied. */
  inForce(recordingId: string): Promise<ContractionEdit[]>
}

export function createEditStore(db: Database, announce: Announce): EditStore {
  async function history(recordingId: string): Promise<StoredEdit[]> {
    const rows = await db
      .select()
      .from(contractionEdits)
      .where(eq(contractionEdits.recordingId, recordingId))
      .orderBy(asc(contractionEdits.id))
    const revoked = new Set(rows.map(({ revokes }) => revokes))
    return rows.map(({ id, edit, revokes, reason, author, createdAt }) => ({
      id,
      edit,
      revokes,
      inForce: edit !== null && !revoked.has(id),
      reason,
      author,
      createdAt: createdAt.toISOString(),
    }))
  }

  async function insert(row: typeof contractionEdits.$inferInsert): Promise<StoredEdit> {
    const { recordingId } = row
    const change = await db.transaction(async (tx) => {
      await tx.insert(contractionEdits).values(row)
      return announce([['recording.edited:{recordingId}', { recordingId }]], tx)
    })
    await change.settled()
    return (await history(recordingId)).find(({ id }) => id === row.id) as StoredEdit
  }

  return {
    add: (recordingId, { edit, reason, author }) =>
      insert({ id: Bun.randomUUIDv7(), recordingId, edit, reason, author }),
    revoke: (recordingId, revokes, { reason, author }) =>
      insert({ id: Bun.randomUUIDv7(), recordingId, revokes, reason, author }),
    history,
    inForce: async (recordingId) =>
      (await history(recordingId)).flatMap(({ edit, inForce }) => (inForce && edit ? [edit] : [])),
  }
}
