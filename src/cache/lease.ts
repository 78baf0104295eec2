/** The right to load a key alone among all nodes, with a bounded wait for the one that has it. */
import { isTierFailure, type Lease, type SharedTier } from './tiers/tier.ts'

/** A node that has the lease and does not come back gives it up by itself after so long. */
const LEASE_MS = 10_000

const FIRST_WAIT_MS = 10
const LONGEST_WAIT_MS = 100

export interface LeaseOutcome<Found> {
  /** What another node has loaded meanwhile; then there is nothing to load. */
  readonly filled: Found | null
  release(): Promise<void>
}

const nothing = async (): Promise<void> => undefined

async function acquire(tier: SharedTier, key: string): Promise<Lease | null | 'failed'> {
  try {
    return await tier.acquire(key, LEASE_MS)
  } catch (error) {
    if (!isTierFailure(error)) throw error
    return 'failed'
  }
}

/**
 * Becomes the one to load, or waits for the value of the one that is. A tier that fails is no reason to wait: then
 * this node loads too. So is a wait that gets too long.
 *
 * @param tiers the first one that answers gives the lease; none: every process loads for itself
 * @param options.filled looks whether the value is there by now
 */
export async function leaseFor<Found>(
  key: string,
  tiers: readonly SharedTier[],
  options: { readonly waitMs: number; filled(): Promise<Found | null> },
): Promise<LeaseOutcome<Found>> {
  const end = performance.now() + options.waitMs
  for (const tier of tiers) {
    for (let wait = FIRST_WAIT_MS; performance.now() < end; wait = Math.min(LONGEST_WAIT_MS, wait * 1.5)) {
      const lease = await acquire(tier, key)
      if (lease === 'failed') break
      if (lease) {
        // It may have been filled between the look and the lease.
        const filled = wait > FIRST_WAIT_MS ? await options.filled() : null
        if (!filled) return { filled: null, release: () => lease.release().catch(() => undefined) }
        await lease.release().catch(() => undefined)
        return { filled, release: nothing }
      }
      await Bun.sleep(wait * (0.75 + Math.random() / 2))
      const filled = await options.filled()
      if (filled) return { filled, release: nothing }
    }
  }
  return { filled: null, release: nothing }
}
