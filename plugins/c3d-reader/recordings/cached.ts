/** Recordings through the cache: a row never changes, and statistics are taken once of the same bytes. */
import type { Cache, CacheRead } from '../../../src/sdk.ts'
import { type RecordingRow, rowOfStored, type StoredRecording, storedOfRow } from './schema.ts'
import type { RecordingStore } from './store.ts'

/** Changes whenever the same bytes would be described otherwise. */
export const METADATA_VERSION = '1'

export interface RecordingCaches {
  readonly row: Cache<{ readonly recordingId: string }, StoredRecording | null>
  readonly metadata: Cache<{ readonly fileHash: string }, string>
}

/** The store, with what is expensive to read of files kept in the cache. */
export interface CachedRecordings extends RecordingStore {
  /**
   * What the file says, with the statistics of each channel, which takes reading all samples.
   *
   * @returns the JSON text of `describe({ stats: true })`
   * @throws {UnreadableRecording} when the stored bytes cannot be read any more
   */
  metadata(row: RecordingRow): Promise<CacheRead<string>>
}

export const cachedRecordings = (store: RecordingStore, caches: RecordingCaches): CachedRecordings => ({
  ...store,
  async find(recordingId) {
    const { value } = await caches.row.getOrLoad({ recordingId }, async () => {
      const row = await store.find(recordingId)
      return row ? storedOfRow(row) : null
    })
    return value ? rowOfStored(value) : undefined
  },
  metadata: (row) =>
    caches.metadata.getOrLoad(
      { fileHash: row.sha256 },
      async () => JSON.stringify(await store.statistics(row)),
      { inputs: METADATA_VERSION },
    ),
})
