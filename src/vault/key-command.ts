/** Keys of a program that is run once at the start: the client of a key management service. */
import { EXIT, Failure, messageOf } from '../exit.ts'
import { type KeyRing, parseRing } from './ring.ts'

/** A service that takes longer is away. */
const LONGEST_MS = 30_000

/** No keys are this long. */
const MOST_BYTES = 64 * 1024

const failed = (reason: string, cause?: unknown): Failure =>
  new Failure(EXIT.badConfiguration, `VAULT_KEY_COMMAND ${reason}`, { cause })

/**
 * Runs the program, without a shell, and takes what it prints for keys. Nothing of that is ever logged, nor what it says
 * on standard error, which may hold a secret too.
 *
 * @param command the program and its arguments, parted by blanks
 * @throws {Failure} 78
 */
export async function keysOfCommand(command: string): Promise<KeyRing> {
  let text: string
  let exitCode: number | null
  try {
    const child = Bun.spawn(command.trim().split(/\s+/), {
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'ignore',
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_BYTES,
    })
    text = await new Response(child.stdout).text()
    exitCode = await child.exited.then(() => child.exitCode)
  } catch (cause) {
    throw failed(`could not be run: ${messageOf(cause)}`, cause)
  }
  if (exitCode !== 0) {
    throw failed(
      exitCode === null
        ? `took longer than ${LONGEST_MS / 1000} s, or said too much`
        : `ended with ${exitCode}`,
    )
  }
  try {
    const ring = parseRing(text)
    if (ring.length > 0) return ring
  } catch (error) {
    throw failed(`printed no keys: ${messageOf(error)}`)
  }
  throw failed('printed no keys')
}
