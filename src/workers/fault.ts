/** Runs the code of one plugin inside another, so that what goes wrong carries the right name. */
import { messageOf } from '../exit.ts'
import { isPromise, marked } from './marked.ts'

const FAULT = Symbol.for('myoserve:plugin-fault')

/** A plugin threw where it must not, went on for too long, took too much memory, or answered nonsense. */
export class PluginFault extends Error {
  override readonly name = 'PluginFault'
  readonly code = 'PLUGIN_FAULT'
  readonly [FAULT] = true

  /**
   * @param plugin its name
   * @param reason what it did, as a sentence that begins with "its" or "it"
   */
  constructor(
    readonly plugin: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`plugin ${plugin}: ${reason}`, options)
  }
}

/** What is said of a plugin whose code does not end. */
export const tooSlow = (limitMs: number): string => `its code did not end within ${limitMs / 1000} s`

/** Whether an error is a {@link PluginFault}, of this module or of the copy that a plugin brings. */
export const isPluginFault = (error: unknown): error is PluginFault =>
  error instanceof Error && FAULT in error

/**
 * Runs code that a plugin has contributed under the name of that plugin. Where it throws, the error is a
 * {@link PluginFault}; in a worker, it is also what the plugin is known by when it goes on for too long, takes too much
 * memory or ends the process. Calls nest: the innermost has the blame. A call costs some nanoseconds.
 *
 * @param plugin the name of the plugin whose code it is
 * @param isAnswer tells errors that are no fault of the plugin but its answer, such as that of a file that cannot be
 *   read; they are thrown as they are
 * @throws {PluginFault}
 * @example
 * const value = attributed(owner.name, () => metric.compute(input))
 */
export function attributed<T>(plugin: string, work: () => T, isAnswer?: (error: unknown) => boolean): T {
  const toFault = (error: unknown): unknown =>
    isPluginFault(error) || isAnswer?.(error)
      ? error
      : new PluginFault(plugin, `its code failed: ${messageOf(error)}`, { cause: error })
  let result: T
  try {
    result = marked(plugin, work)
  } catch (error) {
    throw toFault(error)
  }
  if (!isPromise(result)) return result
  return result.then(undefined, (error: unknown) => {
    throw toFault(error)
  }) as T
}
