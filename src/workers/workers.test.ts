import { afterAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isProblem } from '../http/problem.ts'
import { isTaskError, TaskCrash, TaskMemory, TaskTimeout } from './errors.ts'
import { isPluginFault, PluginFault } from './fault.ts'
import { testPool } from './fixtures.ts'
import type { WorkerPool } from './pool.ts'

/** Shared by tests that leave a worker as it was. */
const shared = testPool({ size: 2 })
const { run } = shared.of('test')
afterAll(() => shared[Symbol.asyncDispose]())

const failing = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it did not fail')
}

/** Runs a task in a pool of its own; tells the error, and the faults that were heard of. */
async function broken(task: string, input: unknown = null, options: Parameters<typeof testPool>[0] = {}) {
  await using pool = testPool(options)
  const heard: string[] = []
  pool.onFault((plugin, reason) => heard.push(`${plugin}: ${reason}`))
  const error = await failing(pool.of('test').run(task, input))
  // Whatever has become of the worker, there is another.
  expect(await pool.of('test').run<string>('echo', 'well')).toBe('well')
  return { error, heard, quarantined: await pool.of('test').run('quarantined', null) }
}

describe('a task', () => {
  test.each([
    ['an object', { a: [1, null, 'x'], b: undefined }],
    ['bytes', Uint8Array.of(1, 2, 3)],
    ['a part of bytes', new Uint8Array([1, 2, 3, 4]).subarray(1, 3)],
    ['a map', new Map([[1, new Set(['x'])]])],
    ['a date', new Date(0)],
    ['undefined', undefined],
    ['a big integer', 2n ** 70n],
  ])('is given and answers %s', async (_, value) => {
    expect(await run<unknown>('echo', value)).toEqual(value)
  })

  test('is given and answers every number', async () => {
    const samples = Float64Array.of(1, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324)
    const answer = await run<Float64Array>('echo', samples)
    expect([...answer].every((sample, i) => Object.is(sample, samples[i]))).toBe(true)
  })

  test('is given and answers megabytes', async () => {
    const samples = Float64Array.from({ length: 2 ** 19 }, Math.random)
    expect(await run<unknown>('echo', samples)).toEqual(samples)
  })

  test('fails with what it threw: its name, its message, its cause', async () => {
    const error = await failing(run('throw', 'no luck'))
    expect([error.name, error.message, (error.cause as Error).message]).toEqual([
      'TypeError',
      'no luck',
      'deep down',
    ])
    expect(error.stack).toContain('fixtures.ts')
    expect([isPluginFault(error), isTaskError(error)]).toEqual([false, false])
  })

  test('fails with a problem that answers a request', async () => {
    const error = await failing(run('problem', null))
    if (!isProblem(error)) throw error
    const answer = error.toResponse()
    expect([answer.status, answer.headers.get('x-a')]).toEqual([422, 'b'])
    expect(await answer.json()).toMatchObject({ code: 'BAD_FILE', detail: 'It cannot be read.' })
  })

  test('that answers what cannot be cloned fails, and so does one that is given it', async () => {
    const error = await failing(run('function', null))
    expect(error.message).toBe('what the task answered cannot be sent: The object can not be cloned.')
    expect((await failing(run('echo', () => 1))).message).toBe('The object can not be cloned.')
    expect((await failing(run('echo', new Uint8Array(65 * 2 ** 20)))).message).toMatch(/too many to send/)
  })

  test.each(['nothing', 'constructor', '__proto__'])('that there is not (%s) fails', async (task) => {
    expect((await failing(run(task, null))).message).toBe(`there is no task test.${task}`)
    expect((await failing(shared.of('other').run(task, null))).message).toBe(`there is no task other.${task}`)
  })

  test('asks whoever started it', async () => {
    let asked = 0
    const answer = async (question: unknown) => `${question} ${++asked}`
    expect(await run<unknown>('ask', 'who?', { answer })).toEqual(['who? 1', 'who? 2'])
    const refusing = () => {
      throw new RangeError('not you')
    }
    const error = await failing(run('ask', 'who?', { answer: refusing }))
    expect([error.name, error.message]).toEqual(['RangeError', 'not you'])
    expect((await failing(run('ask', 'who?'))).message).toMatch(/nobody answers/)
  })

  test('may write to standard output what it likes', async () => {
    expect(await run<string>('flood', null)).toBe('done')
  })

  test('may leave errors behind that nobody waits for', async () => {
    await run('stray', null)
    expect(await run<string>('echo', 'well')).toBe('well')
  })

  test('runs a thousand times in a row, by the same workers', async () => {
    const pids = new Set<number>()
    const begun = performance.now()
    for (let i = 0; i < 1000; i++) pids.add(await run<number>('pid', i))
    expect(pids.size).toBe(1)
    expect((performance.now() - begun) / 1000).toBeLessThan(1)
  })

  test('waits where all workers are busy, in the order of asking', async () => {
    await using pool = testPool()
    const order: number[] = []
    const tasks = Array.from({ length: 20 }, async (_, i) => {
      await pool.of('test').run('wait', i % 3)
      order.push(i)
    })
    await Promise.all(tasks)
    expect(order).toEqual(order.map((_, i) => i))
  })
})

describe('a task that nobody waits for', () => {
  test('does not begin', async () => {
    expect(run('echo', 1, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
    const abort = new AbortController()
    const busy = [run('wait', 100), run('wait', 100)]
    const waiting = failing(run('exit', 1, { signal: abort.signal }))
    abort.abort(new Error('no use'))
    expect((await waiting).message).toBe('no use')
    await Promise.all(busy)
  })

  test('hears of it', async () => {
    await using pool = testPool()
    const workers = pool.of('test')
    const pid = await workers.run<number>('pid', null)
    const error = await failing(workers.run('aborted', null, { signal: AbortSignal.timeout(50) }))
    expect(error.name).toBe('TimeoutError')
    expect(await workers.run<number>('pid', null)).toBe(pid)
  })

  test('is ended where it does not obey, and is nobody’s fault', async () => {
    await using pool = testPool({ pluginTimeLimitMs: 30_000 })
    const heard: string[] = []
    pool.onFault((plugin) => heard.push(plugin))
    const workers = pool.of('test')
    const pid = await workers.run<number>('pid', null)
    const begun = performance.now()
    await failing(workers.run('loopAs', 'x', { signal: AbortSignal.timeout(50) }))
    expect(performance.now() - begun).toBeLessThan(500)
    expect(await workers.run<number>('pid', null)).not.toBe(pid)
    expect(heard).toEqual([])
  })
})

describe('a worker is ended by a task', () => {
  test('that does not end', async () => {
    const { error, heard } = await broken('loop', null, { timeLimitMs: 300 })
    expect(error).toBeInstanceOf(TaskTimeout)
    expect(error).toMatchObject({ code: 'TASK_TIMEOUT', message: 'task test.loop did not end within 0.3 s' })
    expect(heard).toEqual([])
  })

  test('that takes too much memory', async () => {
    const { error } = await broken('take', 1024)
    expect(error).toBeInstanceOf(TaskMemory)
    expect(error).toMatchObject({
      code: 'TASK_MEMORY',
      message: 'task test.take took more than 400 MiB of memory',
    })
  })

  test('that exits', async () => {
    const { error, heard } = await broken('exit', 3)
    expect(error).toBeInstanceOf(TaskCrash)
    expect(error).toMatchObject({ code: 'TASK_CRASH', message: 'the worker ended (exit code 3)' })
    expect(heard).toEqual([])
  })

  test('and another task on another worker runs on', async () => {
    await using pool = testPool({ size: 2 })
    const workers = pool.of('test')
    const well = workers.run<string>('many', null)
    const errors = [await failing(workers.run('loopAs', 'x')), await failing(workers.run('exit', 1))]
    expect(errors.map(({ name }) => name)).toEqual(['PluginFault', 'TaskCrash'])
    expect(await well).toBe('done')
  })
})

describe('a worker', () => {
  const isGone = (pid: number): boolean => {
    try {
      // Where nobody takes note of its end it stays as a zombie.
      return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
    } catch {
      return true
    }
  }
  const gone = async (pid: number, withinMs: number): Promise<boolean> => {
    for (const end = performance.now() + withinMs; performance.now() < end; ) {
      if (isGone(pid)) return true
      await Bun.sleep(10)
    }
    return false
  }

  test('that is killed from outside costs the task that it runs, and no plugin', async () => {
    await using pool = testPool()
    const heard: string[] = []
    pool.onFault((plugin) => heard.push(plugin))
    const workers = pool.of('test')
    const pid = await workers.run<number>('pid', null)
    const errors = Promise.all([
      failing(workers.run('loopAs', 'x', { timeoutMs: 5000 })),
      workers.run('echo', 1),
    ])
    await Bun.sleep(50)
    process.kill(pid, 'SIGKILL')
    const [error, one] = await errors
    expect(error).toMatchObject({ code: 'TASK_CRASH', message: 'the worker ended (SIGKILL)' })
    expect(one).toBe(1)
    expect(heard).toEqual([])
  })

  test('that is killed while it rests is replaced', async () => {
    await using pool = testPool()
    pool.warm()
    const workers = pool.of('test')
    const pid = await workers.run<number>('pid', null)
    process.kill(pid, 'SIGKILL')
    expect(await gone(pid, 1000)).toBe(true)
    expect(await workers.run<number>('pid', null)).not.toBe(pid)
  })

  test('that loses memory over many tasks is replaced between two of them', async () => {
    await using pool = testPool()
    const workers = pool.of('test')
    const pids = new Set<number>()
    for (let i = 0; i < 20; i++) {
      await workers.run('take', 32)
      pids.add(await workers.run<number>('pid', null))
      await Bun.sleep(30)
    }
    expect(pids.size).toBeGreaterThan(1)
    expect(pids.size).toBeLessThan(10)
  })

  test.skipIf(process.platform !== 'linux')('ends with its parent, even one that is killed', async () => {
    const parent = Bun.spawn([process.execPath, join(import.meta.dir, 'fixtures.ts'), 'parent'], {
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'inherit',
    })
    const { value } = await parent.stdout.getReader().read()
    const pids = new TextDecoder().decode(value).trim().split(' ').map(Number)
    expect(new Set(pids).size).toBe(2)
    expect(pids.some(isGone)).toBe(false)
    parent.kill('SIGKILL')
    expect(await Promise.all(pids.map((pid) => gone(pid, 2000)))).toEqual([true, true])
  })

  test('is ended with its pool, and so are the tasks', async () => {
    const pool = testPool()
    const workers = pool.of('test')
    const pid = await workers.run<number>('pid', null)
    const errors = Promise.all([failing(workers.run('wait', 60_000)), failing(workers.run('wait', 1))])
    await pool[Symbol.asyncDispose]()
    expect((await errors).map((error) => (error as TaskCrash).code)).toEqual(['TASK_CRASH', 'TASK_CRASH'])
    expect((await failing(workers.run('echo', 1))).message).toBe('the workers were stopped')
    expect(await gone(pid, 1000)).toBe(true)
  })
})

describe('the blame falls on', () => {
  const fault = (plugin: string, reason: string) => ({
    error: { plugin, reason, code: 'PLUGIN_FAULT', message: `plugin ${plugin}: ${reason}` },
    heard: [`${plugin}: ${reason}`],
    quarantined: [[plugin, reason]],
  })
  const SLOW = 'its code did not end within 0.25 s'
  const LARGE = 'its code took more than 400 MiB of memory'

  test.each([
    ['who throws', 'throwAs', 'a', 'its code failed: no luck'],
    ['who does not end', 'loopAs', 'a', SLOW],
    ['who never resolves', 'waitAs', 'a', SLOW],
    ['who does not end behind a promise', 'loopLaterAs', 'a', SLOW],
    ['who takes too much memory', 'takeAs', 'a', LARGE],
    ['who ends the process', 'exitAs', 'a', 'its code ended its process (exit code 3)'],
    ['the innermost', 'nested', 'inner', SLOW],
    ['the outer one when the inner one is over', 'afterNested', 'outer', SLOW],
    ['the outer one that calls the inner one again and again', 'hopping', 'outer', SLOW],
    ['who took the memory, not who ran when there was no more', 'greedy', 'greedy', LARGE],
  ])('%s', async (_, task, plugin, reason) => {
    // Memory takes its time.
    const seen = await broken(task, plugin, reason === LARGE ? { pluginTimeLimitMs: 5000 } : {})
    expect(seen).toMatchObject(fault(plugin, reason))
    expect(seen.error).toBeInstanceOf(PluginFault)
    expect(isPluginFault(seen.error)).toBe(true)
  })

  test('nobody whose calls are many and short', async () => {
    expect(await run<string>('many', null)).toBe('done')
  })
})

describe('a worker that does not come up', () => {
  const startOf = (start: string, startLimitMs = 500): WorkerPool => testPool({ startLimitMs }, start)

  test.each([
    ['as it waits', 'never', 'TASK_TIMEOUT', /^a worker’s start did not end within 0\.5 s$/],
    ['as it exits', 'dies', 'TASK_CRASH', /^the worker ended \(exit code 7\)$/],
  ])(
    '%s fails the tasks that wait for it, and the next task tries again',
    async (_, start, code, message) => {
      await using pool = startOf(start)
      const workers = pool.of('test')
      const errors = await Promise.all([1, 2, 3].map((i) => failing(workers.run('echo', i))))
      for (const error of [...errors, await failing(workers.run('echo', 1))]) {
        expect(error.message).toMatch(message)
        expect(error).toMatchObject({ code })
      }
    },
  )

  test('as there is no such program', async () => {
    await using pool = testPool({ command: ['/nowhere/myoserve'] })
    const error = await failing(pool.of('test').run('echo', 1))
    expect(error.message).toMatch(/^no worker can be started: /)
    expect(error).toBeInstanceOf(TaskCrash)
  })

  test.each([
    ['loops', 'looper', /^its code did not end within 0\.25 s$/],
    ['loops later', 'looper', /^its code did not end within 0\.25 s$/],
    ['exits', 'leaver', /^its code ended its process \(exit code 0\)$/],
  ])('for a plugin that %s comes up without it', async (start, plugin, reason) => {
    await using pool = startOf(start, 10_000)
    const heard: string[] = []
    pool.onFault((name) => heard.push(name))
    expect(await pool.tryOut()).toEqual([{ name: plugin, reason: expect.stringMatching(reason) }])
    expect(new Set(heard)).toEqual(new Set([plugin]))
    expect(await pool.of('test').run<string>('echo', 'well')).toBe('well')
    expect(await pool.tryOut()).toMatchObject([{ name: plugin }])
    // Its next self is what was tried out: whoever changes it hears of that, and nobody sets the one at work aside.
    heard.length = 0
    expect(await pool.tryOut([plugin])).toMatchObject([{ name: plugin }])
    expect(heard).toEqual([])
  })
})

test('a pool starts no worker before it is needed, and tries plugins out with the one it keeps', async () => {
  await using pool = testPool({ command: ['/nowhere/myoserve'] })
  expect(pool.of('test')).toBeDefined()
  await using tried = testPool({ size: 1 })
  expect(await tried.tryOut()).toEqual([])
  const pid = await tried.of('test').run<number>('pid', null)
  expect(await tried.tryOut()).toEqual([])
  expect(await tried.of('test').run<number>('pid', null)).not.toBe(pid)
})

test('a worker that starts later knows who is quarantined', async () => {
  await using pool = testPool({ size: 1 })
  const workers = pool.of('test')
  await workers.run('echo', 1)
  pool.quarantine('a', 'it is bad')
  expect(await workers.run<unknown>('quarantined', null)).toEqual([['a', 'it is bad']])
  await failing(workers.run('exit', 0))
  expect(await workers.run<unknown>('quarantined', null)).toEqual([['a', 'it is bad']])
})
