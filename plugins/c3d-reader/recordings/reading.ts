/** Reads files for the server: what comes with the executable here, a format from outside in a worker. */
import type { Workers } from '../../../src/sdk.ts'
import type { RecordingFormats } from '../formats.ts'
import {
  isUnreadable,
  type Recording,
  type RecordingChannel,
  type RecordingDescription,
  UnreadableRecording,
} from '../recording.ts'

/** Name of the task that reads a file in a worker. */
export const READ = 'read'

/** What a worker is to read. */
export interface ReadJob {
  readonly path: string
  /** Id of the format. */
  readonly format: string
  /** The whole recording, or what the file says of itself, with or without statistics of the channels. */
  readonly want: 'recording' | 'description' | 'statistics'
}

/** A recording as data. */
interface Copied extends Omit<Recording, 'channels' | 'describe'> {
  readonly channels: ReadonlyArray<Omit<RecordingChannel, 'samples'> & { readonly samples: Float64Array }>
  readonly description: RecordingDescription
  readonly statistics: RecordingDescription
}

interface Found<T> {
  readonly found: T
}

interface Unreadable {
  readonly unreadable: { readonly code: string; readonly message: string }
}

const copyOf = (recording: Recording): Copied => ({
  format: recording.format,
  channels: recording.channels.map((channel) => ({ ...channel, samples: channel.samples() })),
  durationS: recording.durationS,
  warnings: recording.warnings,
  description: recording.describe(),
  statistics: recording.describe({ stats: true }),
})

const recordingOf = ({ channels, description, statistics, ...rest }: Copied): Recording => ({
  ...rest,
  channels: channels.map((channel) => ({ ...channel, samples: () => channel.samples.slice() })),
  describe: (options) => (options?.stats ? statistics : description),
})

/** Does a job in a worker. @throws {PluginFault} */
export async function runReadJob(
  formats: RecordingFormats,
  job: ReadJob,
): Promise<Found<Copied | RecordingDescription> | Unreadable> {
  try {
    const recording = formats.require(job.format).read(await Bun.file(job.path).bytes())
    return job.want === 'recording'
      ? { found: copyOf(recording) }
      : { found: recording.describe({ stats: job.want === 'statistics' }) }
  } catch (error) {
    if (isUnreadable(error)) return { unreadable: { code: error.code, message: error.message } }
    throw error
  }
}

/**
 * All of these are rejected with {@link UnreadableRecording} where the bytes are no recording, with a `PluginFault` where
 * the code of a format from outside fails, and with a `TaskError` where that did not end.
 */
export interface Reading {
  /** Reads a file that has just come, by the format of its first bytes. */
  describe(
    file: Bun.BunFile,
  ): Promise<{ readonly format: string; readonly description: RecordingDescription }>
  /** What a stored file says of itself, with the statistics of its channels. */
  statistics(file: Bun.BunFile, format: string): Promise<RecordingDescription>
  open(file: Bun.BunFile, format: string): Promise<Recording>
}

/** As many bytes as a format is recognised by. */
const HEAD = 4096

export function createReading(formats: RecordingFormats, workers: Pick<Workers, 'run'>): Reading {
  const isForeign = (format: string): boolean => formats.ownerOf(format).origin === 'external'
  const readHere = async (file: Bun.BunFile, format: string): Promise<Recording> =>
    formats.require(format).read(await file.bytes())

  async function inWorker<T>({ name }: Bun.BunFile, format: string, want: ReadJob['want']): Promise<T> {
    // What is quarantined is refused before anybody waits for a worker.
    formats.require(format)
    if (name === undefined) throw new Error('the recording is no file of this machine')
    const job: ReadJob = { path: name, format, want }
    const outcome = await workers.run<Found<T> | Unreadable>(READ, job)
    if ('found' in outcome) return outcome.found
    throw new UnreadableRecording(outcome.unreadable.code, outcome.unreadable.message)
  }

  const descriptionOf = async (
    file: Bun.BunFile,
    format: string,
    stats: boolean,
  ): Promise<RecordingDescription> =>
    isForeign(format)
      ? inWorker<RecordingDescription>(file, format, stats ? 'statistics' : 'description')
      : (await readHere(file, format)).describe({ stats })

  return {
    async describe(file) {
      const { id } = formats.recognise(await file.slice(0, HEAD).bytes())
      return { format: id, description: await descriptionOf(file, id, false) }
    },
    statistics: (file, format) => descriptionOf(file, format, true),
    open: async (file, format) =>
      isForeign(format)
        ? recordingOf(await inWorker<Copied>(file, format, 'recording'))
        : readHere(file, format),
  }
}
