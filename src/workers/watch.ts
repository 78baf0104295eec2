/** Watches a worker while it works: its time, its memory, and whose code holds it up. */
import { createBlame } from './blame.ts'
import { TaskMemory, TaskTimeout } from './errors.ts'
import { PluginFault, tooSlow } from './fault.ts'
import { type MarkReader, pluginOf } from './marks.ts'
import { MEMORY } from './memory.ts'

export interface WatchLimits {
  /** Longest that the whole may take. */
  readonly timeoutMs: number
  /** Longest that one call into the code of a plugin may take. */
  readonly pluginTimeLimitMs: number
  /** Most memory that the process may have resident. */
  readonly memoryBytes: number
}

const inSeconds = (ms: number): string => `${ms / 1000} s`
const inMiB = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`

/**
 * @param what names the work, for the message of an error
 * @param broken called once, with the limit that was broken; nothing is watched from then on
 * @returns a function that ends the watch
 */
export function watch(
  { pid, marks, what }: { readonly pid: number; readonly marks: MarkReader; readonly what: string },
  { timeoutMs, pluginTimeLimitMs, memoryBytes }: WatchLimits,
  broken: (error: Error) => void,
): () => void {
  const blame = createBlame(pluginOf)
  const first = MEMORY.read(pid)
  let before = typeof first === 'number' ? first : undefined
  let [age, last] = [0, performance.now()]
  let over = false
  let reading = false

  const verdict = (bytes: number | undefined): Error | undefined => {
    const late = blame.overdue(pluginTimeLimitMs)
    const slow = late === undefined ? undefined : marks.nameOf(late)
    if (slow !== undefined) return new PluginFault(slow, tooSlow(pluginTimeLimitMs))
    if (bytes !== undefined && bytes > memoryBytes) {
      const greedy = marks.nameOf(blame.grower())
      return greedy === undefined
        ? new TaskMemory(`${what} took more than ${inMiB(memoryBytes)} of memory`)
        : new PluginFault(greedy, `its code took more than ${inMiB(memoryBytes)} of memory`)
    }
    if (age > timeoutMs) return new TaskTimeout(`${what} did not end within ${inSeconds(timeoutMs)}`)
    return undefined
  }

  const look = async (): Promise<void> => {
    if (reading) return
    reading = true
    const bytes = await MEMORY.read(pid)
    reading = false
    if (over) return
    const now = performance.now()
    // What passed while this process, or the whole machine, slept is not held against the worker.
    const elapsed = Math.min(now - last, 4 * MEMORY.everyMs)
    last = now
    age += elapsed
    blame.observe(marks.read(), elapsed, bytes === undefined || before === undefined ? 0 : bytes - before)
    before = bytes ?? before
    const error = verdict(bytes)
    if (error === undefined) return
    stop()
    broken(error)
  }
  const timer = setInterval(look, MEMORY.everyMs)
  const stop = (): void => {
    over = true
    clearInterval(timer)
  }
  return stop
}
