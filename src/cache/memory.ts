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
  /** Whether it would keep an entry of so many bytes. */
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

/** Beside the value: key, meta and what holds them. */
const OVERHEAD = 300

export function createMemoryTier(maxBytes: number): MemoryTier {
  const largest = Math.max(1, Math.floor(maxBytes * LARGEST_SHARE))
  const entries = new LRUCache<string, MemoryEntry>({
    maxSize: maxBytes,
    maxEntrySize: largest,
    sizeCalculation: ({ bytes }, key) => bytes + key.length + OVERHEAD,
  })
  return {
    get: (key) => entries.get(key),
    peek: (key) => entries.peek(key),
    takes: (bytes) => bytes + OVERHEAD <= largest,
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
