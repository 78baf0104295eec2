/** Whose fault it is that a worker goes on for too long, or takes too much memory. */
import type { MarksRead } from './marks.ts'

/** A call behind a promise is ended by the worker itself, as long as that one still turns: it has this much longer. */
const PENDING_GRACE_MS = 500

export interface Blame {
  /**
   * Takes note of a moment.
   *
   * @param elapsedMs since the last one, as far as the worker can have run
   * @param grownBytes by how much the memory of the worker has grown since
   */
  observe(marks: Pick<MarksRead, 'calls' | 'pending'>, elapsedMs: number, grownBytes: number): void
  /** The mark of the call to blame for time: set where the outermost call goes on for longer than the limit. */
  overdue(limitMs: number): number | undefined
  /** The mark of the plugin under which memory has grown the most; 0 where it grew most under none. */
  grower(): number
}

/** @param pluginOf tells which plugin a mark is of; 0 of none */
export function createBlame(pluginOf: (mark: number) => number): Blame {
  let ages = new Map<number, number>()
  /** By number of the plugin: how much memory grew, and a mark of it. */
  const grown = new Map<number, { bytes: number; mark: number }>()

  return {
    observe({ calls, pending }, elapsedMs, grownBytes) {
      const before = ages
      ages = new Map()
      for (const mark of calls) {
        const age = before.get(mark)
        ages.set(mark, age === undefined ? (mark === pending ? -PENDING_GRACE_MS : 0) : age + elapsedMs)
      }
      if (grownBytes <= 0) return
      const mark = calls.at(-1) ?? 0
      const plugin = pluginOf(mark)
      grown.set(plugin, { bytes: (grown.get(plugin)?.bytes ?? 0) + grownBytes, mark })
    },
    overdue(limitMs) {
      const calls = [...ages]
      if ((calls[0]?.[1] ?? 0) < limitMs) return undefined
      // Of nested calls, the one that has gone on by itself for longest: what it called in turn is not its own.
      let [worst, most] = [0, Number.NEGATIVE_INFINITY]
      for (const [i, [mark, age]] of calls.entries()) {
        const own = age - (calls[i + 1]?.[1] ?? 0)
        if (own > most) [worst, most] = [mark, own]
      }
      return worst
    },
    grower() {
      let [worst, most] = [0, 0]
      for (const { bytes, mark } of grown.values()) if (bytes > most) [worst, most] = [mark, bytes]
      return worst
    },
  }
}
