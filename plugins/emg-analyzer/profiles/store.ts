/** Channel profiles at rest, and which of them a recording is read by. */
import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../../src/sdk.ts'
import type { ChannelAssignment } from '../analysis/index.ts'
import { channelProfiles } from '../tables.ts'
import { matchesFile } from './file-pattern.ts'
import type { NewProfile, Profile } from './schema.ts'

export interface ProfileStore {
  create(profile: NewProfile): Promise<Profile>
  /** By their names. */
  list(): Promise<Profile[]>
  /** @returns undefined when there is none of this id */
  replace(id: string, profile: NewProfile): Promise<Profile | undefined>
  /** @returns whether there was one */
  remove(id: string): Promise<boolean>
  /** What the profiles say of the channels of a recording: the general first, so that the special stands over it. */
  assignmentsFor(recording: {
    readonly fileName: string
    readonly patientCode: string | null
  }): Promise<ChannelAssignment[]>
}

const profileOf = (row: typeof channelProfiles.$inferSelect): Profile => ({
  ...row,
  updatedAt: row.updatedAt.toISOString(),
})

/** A patient's own profile stands over one for some files, and that over one for all. */
const rank = ({ patientCode, filePattern }: Profile): number =>
  (patientCode === null ? 0 : 2) + (filePattern === null ? 0 : 1)

export function createProfileStore(db: Database): ProfileStore {
  async function find(id: string): Promise<Profile | undefined> {
    const [row] = await db.select().from(channelProfiles).where(eq(channelProfiles.id, id))
    return row && profileOf(row)
  }

  const list = async (): Promise<Profile[]> =>
    (await db.select().from(channelProfiles).orderBy(asc(channelProfiles.name))).map(profileOf)

  return {
    async create(profile) {
      const id = Bun.randomUUIDv7()
      await db.insert(channelProfiles).values({ id, ...profile })
      return (await find(id)) as Profile
    },
    list,
    async replace(id, profile) {
      await db
        .update(channelProfiles)
        .set({ ...profile, version: sql`${channelProfiles.version} + 1`, updatedAt: new Date() })
        .where(eq(channelProfiles.id, id))
      return find(id)
    },
    async remove(id) {
      const removed = await db
        .delete(channelProfiles)
        .where(eq(channelProfiles.id, id))
        .returning({ id: channelProfiles.id })
      return removed.length > 0
    },
    async assignmentsFor({ fileName, patientCode }) {
      const profiles = (await list()).filter(
        (profile) =>
          (profile.patientCode === null || profile.patientCode === patientCode) &&
          (profile.filePattern === null || matchesFile(profile.filePattern, fileName)),
      )
      return profiles.sort((a, b) => rank(a) - rank(b)).flatMap(({ channels }) => channels)
    },
  }
}
