import { describe, expect, test } from 'bun:test'
import { createRateLimiter, type RateLimiter, type SharedCounts } from './rate.ts'

const WINDOW = 60_000
/** Half a minute into a minute. */
const START = 1_000_000 * WINDOW + 30_000

/** Counts as Redis has them, that can be away, or answer late. */
function createCounts() {
  const counts = new Map<string, number>()
  const state = { available: true, fails: false, asked: 0 }
  const shared: SharedCounts = {
    isAvailable: () => state.available,
    async add(key, window, by) {
      state.asked++
      await Bun.sleep(1)
      if (state.fails) throw new Error('Redis is away')
      const current = (counts.get(`${key} ${window}`) ?? 0) + by
      counts.set(`${key} ${window}`, current)
      return { current, previous: counts.get(`${key} ${window - 1}`) ?? 0 }
    },
  }
  return { shared, state }
}

const allowedOf = async (limiter: RateLimiter, times: number, key = 'a'): Promise<number> => {
  let allowed = 0
  for (let i = 0; i < times; i++) allowed += (await limiter.take(key)).allowed ? 1 : 0
  return allowed
}

describe('on one node', () => {
  test('as many as the limit are allowed, each key for itself, and the next is told how long to wait', async () => {
    const limiter = createRateLimiter({ limit: 5, windowMs: WINDOW, now: () => START })
    expect(await allowedOf(limiter, 4)).toBe(4)
    expect(await limiter.take('a')).toEqual({ allowed: true, limit: 5, remaining: 0, resetS: 30 })
    expect(await limiter.take('a')).toMatchObject({ allowed: false, remaining: 0, resetS: 42 })
    expect(await allowedOf(limiter, 9, 'b')).toBe(5)
  })

  test('whoever waits as long as told is allowed, and not a second before', async () => {
    let now = START
    const limiter = createRateLimiter({ limit: 5, windowMs: WINDOW, now: () => now })
    await allowedOf(limiter, 5)
    const { resetS } = await limiter.take('a')
    now = START + (resetS - 1) * 1000
    expect(await allowedOf(limiter, 3)).toBe(0)
    now = START + resetS * 1000
    expect(await allowedOf(limiter, 3)).toBe(1)
    const again = (await limiter.take('a')).resetS
    now += again * 1000
    expect(await allowedOf(limiter, 3)).toBe(1)
  })

  test('no window of a minute has more than the limit and what it covers of the minute before', async () => {
    let now = START
    const limiter = createRateLimiter({ limit: 60, windowMs: WINDOW, now: () => now })
    const times: number[] = []
    for (; now < START + 5 * WINDOW; now += 100) if ((await limiter.take('a')).allowed) times.push(now)
    // The estimate takes the requests of a past minute to be spread evenly over it.
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + WINDOW).length),
    )
    expect(most).toBeLessThanOrEqual(90)
    expect(times.length).toBeGreaterThan(240)
    expect(times.length).toBeLessThan(360)
  })

  test('requests that were refused do not count', async () => {
    let now = START
    const limiter = createRateLimiter({ limit: 5, windowMs: WINDOW, now: () => now })
    await allowedOf(limiter, 500)
    now += 2 * WINDOW
    expect(await allowedOf(limiter, 9)).toBe(5)
  })

  test('somebodies without number take bounded memory', async () => {
    const limiter = createRateLimiter({ limit: 1, windowMs: WINDOW, now: () => START })
    for (let i = 0; i < 60_000; i++) await limiter.take(`somebody ${i}`)
    expect((await limiter.take('somebody 59999')).allowed).toBe(false)
    expect((await limiter.take('somebody 0')).allowed).toBe(true)
  })
})

describe('on nodes that share', () => {
  const node = (shared: SharedCounts, limit = 10) =>
    createRateLimiter({ limit, windowMs: WINDOW, shared, now: () => START })

  test('the limit holds for all of them together, to the request', async () => {
    const { shared } = createCounts()
    const [one, other] = [node(shared), node(shared)]
    let allowed = 0
    for (let i = 0; i < 12; i++) allowed += (await allowedOf(one, 1)) + (await allowedOf(other, 1))
    expect(allowed).toBe(10)
  })

  test('also when all come at once', async () => {
    const { shared } = createCounts()
    const nodes = [node(shared), node(shared), node(shared)]
    const states = await Promise.all(
      nodes.flatMap((each) => Array.from({ length: 20 }, () => each.take('a'))),
    )
    expect(states.filter(({ allowed }) => allowed)).toHaveLength(10)
  })

  test('far from the limit nobody waits for the others, and they hear of it all the same', async () => {
    const { shared, state } = createCounts()
    const [one, other] = [node(shared, 1000), node(shared, 1000)]
    await one.take('a')
    const { asked } = state
    const started = performance.now()
    await allowedOf(one, 400)
    expect(performance.now() - started).toBeLessThan(100)
    expect(state.asked - asked).toBeLessThan(20)
    await Bun.sleep(20)
    expect((await other.take('a')).remaining).toBe(1000 - 402)
  })

  test('without the others each counts for itself, and asks again when they are back', async () => {
    const { shared, state } = createCounts()
    const limiter = node(shared)
    state.fails = true
    expect(await allowedOf(limiter, 4)).toBe(4)
    state.available = false
    expect(await allowedOf(limiter, 20)).toBe(6)
    const fresh = node(shared)
    state.available = true
    state.fails = false
    expect(await allowedOf(fresh, 20)).toBe(10)
  })
})
