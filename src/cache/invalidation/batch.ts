/** One call at a time; what is asked for meanwhile shares the next one. */

/**
 * Bundles calls: each joins a run that begins after it was asked for, and gets what that run gives.
 *
 * @param run gets what all callers asked for; an item may come twice
 */
export function createBatch<T, R>(
  run: (items: readonly T[]) => Promise<R>,
): (items: readonly T[]) => Promise<R> {
  let next: { readonly items: T[]; readonly answer: PromiseWithResolvers<R> } | null = null
  let running = false

  async function work(): Promise<void> {
    running = true
    while (next) {
      const { items, answer } = next
      next = null
      await run(items).then(answer.resolve, answer.reject)
    }
    running = false
  }
  return (items) => {
    next ??= { items: [], answer: Promise.withResolvers() }
    next.items.push(...items)
    const { promise } = next.answer
    if (!running) void work()
    return promise
  }
}
