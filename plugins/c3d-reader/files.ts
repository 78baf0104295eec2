/** Reads recordings from files for the command line, with errors in both of its forms. */
import { EXIT, type ExitCode, Failure, messageOf, type Terminal } from '../../src/sdk.ts'
import type { RecordingFormats } from './formats.ts'
import { isUnreadable, type Recording, UnreadableRecording } from './recording.ts'

/** As many bytes as a format is recognised by. */
const HEAD = 4096

/** @throws {UnreadableRecording} when the file cannot be opened */
async function opened<T>(path: string, read: (file: Bun.BunFile) => Promise<T>): Promise<T> {
  try {
    return await read(Bun.file(path))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const name = code === 'ENOENT' ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE'
    const reason = code === 'ENOENT' ? 'there is no such file' : messageOf(cause)
    throw new UnreadableRecording(name, reason, { cause })
  }
}

/** @throws {UnreadableRecording} also when the file cannot be opened */
export const readRecordingFile = async (formats: RecordingFormats, path: string): Promise<Recording> =>
  formats.read(await opened(path, (file) => file.bytes()))

/**
 * The format of a file, by its first bytes; no code of its plugin is run.
 *
 * @throws {UnreadableRecording} also when the file cannot be opened
 */
export const recogniseFile = async (formats: RecordingFormats, path: string): Promise<string> =>
  formats.recognise(await opened(path, (file) => file.slice(0, HEAD).bytes())).id

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
