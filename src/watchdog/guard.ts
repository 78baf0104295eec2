/** Guards a server against code of plugins that does not end: the server is started anew without them. */
import type { Logger } from '../observe/log.ts'
import { type MarkRecorder, recordMarks } from '../workers/marked.ts'
import { createShared, createSharedWriter } from './shared.ts'

/** A plugin that is not to be run, and why. */
export interface Aside {
  readonly name: string
  readonly reason: string
}

/** What the thread is told. */
export interface Watch {
  readonly words: Int32Array
  readonly limitMs: number
  /** What starts the server anew. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Those that were set aside before. */
  readonly aside: readonly Aside[]
}

/** The variable by which a server that was started anew knows without whom. */
export const ASIDE = 'MYOSERVE_SET_ASIDE'

/** A server that does not answer for this long is not started anew yet, however short calls into plugins shall be. */
const LEAST_MS = 2000
const BEATS = 20

/** Reads it once: nobody who is started from here shall have it. */
function takeAside(): readonly Aside[] {
  const text = process.env[ASIDE]
  delete process.env[ASIDE]
  return text === undefined ? [] : (JSON.parse(text) as Aside[])
}

export interface Guard extends Disposable {
  /** Plugins without which this server was started anew. */
  readonly aside: readonly Aside[]
  /** Has the code of some more plugins watched. To be called before any of it runs. */
  add(plugins: readonly string[]): void
  /** Says that the server stops: whatever holds it up from here on, it is not started anew. */
  end(): void
}

/** In the executable it has the path that it has in the project. */
const THREAD =
  Bun.embeddedFiles.length > 0 ? './src/watchdog/thread.ts' : new URL('./thread.ts', import.meta.url).href

/** A thread that watches, from when there is something to watch. */
function startThread(watch: Watch, log: Logger): Worker {
  const thread = new Worker(THREAD, { ref: false })
  thread.addEventListener('error', ({ message }) =>
    log.error(`nobody watches whether plugins hold the server up: ${message}`),
  )
  thread.postMessage(watch)
  return thread
}

/**
 * Watches this process, once there is a plugin whose code is to be watched.
 *
 * @param guarded.limitMs longest that one call into the code of a plugin may hold it up
 * @param guarded.command what starts it anew
 */
export function createGuard({
  command,
  log,
  ...limits
}: Pick<Watch, 'limitMs' | 'command'> & { readonly log: Logger }): Guard {
  const aside = takeAside()
  const limitMs = Math.max(limits.limitMs, LEAST_MS)
  const words = createShared()
  const writer = createSharedWriter(words)
  const numbers = new Map<string, number>()
  const recorder: MarkRecorder = {
    enter: (plugin) => writer.enter(numbers.get(plugin) ?? 0),
    leave: writer.leave,
    async follow(plugin, work) {
      const number = numbers.get(plugin) ?? 0
      writer.pend(number, 1)
      try {
        return await work
      } finally {
        writer.pend(number, -1)
      }
    },
  }
  let thread: Worker | undefined
  let timer: ReturnType<typeof setInterval> | undefined

  function begin(): Worker {
    const env = Object.fromEntries(
      Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined),
    )
    timer = setInterval(writer.beat, limitMs / BEATS)
    timer.unref()
    recordMarks(recorder)
    return startThread({ limitMs, command, words, env, aside }, log)
  }
  return {
    aside,
    add(plugins) {
      for (const plugin of plugins.filter((name) => !numbers.has(name))) {
        thread ??= begin()
        numbers.set(plugin, numbers.size + 1)
        thread.postMessage(plugin)
      }
    },
    end: writer.end,
    [Symbol.dispose]() {
      clearInterval(timer)
      thread?.terminate()
    },
  }
}
