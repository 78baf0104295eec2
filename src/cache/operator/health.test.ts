/** Each figure against its threshold, and what is logged of it. */
import { describe, expect, test } from 'bun:test'
import { createFakeTier, createNode } from '../fixtures.ts'
import { createLocalInvalidation, type Invalidation } from '../invalidation/invalidation.ts'
import type { CacheSystem } from '../system.ts'
import { type CacheHealth, judgeHealth } from './health.ts'
import { createMonitor } from './monitor.ts'
import type { Sample } from './samples.ts'

const sample = (rest: Partial<Sample> & { at: number }): Sample => ({
  reads: 0,
  served: 0,
  memoryBytes: 0,
  tiers: {},
  ...rest,
})

const checkOf = ({ checks }: CacheHealth, id: string) => checks.find((check) => check.id === id)

describe('health', () => {
  const redis = createFakeTier('redis')
  const node = createNode({ tiers: { redis }, phase: 'redis-only' })
  const judge = (samples: readonly Sample[], now: Sample, system: CacheSystem = node) =>
    judgeHealth(system, samples, now)

  test('judges nothing by too little', () => {
    const health = judge([sample({ at: 0 })], sample({ at: 10_000, reads: 100 }))
    expect(health.status).toBe('ok')
    for (const id of ['hitRate', 'connectionFailures:redis', 'latency:redis']) {
      expect(checkOf(health, id)).toMatchObject({ status: 'unknown', value: null })
      expect(checkOf(health, id)?.reason).toMatch(/too few/)
    }
  })

  test.each([
    [701, 'ok'],
    [700, 'ok'],
    [699, 'warning'],
  ])('of %i hits in 1000 reads is %s', (served, status) => {
    const health = judge([sample({ at: 0 })], sample({ at: 10_000, reads: 1000, served }))
    expect(health.status).toBe(status as CacheHealth['status'])
    expect(checkOf(health, 'hitRate')).toMatchObject({ status, value: served / 1000, threshold: 0.7 })
  })

  test('looks at the last minutes, not at all there ever was', () => {
    const samples = [
      sample({ at: 0 }),
      sample({ at: 1_000_000, reads: 100_000, served: 99_000 }),
      sample({ at: 1_400_000, reads: 100_500, served: 99_000 }),
    ]
    const health = judge(samples, sample({ at: 1_400_000, reads: 100_500, served: 99_000 }))
    expect(checkOf(health, 'hitRate')).toMatchObject({ status: 'warning', value: 0 })
  })

  test.each([
    [10, 'ok'],
    [11, 'warning'],
  ])('of %i failures in 1000 calls is %s', (failures, status) => {
    const tiers = (calls: number, failed: number) => ({
      redis: { calls, failures: failed, timed: 0, timedMs: 0 },
    })
    const health = judge(
      [sample({ at: 0, tiers: tiers(50, 50) })],
      sample({ at: 10_000, tiers: tiers(1050, 50 + failures) }),
    )
    expect(checkOf(health, 'connectionFailures:redis')).toMatchObject({ status, value: failures / 1000 })
  })

  test.each([
    [1.5, 'ok'],
    [1.6, 'warning'],
  ])('with a latency of %f times the usual is %s', (factor, status) => {
    const tiers = (timed: number, timedMs: number) => ({ redis: { calls: 0, failures: 0, timed, timedMs } })
    // One bad moment among the usual 2 ms is no baseline.
    const usual = Array.from({ length: 40 }, (_, i) =>
      sample({ at: i * 10_000, tiers: tiers(100 * (i + 1), 200 * (i + 1) + (i >= 5 ? 5000 : 0)) }),
    )
    const now = sample({ at: 39 * 10_000 + 300_000, tiers: tiers(4100, 8000 + 5000 + 200 * factor) })
    const check = checkOf(judge(usual, now), 'latency:redis')
    expect(check?.status).toBe(status as 'ok')
    expect(check?.value).toBeCloseTo(factor, 9)
  })

  test('warns of a memory that is nearly full', () => {
    const small = createNode({ memoryBytes: 10_000 })
    const meta = {
      createdAt: 0,
      freshUntil: 1e15,
      keptUntil: 1e15,
      versions: {},
      inputs: null,
      negative: false,
    }
    const put = (key: string) =>
      small.memory.set(key, { value: 0, text: null, meta, bytes: 800, namespace: 'test', checkedAt: 0 })
    put('a')
    const each = small.memory.bytes
    const most = Math.floor((0.8 * 10_000) / each)
    for (let i = 1; i < most; i++) put(String(i))
    expect(judge([], sample({ at: 0 }), small).status).toBe('ok')
    put('h')
    const health = judge([], sample({ at: 0 }), small)
    expect(health.status).toBe('warning')
    expect(checkOf(health, 'memory')?.reason).toBe(
      'memory is at 94 % of its bound; what was used least goes first',
    )
  })

  test('is degraded while a tier is left alone, or invalidations are not heard', () => {
    redis.broken = true
    const health = judge([], sample({ at: 0 }))
    redis.broken = false
    expect(health.status).toBe('degraded')
    expect(checkOf(health, 'tier:redis')).toMatchObject({ status: 'failing' })
    const deaf: Invalidation = { ...createLocalInvalidation(), isTrusted: () => false }
    expect(judge([], sample({ at: 0 }), createNode({ invalidation: deaf })).status).toBe('degraded')
  })
})

describe('the monitor', () => {
  function watched() {
    const lines: string[] = []
    const push = (_: unknown, text: string) => void lines.push(text)
    const watch = createMonitor({ info: push, warn: push } as unknown as Parameters<typeof createMonitor>[0])
    const see = (status: 'ok' | 'warning' | 'unknown') =>
      watch({
        status: 'ok',
        checks: [{ id: 'memory', status, value: 1, threshold: 0.8, reason: 'memory is full' }],
      })
    return { lines, see }
  }

  test('logs a change once, when it has lasted', () => {
    const { lines, see } = watched()
    for (const status of ['ok', 'ok', 'warning', 'ok', 'warning', 'warning', 'warning', 'unknown'] as const) {
      see(status)
    }
    expect(lines).toEqual(['cache: memory is full'])
    for (let i = 0; i < 5; i++) see('ok')
    expect(lines).toEqual(['cache: memory is full', 'cache: memory is well again'])
  })
})
