/** Tasks without workers, for tests: they run in this process, with everything cloned as if they did not. */
import { TaskTimeout } from './errors.ts'
import type { TaskContext, TaskOptions, Tasks, Workers } from './task.ts'
import { decode, decodeError, encode, encodeError } from './wire.ts'

const cloned = (value: unknown): unknown => decode(encode(value))

/** The same error, as it comes out of a worker. */
async function crossing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw decodeError(encodeError(error))
  }
}

/** @param tasksOf what a plugin declares */
export const createInlineWorkers = (
  tasksOf: (plugin: string) => Tasks | undefined,
): { of(plugin: string): Workers } => ({
  of: (plugin) => ({
    async run<Output>(task: string, input: unknown, options: TaskOptions = {}): Promise<Output> {
      const { signal, timeoutMs } = options
      signal?.throwIfAborted()
      const abort = new AbortController()
      const { promise: over, reject } = Promise.withResolvers<never>()
      const giveUp = (reason: unknown): void => {
        abort.abort()
        reject(reason)
      }
      const onAbort = () => giveUp(signal?.reason)
      signal?.addEventListener('abort', onAbort, { once: true })
      const late = () => giveUp(new TaskTimeout(`task ${plugin}.${task} did not end within ${timeoutMs} ms`))
      const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs)
      const context: TaskContext = {
        signal: abort.signal,
        ask: (question) =>
          crossing(async () => {
            if (!options.answer) throw new Error('nobody answers questions of this task')
            return cloned(await options.answer(cloned(question)))
          }),
      }
      const work = crossing(async () => {
        const tasks = tasksOf(plugin)
        const found = tasks && Object.hasOwn(tasks, task) ? tasks[task] : undefined
        if (!found) throw new Error(`there is no task ${plugin}.${task}`)
        return cloned(await found(cloned(input), context))
      })
      try {
        return (await Promise.race([work, over])) as Output
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
    },
  }),
})
