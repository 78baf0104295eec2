/** What runs in a worker: it sets plugins up, and does one task after another until its parent is gone. */
import { rmSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { messageOf } from '../exit.ts'
import { PluginFault, tooSlow } from './fault.ts'
import { recordMarks } from './marked.ts'
import { createMarkRecorder } from './marks.ts'
import {
  BIRTH,
  type Birth,
  type FromWorker,
  type Quarantined,
  type Settled,
  type ToWorker,
} from './protocol.ts'
import type { TaskContext, Tasks, Workers } from './task.ts'
import { decode, decodeError, encode, encodeError } from './wire.ts'

/** The plugins of a worker, set up. */
export interface WorkerPlugins {
  /** External plugins that are not at work, and why. */
  readonly refused: readonly Quarantined[]
  tasks(plugin: string): Tasks | undefined
  quarantine(plugin: string, reason: string): unknown
}

/** Of equal rank it would take time from requests and the database, and live when memory is short. */
function stepBack(): void {
  try {
    setPriority(5)
    if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '500')
  } catch {
    // A system that does not let us: nothing depends on it.
  }
}

let recorder: ReturnType<typeof createMarkRecorder> | undefined

/** To be called before any code of a plugin runs. @throws where this process was not started as a worker */
export function beginWorker(): Birth {
  const text = process.env[BIRTH]
  if (text === undefined || !process.send) throw new Error('only the program itself starts a worker')
  delete process.env[BIRTH]
  const birth = JSON.parse(text) as Birth
  process.on('disconnect', () => process.exit())
  // A terminal sends them to its parent too, which has use for it until it has ended what it does.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  stepBack()
  const { marks, pluginTimeLimitMs } = birth
  const late = (plugin: string) => new PluginFault(plugin, tooSlow(pluginTimeLimitMs))
  recorder = createMarkRecorder(marks, pluginTimeLimitMs, late)
  recordMarks(recorder)
  // Who has it open keeps it; so it does not outlive a parent that is killed.
  if (process.platform !== 'win32') rmSync(marks, { force: true })
  return birth
}

/** In a worker no task starts another: with all workers waiting for one more, none would end. */
export const NO_WORKERS: { of(plugin: string): Workers } = {
  of: () => ({ run: async () => Promise.reject(new Error('a task cannot start another')) }),
}

const post = (message: FromWorker): void => void process.send?.(message)

async function settledOf(work: () => unknown): Promise<Settled> {
  let value: unknown
  try {
    value = await work()
  } catch (error) {
    return { error: encodeError(error) }
  }
  try {
    return { value: encode(value) }
  } catch (cause) {
    const error = new TypeError(`what the task answered cannot be sent: ${messageOf(cause)}`, { cause })
    return { error: encodeError(error) }
  }
}

let serving = false

/** Whether this process is a worker that has come up. */
export const isServing = (): boolean => serving

/** Says that it is ready, and does what it is told. Never resolves: the process ends with its parent. */
export function serveTasks(plugins: WorkerPlugins): Promise<never> {
  const questions = new Map<number, PromiseWithResolvers<unknown>>()
  let running: { readonly id: number; readonly abort: AbortController } | undefined
  let asked = 0

  const run = async ({ id, plugin, task, input }: Extract<ToWorker, { type: 'run' }>): Promise<void> => {
    recorder?.begin(id)
    const abort = new AbortController()
    running = { id, abort }
    const context: TaskContext = {
      signal: abort.signal,
      async ask(value) {
        const question = ++asked
        const answer = Promise.withResolvers<unknown>()
        questions.set(question, answer)
        post({ type: 'ask', id, question, value: encode(value) })
        return answer.promise
      },
    }
    const settled = await settledOf(() => {
      const tasks = plugins.tasks(plugin)
      const found = tasks && Object.hasOwn(tasks, task) ? tasks[task] : undefined
      if (!found) throw new Error(`there is no task ${plugin}.${task}`)
      return found(decode(input), context)
    })
    running = undefined
    questions.clear()
    post({ type: 'settled', id, settled })
  }
  const answer = ({ question, settled }: Extract<ToWorker, { type: 'answer' }>): void => {
    const waiting = questions.get(question)
    questions.delete(question)
    if ('value' in settled) waiting?.resolve(decode(settled.value))
    else waiting?.reject(decodeError(settled.error))
  }
  process.on('message', (message: ToWorker) => {
    if (message.type === 'run') void run(message)
    else if (message.type === 'answer') answer(message)
    else if (message.type === 'quarantine') plugins.quarantine(message.plugin, message.reason)
    else if (message.type === 'collect') {
      Bun.gc(true)
      post({ type: 'collected' })
    } else if (running?.id === message.id) running.abort.abort()
  })
  serving = true
  post({ type: 'ready', refused: plugins.refused })
  return new Promise(() => undefined)
}
