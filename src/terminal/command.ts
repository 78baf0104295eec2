/** What a command of the executable is, and what it gets when it runs. */
import type { ExitCode } from '../exit.ts'

/** One option, in the terms of `node:util` parseArgs. */
export interface CommandOption {
  readonly type: 'boolean' | 'string'
  /** One line for the help. */
  readonly summary: string
  /** Placeholder of the value in the help, such as `HZ`. */
  readonly value?: string
}

/** The terminal a command talks to. */
export interface Terminal {
  /** Writes to standard output. */
  out(text: string): void
  /** Writes to standard error. */
  err(text: string): void
  /** Width in columns. */
  readonly columns: number
  /** Whether standard output takes colour. */
  readonly color: boolean
  /** Whether a person watches standard error, so that progress may be drawn there. */
  readonly interactive: boolean
}

/** One call of a command. */
export interface Invocation {
  /** What follows the command's name, options taken out. */
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly terminal: Terminal
}

/** A command that a plugin adds to the executable. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** What follows the name in the usage line, such as `FILE... [--json]`. */
  readonly usage: string
  readonly options: Readonly<Record<string, CommandOption>>
  run(invocation: Invocation): Promise<ExitCode>
}
