/** What an analysis is made with beside the file, through the cache: channel profiles and manual edits. */
import type { Cache } from '../../../src/sdk.ts'
import type { ContractionEdit } from '../analysis/index.ts'
import type { EditStore } from '../edits/store.ts'
import { assignmentsOf } from '../profiles/precedence.ts'
import type { Profile } from '../profiles/schema.ts'
import type { ProfileStore } from '../profiles/store.ts'

export const cachedProfiles = (store: ProfileStore, cache: Cache<unknown, Profile[]>): ProfileStore => {
  const list = async (): Promise<Profile[]> => (await cache.getOrLoad({}, store.list)).value
  return { ...store, list, assignmentsFor: async (recording) => assignmentsOf(await list(), recording) }
}

export const cachedEdits = (
  store: EditStore,
  cache: Cache<{ readonly recordingId: string }, ContractionEdit[]>,
): EditStore => ({
  ...store,
  inForce: async (recordingId) =>
    (await cache.getOrLoad({ recordingId }, () => store.inForce(recordingId))).value,
})
