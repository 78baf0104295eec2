/** Reads recordings from files for the command line, with errors in both of its forms. */
import { EXIT, type ExitCode, Failure, messageOf, type Terminal } from '../../src/sdk.ts'
import type { RecordingFormats } from './formats.ts'
import { isUnreadable, type Recording, UnreadableRecording } from './recording.ts'

/** @throws {UnreadableRecording} also when the file cannot be opened */
export async function readRecordingFile(formats: RecordingFormats, path: string): Promise<Recording> {
  let bytes: Uint8Array
  try {
    bytes = await Bun.file(path).bytes()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const name = code === 'ENOENT' ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE'
    const reason = code === 'ENOENT' ? 'there is no such file' : messageOf(cause)
    throw new UnreadableRecording(name, reason, { cause })
  }
  return formats.read(bytes)
}

/**
 * Prints why a file could not be read: a sentence, or an object for programs.
 *
 * @returns the exit code for bad data
 */
export function reportUnreadable(terminal: Terminal, file: string, error: unknown, json: boolean): ExitCode {
  if (!isUnreadable(error)) throw error
  const { code, message } = error
  terminal.err(
    json
      ? `${JSON.stringify({ error: { code, message, file } })}\n`
      : `myoserve: ${file}: ${message} (${code})\n`,
  )
  return EXIT.badData
}

/** @throws {Failure} 64 unless there is at least one file, and at most `most` */
export function requireFiles(args: readonly string[], most: number, command: string): readonly string[] {
  if (args.length === 0)
    throw new Failure(EXIT.usage, `${command} needs a FILE; see \`myoserve ${command} --help\``)
  if (args.length > most) throw new Failure(EXIT.usage, `${command} takes one FILE`)
  return args
}
