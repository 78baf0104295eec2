/** Recordings that are erased: the row in the transaction, the bytes when it is committed, whatever breaks in between. */
import { eq, sql } from 'drizzle-orm'
import {
  type BlobStore,
  type Database,
  type Logger,
  type UnitOfWork,
  violatedConstraint,
} from '../../../src/sdk.ts'
import { recordings, removedBlobs } from './tables.ts'

/**
 * Keeps those who store bytes apart from those who remove the same, until the transaction ends: the file of an upload
 * is put in its place, and a file taken away, under this lock alone.
 */
export const lockBytes = (sha256: string, tx: Pick<Database, 'execute'>) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('recording:' || ${sha256}, 0))`)

/** Removes recordings, and what is left of them. */
export interface RecordingRemoval {
  /**
   * Removes a recording with its bytes, unless a record of somebody else still refers to it.
   *
   * @returns whether it was removed
   */
  remove(id: string, work: UnitOfWork): Promise<boolean>
  /** Removes the bytes of recordings that were removed, where that did not come to its end. */
  sweep(): Promise<void>
}

export function createRecordingRemoval(db: Database, blobs: BlobStore, log: Logger): RecordingRemoval {
  const removeBytes = (sha256: string): Promise<void> =>
    db.transaction(async (tx) => {
      await lockBytes(sha256, tx)
      const [again] = await tx
        .select({ id: recordings.id })
        .from(recordings)
        .where(eq(recordings.sha256, sha256))
      // Somebody has brought the same bytes since.
      if (!again) await blobs.remove(sha256)
      await tx.delete(removedBlobs).where(eq(removedBlobs.sha256, sha256))
    })

  async function removeLater(sha256: string): Promise<void> {
    try {
      await removeBytes(sha256)
    } catch (error) {
      log.error(
        { err: error },
        'the bytes of an erased recording could not be removed; the next start does it',
      )
    }
  }

  return {
    async remove(id, { tx, afterCommit }) {
      try {
        const gone = await tx.transaction((inner) =>
          inner.delete(recordings).where(eq(recordings.id, id)).returning({ sha256: recordings.sha256 }),
        )
        const [{ sha256 } = { sha256: undefined }] = gone
        if (sha256 === undefined) return false
        await tx.insert(removedBlobs).values({ sha256 }).onConflictDoNothing()
        afterCommit(() => removeLater(sha256))
        return true
      } catch (error) {
        if (violatedConstraint(error) === undefined) throw error
        return false
      }
    },
    async sweep() {
      for (const { sha256 } of await db.select().from(removedBlobs)) await removeLater(sha256)
    },
  }
}
