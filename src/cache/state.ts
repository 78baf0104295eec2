/** What all nodes agree on, in one table: the phase, how far a migration is, what personal keys are hashed with. */
import { eq, sql } from 'drizzle-orm'
import * as v from 'valibot'
import type { Database } from '../database/connection.ts'
import { PHASES, type Phase } from './phases.ts'
import { cacheState } from './tables.ts'

const PhaseState = v.object({ phase: v.picklist(PHASES) })

/** A migration that was begun and not ended. */
const Progress = v.object({
  to: v.picklist(PHASES),
  /** Where the walk over the keys goes on; null at its beginning. */
  cursor: v.nullable(v.string()),
  copied: v.number(),
  seen: v.number(),
})

export type MigrationProgress = v.InferOutput<typeof Progress>

const Secret = v.object({ secret: v.pipe(v.string(), v.minLength(32)) })

export interface CacheState {
  /** The phase that was migrated to; null where none was. */
  phase(): Promise<Phase | null>
  setPhase(phase: Phase): Promise<void>
  progress(): Promise<MigrationProgress | null>
  setProgress(progress: MigrationProgress | null): Promise<void>
  /** Made when it is first asked for, and the same for all nodes from then on. */
  secret(): Promise<string>
}

export function createCacheState(db: Database): CacheState {
  async function read<T>(key: string, schema: v.GenericSchema<unknown, T>): Promise<T | null> {
    const [row] = await db.select().from(cacheState).where(eq(cacheState.key, key))
    return row ? v.parse(schema, row.value) : null
  }

  async function write(key: string, value: object): Promise<void> {
    await db
      .insert(cacheState)
      .values({ key, value })
      .onConflictDoUpdate({ target: cacheState.key, set: { value, updatedAt: sql`now()` } })
  }

  return {
    phase: async () => (await read('phase', PhaseState))?.phase ?? null,
    setPhase: (phase) => write('phase', { phase }),
    progress: () => read('migration', Progress),
    async setProgress(progress) {
      if (progress) await write('migration', progress)
      else await db.delete(cacheState).where(eq(cacheState.key, 'migration'))
    },
    async secret() {
      const made = { secret: crypto.getRandomValues(Buffer.alloc(32)).toString('base64url') }
      // Of two nodes that start at once, the first one's counts.
      await db.insert(cacheState).values({ key: 'secret', value: made }).onConflictDoNothing()
      return ((await read('secret', Secret)) as v.InferOutput<typeof Secret>).secret
    },
  }
}
