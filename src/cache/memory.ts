/** The memory tier: values as they are, bounded in bytes. */
import { LRUCache } from 'lru-cache'
import type { EntryMeta } from './entry.ts'

export interface MemoryEntry {
  /** Frozen, as soon as {@link text} is null. */
  value: unknown
  /** JSON of a value that nobody has asked memory for yet: it is made, and frozen, when somebody does. */
  text: string | null
  readonly meta: EntryMeta
  /** What the value takes as JSON, or as bytes. */
  readonly bytes: number
  readonly namespace: string
  /** The count of bumps at which the versions were last found in force: no bump since, nothing to check. */
  checkedAt: number
}

/** Above this, one entry would throw out too many others: a share of all. */
const LARGEST_SHARE = 0.25

export interface MemoryTier {
  get(key: string): MemoryEntry | undefined
  /** The same, which counts as no use. */
  peek(key: string): MemoryEntry | undefined
  /** Whether it may keep an entry of so many bytes of JSON. */
  takes(bytes: number): boolean
  set(key: string, entry: MemoryEntry): void
  delete(key: string): void
  /** @returns how many keys it matched */
  deleteWhere(matches: (key: string, entry: MemoryEntry) => boolean): number
  clear(): void
  keys(): IterableIterator<string>
  readonly bytes: number
  readonly maxBytes: number
  readonly count: number
}

/*
 * What an entry takes, as fitted to the growth of a process that holds many of 0.2, 1.5 and 20 kB, with tags and without
 * (`held` in bench/cache): the bound is about memory, and JSON is shorter than what it says takes.
 */
/** Beside the value: meta and what holds it. */
const OVERHEAD = 840
/** For each byte of JSON, once it is objects. Bytes as they are take what they are. */
const PER_JSON_BYTE = 1.3
/** For each tag that names something of the entry: its text, and a place in versions of a shape of their own. */
const PER_TAG = 400
/** Tags whose texts all entries of a namespace share: its generation, its shape, the own key. */
const SHARED_TAGS = 3

let lastVersions: EntryMeta['versions'] = {}
let lastTags = 0

/** Entries of a batch mostly share their versions: they are counted once. */
function tagsOf({ versions }: EntryMeta): number {
  if (versions === lastVersions) return lastTags
  let count = -SHARED_TAGS
  for (const _ in versions) count++
  lastVersions = versions
  lastTags = Math.max(0, count)
  return lastTags
}

const sizeOf = ({ bytes, value, meta }: MemoryEntry, key: string): number =>
  OVERHEAD +
  key.length +
  Math.ceil(value instanceof Uint8Array ? bytes : bytes * PER_JSON_BYTE) +
  tagsOf(meta) * PER_TAG

export function createMemoryTier(maxBytes: number): MemoryTier {
  const largest = Math.max(1, Math.floor(maxBytes * LARGEST_SHARE))
  const entries = new LRUCache<string, MemoryEntry>({
    maxSize: maxBytes,
    maxEntrySize: largest,
    sizeCalculation: sizeOf,
  })
  return {
    get: (key) => entries.get(key),
    peek: (key) => entries.peek(key),
    takes: (bytes) => bytes * PER_JSON_BYTE + OVERHEAD <= largest,
    // Without a lifetime here: who reads looks at the entry's own, and a second clock costs as much as the look-up.
    set: (key, entry) => void entries.set(key, entry),
    delete: (key) => void entries.delete(key),
    deleteWhere(matches) {
      let count = 0
      for (const [key, entry] of [...entries.entries()]) {
        if (matches(key, entry)) {
          entries.delete(key)
          count++
        }
      }
      return count
    },
    clear: () => entries.clear(),
    keys: () => entries.keys(),
    get bytes() {
      return entries.calculatedSize
    },
    maxBytes,
    get count() {
      return entries.size
    },
  }
}
