/** Waits for code of a plugin, but not for ever. */

/**
 * @param late makes the error that is thrown where the work is not over after `ms`; it goes on, but nobody hears of it
 */
export async function inTime<T>(ms: number, work: () => T | Promise<T>, late: () => Error): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(late()), ms)
  try {
    return await Promise.race([(async () => work())(), promise])
  } finally {
    clearTimeout(timer)
  }
}
