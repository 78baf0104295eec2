/** Latencies in buckets that grow by a quarter of an octave: percentiles within 19 %, in little memory. */

const PER_OCTAVE = 4
/** From 0.1 µs to about 13 minutes. */
const LEAST_MS = 1e-4
const BUCKETS = 132

export interface Histogram {
  add(ms: number): void
  /** Upper edge of the bucket that holds this share, 0 to 1, in ms; null where nothing was added. */
  percentile(share: number): number | null
  readonly count: number
  readonly sumMs: number
}

export function createHistogram(): Histogram {
  const buckets = new Uint32Array(BUCKETS)
  let count = 0
  let sumMs = 0
  return {
    add(ms) {
      const place = Math.ceil(PER_OCTAVE * Math.log2(Math.max(ms, LEAST_MS) / LEAST_MS))
      const bucket = Math.min(BUCKETS - 1, place)
      buckets[bucket] = (buckets[bucket] as number) + 1
      count++
      sumMs += ms
    },
    percentile(share) {
      if (count === 0) return null
      let left = Math.max(1, Math.ceil(share * count))
      for (let i = 0; i < BUCKETS; i++) {
        left -= buckets[i] as number
        if (left <= 0) return LEAST_MS * 2 ** (i / PER_OCTAVE)
      }
      return LEAST_MS * 2 ** ((BUCKETS - 1) / PER_OCTAVE)
    },
    get count() {
      return count
    },
    get sumMs() {
      return sumMs
    },
  }
}
