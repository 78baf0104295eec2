import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { namespace } from '../../cache/namespace.ts'
import { definePlugin } from '../define.ts'
import { createTestClock } from './test-clock.ts'
import { startTestHost } from './test-host.ts'

describe('createTestClock', () => {
  test('stands until it is moved, and never goes back', () => {
    const clock = createTestClock(1000)
    expect(clock.now()).toBe(1000)
    clock.advance(5)
    expect(clock.now()).toBe(1005)
    expect(() => clock.advance(-1)).toThrow(RangeError)
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError)
  })

  test('runs what is due, each at its time, in order, those that are set on the way too', () => {
    const clock = createTestClock(0)
    const ran: string[] = []
    const note = (name: string) => () => void ran.push(`${name} at ${clock.now()}`)
    clock.after(30, note('late'))
    clock.after(10, () => {
      note('early')()
      clock.after(5, note('between'))
    })
    const cancel = clock.after(12, note('never'))
    clock.after(31, note('not yet'))
    cancel()
    clock.advance(30)
    expect(ran).toEqual(['early at 10', 'between at 15', 'late at 30'])
    expect(clock.now()).toBe(30)
  })
})

describe('the clock of a test host', () => {
  const forecast = definePlugin({
    name: 'forecast',
    version: '1.0.0',
    host: '^1',
    summary: 'For a test',
    caches: {
      sky: namespace({ key: 'sky:{place}', ttl: '1h', grace: '1h', deadline: '10s', schema: v.number() }),
    },
    setup: ({ caches, clock }) => ({
      sky: (load: () => number | Promise<number>) => caches.sky.getOrLoad({ place: 'Ulm' }, load),
      clock,
    }),
  })

  test('is the one of plugins and of their cache: fresh, stale, gone', async () => {
    await using host = await startTestHost([], { plugins: [forecast] })
    const { sky, clock } = host.service(forecast)
    let loads = 0
    const load = () => ++loads
    expect((await sky(load)).value).toBe(1)
    host.clock.advance(50 * 60_000)
    expect(await sky(load)).toMatchObject({ status: 'HIT', value: 1 })
    host.clock.advance(30 * 60_000)
    expect(await sky(load)).toMatchObject({ status: 'STALE', value: 1 })
    await Bun.sleep(0)
    expect(await sky(load)).toMatchObject({ status: 'HIT', value: 2 })
    host.clock.advance(3 * 3600_000)
    expect(await sky(load)).toMatchObject({ status: 'MISS', value: 3 })
    expect(clock.now()).toBe(host.clock.now())
  })

  test('ends a load that takes too long, and no real time does', async () => {
    await using host = await startTestHost([], { plugins: [forecast] })
    const waiting = host.service(forecast).sky(() => new Promise<number>(() => {}))
    await Bun.sleep(0)
    host.clock.advance(10_001)
    await expect(waiting).rejects.toThrow('loading took longer than 10000 ms')
  })
})
