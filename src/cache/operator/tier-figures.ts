/** What a shared tier counts, and what its server says of itself, where it does. */
import { isTierFailure, type SharedTier } from '../tiers/tier.ts'

/** Counts of a tier since it was made. */
export interface TierCounts {
  readonly operations: Readonly<
    Record<string, { readonly calls: number; readonly failures: Readonly<Record<string, number>> }>
  >
  /** Of entries as they are stored. */
  readonly bytesRead: number
  readonly bytesWritten: number
  /** Entries that were removed because they could not be read. */
  readonly corrupt: number
  /** Entries that another release of the program wrote, each time that they were read. */
  readonly otherVersion: number
}

/** Figures by name, as the server gives them. */
export type ServerFigures = Readonly<Record<string, string | number | null>>

type Counting = SharedTier & { counters(): TierCounts }
type Informative = SharedTier & { info(): Promise<ServerFigures> }

const counts = (tier: SharedTier): tier is Counting =>
  typeof (tier as Partial<Counting>).counters === 'function'
const informs = (tier: SharedTier): tier is Informative =>
  typeof (tier as Partial<Informative>).info === 'function'

/** Null for a tier that does not count. */
export const countsOf = (tier: SharedTier): TierCounts | null => (counts(tier) ? tier.counters() : null)

/** Null for a tier that says nothing of its server, or whose server does not answer now. */
export async function figuresOf(tier: SharedTier): Promise<ServerFigures | null> {
  if (!informs(tier)) return null
  return tier.info().catch((error: unknown) => {
    if (!isTierFailure(error)) throw error
    return null
  })
}

/** Calls that were made, and how many of them failed; one that was not made since the breaker is open is neither. */
export function reliabilityOf({ operations }: TierCounts): {
  readonly calls: number
  readonly failures: number
} {
  let calls = 0
  let failures = 0
  for (const each of Object.values(operations)) {
    const { open = 0, ...failed } = each.failures
    calls += each.calls - open
    failures += Object.values(failed).reduce((sum, count) => sum + count, 0)
  }
  return { calls, failures }
}
