/** Channel profiles at rest, and which of them a recording is read by. */
import { asc, eq, sql } from 'drizzle-orm'
import type { Announce, Database } from '../../../src/sdk.ts'
import type { ChannelAssignment } from '../analysis/index.ts'
import { channelProfiles } from '../tables.ts'
import { assignmentsOf, type ReadRecording } from './precedence.ts'
import type { NewProfile, Profile } from './schema.ts'

/** Channel profiles in the database. */
export interface ProfileStore {
  create(profile: NewProfile): Promise<Profile>
  /** By their names. */
  list(): Promise<Profile[]>
  /** @returns undefined when there is none of this id */
  replace(id: string, profile: NewProfile): Promise<Profile | undefined>
  /** @returns whether there was one */
  remove(id: string): Promise<boolean>
  /** What they say of the channels of a recording: see {@link assignmentsOf}. */
  assignmentsFor(recording: ReadRecording): Promise<ChannelAssignment[]>
}

const profileOf = (row: typeof channelProfiles.$inferSelect): Profile => ({
  ...row,
  updatedAt: row.updatedAt.toISOString(),
})

export function createProfileStore(db: Database, announce: Announce): ProfileStore {
  async function find(id: string): Promise<Profile | undefined> {
    const [row] = await db.select().from(channelProfiles).where(eq(channelProfiles.id, id))
    return row && profileOf(row)
  }

  /** Changes profiles, and says so in the same transaction. */
  async function change<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    const { result, bump } = await db.transaction(async (tx) => {
      const result = await work(tx)
      return { result, bump: await announce([['profiles.changed', {}]], tx) }
    })
    await bump.settled()
    return result
  }

  const list = async (): Promise<Profile[]> =>
    (await db.select().from(channelProfiles).orderBy(asc(channelProfiles.name))).map(profileOf)

  return {
    async create(profile) {
      const id = Bun.randomUUIDv7()
      await change((tx) => tx.insert(channelProfiles).values({ id, ...profile }))
      return (await find(id)) as Profile
    },
    list,
    async replace(id, profile) {
      await change((tx) =>
        tx
          .update(channelProfiles)
          .set({ ...profile, version: sql`${channelProfiles.version} + 1`, updatedAt: sql`now()` })
          .where(eq(channelProfiles.id, id)),
      )
      return find(id)
    },
    async remove(id) {
      const removed = await change((tx) =>
        tx.delete(channelProfiles).where(eq(channelProfiles.id, id)).returning({ id: channelProfiles.id }),
      )
      return removed.length > 0
    },
    assignmentsFor: async (recording) => assignmentsOf(await list(), recording),
  }
}
