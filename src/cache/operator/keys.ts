/** Keys by prefix, page by page: of memory first, then of each shared tier. Never values. */
import type { TierName } from '../statistics.ts'
import type { CacheSystem } from '../system.ts'
import { isTierFailure, type KeyPage, type SharedTier, type TierId } from '../tiers/tier.ts'
import { createLocator, mayBegin, tiersInUse, wirePrefix } from './spaces.ts'

/** One key, with what is known of its entry. */
export interface KeyItem {
  /** Below prefix and generation; personal parameters are hashes. */
  readonly key: string
  readonly namespace: string
  readonly tier: TierName
}

/** A page of keys. */
export interface KeyListing {
  /** A key stands here once for each tier that holds it. */
  readonly items: readonly KeyItem[]
  /** For the next page; null with the last one. A page may be short or empty and yet not be the last. */
  readonly nextCursor: string | null
  /** Tiers that did not answer; their keys are missing. */
  readonly unreachable: readonly TierId[]
}

/** Which keys are to be listed. */
export interface KeyQuery {
  readonly prefix: string
  readonly cursor: string | null
  readonly limit: number
}

/** So many steps of a tier a page, even where none of them finds a key. */
const MOST_SCANS = 20

/** Where a listing goes on: a place, and where in it. */
interface Position {
  readonly place: number
  /** Names the place, so that a cursor of another listing is told. */
  readonly name: string
  readonly at: string | null
}

interface Place {
  readonly name: string
  readonly tier: TierName
  /** A page of its keys on the wire. */
  read(at: string | null, limit: number): KeyPage | Promise<KeyPage>
}

function placesOf(system: CacheSystem, prefix: string): Place[] {
  const spaces = system.namespaces().filter(({ space }) => mayBegin(space.key, prefix))
  const prefixes = [...new Set(spaces.map(({ name }) => wirePrefix(system, name)))].toSorted()
  const wire = prefixes.map((each) => each + prefix)
  const ofTier = (tier: SharedTier): Place[] =>
    wire.map((each) => ({
      name: `${tier.id} ${each}`,
      tier: tier.id,
      read: (at, limit) => tier.scan(each, at, limit),
    }))
  const memory: Place = {
    name: 'memory',
    tier: 'memory',
    read: (at, limit) => fromMemory(system, wire, at, limit),
  }
  return [memory, ...tiersInUse(system).flatMap(ofTier)]
}

const encode = ({ place, name, at }: Position): string =>
  Buffer.from(JSON.stringify([place, name, at])).toString('base64url')

/** @throws {RangeError} for what no listing of these places gave */
function decode(cursor: string, places: readonly Place[]): Position {
  try {
    const [place, name, at] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (
      typeof place === 'number' &&
      places[place]?.name === name &&
      (at === null || typeof at === 'string')
    ) {
      return { place, name: name as string, at: at as string | null }
    }
  } catch {
    // Said below.
  }
  throw new RangeError('this is no cursor of this listing, or what it listed was invalidated meanwhile')
}

/**
 * The next keys of memory in order, so that a page goes on where the one before ended, whatever came and went. No more
 * than a few pages are sorted at once: memory may hold many.
 */
function fromMemory(
  system: CacheSystem,
  prefixes: readonly string[],
  after: string | null,
  limit: number,
): KeyPage {
  const most = limit + 1
  let first: string[] = []
  for (const key of system.memory.keys()) {
    if ((after !== null && key <= after) || !prefixes.some((prefix) => key.startsWith(prefix))) continue
    first.push(key)
    if (first.length >= 8 * most) first = first.sort().slice(0, most)
  }
  const keys = first.sort().slice(0, limit)
  return { keys, cursor: first.length > limit ? (keys.at(-1) ?? null) : null }
}

/**
 * One page of the keys that begin with a prefix.
 *
 * @throws {RangeError} for a cursor that no page of this listing gave
 */
export async function listKeys(system: CacheSystem, query: KeyQuery): Promise<KeyListing> {
  const { prefix, limit } = query
  const places = placesOf(system, prefix)
  const locate = createLocator(system, system.namespaces())
  const items: KeyItem[] = []
  const unreachable = new Set<TierId>()
  let { place, at }: Pick<Position, 'place' | 'at'> =
    query.cursor === null ? { place: 0, at: null } : decode(query.cursor, places)
  for (let scans = 0; scans < MOST_SCANS && place < places.length && items.length < limit; scans++) {
    const { tier, read } = places[place] as Place
    try {
      const page = await read(at, limit - items.length)
      for (const wireKey of page.keys) {
        const located = locate(wireKey)
        if (!located?.key.startsWith(prefix)) continue
        items.push({ key: located.key, namespace: located.space.name, tier })
      }
      at = page.cursor
    } catch (error) {
      if (!isTierFailure(error)) throw error
      unreachable.add(error.tier)
      at = null
    }
    if (at === null) place++
  }
  const next = places[place]
  return {
    items,
    nextCursor: next ? encode({ place, name: next.name, at }) : null,
    unreachable: [...unreachable],
  }
}
