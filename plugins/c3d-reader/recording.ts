/** A recording, whatever format it came in: what analysis plugins work on. */
import { isPluginFault, isTaskError, Problem } from '../../src/sdk.ts'
import { quarantineSentence } from './contribution.ts'

/** Something odd that was accepted. */
export interface RecordingWarning {
  /** Stable name, such as `TRUNCATED_DATA`. */
  readonly code: string
  readonly message: string
}

/** One analog channel. */
export interface RecordingChannel {
  /** Place in the file, from 0: the identity of a channel, since labels repeat. */
  readonly index: number
  /** Label as the file has it, trimmed. */
  readonly label: string
  /** Unique display name. */
  readonly name: string
  readonly description: string
  /** Unit as the file declares it; null where it declares none. */
  readonly unit: string | null
  /** Samples per second, as declared. */
  readonly rate: number
  /** Samples there are. */
  readonly length: number
  /** Whether a force plate claims the channel. */
  readonly forcePlate: boolean
  /** The samples in {@link unit}. Computed anew on each call; not kept. */
  samples(): Float64Array
}

/** What the reader says of a file: the JSON of `inspect`. */
export type RecordingDescription = Readonly<Record<string, unknown>>

/**
 * A recording that was read, whatever its format. Samples stay in the bytes of the file until they are asked for.
 */
export interface Recording {
  /** Id of the format that read it. */
  readonly format: string
  readonly channels: readonly RecordingChannel[]
  readonly durationS: number
  /** Oddities that the reader accepted; among them RATE_DISAGREES, where the file suggests another rate. */
  readonly warnings: readonly RecordingWarning[]
  /** @param options.stats  also the statistics of each channel, which takes reading all samples */
  describe(options?: { readonly stats?: boolean }): RecordingDescription
}

/** Bytes that every file of a format has at one place. */
export interface FormatSignature {
  /** Place of the first of them, from 0, which it is unless stated. */
  readonly offset?: number
  /** One character a byte, U+0000 to U+00FF. */
  readonly bytes: string
}

/** A recording format: reads bytes of one kind of file. A plugin adds its own to `formats` while it is set up. */
export interface RecordingFormat {
  readonly type: 'recording-format'
  /** In kebab-case, such as `c3d`; stored with each recording. */
  readonly id: string
  /** One line. */
  readonly summary: string
  /** The specification. */
  readonly reference: string
  /** Media type that a stored file is served with. */
  readonly mediaType: string
  /** Ends of file names, such as `.c3d`, for file choosers; a file is never told by its name. */
  readonly extensions: readonly string[]
  /** How its files are recognised: by any one of these, within the first 4096 bytes. */
  readonly signatures: readonly FormatSignature[]
  /**
   * Reads a file, of which nothing is known but its signature: every byte is to be held against those there are, and
   * time and memory have to be linear in their number. Pure: the same bytes, the same recording.
   *
   * @throws {UnreadableRecording}
   */
  read(bytes: Uint8Array): Recording
}

const UNREADABLE = Symbol.for('myoserve:unreadable-recording')

/** The bytes are no recording that can be read: `code` for programs, the message for people. */
export class UnreadableRecording extends Error {
  override readonly name = 'UnreadableRecording'
  readonly [UNREADABLE] = true

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Told by its mark, so that errors of another copy of this module count too. */
export const isUnreadable = (error: unknown): error is UnreadableRecording =>
  error instanceof Error && UNREADABLE in error

/**
 * Says to a client why a recording cannot be read; any other error passes.
 *
 * @throws {Problem} 422 with the code of the error; 503 PLUGIN_QUARANTINED where nobody may read it now;
 * 503 READING_UNFINISHED where the reading did not end, and nobody knows why
 */
export function readProblem(error: unknown): never {
  if (isTaskError(error)) {
    throw new Problem(503, 'READING_UNFINISHED', 'The reading of the recording did not end by itself.')
  }
  if (isPluginFault(error)) {
    throw new Problem(503, 'PLUGIN_QUARANTINED', `${quarantineSentence(error.plugin, error.reason)}.`)
  }
  if (!isUnreadable(error)) throw error
  throw new Problem(error.code === 'PLUGIN_QUARANTINED' ? 503 : 422, error.code, error.message)
}
