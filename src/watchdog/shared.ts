/** What a server and the thread that watches it share: whether it turns, and whose code it runs. */

/*
 * The buffer, in words of 32 bits:
 *   ENDING       whether the server stops
 *   BEAT         counts how often the event loop came round
 *   CALLS        counts the calls into the code of plugins that no other such call surrounds
 *   DEPTH        how many calls are nested
 *   STACK ..     the number of the plugin of each, the outermost first; 0 for one that is not watched
 *   PENDING ..   by the number of a plugin: how many of its calls go on behind their promises
 */
const ENDING = 0
const BEAT = 1
const CALLS = 2
const DEPTH = 3
const STACK = 4
const LEVELS = 16
const PENDING = STACK + LEVELS
const MOST_PLUGINS = 256
const WORDS = PENDING + MOST_PLUGINS

export const createShared = (): Int32Array => new Int32Array(new SharedArrayBuffer(WORDS * 4))

/** Writes what is so; for the server. Plugins are known by their numbers, from 1 on. */
export interface SharedWriter {
  beat(): void
  end(): void
  enter(plugin: number): number
  leave(depth: number): void
  /** @param change 1 where a call goes on behind its promise, -1 where that is over */
  pend(plugin: number, change: 1 | -1): void
}

const numbered = (plugin: number): number => (plugin < MOST_PLUGINS ? plugin : 0)

export function createSharedWriter(words: Int32Array): SharedWriter {
  const add = (at: number, change: number): void => {
    words[at] = (words[at] as number) + change
  }
  return {
    beat: () => add(BEAT, 1),
    end() {
      words[ENDING] = 1
    },
    enter(plugin) {
      const depth = words[DEPTH] as number
      if (depth === 0) add(CALLS, 1)
      if (depth < LEVELS) words[STACK + depth] = numbered(plugin)
      words[DEPTH] = depth + 1
      return depth
    },
    leave(depth) {
      words[DEPTH] = depth
    },
    pend(plugin, change) {
      if (numbered(plugin) > 0) add(PENDING + plugin, change)
    },
  }
}

/** A server that stands still. */
export interface Standstill {
  /** Whether it was about to stop. */
  readonly ending: boolean
  /** Numbers of the plugins that may be to blame; empty where none is. */
  readonly plugins: readonly number[]
  /** Whether it is known that it is the one that is named. */
  readonly certain: boolean
}

/**
 * Whose fault it is: of the innermost call that goes on. Behind a promise nobody can tell which of the plugins that are
 * under way does; each of them may.
 */
function blame(words: Int32Array): Standstill {
  const ending = words[ENDING] === 1
  for (let level = Math.min(words[DEPTH] as number, LEVELS) - 1; level >= 0; level--) {
    const plugin = words[STACK + level] as number
    if (plugin > 0) return { ending, plugins: [plugin], certain: true }
  }
  const pending = Array.from({ length: MOST_PLUGINS }, (_, i) => i).filter(
    (i) => (words[PENDING + i] ?? 0) > 0,
  )
  return { ending, plugins: pending, certain: pending.length === 1 }
}

/**
 * Watches; for the thread.
 *
 * @returns a function that takes note of a moment, and tells whether the server has stood still for `limitMs`, in one
 *   and the same call
 */
export function createSharedReader(
  words: Int32Array,
  limitMs: number,
): (elapsedMs: number) => Standstill | undefined {
  let [beat, calls, age] = [Number.NaN, Number.NaN, 0]
  return (elapsedMs) => {
    const [nowBeat, nowCalls] = [Atomics.load(words, BEAT), Atomics.load(words, CALLS)]
    age = nowBeat === beat && nowCalls === calls ? age + elapsedMs : 0
    beat = nowBeat
    calls = nowCalls
    return age < limitMs ? undefined : blame(words)
  }
}
