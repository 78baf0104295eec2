/** Counts what is left open by something: timers, sockets and files, child processes, listeners of the process. */
import { readdirSync, readlinkSync } from 'node:fs'

/** Open files of this process by kind, where the system tells. */
function openFiles(): Record<string, number> {
  const counts: Record<string, number> = {}
  let names: string[]
  try {
    names = readdirSync('/proc/self/fd')
  } catch {
    return counts
  }
  for (const name of names) {
    try {
      const [kind = 'file'] = readlinkSync(`/proc/self/fd/${name}`).split(':')
      const what =
        kind === 'socket' ? 'sockets' : kind === 'pipe' ? 'pipes' : kind.startsWith('/') ? 'files' : kind
      counts[what] = (counts[what] ?? 0) + 1
    } catch {
      // Closed between the two calls, as the folder itself is.
    }
  }
  return counts
}

const listeners = (): number =>
  process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)

/** Follows timers from when they are set until they have run or are cleared. */
function followTimers(): { readonly open: () => number; restore(): void } {
  const { setTimeout: once, setInterval: often, clearTimeout: end, clearInterval: endOften } = globalThis
  const waiting = new Set<unknown>()
  const idOf = (timer: unknown): unknown =>
    typeof timer === 'object' && timer !== null ? Number(timer as unknown as number) : timer
  globalThis.setTimeout = ((run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = once(() => {
      waiting.delete(idOf(timer))
      run(...args)
    }, ms)
    waiting.add(idOf(timer))
    return timer
  }) as unknown as typeof globalThis.setTimeout
  globalThis.setInterval = ((...args: Parameters<typeof often>) => {
    const timer = often(...args)
    waiting.add(idOf(timer))
    return timer
  }) as unknown as typeof globalThis.setInterval
  const clearing = (clear: typeof end) =>
    ((timer: Parameters<typeof end>[0]) => {
      waiting.delete(idOf(timer))
      clear(timer)
    }) as typeof end
  globalThis.clearTimeout = clearing(end)
  globalThis.clearInterval = clearing(endOften)
  return {
    open: () => waiting.size,
    restore() {
      Object.assign(globalThis, {
        setTimeout: once,
        setInterval: often,
        clearTimeout: end,
        clearInterval: endOften,
      })
    },
  }
}

/** A process that was ended takes a moment to be gone. */
const SETTLED_MS = 20

/** @returns how many of each kind `work` has left, as far as can be seen */
export async function countHandles(work: () => Promise<void>): Promise<Record<string, number>> {
  const files = openFiles()
  const heard = listeners()
  const timers = followTimers()
  try {
    await work()
    await Bun.sleep(SETTLED_MS)
  } finally {
    timers.restore()
  }
  const left: Record<string, number> = {
    timers: timers.open(),
    'listeners of the process': listeners() - heard,
  }
  for (const [kind, count] of Object.entries(openFiles())) left[kind] = count - (files[kind] ?? 0)
  return Object.fromEntries(Object.entries(left).filter(([, count]) => count > 0))
}
