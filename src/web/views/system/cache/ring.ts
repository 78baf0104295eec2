/** Counters as they come by the stream: a bounded row of them, and what happened between two. */

/** Counters of the cache at one moment; they only grow while the server runs. */
export interface Counters {
  /** ms since 1970. */
  readonly at: number
  readonly reads: number
  readonly misses: number
}

/**
 * The row with one more, the newest last, `most` of them. What came before a restart of the server, which begins to count
 * at 0, is dropped: nothing can be said of the time between. So is one that is not newer than the last.
 */
export function appended<T extends Counters>(ring: readonly T[], next: T, most: number): readonly T[] {
  const last = ring.at(-1)
  if (!last) return [next]
  if (next.reads < last.reads || next.misses < last.misses) return [next]
  if (next.at <= last.at) return ring
  return [...ring, next].slice(-most)
}

/** What happened in a span of time. */
export interface Rates {
  readonly reads: number
  /** 0 to 1; null without a read. */
  readonly hitRate: number | null
  readonly readsPerS: number
  readonly spanMs: number
}

/** What happened within `windowMs` before the newest; undefined as long as there is one alone. */
export function ratesOver(ring: readonly Counters[], windowMs: number): Rates | undefined {
  const last = ring.at(-1)
  if (!last) return undefined
  const first = ring.findLast(({ at }) => at <= last.at - windowMs) ?? ring[0]
  if (!first || first === last) return undefined
  const reads = last.reads - first.reads
  const spanMs = last.at - first.at
  return {
    reads,
    hitRate: reads > 0 ? (reads - (last.misses - first.misses)) / reads : null,
    readsPerS: (1000 * reads) / spanMs,
    spanMs,
  }
}
