/** Waits for something, but not for ever. */

/** @throws what `work` throws; where it takes longer, a sentence that names it */
export async function inTime<T>(what: string, ms: number, work: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms)
  return Promise.race([work(), late]).finally(() => clearTimeout(timer))
}
