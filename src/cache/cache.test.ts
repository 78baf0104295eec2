import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { createCacheMemory, openCaches } from './cache.ts'
import { namespace } from './namespace.ts'

const open = (maxBytes = 10_000, ttl: '1h' | '20ms' = '1h') =>
  openCaches(createCacheMemory(maxBytes), {
    reports: namespace({ key: 'report:{id}', ttl, schema: v.string() }),
  }).reports

describe('getOrLoad', () => {
  test('loads once, then hits and says so', async () => {
    const reports = open()
    let loads = 0
    const load = () => `report ${++loads}`
    expect(await reports.getOrLoad({ id: '1' }, load)).toMatchObject({
      value: 'report 1',
      status: 'MISS',
      tier: 'loader',
    })
    const hit = await reports.getOrLoad({ id: '1' }, load)
    expect(hit).toMatchObject({ value: 'report 1', status: 'HIT', tier: 'memory' })
    expect(hit.ageMs).toBeGreaterThanOrEqual(0)
    expect(loads).toBe(1)
  })

  test('shares one load among 1,000 concurrent callers', async () => {
    const reports = open()
    let loads = 0
    const load = async () => {
      loads++
      await Bun.sleep(5)
      return 'x'
    }
    const reads = await Promise.all(Array.from({ length: 1000 }, () => reports.getOrLoad({ id: '1' }, load)))
    expect(loads).toBe(1)
    expect(new Set(reads.map((read) => read.value))).toEqual(new Set(['x']))
  })

  test('shares a failure among the callers of its wave, and forgets it', async () => {
    const reports = open()
    let loads = 0
    const fail = async () => {
      loads++
      await Bun.sleep(2)
      throw new Error('no')
    }
    const wave = await Promise.allSettled([1, 2, 3].map(() => reports.getOrLoad({ id: '1' }, fail)))
    expect(wave.map((each) => each.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(loads).toBe(1)
    expect((await reports.getOrLoad({ id: '1' }, () => 'fine')).value).toBe('fine')
  })

  test('loads again when the lifetime is over', async () => {
    const reports = open(10_000, '20ms')
    await reports.getOrLoad({ id: '1' }, () => 'old')
    await Bun.sleep(40)
    expect((await reports.getOrLoad({ id: '1' }, () => 'new')).value).toBe('new')
  })

  test('keeps the bytes within the bound', async () => {
    const memory = createCacheMemory(1000)
    const { reports } = openCaches(memory, {
      reports: namespace({ key: 'report:{id}', ttl: '1h', schema: v.string() }),
    })
    for (let i = 0; i < 50; i++) await reports.getOrLoad({ id: String(i) }, () => 'x'.repeat(100))
    expect(memory.entries.calculatedSize).toBeLessThanOrEqual(1000)
    expect(memory.entries.size).toBe(9)
  })
})

describe('delete', () => {
  test('forgets an entry', async () => {
    const reports = open()
    await reports.getOrLoad({ id: '1' }, () => 'old')
    reports.delete({ id: '1' })
    expect((await reports.getOrLoad({ id: '1' }, () => 'new')).value).toBe('new')
  })

  test('keeps a load that was under way from writing', async () => {
    const reports = open()
    const gate = Promise.withResolvers<string>()
    const slow = reports.getOrLoad({ id: '1' }, () => gate.promise)
    await Bun.sleep(1)
    reports.delete({ id: '1' })
    gate.resolve('stale')
    expect((await slow).value).toBe('stale')
    expect((await reports.getOrLoad({ id: '1' }, () => 'new')).value).toBe('new')
  })
})
