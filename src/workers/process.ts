/** One worker as its parent sees it: a child process that does one thing at a time. */
import { TaskCrash } from './errors.ts'
import { PluginFault } from './fault.ts'
import { createMarksFile, launch } from './launch.ts'
import { createMarkReader } from './marks.ts'
import { MEMORY } from './memory.ts'
import type { Birth, FromWorker, Quarantined, Settled, ToWorker } from './protocol.ts'
import { watch } from './watch.ts'
import { decode, decodeError, encode, encodeError } from './wire.ts'

export interface WorkerLimits {
  /** Most memory that it may have resident. */
  readonly memoryBytes: number
  /** Longest that one call into the code of a plugin may take. */
  readonly pluginTimeLimitMs: number
  /** Longest that it may take to come up, but for plugins that are to blame by name. */
  readonly startLimitMs: number
}

/** What a worker is told to do. */
export interface Call {
  readonly plugin: string
  readonly task: string
  readonly input: Uint8Array
  readonly timeoutMs: number
  readonly answer?: ((question: unknown) => unknown) | undefined
}

export interface WorkerProcess {
  readonly pid: number
  readonly alive: boolean
  /** Resolves with the plugins that it could not set up; rejects where it does not come up. */
  readonly ready: Promise<readonly Quarantined[]>
  /** Resolves when it is gone. */
  readonly ended: Promise<void>
  /** Runs one task; settles when the worker is done with it, or is gone. */
  run(call: Call): Promise<unknown>
  /** Tells the task that runs that nobody waits for it. */
  abort(): void
  quarantine(plugin: string, reason: string): void
  /** Has it collect its garbage. */
  collect(): Promise<void>
  memory(): number | undefined | Promise<number | undefined>
  /** Ends it at once: it holds nothing that would be lost. */
  end(): void
}

/** The worker was gone before it took the task up. */
class Unbegun extends TaskCrash {}

export const isUnbegun = (error: unknown): boolean => error instanceof Unbegun

/** Signals that a process brings upon itself. */
const OWN_SIGNALS = new Set(['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGSYS', 'SIGTRAP'])

/**
 * @param command starts the program as a worker
 * @throws {TaskCrash} where the process cannot be started at all
 */
export function startWorker(
  command: readonly string[],
  birth: Omit<Birth, 'marks' | 'pluginTimeLimitMs'>,
  limits: WorkerLimits,
): WorkerProcess {
  const file = createMarksFile()
  const marks = createMarkReader(file.fd)
  const up = Promise.withResolvers<readonly Quarantined[]>()
  const gone = Promise.withResolvers<void>()
  /** The task that runs, or the collection. */
  let work: (PromiseWithResolvers<unknown> & { readonly id: number; readonly call?: Call }) | undefined
  let count = 0
  let stopWatch = (): void => undefined
  /** Why it was ended, where it was. */
  let cause: Error | undefined
  let dead = false

  const send = (message: ToWorker): void => {
    // A worker that is about to be gone takes nothing more; its end says so to whoever waits.
    if (!dead) child.send(message)
  }
  const settle = (settled: Settled): void => {
    stopWatch()
    const ending = work
    work = undefined
    if ('value' in settled) ending?.resolve(decode(settled.value))
    else ending?.reject(decodeError(settled.error))
  }
  const settledOf = async (make: () => unknown): Promise<Settled> => {
    try {
      return { value: encode(await make()) }
    } catch (error) {
      return { error: encodeError(error) }
    }
  }
  const take = (message: FromWorker): void => {
    if (message.type === 'ready') {
      file.unlink()
      stopWatch()
      up.resolve(message.refused)
    } else if (message.type === 'collected') {
      settle({ value: encode(undefined) })
    } else if (work?.id !== message.id) {
      // Of a task that nobody waits for.
    } else if (message.type === 'settled') settle(message.settled)
    else {
      const { question, value } = message
      const { answer } = work.call ?? {}
      void settledOf(() => {
        if (!answer) throw new Error('nobody answers questions of this task')
        return answer(decode(value))
      }).then((settled) => send({ type: 'answer', question, settled }))
    }
  }
  /** Why it is gone, where it was not ended. */
  const crash = (code: number | null, signal: string | null): Error => {
    const how = signal === null ? `exit code ${code}` : signal
    const [mark = 0] = marks.read().calls.slice(-1)
    const plugin = signal === null || OWN_SIGNALS.has(signal) ? marks.nameOf(mark) : undefined
    return plugin === undefined
      ? new TaskCrash(`the worker ended (${how})`)
      : new PluginFault(plugin, `its code ended its process (${how})`)
  }
  const end = (why?: Error): void => {
    cause ??= why
    child.kill('SIGKILL')
  }

  const onExit = (_: unknown, code: number | null, signal: unknown): void => {
    dead = true
    stopWatch()
    const error = cause ?? crash(code, signal as NodeJS.Signals | null)
    const unbegun = work?.call !== undefined && cause === undefined && marks.read().task !== work.id
    file.unlink()
    file.close()
    up.reject(error)
    work?.reject(unbegun ? new Unbegun(error.message) : error)
    work = undefined
    gone.resolve()
  }
  const start = () => {
    const { pluginTimeLimitMs, memoryBytes } = limits
    const own = { ...birth, marks: file.path, pluginTimeLimitMs }
    try {
      return launch(command, own, memoryBytes, { ipc: take, onExit })
    } catch (error) {
      file.unlink()
      file.close()
      throw error
    }
  }
  const child = start()
  // Whoever waits for it to come up hears of it; where nobody does, nothing is lost.
  up.promise.catch(() => undefined)
  const limitsOf = (timeoutMs: number) => ({ ...limits, timeoutMs })
  const begin = (what: string, timeoutMs: number, call?: Call) => {
    if (dead) throw new TaskCrash('the worker has ended')
    work = { ...Promise.withResolvers<unknown>(), id: ++count, ...(call ? { call } : {}) }
    stopWatch = watch({ pid: child.pid, marks, what }, limitsOf(timeoutMs), end)
    return work
  }
  stopWatch = watch({ pid: child.pid, marks, what: 'a worker’s start' }, limitsOf(limits.startLimitMs), end)

  return {
    pid: child.pid,
    get alive() {
      return !dead
    },
    ready: up.promise,
    ended: gone.promise,
    async run(call) {
      const { plugin, task, input, timeoutMs } = call
      const { id, promise } = begin(`task ${plugin}.${task}`, timeoutMs, call)
      send({ type: 'run', id, plugin, task, input })
      return promise
    },
    abort() {
      if (work) send({ type: 'abort', id: work.id })
    },
    quarantine: (plugin, reason) => send({ type: 'quarantine', plugin, reason }),
    async collect() {
      const { promise } = begin('a collection', limits.startLimitMs)
      send({ type: 'collect' })
      await promise
    },
    memory: () => (dead ? undefined : MEMORY.read(child.pid)),
    end: () => end(new TaskCrash('the worker was ended')),
  }
}
