/** A recording, whatever format it came in: what analysis plugins work on. */

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

/** A recording format: reads bytes of one kind of file. */
export interface RecordingFormat {
  /** Such as `c3d`. */
  readonly id: string
  /** Media type that a stored file is served with. */
  readonly mediaType: string
  /** Whether these bytes may be of this format. Looks at no more than the first few. */
  recognises(bytes: Uint8Array): boolean
  /** @throws {UnreadableRecording} */
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
