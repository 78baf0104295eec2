/** Says in a worker whose code runs, where its parent can read it though that code never ends. */

/** Keeps note of whose code runs; only a worker has one. */
export interface MarkRecorder {
  /** @returns what {@link MarkRecorder.leave} takes */
  enter(plugin: string): number
  leave(depth: number): void
  /** Code that goes on behind a promise; the result fails where it does not end in time. */
  follow<T>(plugin: string, work: PromiseLike<T>): Promise<T>
}

let recorder: MarkRecorder | undefined

/** Has the marks of this process recorded from now on. */
export const recordMarks = (chosen: MarkRecorder): void => {
  recorder = chosen
}

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Runs code under the name of a plugin. Errors pass as they are. */
export function marked<T>(plugin: string, work: () => T): T {
  if (!recorder) return work()
  const depth = recorder.enter(plugin)
  let result: T
  try {
    result = work()
  } finally {
    recorder.leave(depth)
  }
  return isPromise(result) ? (recorder.follow(plugin, result) as T) : result
}
