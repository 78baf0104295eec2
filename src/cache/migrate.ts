/** Moves the cache from phase to phase: entries are copied and compared, then the phase changes for all nodes. */
import type { StoredEntry } from './entry.ts'
import { PHASE_RULES, PHASES, type Phase } from './phases.ts'
import type { CacheState } from './state.ts'
import type { SharedTier } from './tiers/tier.ts'

/** Keys of one step: after each, a killed migration can go on. */
const STEP = 200

/** All entries of the cache. */
const PREFIX = 'myoserve:'

export interface MigrationReport {
  readonly from: Phase
  readonly to: Phase
  /** Entries of the source that were looked at. */
  readonly seen: number
  /** Of them, those that the target did not have. */
  readonly copied: number
  /** Entries that the target did not have as the source has them, though they were copied. */
  readonly differing: number
  /** Whether the phase was changed. */
  readonly done: boolean
}

export interface MigrationOptions {
  readonly from: Phase
  readonly to: Phase
  /** Changes nothing. */
  readonly dryRun: boolean
  readonly postgres: SharedTier
  /** Absent where no Redis is configured. */
  readonly redis: SharedTier | undefined
  readonly state: CacheState
  /** Tells the running nodes. */
  announce(phase: Phase): Promise<void>
  onStep?(seen: number): void
}

/** The migration cannot be made, and why. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
}

const place = (phase: Phase): number => PHASES.indexOf(phase)

/** The same entry, however its tier keeps JSON. */
function isSame(a: StoredEntry, b: StoredEntry): boolean {
  if (a.meta.createdAt !== b.meta.createdAt || a.namespace !== b.namespace) return false
  return typeof a.body === 'string' && typeof b.body === 'string'
    ? Bun.deepEquals(JSON.parse(a.body), JSON.parse(b.body))
    : Bun.deepEquals(a.body, b.body)
}

/** Copies what is missing or older in the target. */
async function copyStep(
  keys: readonly string[],
  source: SharedTier,
  target: SharedTier,
  dryRun: boolean,
): Promise<{ readonly copied: number; readonly differing: number }> {
  const [there, here] = await Promise.all([source.getMany(keys), target.getMany(keys)])
  const missing = there.filter(
    (entry, i): entry is StoredEntry =>
      entry !== null && !(here[i] && here[i].meta.createdAt >= entry.meta.createdAt),
  )
  if (missing.length === 0 || dryRun) return { copied: missing.length, differing: 0 }
  await target.setMany(missing)
  const written = await target.getMany(missing.map(({ key }) => key))
  const now = Date.now()
  const differing = missing.filter((entry, i) => {
    const found = written[i]
    // Somebody may have written a newer one meanwhile, and one may have come to its end.
    if (entry.meta.keptUntil <= now) return false
    return !found || (found.meta.createdAt === entry.meta.createdAt && !isSame(entry, found))
  })
  return { copied: missing.length, differing: differing.length }
}

/**
 * Migrates. Forwards, towards Redis, or into the phase it is in, every valid entry of PostgreSQL is copied first; backwards, only the phase
 * changes, since what is lost then is speed. Killed in the middle, it goes on where it was when it is run again.
 *
 * @throws {MigrationRefused} when there is no Redis to go to, or a step would be left out
 * @throws {TierFailure} when a tier does not answer; what was done stays, and the phase as it was
 */
export async function migrateCache(options: MigrationOptions): Promise<MigrationReport> {
  const { from, to, dryRun, postgres, redis, state } = options
  if (PHASE_RULES[to].reads.includes('redis') && !redis) {
    throw new MigrationRefused(`${to} takes a Redis server, and REDIS_URL is not set`)
  }
  if (place(to) > place(from) + 1) {
    throw new MigrationRefused(
      `from ${from} the next phase is ${PHASES[place(from) + 1]}, and ${to} comes after it`,
    )
  }
  let { seen, copied } = { seen: 0, copied: 0 }
  let differing = 0
  // The phase that it is in already may still lack what was written before Redis was there.
  const forwards = place(to) >= place(from) && to !== 'database'
  if (forwards && redis) {
    // New entries go to both before the old ones are copied, so that none is left behind.
    const begun = await state.progress()
    let cursor: string | null = begun?.to === to ? begun.cursor : null
    if (begun?.to === to) ({ seen, copied } = begun)
    if (!dryRun && to === 'dual-write') await options.announce('dual-write')
    do {
      const page = await postgres.scan(PREFIX, cursor, STEP)
      const step = await copyStep(page.keys, postgres, redis, dryRun)
      seen += page.keys.length
      copied += step.copied
      differing += step.differing
      cursor = page.cursor
      if (!dryRun && cursor !== null) await state.setProgress({ to, cursor, seen, copied })
      options.onStep?.(seen)
    } while (cursor !== null)
  }
  const done = !dryRun && differing === 0
  if (done) {
    await state.setPhase(to)
    await state.setProgress(null)
    await options.announce(to)
  }
  return { from, to, seen, copied, differing, done }
}
