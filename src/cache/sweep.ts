/** Removes every entry of every namespace from the tiers that nodes share, of whatever generation. */
import type { CacheSystem } from './system.ts'
import type { SharedTier, TierId } from './tiers/tier.ts'
import { isTierFailure } from './tiers/tier.ts'

/** Keys of one step. */
const STEP = 500

/** Before every key of an entry stands the number of its generation; other keys have none. */
const PREFIX = 'myoserve:'
const ENTRY = /^myoserve:\d+:/

const IDS: readonly TierId[] = ['postgres', 'redis']

async function sweepTier(tier: SharedTier): Promise<void> {
  let cursor: string | null = null
  do {
    const page = await tier.scan(PREFIX, cursor, STEP)
    const keys = page.keys.filter((key) => ENTRY.test(key))
    if (keys.length > 0) await tier.deleteMany(keys)
    cursor = page.cursor
  } while (cursor !== null)
}

/**
 * For those who must know that something is nowhere any more: to have nobody get it, a bump of its tag is enough.
 *
 * @returns tiers that did not answer, and may hold what they held
 */
export async function sweepCache(system: CacheSystem): Promise<TierId[]> {
  const unreachable: TierId[] = []
  system.memory.deleteWhere(() => true)
  for (const id of IDS) {
    const tier = system.tier(id)
    if (!tier) continue
    try {
      await sweepTier(tier)
    } catch (error) {
      if (!isTierFailure(error)) throw error
      unreachable.push(id)
    }
  }
  return unreachable
}
