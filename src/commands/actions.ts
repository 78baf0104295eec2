/** Commands that are several actions under one name. */
import { EXIT, type ExitCode, Failure } from '../exit.ts'
import type { Program } from '../program.ts'
import type { Invocation } from '../terminal/command.ts'

/** Runs one action. `args` are those behind its name. */
export type Action = (program: Program, invocation: Invocation) => Promise<ExitCode>

/** What an action is, for the help, and where its code is. */
export interface ActionEntry {
  readonly usage: string
  readonly summary: string
  /** Fewest and most arguments. */
  readonly takes: readonly [least: number, most: number]
  load(): Promise<Action>
}

export type Actions = Readonly<Record<string, ActionEntry>>

export const usageOf = (actions: Actions): string =>
  Object.values(actions)
    .map(({ usage }) => usage)
    .join(' | ')

/** @throws {Failure} 64 where there is no such action, or it takes other arguments */
export async function runAction(
  command: string,
  actions: Actions,
  program: Program,
  invocation: Invocation,
): Promise<ExitCode> {
  const [name = '', ...args] = invocation.args
  const names = Object.keys(actions)
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (!action) {
    throw new Failure(
      EXIT.usage,
      `${command} takes an action such as \`myoserve ${command} list\`; there are ${names.join(', ')}`,
    )
  }
  const [least, most] = action.takes
  if (args.length < least || args.length > most) {
    throw new Failure(EXIT.usage, `it is \`myoserve ${command} ${action.usage}\`: ${action.summary}`)
  }
  return (await action.load())(program, { ...invocation, args })
}
