/** The marks in the file that a worker and its parent share: the calls into plugins' code that have not ended. */
import { openSync, readSync, writeSync } from 'node:fs'
import type { MarkRecorder } from './marked.ts'

/*
 * The file, in words of 32 bits in the order of the machine:
 *   0            how many calls are nested
 *   1 .. LEVELS  the mark of each, the outermost first: its number in the order of calls << 8 | number of its plugin
 *   PENDING      the mark of the one call that goes on behind a promise; 0 where there are none or several
 *   TASK         the number of the task that was taken up last
 * and behind them, for each number of a plugin from 1 on, a byte with the length of its name and the name.
 */
const LEVELS = 14
const PENDING = LEVELS + 1
const TASK = LEVELS + 2
const WORDS = LEVELS + 3
const NAME_BYTES = 256
const MOST_PLUGINS = 255

/** How large the file is made before a worker maps it. */
export const MARKS_BYTES = WORDS * 4 + NAME_BYTES * MOST_PLUGINS

/** The number of the plugin that a mark is of; 0 where there is none. */
export const pluginOf = (mark: number): number => mark & 0xff

/** Where the words are written, and how they get into the file. */
interface Store {
  readonly words: Int32Array
  /** Brings the words into the file where they are not there yet. */
  flush(): void
  name(number: number, name: Uint8Array): void
}

function openStore(path: string): Store {
  const fd = openSync(path, 'r+')
  const named = (number: number, name: Uint8Array): void => {
    writeSync(
      fd,
      Uint8Array.of(name.length, ...name),
      0,
      name.length + 1,
      WORDS * 4 + (number - 1) * NAME_BYTES,
    )
  }
  try {
    const map = Bun.mmap(path, { shared: true })
    return { words: new Int32Array(map.buffer, map.byteOffset, WORDS), flush() {}, name: named }
  } catch {
    // There is no mapping on every system.
    const words = new Int32Array(WORDS)
    const bytes = new Uint8Array(words.buffer)
    return { words, flush: () => void writeSync(fd, bytes, 0, bytes.length, 0), name: named }
  }
}

/**
 * Writes marks; for a worker.
 *
 * @param path of a file of {@link MARKS_BYTES} zeros
 * @param overdue the error for code that does not end behind its promise within `limitMs`
 */
export function createMarkRecorder(
  path: string,
  limitMs: number,
  overdue: (plugin: string) => Error,
): MarkRecorder & { begin(task: number): void } {
  const { words, flush, name } = openStore(path)
  const numbers = new Map<string, number>()
  const pending = new Set<number>()
  let calls = 0

  const numberOf = (plugin: string): number => {
    const known = numbers.get(plugin)
    if (known !== undefined) return known
    if (numbers.size === MOST_PLUGINS) return 0
    const number = numbers.size + 1
    name(number, new TextEncoder().encode(plugin).subarray(0, NAME_BYTES - 1))
    numbers.set(plugin, number)
    return number
  }
  const newMark = (plugin: string): number => (++calls << 8) | numberOf(plugin)
  const showPending = (): void => {
    const [only = 0] = pending
    // Of several nobody knows whose code runs: better no name than a wrong one.
    words[PENDING] = pending.size === 1 ? only : 0
    flush()
  }

  return {
    begin(task) {
      words[TASK] = task
      flush()
    },
    enter(plugin) {
      const depth = words[0] as number
      if (depth < LEVELS) words[depth + 1] = newMark(plugin)
      words[0] = depth + 1
      flush()
      return depth
    },
    leave(depth) {
      words[0] = depth
      flush()
    },
    async follow(plugin, work) {
      const mark = newMark(plugin)
      pending.add(mark)
      showPending()
      const { promise: late, reject } = Promise.withResolvers<never>()
      const timer = setTimeout(() => reject(overdue(plugin)), limitMs)
      try {
        return await Promise.race([work, late])
      } finally {
        clearTimeout(timer)
        pending.delete(mark)
        showPending()
      }
    },
  }
}

/** What runs at a moment, by the marks of the calls. */
export interface MarksRead {
  /** The call behind a promise, then the nested ones from the outermost on. */
  readonly calls: readonly number[]
  /** Which of the calls goes on behind a promise; 0 where none does. */
  readonly pending: number
  /** The number of the task that was taken up last. */
  readonly task: number
}

export interface MarkReader {
  read(): MarksRead
  /** The plugin whose mark it is. */
  nameOf(mark: number): string | undefined
}

/** Reads marks; for the parent. @param fd of the file, which may have lost its name */
export function createMarkReader(fd: number): MarkReader {
  const words = new Int32Array(WORDS)
  const bytes = new Uint8Array(words.buffer)
  return {
    read() {
      readSync(fd, bytes, 0, bytes.length, 0)
      const pending = words[PENDING] as number
      const depth = Math.min(Math.max(words[0] as number, 0), LEVELS)
      return {
        calls: [...(pending ? [pending] : []), ...words.subarray(1, depth + 1)],
        pending,
        task: words[TASK] as number,
      }
    },
    nameOf(mark) {
      const number = pluginOf(mark)
      if (number === 0) return undefined
      const name = new Uint8Array(NAME_BYTES)
      readSync(fd, name, 0, NAME_BYTES, WORDS * 4 + (number - 1) * NAME_BYTES)
      return new TextDecoder().decode(name.subarray(1, 1 + (name[0] as number))) || undefined
    },
  }
}
