/** How users want the page: kept in PostgreSQL, cached, and gone with the user. */
import { eq } from 'drizzle-orm'
import * as v from 'valibot'
import { openCaches } from '../../cache/cache.ts'
import { namespace } from '../../cache/namespace.ts'
import type { CacheSystem } from '../../cache/system.ts'
import type { Database } from '../../database/connection.ts'
import { textOf } from '../../http/text.ts'
import { userPreferences } from '../tables.ts'

const CHANGED = 'user_prefs.changed:{userId}'

/** A choice has a short name of the page's own, and a short value. */
const Choices = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9.-]{0,39}$/, 'expected a name')), textOf(100)),
  v.check((choices) => Object.keys(choices).length <= 50, 'expected at most 50 choices'),
)

export const Preferences = v.strictObject({
  language: v.pipe(
    v.optional(v.nullable(v.picklist(['en', 'fr', 'de', 'nl'])), null),
    v.description('null: as the browser asks'),
  ),
  theme: v.pipe(
    v.optional(v.nullable(v.picklist(['light', 'dark'])), null),
    v.description('null: as the system has it'),
  ),
  choices: v.pipe(
    v.optional(Choices, {}),
    v.description('What the page remembers for the user, by names of its own'),
  ),
})

export type Preferences = v.InferOutput<typeof Preferences>

/** Of a user who has said nothing yet. */
const NONE: Preferences = { language: null, theme: null, choices: {} }

const PREFERENCES = namespace({
  key: 'user_prefs:{userId}',
  ttl: '24h',
  tags: [CHANGED],
  schema: Preferences,
})

export interface PreferenceStore {
  find(userId: string): Promise<Preferences>
  /** @returns once every node goes by them */
  set(userId: string, preferences: Preferences): Promise<void>
}

/** @param changes the database for what is to be audited */
export function createPreferenceStore(db: Database, changes: Database, cache: CacheSystem): PreferenceStore {
  const { preferences: kept } = openCaches(cache, 'preferences', { preferences: PREFERENCES })

  async function load(userId: string): Promise<Preferences> {
    const [row] = await db.select().from(userPreferences).where(eq(userPreferences.userId, userId))
    const parsed = v.safeParse(Preferences, row?.preferences ?? NONE)
    // What another release has written, and this one cannot read, is as good as unsaid.
    return parsed.success ? parsed.output : NONE
  }

  return {
    find: async (userId) => (await kept.getOrLoad({ userId }, () => load(userId))).value,
    async set(userId, preferences) {
      const change = await changes.transaction(async (tx) => {
        await tx
          .insert(userPreferences)
          .values({ userId, preferences })
          .onConflictDoUpdate({ target: userPreferences.userId, set: { preferences } })
        return cache.announce([[CHANGED, { userId }]], tx as unknown as Database)
      })
      await change.settled()
    },
  }
}
