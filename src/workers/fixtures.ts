/** A program for tests of workers: run by itself it is a worker, or the parent of one. */
import { Problem } from '../http/problem.ts'
import { beginWorker, serveTasks } from './child.ts'
import { attributed } from './fault.ts'
import { marked } from './marked.ts'
import { createWorkerPool, type PoolOptions } from './pool.ts'
import type { TaskRun } from './task.ts'

const forEver = (): never => {
  for (;;);
}
const spin = (ms: number): void => {
  const end = performance.now() + ms
  while (performance.now() < end);
}
const kept: Uint8Array[] = []
/** Takes memory for good, page by page. */
function take(mebibytes: number): number {
  for (let i = 0; i < mebibytes; i += 8) kept.push(new Uint8Array(8 * 2 ** 20).fill(1))
  return kept.length
}
const quarantined = new Map<string, string>()

const TASKS: Readonly<Record<string, TaskRun>> = {
  echo: (input) => input,
  pid: () => process.pid,
  async pidLater(ms) {
    await Bun.sleep(ms as number)
    return process.pid
  },
  wait: (ms) => Bun.sleep(ms as number),
  spin: (ms) => spin(ms as number),
  throw: (message) => {
    throw new TypeError(message as string, { cause: new Error('deep down') })
  },
  problem: () => {
    throw new Problem(422, 'BAD_FILE', 'It cannot be read.', { headers: { 'x-a': 'b' } })
  },
  loop: forEver,
  exit: (code) => process.exit(code as number),
  take: (mebibytes) => take(mebibytes as number),
  function: () => () => 1,
  flood() {
    for (let i = 0; i < 200; i++) process.stdout.write('x'.repeat(2 ** 20))
    return 'done'
  },
  stray() {
    void Promise.reject(new Error('dropped'))
    setTimeout(() => {
      throw new Error('later')
    })
    return Bun.sleep(20)
  },
  ask: async (question, { ask }) => [await ask(question), await ask(question)],
  aborted: (_, { signal }) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve('over'))),
  quarantined: () => [...quarantined],
  throwAs: (plugin) =>
    attributed(plugin as string, () => {
      throw new Error('no luck')
    }),
  loopAs: (plugin) => attributed(plugin as string, forEver),
  takeAs: (plugin) => attributed(plugin as string, () => take(1024)),
  exitAs: (plugin) => attributed(plugin as string, () => process.exit(3)),
  waitAs: (plugin) => attributed(plugin as string, () => new Promise(() => undefined)),
  loopLaterAs: (plugin) => attributed(plugin as string, () => Bun.sleep(10).then(forEver)),
  /** The inner one loops. */
  nested: () => attributed('outer', () => attributed('middle', () => attributed('inner', forEver))),
  /** The inner one is over. */
  afterNested: () =>
    attributed('outer', () => {
      attributed('inner', () => spin(100))
      forEver()
    }),
  /** The outer one calls the inner one again and again. */
  hopping: () =>
    attributed('outer', () => {
      for (;;) attributed('inner', () => spin(1))
    }),
  /** Many calls, each of which is short. */
  many: () => {
    for (let i = 0; i < 40; i++) attributed('busy', () => spin(10))
    return 'done'
  },
  /** One takes the memory, another is there when it runs out. */
  greedy: () => {
    attributed('greedy', () => take(240))
    for (let i = 0; i < 40; i++) attributed('modest', () => spin(take(8) && 20))
  },
}

/** What a test names to have a worker that does not come up, or does so with a plugin. */
const STARTS: Readonly<Record<string, (refused: ReadonlySet<string>) => unknown>> = {
  well: () => undefined,
  never: () => new Promise(() => undefined),
  dies: () => process.exit(7),
  throws: () => {
    throw new Error('no luck')
  },
  loops: (refused) => refused.has('looper') || marked('looper', forEver),
  'loops later': (refused) => refused.has('looper') || marked('looper', () => Bun.sleep(5).then(forEver)),
  exits: (refused) => refused.has('leaver') || marked('leaver', () => process.exit(0)),
}

/** A pool whose workers run this file. @param start a name of {@link STARTS} */
export const testPool = (options: Partial<PoolOptions> = {}, start = 'well') =>
  createWorkerPool({
    command: [process.execPath, import.meta.path, 'worker', start],
    size: 1,
    memoryBytes: 400 * 2 ** 20,
    timeLimitMs: 10_000,
    pluginTimeLimitMs: 250,
    startLimitMs: 10_000,
    ...options,
  })

if (import.meta.main) {
  const [, , role, start = ''] = process.argv
  if (role === 'worker') {
    const { refused } = beginWorker()
    process.on('unhandledRejection', () => undefined)
    process.on('uncaughtException', () => undefined)
    await STARTS[start]?.(new Set(refused.map(({ name }) => name)))
    await serveTasks({
      refused,
      tasks: (plugin) => (plugin === 'test' ? TASKS : undefined),
      quarantine: (name, reason) => quarantined.set(name, reason),
    })
  }
  // The parent of a worker at rest and of one that loops; it is killed.
  const workers = testPool({ size: 2, pluginTimeLimitMs: 60_000, timeLimitMs: 60_000 }).of('test')
  const pids = await Promise.all([workers.run('pidLater', 200), workers.run('pidLater', 200)])
  void workers.run('loop', null)
  await Bun.sleep(50)
  process.stdout.write(`${pids.join(' ')}\n`)
}
