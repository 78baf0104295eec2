/** The workers of a process: tasks wait for them in a row, and what breaks them is known to all. */
import { messageOf } from '../exit.ts'
import type { Logger } from '../observe/log.ts'
import { TaskCrash } from './errors.ts'
import { isPluginFault } from './fault.ts'
import { type Call, isUnbegun, startWorker, type WorkerLimits, type WorkerProcess } from './process.ts'
import type { Quarantined } from './protocol.ts'
import type { TaskOptions, Workers } from './task.ts'
import { encode } from './wire.ts'

export interface PoolOptions extends WorkerLimits {
  /** Starts the program as a worker. */
  readonly command: readonly string[]
  /** How many workers there may be. */
  readonly size: number
  /** Longest that a task may run where it names no limit of its own. */
  readonly timeLimitMs: number
  /** Whether they have no external plugins but those that they are told to examine. */
  readonly alone?: boolean
  /** What they shall take for the content of the configuration file. */
  readonly settings?: () => Readonly<Record<string, unknown>>
  readonly log?: Logger
}

export interface WorkerPool extends AsyncDisposable {
  /** Runs the tasks of one plugin. */
  of(plugin: string): Workers
  /** Starts a worker where there is none, so that the first task need not wait for it. */
  warm(): void
  /**
   * Tries the plugins folder as it is: starts a worker on it, and retires those that know an older one.
   *
   * @param pardoned plugins that are tried again whatever was said of them
   * @returns the external plugins that cannot be set up, and why; no other process should try. Those that listen for
   *   faults hear of them too, but for those that are pardoned: whoever changes them knows when
   * @throws {TaskCrash} {@link TaskTimeout} {@link TaskMemory} where no worker comes up, and no plugin is to blame
   */
  tryOut(pardoned?: readonly string[]): Promise<readonly Quarantined[]>
  /** Has every worker, now and from now on, take a plugin for quarantined. */
  quarantine(plugin: string, reason: string): void
  /**
   * Is told of every plugin that is at fault or cannot be set up in a worker, again and again.
   *
   * @returns a function that ends that
   */
  onFault(listener: (plugin: string, reason: string) => unknown): () => void
  /** Ends all workers; tasks that wait or run are rejected. */
  [Symbol.asyncDispose](): Promise<void>
}

/** A task that waits for a worker. */
interface Job {
  readonly call: Call
  resolve(value: unknown): void
  reject(error: unknown): void
  /** Whether it waits again: the worker that should have run it has ended before. */
  again?: boolean
}

/** A worker of the pool. */
interface Member {
  readonly process: WorkerProcess
  state: 'starting' | 'idle' | 'busy'
  /** Knows plugins that are not those of today: it takes no more tasks. */
  retired: boolean
  /** The task that it runs. */
  job?: Job
}

/** How long a task that nobody waits for may go on before its worker is ended. */
const ABORT_GRACE_MS = 1000

/** A worker that rests with more than this share of its limit has lost memory. */
const LEAK_SHARE = 0.5

/** Makes a pool. No worker is started before it is needed. */
export function createWorkerPool(options: PoolOptions): WorkerPool {
  const { command, size, timeLimitMs, log } = options
  const members = new Set<Member>()
  const queue: Job[] = []
  const refused = new Map<string, string>()
  const quarantined = new Map<string, string>()
  const listeners = new Set<(plugin: string, reason: string) => unknown>()
  /** Whether there shall be a worker when nothing is to be done. */
  let warmed = false
  let closed = false

  const listOf = (names: ReadonlyMap<string, string>): Quarantined[] =>
    Array.from(names, ([name, reason]) => ({ name, reason }))

  function quarantine(plugin: string, reason: string): void {
    if (quarantined.has(plugin)) return
    quarantined.set(plugin, reason)
    for (const { process } of members) process.quarantine(plugin, reason)
  }

  function tell(plugin: string, reason: string): void {
    for (const listener of listeners) listener(plugin, reason)
  }

  /** Takes note of a plugin's fault before whoever caused it hears of it. */
  function note(error: unknown): void {
    if (!isPluginFault(error)) return
    quarantine(error.plugin, error.reason)
    tell(error.plugin, error.reason)
  }

  function remove(member: Member): void {
    members.delete(member)
    member.process.end()
  }

  /**
   * @param changing plugins whose next selves are tried out: what is wrong with those is no fault of those at work
   * @throws where it does not come up; a plugin that is to blame for that is refused from then on
   */
  async function start(changing: readonly string[] = []): Promise<readonly Quarantined[]> {
    const process = startWorker(
      command,
      {
        alone: options.alone === true,
        settings: options.settings?.() ?? {},
        refused: listOf(refused),
        quarantined: listOf(quarantined),
      },
      options,
    )
    const member: Member = { process, state: 'starting', retired: false }
    members.add(member)
    void process.ended.then(() => {
      members.delete(member)
      // One that has not come up is no reason to try again: it would be no better.
      if (closed || member.state === 'starting') return
      dispatch()
      if (warmed) warm()
    })
    try {
      const found = await process.ready
      // It was born before these were known.
      for (const { name, reason } of listOf(quarantined)) process.quarantine(name, reason)
      // What it cannot set up is at work nowhere.
      for (const { name, reason } of found) if (!changing.includes(name)) tell(name, reason)
      member.state = 'idle'
      rest(member)
      return found
    } catch (error) {
      remove(member)
      if (!isPluginFault(error) || refused.has(error.plugin) || closed) throw error
      refused.set(error.plugin, error.reason)
      if (changing.includes(error.plugin)) quarantine(error.plugin, error.reason)
      else note(error)
      return start(changing)
    }
  }

  /** Starts a worker for those who wait; where none comes up, they hear of it. */
  async function startForQueue(): Promise<void> {
    try {
      await start()
    } catch (error) {
      if (!closed) log?.error({ err: error }, `a worker did not come up: ${messageOf(error)}`)
      if (members.size > 0) return
      for (const job of queue.splice(0)) job.reject(error)
    }
  }

  /** Gives waiting tasks to workers, and starts workers for those that are left. */
  function dispatch(): void {
    for (const member of members) {
      if (queue.length === 0) return
      if (member.state === 'idle' && !member.retired) void work(member, queue.shift() as Job)
    }
    const able = [...members].filter(({ retired }) => !retired)
    const starting = able.filter(({ state }) => state === 'starting').length
    const missing = Math.min(queue.length - starting, size - able.length)
    for (let i = 0; i < missing; i++) void startForQueue()
  }

  async function work(member: Member, job: Job): Promise<void> {
    member.state = 'busy'
    member.job = job
    try {
      job.resolve(await member.process.run(job.call))
    } catch (error) {
      if (isUnbegun(error) && !job.again) {
        job.again = true
        queue.unshift(job)
        return
      }
      note(error)
      job.reject(error)
    }
    await settleDown(member)
  }

  const isTooLarge = async ({ process }: Member): Promise<boolean> =>
    ((await process.memory()) ?? 0) > options.memoryBytes * LEAK_SHARE

  /** Has a worker that ended a task rest, unless it has lost memory. */
  async function settleDown(member: Member): Promise<void> {
    delete member.job
    try {
      if (await isTooLarge(member)) {
        await member.process.collect()
        if (await isTooLarge(member)) {
          log?.info({ pid: member.process.pid }, 'a worker that has lost memory is replaced')
          return member.process.end()
        }
      }
    } catch {
      // It has ended in between.
    }
    if (!member.process.alive) return
    member.state = 'idle'
    rest(member)
  }

  function rest(member: Member): void {
    if (member.retired) remove(member)
    dispatch()
  }

  function warm(): void {
    warmed = true
    if (!closed && ![...members].some(({ retired }) => !retired)) void startForQueue()
  }

  function abandon(job: Job): void {
    const at = queue.indexOf(job)
    if (at >= 0) queue.splice(at, 1)
    const worker = [...members].find((member) => member.job === job)
    worker?.process.abort()
    const endIt = (): void => {
      if (worker?.job === job) worker.process.end()
    }
    setTimeout(endIt, ABORT_GRACE_MS).unref()
  }

  async function run(plugin: string, task: string, input: unknown, given: TaskOptions): Promise<unknown> {
    const { timeoutMs = timeLimitMs, signal, answer } = given
    signal?.throwIfAborted()
    if (closed) throw new TaskCrash('the workers were stopped')
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const call: Call = { plugin, task, input: encode(input), timeoutMs, answer: answer?.bind(given) }
    const job: Job = { call, resolve, reject }
    const onAbort = (): void => {
      reject(signal?.reason)
      abandon(job)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    queue.push(job)
    dispatch()
    return promise.finally(() => signal?.removeEventListener('abort', onAbort))
  }

  return {
    of: (plugin) => ({
      run: <Output>(task: string, input: unknown, given: TaskOptions = {}) =>
        run(plugin, task, input, given) as Promise<Output>,
    }),
    warm,
    async tryOut(pardoned = []) {
      for (const name of pardoned) {
        refused.delete(name)
        quarantined.delete(name)
      }
      const old = [...members]
      for (const member of old) member.retired = true
      const found = await start(pardoned)
      for (const member of old) if (member.state === 'idle') remove(member)
      return [...found, ...listOf(refused).filter(({ name }) => !found.some((each) => each.name === name))]
    },
    quarantine,
    onFault(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async [Symbol.asyncDispose]() {
      closed = true
      for (const job of queue.splice(0)) job.reject(new TaskCrash('the workers were stopped'))
      const all = [...members]
      for (const { process } of all) process.end()
      await Promise.all(all.map(({ process }) => process.ended))
    },
  }
}
