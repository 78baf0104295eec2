/** The Redis tier: entries as bytes, read by MGET, written by pipelined SETs, leased by SET NX. */
import { decodeEntries, encodeEntry, isOfOtherVersion, MAX_BODY_BYTES } from '../codec/codec.ts'
import { createCounting, type Operation, type Outcome, type RedisCounters } from '../counters.ts'
import { allOrFailure } from '../deadline.ts'
import { bodyBytes, type StoredEntry } from '../entry.ts'
import {
  DEFAULT_DEADLINE_MS,
  openTopology,
  type RedisOptions,
  type TopologyEvents,
} from '../redis/connect.ts'
import { parseInfo, type RedisInfo, sumInfo } from '../redis/info.ts'
import { readPage } from '../redis/scan.ts'
import { type Command, Redirect } from '../redis/server.ts'
import type { KeyGroup } from '../redis/topology.ts'
import { isTierFailure, type Lease, type SharedTier, TierFailure, type TierState } from './tier.ts'

export interface RedisTierOptions extends RedisOptions {
  /** Bodies above this are neither written nor read; {@link MAX_BODY_BYTES} when absent. */
  readonly maxBodyBytes?: number
  /** Told of every operation at its end: how long it took, and how it ended. */
  readonly observe?: (operation: Operation, ms: number, outcome: Outcome) => void
  /** Told when a server begins or ends to be used. */
  readonly onChange?: (state: TierState) => void
  /** Waits and clock of the breaker, for tests. */
  readonly breaker?: TopologyEvents['breaker']
}

export interface RedisTier extends SharedTier {
  readonly id: 'redis'
  /** What the server says of itself; sums over a Cluster. @throws {TierFailure} */
  info(): Promise<RedisInfo>
  counters(): RedisCounters
}

/** Behind the key of an entry: its lease. No key has this character, since segments are percent-encoded. */
export const LEASE_SUFFIX = '#lease'

/** Releases a lease only for the one that has it. */
const RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

/** A write on its way. */
interface Write {
  readonly key: string
  readonly bytes: number
  readonly command: Command
}

/** What one call writes, so that its deadline suffices: a part ends with the entry that reaches either. */
const PART_ENTRIES = 500
const PART_BYTES = 2 ** 20

const isOk = (reply: unknown): boolean => String(reply) === 'OK'

/**
 * Makes the tier. It never waits for Redis: while it is away, {@link SharedTier.isAvailable} is false.
 *
 * @throws {RangeError} when the URL is malformed
 * @example
 * const tier = createRedisTier({ url: 'redis://127.0.0.1:6379' })
 */
export function createRedisTier(options: RedisTierOptions): RedisTier {
  const {
    maxBodyBytes = MAX_BODY_BYTES,
    deadlineMs = DEFAULT_DEADLINE_MS,
    observe = () => undefined,
  } = options
  const topology = openTopology(options, {
    onChange: () => options.onChange?.(state()),
    breaker: options.breaker,
  })
  const { counters, counted, failedInPart } = createCounting(observe)
  const until = (): number => performance.now() + deadlineMs

  const callAll = async (
    slot: number,
    commands: readonly Command[],
    late?: (replies: readonly unknown[]) => void,
  ): Promise<readonly unknown[]> => {
    try {
      return await topology.call(slot, commands, { until: until(), ...(late && { late }) })
    } catch (error) {
      // A second redirect in a row: the Cluster is being rearranged.
      if (error instanceof Redirect) throw new TierFailure('redis', 'offline', `Redis: ${error.message}`)
      throw error
    }
  }
  const call = async (slot: number, command: Command, late?: (reply: unknown) => void): Promise<unknown> =>
    (await callAll(slot, [command], late && (([reply]) => late(reply))))[0]

  function state(): TierState {
    const servers = [...topology.servers().values()]
    const states = servers.map((server) => server.state())
    const failures = servers.flatMap((server) => server.lastFailure() ?? [])
    const isWhole = topology.isKnown() && states.every((each) => each === 'closed')
    return {
      id: 'redis',
      breaker: isWhole ? 'closed' : states.every((each) => each === 'open') ? 'open' : 'half-open',
      lastFailure: failures.reduce<TierState['lastFailure']>(
        (last, each) => (last === null || each.at > last.at ? each : last),
        null,
      ),
    }
  }

  function dropCorrupt(key: string): void {
    counters.corrupt++
    counted('delete', () => call(topology.slot(key), ['UNLINK', key])).catch(() => undefined)
  }

  async function getGroup(slot: number, keys: readonly string[]): Promise<Array<StoredEntry | null>> {
    const replies = await call(slot, ['MGET', ...keys])
    if (!Array.isArray(replies)) throw new TypeError('MGET gave something else')
    const encoded = replies.map((reply: unknown) => (Buffer.isBuffer(reply) ? reply : null))
    const entries = decodeEntries(keys, encoded, maxBodyBytes)
    const now = Date.now()
    for (let i = 0; i < keys.length; i++) {
      const bytes = encoded[i]
      if (!bytes) continue
      counters.bytesRead += bytes.byteLength
      const entry = entries[i]
      if (!entry && isOfOtherVersion(bytes)) counters.otherVersion++
      else if (!entry) dropCorrupt(keys[i] as string)
      else if (entry.meta.keptUntil <= now) entries[i] = null
    }
    return entries
  }

  async function getMany(keys: readonly string[]): Promise<Array<StoredEntry | null>> {
    const groups = topology.groups(keys)
    // One server has them all, in their order.
    if (groups.length === 1) return getGroup((groups[0] as KeyGroup).slot, keys)
    const found: Array<StoredEntry | null> = keys.map(() => null)
    const settled = await Promise.allSettled(
      groups.map(async ({ slot, indexes }) => {
        const entries = await getGroup(
          slot,
          indexes.map((i) => keys[i] as string),
        )
        for (let i = 0; i < indexes.length; i++) found[indexes[i] as number] = entries[i] ?? null
      }),
    )
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    const whole = failures.length === groups.length
    for (const failure of failures) {
      // A part of a Cluster is better than nothing: what could not be asked for is taken as not there.
      if (whole || !isTierFailure(failure)) throw failure
      failedInPart('get', failure)
    }
    return found
  }

  /** Null for what need not or may not be written. */
  function encode(entry: StoredEntry): Write | null {
    const ms = Math.floor(entry.meta.keptUntil - Date.now())
    if (ms <= 0) return null
    if (bodyBytes(entry) > maxBodyBytes) {
      counters.tooLarge++
      return null
    }
    const bytes = encodeEntry(entry)
    counters.bytesWritten += bytes.byteLength
    return { key: entry.key, bytes: bytes.byteLength, command: ['SET', entry.key, bytes, 'PX', String(ms)] }
  }

  async function setMany(entries: readonly StoredEntry[]): Promise<void> {
    let next = 0
    while (next < entries.length) {
      // All of a part before its call: a deadline is not for our own work.
      const writes: Write[] = []
      for (
        let bytes = 0;
        next < entries.length && writes.length < PART_ENTRIES && bytes < PART_BYTES;
        next++
      ) {
        const write = encode(entries[next] as StoredEntry)
        if (write === null) continue
        writes.push(write)
        bytes += write.bytes
      }
      await writePart(writes)
    }
  }

  async function writePart(writes: readonly Write[]): Promise<void> {
    const groups = topology.groups(writes.map(({ key }) => key))
    await allOrFailure(
      groups.map(({ slot, indexes }) =>
        callAll(
          slot,
          indexes.map((i) => (writes[i] as Write).command),
        ),
      ),
    )
  }

  async function deleteMany(keys: readonly string[]): Promise<number> {
    const counts = await allOrFailure(
      topology
        .groups(keys)
        .map(({ slot, indexes }) => call(slot, ['UNLINK', ...indexes.map((i) => keys[i] as string)])),
    )
    return counts.reduce<number>((sum, count) => sum + Number(count), 0)
  }

  async function acquire(key: string, ms: number): Promise<Lease | null> {
    const leaseKey = key + LEASE_SUFFIX
    const slot = topology.slot(leaseKey)
    const token = crypto.randomUUID()
    const release = (): Promise<unknown> => call(slot, ['EVAL', RELEASE, '1', leaseKey, token])
    const reply = await call(slot, ['SET', leaseKey, token, 'NX', 'PX', String(ms)], (late) => {
      // Given after nobody waited for it any more: without this, nobody could load until it is over.
      if (isOk(late)) release().catch(() => undefined)
    })
    if (!isOk(reply)) return null
    return {
      async release() {
        await counted('release', release).catch((error: unknown) => {
          // It ends by itself.
          if (!isTierFailure(error)) throw error
        })
      },
    }
  }

  async function info(): Promise<RedisInfo> {
    const servers = [...topology.servers().values()]
    const parts = await allOrFailure(servers.map((server) => server.call([['INFO']], { until: until() })))
    return sumInfo(parts.map(([text]) => parseInfo(String(text))))
  }

  return {
    id: 'redis',
    state,
    isAvailable: () => [...topology.servers().values()].some((server) => server.isAvailable()),
    counters: () => counters,
    getMany: async (keys) => (keys.length === 0 ? [] : counted('get', () => getMany(keys))),
    async setMany(entries) {
      if (entries.length > 0) await counted('set', () => setMany(entries))
    },
    deleteMany: async (keys) => (keys.length === 0 ? 0 : counted('delete', () => deleteMany(keys))),
    scan: (prefix, cursor, limit) =>
      counted('scan', async () => {
        const page = await readPage(topology, { prefix, cursor, limit }, deadlineMs)
        return { ...page, keys: page.keys.filter((key) => !key.endsWith(LEASE_SUFFIX)) }
      }),
    acquire: (key, ms) => counted('acquire', () => acquire(key, ms)),
    info: () => counted('info', info),
    close: async () => topology.close(),
  }
}
