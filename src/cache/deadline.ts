/** Waits that end: by a deadline whatever a promise does, and for many promises at once. */

/** What {@link withDeadline} rejects with. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded'

  constructor(readonly ms: number) {
    super(`no answer within ${Math.round(ms)} ms`)
  }
}

/**
 * Settles as the promise does, or rejects after `ms`. What comes later is handed to `late` and is otherwise
 * swallowed: it is never an unhandled rejection.
 *
 * @param late called with what a promise gave that was too late, or with null when it failed
 * @throws {DeadlineExceeded}
 * @example
 * const reply = await withDeadline(client.get('key'), 100)
 */
export function withDeadline<T>(
  promise: Promise<T>,
  ms: number,
  late?: (answer: { readonly value: T } | null) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let over = false
    const timer = setTimeout(() => {
      over = true
      reject(new DeadlineExceeded(ms))
    }, ms)
    promise.then(
      (value) => {
        clearTimeout(timer)
        if (over) late?.({ value })
        else resolve(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        if (over) late?.(null)
        else reject(error)
      },
    )
  })
}

/** What all promises give; rejects as the first one of the list that does, but only once all have settled. */
export async function allOrFailure<T>(promises: ReadonlyArray<Promise<T>>): Promise<T[]> {
  const settled = await Promise.allSettled(promises)
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}
