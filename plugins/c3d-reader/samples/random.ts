/** Seeded random numbers: the same seed gives the same numbers, on every run. */

/** mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for test signals. Values in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** White Gaussian noise of variance 1. Box & Muller (1958), Ann Math Stat 29:610, one of its two values. */
export function whiteNoise(seed: number, length: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from(
    { length },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  )
}
