import { describe, expect, test } from 'bun:test'
import { createBlame } from './blame.ts'
import { TaskTimeout } from './errors.ts'
import { attributed, isPluginFault, PluginFault } from './fault.ts'
import { createInlineWorkers } from './inline.ts'
import { fromProc, fromPs } from './memory.ts'

const caught = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}
const fail = (message: string) => (): never => {
  throw new RangeError(message)
}

describe('attributed', () => {
  test('answers what the work answers', async () => {
    expect(attributed('a', () => 1)).toBe(1)
    expect(await attributed('a', async () => 2)).toBe(2)
  })

  test('makes a fault of what is thrown, now or later', async () => {
    const now = caught(() => attributed('a', fail('no luck')))
    const later = await attributed('a', async () => fail('no luck')()).catch((error: unknown) => error)
    for (const error of [now, later]) {
      expect(error).toBeInstanceOf(PluginFault)
      expect(error).toMatchObject({ plugin: 'a', reason: 'its code failed: no luck' })
      expect((error as Error).cause).toBeInstanceOf(RangeError)
    }
  })

  test('leaves the innermost to blame', () => {
    const error = caught(() => attributed('outer', () => attributed('inner', fail('no luck'))))
    expect(error).toMatchObject({ plugin: 'inner' })
  })

  test('throws what is an answer as it is', async () => {
    const isAnswer = (error: unknown) => error instanceof RangeError
    expect(caught(() => attributed('a', fail('unreadable'), isAnswer))).toBeInstanceOf(RangeError)
    const later = attributed('a', async () => fail('unreadable')(), isAnswer)
    expect(await later.catch((error: unknown) => error)).toBeInstanceOf(RangeError)
  })

  test('costs less than a microsecond', () => {
    const work = () => 1
    for (let i = 0; i < 1e5; i++) attributed('a', work)
    const begun = performance.now()
    for (let i = 0; i < 1e5; i++) attributed('a', work)
    expect((performance.now() - begun) / 1e5).toBeLessThan(1e-3)
  })
})

test('a fault is known by its mark', () => {
  const copy = Object.assign(new Error('x'), { [Symbol.for('myoserve:plugin-fault')]: true })
  expect([isPluginFault(copy), isPluginFault(new Error('x')), isPluginFault(null)]).toEqual([
    true,
    false,
    false,
  ])
})

describe('blame', () => {
  const blame = () => createBlame((mark) => mark & 0xff)
  const calls = (...marks: number[]) => ({ calls: marks, pending: 0 })

  test('needs one call to go on, not calls that follow each other', () => {
    const one = blame()
    for (let i = 0; i < 100; i++) one.observe(calls((i << 8) | 1), 25, 0)
    expect(one.overdue(1000)).toBeUndefined()
    for (let i = 0; i < 41; i++) one.observe(calls(0x70001), 25, 0)
    expect(one.overdue(1000)).toBe(0x70001)
  })

  test('is of the nested call that took the most time by itself', () => {
    const one = blame()
    for (let i = 0; i < 30; i++) one.observe(calls(1), 25, 0)
    for (let i = 0; i < 20; i++) one.observe(calls(1, 2), 25, 0)
    expect(one.overdue(1000)).toBe(1)
    for (let i = 0; i < 40; i++) one.observe(calls(1, 2), 25, 0)
    expect(one.overdue(1000)).toBe(2)
  })

  test('waits a little longer for a call behind a promise, which the worker gives up by itself', () => {
    const one = blame()
    for (let i = 0; i < 50; i++) one.observe({ calls: [1], pending: 1 }, 25, 0)
    expect(one.overdue(1000)).toBeUndefined()
    for (let i = 0; i < 20; i++) one.observe({ calls: [1], pending: 1 }, 25, 0)
    expect(one.overdue(1000)).toBe(1)
  })

  test('for memory is of the plugin under which it grew the most, whoever runs at the end', () => {
    const one = blame()
    one.observe(calls(1), 25, 700)
    one.observe(calls((1 << 8) | 2), 25, 200)
    one.observe(calls((2 << 8) | 2), 25, 200)
    one.observe(calls(2), 25, -1000)
    expect(one.grower() & 0xff).toBe(1)
    one.observe(calls(), 25, 800)
    expect(one.grower()).toBe(0)
  })
})

test.skipIf(process.platform !== 'linux')('memory is read alike from /proc and by ps', async () => {
  const [a, b] = [await fromProc(process.pid), await fromPs(process.pid)]
  expect(a).toBeGreaterThan(2 ** 24)
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThan(2 ** 25)
  const child = Bun.spawn(['true'])
  await child.exited
  expect([await fromProc(child.pid), await fromPs(child.pid)]).toEqual([undefined, undefined])
})

describe('tasks without workers', () => {
  const workers = createInlineWorkers((plugin) =>
    plugin === 'a'
      ? {
          echo: (input) => input,
          ask: (input, { ask }) => ask(input),
          wait: (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)),
          fail: fail('no luck'),
          function: () => () => 1,
        }
      : undefined,
  ).of('a')

  test('clone what goes in and out', async () => {
    const input = { samples: Float64Array.of(1, 2) }
    const answer = await workers.run<typeof input>('echo', input)
    expect(answer).toEqual(input)
    expect(answer.samples.buffer).not.toBe(input.samples.buffer)
    expect(workers.run('function', 1)).rejects.toThrow(/cloned/)
    expect(await workers.run<number>('ask', 20, { answer: (n) => (n as number) + 1 })).toBe(21)
    expect(workers.run('ask', 20)).rejects.toThrow(/nobody answers/)
  })

  test('fail as they do in workers', async () => {
    expect(await workers.run('fail', 1).catch((error: Error) => error.name)).toBe('RangeError')
    expect(workers.run('nothing', 1)).rejects.toThrow('there is no task a.nothing')
    expect(workers.run('wait', 1, { timeoutMs: 20 })).rejects.toBeInstanceOf(TaskTimeout)
    expect(workers.run('wait', 1, { signal: AbortSignal.timeout(20) })).rejects.toThrow(/timed out/)
  })
})
