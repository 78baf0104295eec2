/** Co-contraction of two muscles, from envelopes in one scale. */

/** Envelopes of two muscles, from one moment on, at one rate; the longer is read as far as the shorter goes. */
export interface Envelopes {
  readonly a: Float64Array
  readonly b: Float64Array
  /** Divides a: its MVC, or its peak; above 0. */
  readonly scaleA: number
  /** The same of b. */
  readonly scaleB: number
  /** 1 where a sample is left out of both. */
  readonly masks: ReadonlyArray<Uint8Array | null>
}

/** Takes every sample that counts to one scale, the lower first. @returns how many count */
function accumulate(
  { a, b, scaleA, scaleB, masks }: Envelopes,
  add: (low: number, high: number) => void,
): number {
  const n = Math.min(a.length, b.length)
  let count = 0
  for (let i = 0; i < n; i++) {
    if (masks.some((mask) => mask?.[i])) continue
    // An envelope may undershoot zero at the foot of a steep slope.
    const first = Math.max(0, (a[i] as number) / scaleA)
    const second = Math.max(0, (b[i] as number) / scaleB)
    add(Math.min(first, second), Math.max(first, second))
    count++
  }
  return count
}

/**
 * `2 * sum min(A, B) / sum (A + B) * 100`: the share of both activities that they have in common, 0 to 100.
 *
 * @see Falconer & Winter (1985), Electromyogr Clin Neurophysiol 25:135; Winter (1990)
 * @returns null where neither muscle is active
 */
export function falconerWinter(envelopes: Envelopes): number | null {
  let common = 0
  let both = 0
  accumulate(envelopes, (low, high) => {
    common += low
    both += low + high
  })
  return both > 0 ? (200 * common) / both : null
}

/**
 * Mean of `(low / high) * (low + high)`, in the scale of the envelopes: how much of both, and how even.
 *
 * @see Rudolph, Axe & Snyder-Mackler (2000), Knee Surg Sports Traumatol Arthrosc 8:262
 * @returns null for no samples
 */
export function rudolph(envelopes: Envelopes): number | null {
  let sum = 0
  const count = accumulate(envelopes, (low, high) => {
    if (high > 0) sum += (low / high) * (low + high)
  })
  return count > 0 ? sum / count : null
}
