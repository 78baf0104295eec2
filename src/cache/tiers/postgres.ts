/** The PostgreSQL tier: entries as rows of analytics_cache, JSON as jsonb and bytes as bytea. */
import type { DatabaseConnection } from '../../database/connection.ts'
import { createCounting, type Operation, type Outcome, type RedisCounters } from '../counters.ts'
import { bodyBytes, type StoredEntry } from '../entry.ts'
import { createLink, type LinkOptions } from '../postgres/link.ts'
import { entryOf, type Row, rowOf } from '../postgres/row.ts'
import {
  deleteEntries,
  deleteRow,
  releaseLease,
  selectEntries,
  selectKeys,
  sweepEntries,
  sweepLeases,
  takeLease,
  upsertEntries,
} from '../postgres/statements.ts'
import { isTierFailure, type Lease, type SharedTier, type TierState } from './tier.ts'

export interface PostgresTierOptions {
  readonly database: DatabaseConnection
  /** No call takes longer, but for writes of large bodies; 500 when absent. */
  readonly deadlineMs?: number
  /** Bodies above this are neither written nor read; 16 MB when absent. */
  readonly maxBodyBytes?: number
  /** How often what is over is removed; each minute when absent. */
  readonly sweepMs?: number
  /** Told of every operation at its end: how long it took, and how it ended. */
  readonly observe?: (operation: Operation, ms: number, outcome: Outcome) => void
  /** Told when the server begins or ends to be used. */
  readonly onChange?: (state: TierState) => void
  /** Waits and clock of the breaker, for tests. */
  readonly breaker?: LinkOptions['breaker']
}

export interface PostgresTier extends SharedTier {
  readonly id: 'postgres'
  counters(): RedisCounters
  /** Removes entries and leases that are over. It goes by itself too. @returns how many entries @throws {TierFailure} */
  sweep(): Promise<number>
}

const MAX_BODY_BYTES = 16_000_000

/** Writes get 1 ms more for so many bytes; large JSON was measured at 10,000. */
const BYTES_PER_MS = 4000

const SWEPT_AT_ONCE = 500

/**
 * Makes the tier, on connections of its own. It never waits for a server that is away: then
 * {@link SharedTier.isAvailable} is false.
 *
 * jsonb keeps neither the order of keys nor the text of numbers: a JSON body comes back equal in value, not in bytes.
 *
 * @example
 * const tier = createPostgresTier({ database })
 */
export function createPostgresTier(options: PostgresTierOptions): PostgresTier {
  const { deadlineMs = 500, maxBodyBytes = MAX_BODY_BYTES, sweepMs = 60_000 } = options
  const { database, breaker, onChange, observe = () => undefined } = options
  const link = createLink({ database, deadlineMs, breaker, onChange })
  const { counters, counted } = createCounting(observe)

  function dropCorrupt(row: Row): void {
    counters.corrupt++
    counted('delete', () => link.run((sql) => deleteRow(sql, row))).catch(() => undefined)
  }

  function read(row: Row): StoredEntry | null {
    counters.bytesRead += row.head.length + (row.value?.length ?? 0) + (row.bytes?.byteLength ?? 0)
    const entry = entryOf(row)
    if (entry === null) dropCorrupt(row)
    return entry === null || entry.meta.keptUntil <= Date.now() ? null : entry
  }

  async function getMany(keys: readonly string[]): Promise<Array<StoredEntry | null>> {
    const rows = await link.run((sql) => selectEntries(sql, keys, maxBodyBytes))
    const found = new Map(rows.map((row) => [row.key, read(row)]))
    return keys.map((key) => found.get(key) ?? null)
  }

  async function setMany(entries: readonly StoredEntry[]): Promise<void> {
    const now = Date.now()
    let bytes = 0
    const rows = new Map<string, ReturnType<typeof rowOf>>()
    for (const entry of entries) {
      if (entry.meta.keptUntil <= now) continue
      const size = bodyBytes(entry)
      if (size > maxBodyBytes) {
        counters.tooLarge++
        continue
      }
      bytes += size
      rows.set(entry.key, rowOf(entry, size))
    }
    if (rows.size === 0) return
    const ms = deadlineMs + bytes / BYTES_PER_MS
    await link.run((sql) => upsertEntries(sql, [...rows.values()]), { ms })
    counters.bytesWritten += bytes
  }

  async function acquire(key: string, ms: number): Promise<Lease | null> {
    const holder = crypto.randomUUID()
    const release = (): Promise<unknown> => link.run((sql) => releaseLease(sql, key, holder))
    const taken = await link.run((sql) => takeLease(sql, key, holder, ms), {
      // Taken after nobody waited for it any more: without this, nobody could load until it is over.
      late: (answer) => {
        if (answer?.value) release().catch(() => undefined)
      },
    })
    if (!taken) return null
    return {
      async release() {
        await counted('release', release).catch((error: unknown) => {
          // It ends by itself.
          if (!isTierFailure(error)) throw error
        })
      },
    }
  }

  async function sweep(): Promise<number> {
    let swept = 0
    for (let some = SWEPT_AT_ONCE; some === SWEPT_AT_ONCE; swept += some) {
      some = await link.run((sql) => sweepEntries(sql, Date.now(), SWEPT_AT_ONCE))
    }
    await link.run((sql) => sweepLeases(sql, SWEPT_AT_ONCE))
    return swept
  }
  // What fails is counted by the link, and tried again the next time.
  const sweeping = setInterval(() => sweep().catch(() => undefined), sweepMs * (0.9 + Math.random() / 5))

  return {
    id: 'postgres',
    state: link.state,
    isAvailable: link.isAvailable,
    counters: () => counters,
    getMany: async (keys) => (keys.length === 0 ? [] : counted('get', () => getMany(keys))),
    async setMany(entries) {
      if (entries.length > 0) await counted('set', () => setMany(entries))
    },
    deleteMany: async (keys) =>
      keys.length === 0 ? 0 : counted('delete', () => link.run((sql) => deleteEntries(sql, keys))),
    scan: (prefix, cursor, limit) =>
      counted('scan', async () => {
        const page = { prefix, after: cursor ?? '', limit, now: Date.now() }
        const keys = await link.run((sql) => selectKeys(sql, page))
        return { keys, cursor: keys.length < limit ? null : (keys.at(-1) ?? null) }
      }),
    acquire: (key, ms) => counted('acquire', () => acquire(key, ms)),
    sweep,
    async close() {
      clearInterval(sweeping)
      link.close()
    },
  }
}
