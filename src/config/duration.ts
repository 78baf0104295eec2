/** Lifetimes as people write them. */

/** `'250ms'`, `'30s'`, `'5min'`, `'2h'`, `'7d'`. */
export type Duration = `${number}${'ms' | 's' | 'min' | 'h' | 'd'}`

const UNIT_MS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const

/**
 * A duration in milliseconds.
 *
 * @throws {RangeError} when it is not a positive number with a unit
 */
export function milliseconds(duration: Duration): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|min|h|d)$/.exec(duration)
  const value = match ? Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS] : 0
  if (!(value > 0)) throw new RangeError(`"${duration}" is no duration such as 30s, 5min or 2h`)
  return value
}
