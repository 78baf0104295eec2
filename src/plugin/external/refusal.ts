/** Why a plugin from outside is not run. */

const MARK = Symbol.for('myoserve:plugin-refused')

/** Its message is one sentence about the plugin, and names the command that helps where there is one. */
export class PluginRefused extends Error {
  override readonly name = 'PluginRefused'
  readonly [MARK] = true
  /** Whether it is others that it is refused for, so that it may be taken once they are gone. */
  readonly blocked: boolean

  constructor(message: string, { blocked = false, cause }: { blocked?: boolean; cause?: unknown } = {}) {
    super(message, { cause })
    this.blocked = blocked
  }
}

/** Whether a plugin was refused, in the words of {@link PluginRefused}. */
export const isRefusal = (error: unknown): error is PluginRefused => error instanceof Error && MARK in error
