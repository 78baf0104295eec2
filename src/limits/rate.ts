/** How many requests somebody has made lately: counted here at once, and together with other nodes where there is Redis. */
import { LRUCache } from 'lru-cache'

/** Counts that nodes share. */
export interface SharedCounts {
  /** Whether it is worth asking now. */
  isAvailable(): boolean
  /**
   * Adds to the count of a window, and gives all that was counted in it and in the one before.
   *
   * @throws where it does not answer within its deadline
   */
  add(
    key: string,
    window: number,
    by: number,
  ): Promise<{ readonly current: number; readonly previous: number }>
}

/** Where somebody stands after a request. */
export interface RateState {
  readonly allowed: boolean
  readonly limit: number
  /** Requests that are left now. */
  readonly remaining: number
  /** Until when no more is left to wait, s: until the next request is allowed, or until all of them are. */
  readonly resetS: number
}

export interface RateLimiter {
  /** Counts a request, unless it is refused. Never rejects. */
  take(key: string): Promise<RateState>
}

/** Beyond that many somebodies the one that was not seen for longest is forgotten: memory stays bounded. */
const MOST_KEYS = 50_000

/** Nodes ask each other from this part of the limit on; below it they tell each other in the background. */
const NEAR = 0.5

interface Count {
  window: number
  current: number
  previous: number
  /** Counted here, not told yet. */
  untold: number
  telling: boolean
  /** Whether it is known what other nodes have counted in this window. */
  heard: boolean
}

export interface RateOptions {
  readonly limit: number
  readonly windowMs: number
  readonly shared?: SharedCounts | undefined
  /** ms since 1970; another one in tests. */
  readonly now?: () => number
}

/**
 * A sliding window made of two fixed ones: of the former, the part counts that the window still covers.
 *
 * @see https://blog.cloudflare.com/counting-things-a-lot-of-different-things/
 */
export function createRateLimiter({ limit, windowMs, shared, now = Date.now }: RateOptions): RateLimiter {
  const counts = new LRUCache<string, Count>({ max: MOST_KEYS })

  const roll = (count: Count, window: number): void => {
    if (count.window === window) return
    count.previous = count.window === window - 1 ? count.current : 0
    count.current = 0
    count.untold = 0
    count.heard = false
    count.window = window
  }
  const countOf = (key: string, window: number): Count => {
    let count = counts.get(key)
    if (!count) {
      count = { window, current: 0, previous: 0, untold: 0, telling: false, heard: false }
      counts.set(key, count)
    }
    roll(count, window)
    return count
  }
  const used = ({ current, previous }: Count, at: number): number =>
    current + previous * (1 - (at % windowMs) / windowMs)

  /** When one more is allowed, by what is known now. */
  const waitMs = (count: Count, at: number): number => {
    const left = windowMs - (at % windowMs)
    const room = limit - 1 - count.current
    if (room >= 0)
      return Math.max(0, left - (count.previous === 0 ? left : (room / count.previous) * windowMs))
    return left + windowMs * (1 - Math.max(0, limit - 1) / count.current)
  }
  const stateOf = (count: Count, at: number, allowed: boolean): RateState => ({
    allowed,
    limit,
    remaining: allowed ? Math.max(0, Math.floor(limit - used(count, at))) : 0,
    resetS: Math.max(1, Math.ceil((allowed ? windowMs - (at % windowMs) : waitMs(count, at)) / 1000)),
  })

  /** Tells what was counted here, and hears of the others; gives the place of the last of ours among all. */
  const tell = async (key: string, count: Count, by: number): Promise<number> => {
    const { window } = count
    const heard = await (shared as SharedCounts).add(key, window, by)
    if (count.window === window) {
      count.current = Math.max(count.current, heard.current + count.untold)
      count.previous = Math.max(count.previous, heard.previous)
      count.heard = true
    }
    return heard.current
  }
  const tellLater = (key: string, count: Count): void => {
    if (count.telling || count.untold === 0) return
    const by = count.untold
    count.untold = 0
    count.telling = true
    tell(key, count, by)
      .then(
        () => true,
        () => false,
      )
      .then((told) => {
        count.telling = false
        if (told) tellLater(key, count)
      })
  }

  return {
    async take(key) {
      const at = now()
      const count = countOf(key, Math.floor(at / windowMs))
      if (used(count, at) + 1 > limit) return stateOf(count, at, false)
      count.current++
      if (!shared?.isAvailable()) return stateOf(count, at, true)
      if (count.heard && used(count, at) < limit * NEAR) {
        count.untold++
        tellLater(key, count)
        return stateOf(count, at, true)
      }
      const by = count.untold + 1
      count.untold = 0
      try {
        const place = await tell(key, count, by)
        const before = used({ ...count, current: place }, at)
        return stateOf(count, at, before <= limit)
      } catch {
        return stateOf(count, at, true)
      }
    },
  }
}
