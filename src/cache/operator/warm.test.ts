import { describe, expect, test } from 'bun:test'
import pino from 'pino'
import { createWarmings, type Warming } from './warm.ts'

const silent = pino({ level: 'silent' })

describe('warming', () => {
  const warming = (rest: Partial<Warming<number>> & { name: string }): Warming<number> => ({
    summary: rest.name,
    priority: 1,
    concurrency: 2,
    items: async () => [1, 2, 3, 4, 5],
    load: async () => undefined,
    ...rest,
  })

  async function run(warmings: readonly Warming<number>[], request = {}) {
    const warm = createWarmings(silent, Date.now)
    warm.add('test', warmings as readonly Warming[])
    const started = warm.start(request)
    await warm.settled()
    return { warm, started, ended: warm.state() }
  }

  test('goes by priority, no more at once than is declared, and counts', async () => {
    const order: string[] = []
    let running = 0
    let most = 0
    const load = (name: string) => async (item: number) => {
      most = Math.max(most, ++running)
      await Bun.sleep(1)
      running--
      order.push(`${name}${item}`)
    }
    const { started, ended } = await run([
      warming({ name: 'later', priority: 2, concurrency: 1, load: load('later') }),
      warming({ name: 'first', priority: 1, concurrency: 3, load: load('first') }),
    ])
    expect(started).toMatchObject({ running: true, finishedAt: null })
    expect(most).toBe(3)
    expect(order.slice(0, 5).every((each) => each.startsWith('first'))).toBe(true)
    expect(order.slice(5)).toEqual(['later1', 'later2', 'later3', 'later4', 'later5'])
    expect(
      ended.steps.map(({ name, state, total, done, failed }) => [name, state, total, done, failed]),
    ).toEqual([
      ['test.first', 'done', 5, 5, 0],
      ['test.later', 'done', 5, 5, 0],
    ])
  })

  test('goes on where an item, or a whole warming, fails', async () => {
    const { ended } = await run([
      warming({
        name: 'lost',
        items: () => Promise.reject(new Error('no')),
      }),
      warming({
        name: 'odd',
        load: async (item) => {
          if (item % 2 === 1) throw new Error('odd')
        },
      }),
    ])
    expect(ended.steps.map(({ state, done, failed }) => [state, done, failed])).toEqual([
      ['failed', 0, 0],
      ['done', 2, 3],
    ])
  })

  test('of one value runs on demand alone', async () => {
    const asked: Array<string | null> = []
    const about = warming({
      name: 'patient',
      about: 'patientCode',
      items: async (value) => {
        asked.push(value)
        return []
      },
    })
    expect((await run([about])).ended.steps).toEqual([])
    await run([about], { name: 'test.patient', about: 'P001' })
    expect(asked).toEqual(['P001'])
    const { warm } = await run([about, warming({ name: 'all' })])
    for (const request of [
      { name: 'test.patient' },
      { name: 'test.nothing' },
      { name: 'test.all', about: 'x' },
      { about: 'x' },
    ]) {
      expect(() => warm.start(request)).toThrow(/about|no warming|say which/)
    }
  })

  test('ends when the server stops', async () => {
    const warm = createWarmings(silent, Date.now)
    let loads = 0
    warm.add('test', [
      warming({
        name: 'endless',
        items: async () => Array.from({ length: 1000 }, (_, i) => i),
        load: async () => {
          loads++
          await Bun.sleep(2)
        },
      }) as Warming,
    ])
    warm.start({})
    await Bun.sleep(10)
    await warm.stop()
    expect(warm.state()).toMatchObject({ running: false, steps: [{ state: 'ended' }] })
    expect(loads).toBeLessThan(500)
  })

  test('keeps no server from stopping', async () => {
    const warm = createWarmings(silent, Date.now)
    warm.add('test', [warming({ name: 'deaf', load: () => new Promise(() => undefined) }) as Warming])
    warm.start({})
    await Bun.sleep(5)
    const begun = performance.now()
    await warm.stop()
    expect(warm.state()).toMatchObject({ running: false, steps: [{ state: 'ended', total: 5, done: 0 }] })
    expect(performance.now() - begun).toBeLessThan(100)
  })

  test('of a plugin that leaves ends alone, and is there no more', async () => {
    const warm = createWarmings(silent, Date.now)
    const deaf = warming({ name: 'deaf', load: () => new Promise(() => undefined) })
    const remove = warm.add('gone', [deaf as Warming])
    warm.add('stays', [warming({ name: 'quick', priority: 2 }) as Warming])
    warm.start({})
    await Bun.sleep(5)
    remove()
    await warm.settled()
    expect(warm.state().steps.map(({ name, state }) => [name, state])).toEqual([
      ['gone.deaf', 'ended'],
      ['stays.quick', 'done'],
    ])
    expect(warm.list().map(({ name }) => name)).toEqual(['stays.quick'])
    expect(() => warm.start({ name: 'gone.deaf' })).toThrow('there is no warming')
  })

  test('of a plugin that comes while others are warmed begins after them', async () => {
    const warm = createWarmings(silent, Date.now)
    const order: string[] = []
    const traced = (name: string) =>
      warming({
        name,
        concurrency: 1,
        items: async () => [1, 2],
        load: async () => {
          await Bun.sleep(2)
          order.push(name)
        },
      }) as Warming
    warm.add('first', [traced('first')])
    warm.start({})
    warm.add('second', [traced('second')])
    warm.add('third', [traced('third')])
    await Promise.all([warm.startOf('second'), warm.startOf('third'), warm.startOf('nobody')])
    await warm.settled()
    await warm.settled()
    expect(order).toEqual(['first', 'first', 'second', 'second', 'third', 'third'])
  })
})
