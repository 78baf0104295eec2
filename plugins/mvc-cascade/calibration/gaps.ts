/** Samples that hold no signal, and the bridges over them that a filter needs. */

/** A value that stays the same for this long is a dropout. */
export const DROPOUT_MS = 20

/** 1 where a sample is no number, or stands in a run of one value of 20 ms or more; null where none does. */
export function gapMask(x: Float64Array, rate: number): Uint8Array | null {
  const shortest = Math.max(2, Math.ceil((DROPOUT_MS / 1000) * rate))
  const mask = new Uint8Array(x.length)
  let any = false
  for (let start = 0, i = 0; i < x.length; i++) {
    const value = x[i] as number
    if (i > 0 && value !== x[i - 1]) start = i
    const length = i - start + 1
    if (!Number.isFinite(value)) mask[i] = 1
    else if (length === shortest) mask.fill(1, start, i + 1)
    else if (length > shortest) mask[i] = 1
    any ||= mask[i] === 1
  }
  return any ? mask : null
}

/** Straight lines across the gaps; at both ends the nearest sample stays. Nothing but gaps gives zeros. */
export function bridge(x: Float64Array, mask: Uint8Array | null): Float64Array {
  if (!mask) return x
  const bridged = x.slice()
  let before = -1
  for (let i = 0; i <= x.length; i++) {
    if (i < x.length && mask[i]) continue
    // The gap is before + 1 to i - 1.
    const from = x[before] ?? x[i] ?? 0
    const to = x[i] ?? from
    for (let j = before + 1; j < i; j++) bridged[j] = from + ((to - from) * (j - before)) / (i - before)
    before = i
  }
  return bridged
}
