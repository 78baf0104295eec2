/** The cache of a process: memory, shared tiers by phase, invalidation, statistics. Namespaces are opened on it. */
import { type HostClock, systemClock } from '../clock.ts'
import type { Database } from '../database/connection.ts'
import type { Logger } from '../observe/log.ts'
import type { StoredEntry } from './entry.ts'
import { type Bump, createLocalInvalidation, type Invalidation } from './invalidation/invalidation.ts'
import { buildTag } from './key.ts'
import { createMemoryTier, type MemoryTier } from './memory.ts'
import type { CacheNamespace, Sharing } from './namespace.ts'
import { PHASE_RULES, type Phase } from './phases.ts'
import { createStatistics, type Statistics } from './statistics.ts'
import { isTierFailure, type SharedTier, type TierId } from './tiers/tier.ts'

export interface CacheSystemOptions {
  /** Bound of the memory tier. */
  readonly memoryBytes: number
  /** The shared tiers that there are. */
  readonly tiers?: { readonly [K in TierId]?: SharedTier }
  readonly phase?: Phase
  /** Local to the process where absent. */
  readonly invalidation?: Invalidation
  /** Keys the hashes of personal parameters; the same on all nodes. */
  readonly secret: string
  readonly log?: Logger
  /** ms since 1970; another one in tests. */
  readonly now?: () => number
  /** Times the deadlines of loads; another one in tests. */
  readonly after?: HostClock['after']
  /** 0 to 1; another one in tests. */
  readonly random?: () => number
}

/** A namespace that was opened, for operators. */
export interface OpenNamespace {
  /** Plugin and name: `emg-analyzer.analyses`. */
  readonly name: string
  readonly space: CacheNamespace
}

/**
 * Says that something has changed, in the transaction of the change itself: every entry whose namespace names this tag
 * is invalid from the commit on. Wait for `settled()` after the commit; then no node serves an older one.
 *
 * @param changes patterns as namespaces declare them, such as `mvc.changed:{patientCode}`, with their parameters
 * @example
 * const change = await db.transaction(async (tx) => {
 *   await tx.insert(records).values(record)
 *   return announce([['mvc.changed:{patientCode}', { patientCode }]], tx)
 * })
 * await change.settled()
 */
export type Announce = (
  changes: ReadonlyArray<readonly [tag: string, params: Readonly<Record<string, string>>]>,
  tx?: Database,
) => Promise<Bump>

export interface CacheSystem {
  readonly memory: MemoryTier
  readonly invalidation: Invalidation
  readonly statistics: Statistics
  readonly secret: string
  readonly now: () => number
  readonly after: HostClock['after']
  readonly random: () => number
  /** How many bumps this process has heard of. */
  readonly bumps: () => number
  phase(): Phase
  setPhase(phase: Phase): void
  /** Tiers that are read for a namespace, in order, leaving out those that are not worth asking now. */
  readers(sharing: Sharing): readonly SharedTier[]
  writers(sharing: Sharing): readonly SharedTier[]
  tier(id: TierId): SharedTier | undefined
  /** Writes to every tier that takes entries of a namespace. A tier that fails is left out; its failure is counted by it. */
  write(entries: readonly StoredEntry[], sharing: Sharing): Promise<void>
  /** Makes every entry with one of these tags invalid, on every node. */
  invalidate(tags: readonly string[], tx?: Database): Promise<Bump>
  /** The same, by what has changed: see {@link Announce}. */
  readonly announce: Announce
  /** Opens a namespace, in place of one of that name. */
  register(namespace: OpenNamespace): void
  /** Forgets a namespace, with what memory and statistics have of it. */
  withdraw(name: string): void
  namespaces(): readonly OpenNamespace[]
  /** Follows work that nobody waits for, so that a shutdown can. */
  track(work: Promise<unknown>): void
  /** Resolves when what goes on in the background is done. */
  settle(): Promise<void>
  close(): Promise<void>
}

const accepts = (sharing: Sharing, id: TierId): boolean =>
  sharing === 'all' || (sharing === 'redis' && id === 'redis')

export function createCacheSystem(options: CacheSystemOptions): CacheSystem {
  const { tiers = {}, log, now = Date.now, after = systemClock.after, random = Math.random } = options
  const invalidation = options.invalidation ?? createLocalInvalidation()
  const memory = createMemoryTier(options.memoryBytes)
  const statistics = createStatistics(now)
  let namespaces: readonly OpenNamespace[] = []
  let personal: ReadonlySet<string> = new Set()
  const background = new Set<Promise<unknown>>()
  let phase: Phase = options.phase ?? 'database'
  let bumps = 0
  invalidation.onBump(() => bumps++)
  invalidation.onTrust((trusted) => {
    // What this node holds may have become outdated while it heard nothing.
    bumps++
    log?.[trusted ? 'info' : 'warn'](
      trusted ? 'cache: invalidations are heard again' : 'cache: invalidations are not heard; it is bypassed',
    )
  })

  const chosen = (ids: readonly TierId[], sharing: Sharing): SharedTier[] =>
    ids.flatMap((id) => {
      const tier = tiers[id]
      return tier && accepts(sharing, id) && tier.isAvailable() ? [tier] : []
    })
  const keepOnly = (open: readonly OpenNamespace[]): void => {
    namespaces = open
    personal = new Set(open.flatMap(({ space }) => space.personal))
  }
  const writers = (sharing: Sharing): SharedTier[] => chosen(PHASE_RULES[phase].writes, sharing)

  return {
    memory,
    invalidation,
    statistics,
    secret: options.secret,
    now,
    after,
    random,
    bumps: () => bumps,
    phase: () => phase,
    setPhase(next) {
      phase = next
    },
    readers: (sharing) => chosen(PHASE_RULES[phase].reads, sharing),
    writers,
    tier: (id) => tiers[id],
    async write(entries, sharing) {
      await Promise.all(
        writers(sharing).map((tier) =>
          tier.setMany(entries).catch((error: unknown) => {
            if (!isTierFailure(error)) throw error
          }),
        ),
      )
    },
    invalidate: (tags, tx) => invalidation.bump(tags, tx),
    announce: (changes, tx) =>
      invalidation.bump(
        changes.map(([tag, params]) => buildTag(tag, params, personal, options.secret)),
        tx,
      ),
    register(namespace) {
      keepOnly([...namespaces.filter(({ name }) => name !== namespace.name), namespace])
    },
    withdraw(name) {
      keepOnly(namespaces.filter((each) => each.name !== name))
      memory.deleteWhere((_, entry) => entry.namespace === name)
      statistics.forget(name)
    },
    namespaces: () => namespaces,
    track(work) {
      const tracked = work
        .catch((error: unknown) => log?.error({ err: error }, 'cache: work in the background failed'))
        .finally(() => background.delete(tracked))
      background.add(tracked)
    },
    async settle() {
      while (background.size > 0) await Promise.all([...background])
    },
    async close() {
      while (background.size > 0) await Promise.all([...background])
      await Promise.all(Object.values(tiers).map((tier) => tier?.close()))
      await invalidation.close()
    },
  }
}
