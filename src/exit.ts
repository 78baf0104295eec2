/** Exit codes by sysexits(3), and the error that carries one to the end of the process. */

/** The exit codes that every command uses. @see https://man.freebsd.org/cgi/man.cgi?query=sysexits */
export const EXIT = {
  ok: 0,
  usage: 64,
  badData: 65,
  serviceMissing: 69,
  ourFault: 70,
  cannotWrite: 73,
  badConfiguration: 78,
} as const

/** One of the exit codes of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const FAILURE = Symbol.for('myoserve:failure')

/** An expected end: `message` is one clear sentence for the person at the terminal, never a stack trace. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly [FAILURE] = true

  constructor(
    readonly exitCode: Exclude<ExitCode, 0>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Whether an error is a {@link Failure}, of this module or of the copy that a plugin brings. */
export const isFailure = (error: unknown): error is Failure => error instanceof Error && FAILURE in error

/** The sentence an error has to say, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
