/** Runs a loader under a deadline. */
import type { HostClock } from '../clock.ts'

/** What a loader gets. */
export interface LoadContext {
  /** Aborted when the deadline is over; a loader that passes it on stops its work. */
  readonly signal: AbortSignal
  /** Adds tags that are known only now, such as those of what was found. */
  tag(...tags: string[]): void
  /** Overrides how long this value is fresh, in ms. */
  ttl(ms: number): void
  /** This value is for its callers alone, and is not kept. */
  doNotKeep(): void
}

/** A load took longer than its namespace allows. */
export class LoadTimeout extends Error {
  override readonly name = 'LoadTimeout'
}

/** What a loader said beside its value. */
export interface LoadNotes {
  tags: string[]
  ttlMs: number | null
  keep: boolean
}

/**
 * Runs a loader.
 *
 * @throws {LoadTimeout} when it takes too long; what it gives later is dropped
 */
export async function runLoad<T>(
  load: (context: LoadContext) => T | Promise<T>,
  deadlineMs: number,
  after: HostClock['after'],
): Promise<{ readonly value: T; readonly notes: LoadNotes }> {
  const controller = new AbortController()
  const notes: LoadNotes = { tags: [], ttlMs: null, keep: true }
  const context: LoadContext = {
    signal: controller.signal,
    tag: (...tags) => void notes.tags.push(...tags),
    ttl(ms) {
      notes.ttlMs = ms
    },
    doNotKeep() {
      notes.keep = false
    },
  }
  const { promise: late, reject } = Promise.withResolvers<never>()
  const cancel = after(deadlineMs, () => {
    const error = new LoadTimeout(`loading took longer than ${deadlineMs} ms`)
    controller.abort(error)
    reject(error)
  })
  try {
    return { value: await Promise.race([Promise.resolve().then(() => load(context)), late]), notes }
  } finally {
    cancel()
  }
}
