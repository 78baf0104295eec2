/** Recordings at rest: bytes in the blob store, one row in PostgreSQL. */
import { and, count, desc, eq, gte, ilike, lt, sum } from 'drizzle-orm'
import {
  type Announce,
  type BlobStore,
  calendarDate,
  concerning,
  type Database,
  type Events,
  inOneTransaction,
  Problem,
  type UnitOfWork,
} from '../../../src/sdk.ts'
import type { Recording, RecordingDescription } from '../recording.ts'
import { recordingStored } from './events.ts'
import type { Reading } from './reading.ts'
import { lockBytes } from './removal.ts'
import type { RecordingRow } from './schema.ts'
import { recordings, recordingUploaders } from './tables.ts'
import type { UploadedFile } from './upload.ts'
import type { RecordingUser, RecordingVisibility } from './visibility.ts'

/** A recording that comes, and by whom. */
export interface Upload extends UploadedFile {
  readonly by: RecordingUser
}

/** What an upload came to. */
export interface StoredUpload {
  readonly row: RecordingRow
  /** False when the same bytes were there already. */
  readonly created: boolean
}

/** Is done in the transaction that has stored a recording, or found it there. */
export type AlongRecording = (row: RecordingRow, work: UnitOfWork) => Promise<void>

/** Which recordings are to be listed. */
export interface RecordingFilter {
  /** The last id of the page before. */
  readonly after?: string | undefined
  /** Of these bytes there is at most one. */
  readonly sha256?: string | undefined
  /** Those alone whose file name has this text in it, upper and lower case alike. */
  readonly fileName?: string | undefined
  /** Those alone that belong to no patient. */
  readonly ofNobody?: boolean
  /** Those that this user may see; absent: all. */
  readonly visibleTo?: RecordingUser | undefined
}

/** Recordings in the database and the blob store. */
export interface RecordingStore {
  /**
   * Streams a recording in. When this resolves, it survives a power cut.
   *
   * @param upload its file name is only shown, never used as a path
   * @param along what belongs into the transaction of the row; also when the same bytes were there already
   * @throws {UnreadableRecording} when no format can read it; nothing is kept
   * @throws {PluginFault | TaskError} when a format from outside fails; nothing is kept
   * @throws {BlobTooLarge} past the limit; nothing is kept
   * @throws {Problem} 409 RECORDING_TAKEN where the bytes are there and belong to a patient whom the uploader may not see
   */
  add(upload: Upload, along?: AlongRecording): Promise<StoredUpload>
  /** The row, or undefined. */
  find(id: string): Promise<RecordingRow | undefined>
  /** Newest first. */
  list(limit: number, filter?: RecordingFilter): Promise<Array<Omit<RecordingRow, 'description'>>>
  /**
   * How many came from the first time on and before the second, and their bytes.
   *
   * @param visibleTo of those that this user may see; absent: of all
   */
  receivedBetween(
    from: Date,
    until: Date,
    visibleTo?: RecordingUser,
  ): Promise<{ readonly count: number; readonly bytes: number }>
  /** The stored bytes. */
  file(row: RecordingRow): Bun.BunFile
  /**
   * Reads the stored bytes again, by the format that read them when they came.
   *
   * @throws {UnreadableRecording}
   */
  open(row: RecordingRow): Promise<Recording>
  /**
   * What the stored bytes say, with the statistics of each channel, which takes reading all samples.
   *
   * @throws {UnreadableRecording}
   */
  statistics(row: RecordingRow): Promise<RecordingDescription>
}

/** Control characters and lone surrogates are no part of a name, and PostgreSQL refuses some of them. */
const cleanName = (name: string): string =>
  name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.slice(0, 255)
    .trim() || 'recording'

/** The text as it stands, wherever it is: `%` and `_` mean nothing in it. */
const having = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const summaryColumns = {
  id: recordings.id,
  sha256: recordings.sha256,
  fileName: recordings.fileName,
  size: recordings.size,
  format: recordings.format,
  receivedAt: recordings.receivedAt,
}

/** Clocks of nodes and of the database are nearer to each other. */
const CLOCKS_APART_MS = 3_600_000

/** A UUIDv7 below that of any recording which came at a time or later. */
function idBefore(time: Date): string {
  const hex = Math.max(0, time.getTime() - CLOCKS_APART_MS)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/**
 * The same bytes are one recording of one patient, so that whoever brings them again has to be told that they cannot be
 * taken in: that, and nothing of where they are.
 */
export const takenProblem = (): Problem =>
  new Problem(409, 'RECORDING_TAKEN', 'These bytes are stored already, where you may not use them.')

const nothing: AlongRecording = async () => undefined

export function createRecordingStore(options: {
  readonly db: Database
  readonly blobs: BlobStore
  readonly events: Events
  readonly announce: Announce
  readonly reading: Reading
  readonly visibility: Pick<RecordingVisibility, 'condition' | 'ofNobody'>
  readonly maxBytes: number
}): RecordingStore {
  const { db, blobs, events, announce, reading, visibility, maxBytes } = options

  const findBySha = async (sha256: string) =>
    (await db.select().from(recordings).where(eq(recordings.sha256, sha256)))[0]
  /** Keeps what is done along with one recording apart from what another request does. */
  const lock = async (sha256: string, tx: Database) =>
    (await tx.select().from(recordings).where(eq(recordings.sha256, sha256)).for('update'))[0]

  /** Whoever brings bytes may see their recording from then on, unless it is a patient's whom they may not see. */
  async function noteUploader(row: RecordingRow, by: RecordingUser, tx: Database): Promise<void> {
    await tx.insert(recordingUploaders).values({ recordingId: row.id, identity: by.id }).onConflictDoNothing()
    const visible = visibility.condition(by)
    if (!visible) return
    const found = await tx
      .select({ id: recordings.id })
      .from(recordings)
      .where(and(eq(recordings.id, row.id), visible))
    if (found.length === 0) throw takenProblem()
  }

  const insert = (
    row: Omit<RecordingRow, 'receivedAt'>,
    by: RecordingUser,
    along: AlongRecording,
    putInPlace: () => Promise<void>,
  ): Promise<StoredUpload> =>
    inOneTransaction(db, async (work) => {
      const { tx } = work
      const { id: recordingId, sha256 } = row
      // Else what removes the bytes of an erased recording could take away the new ones.
      await lockBytes(sha256, tx)
      await putInPlace()
      const [created] = await tx.insert(recordings).values(row).onConflictDoNothing().returning()
      const stored = created ?? (await lock(sha256, tx))
      if (!stored) throw new Error(`recording ${sha256} conflicts with a row that is not there`)
      if (created) await events.emit(recordingStored, { recordingId, sha256 }, tx)
      await noteUploader(stored, by, tx)
      concerning({ kind: 'recording', id: stored.id })
      await along(stored, work)
      if (created) {
        const change = await announce(
          [['recordings.on:{date}', { date: calendarDate(created.receivedAt) }]],
          tx,
        )
        work.afterCommit(change.settled)
      }
      return { row: stored, created: created !== undefined }
    })

  /** @returns false where it was erased meanwhile */
  const alongExisting = (row: RecordingRow, by: RecordingUser, along: AlongRecording): Promise<boolean> =>
    inOneTransaction(db, async (work) => {
      if ((await lock(row.sha256, work.tx))?.id !== row.id) return false
      await noteUploader(row, by, work.tx)
      await along(row, work)
      return true
    })

  return {
    async add({ bytes, fileName, by }, along = nothing) {
      const staged = await blobs.stage(bytes, maxBytes)
      try {
        const existing = await findBySha(staged.sha256)
        const isThere = existing !== undefined && (await blobs.has(staged.sha256))
        if (isThere && (await alongExisting(existing, by, along))) return { row: existing, created: false }
        const { format, description } = await reading.describe(Bun.file(staged.path))
        const row = {
          id: Bun.randomUUIDv7(),
          sha256: staged.sha256,
          fileName: cleanName(fileName),
          size: staged.size,
          format,
          description,
        }
        return await insert(row, by, along, staged.commit)
      } finally {
        await staged.discard()
      }
    },
    find: async (id) => (await db.select().from(recordings).where(eq(recordings.id, id)))[0],
    list: (limit, { after, sha256, fileName, ofNobody = false, visibleTo } = {}) =>
      db
        .select(summaryColumns)
        .from(recordings)
        .where(
          and(
            after === undefined ? undefined : lt(recordings.id, after),
            sha256 === undefined ? undefined : eq(recordings.sha256, sha256),
            fileName === undefined ? undefined : ilike(recordings.fileName, having(fileName)),
            ofNobody ? visibility.ofNobody() : undefined,
            visibleTo && visibility.condition(visibleTo),
          ),
        )
        .orderBy(desc(recordings.id))
        .limit(limit),
    async receivedBetween(from, until, visibleTo) {
      const [found] = await db
        .select({ count: count(), bytes: sum(recordings.size) })
        .from(recordings)
        .where(
          and(
            // Ids are of the time of arrival too, and have an index.
            gte(recordings.id, idBefore(from)),
            gte(recordings.receivedAt, from),
            lt(recordings.receivedAt, until),
            visibleTo && visibility.condition(visibleTo),
          ),
        )
      return { count: found?.count ?? 0, bytes: Number(found?.bytes ?? 0) }
    },
    file: (row) => blobs.file(row.sha256),
    open: (row) => reading.open(blobs.file(row.sha256), row.format),
    statistics: (row) => reading.statistics(blobs.file(row.sha256), row.format),
  }
}
