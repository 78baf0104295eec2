/** Runs a format of a plugin from outside under its name, and holds what it reads against what a recording is. */
import * as v from 'valibot'
import { attributed, PluginFault } from '../../src/sdk.ts'
import type { Owner } from './contribution.ts'
import {
  isUnreadable,
  type Recording,
  type RecordingChannel,
  type RecordingDescription,
  type RecordingFormat,
} from './recording.ts'

const MOST_CHANNELS = 4096
const MOST_TEXT = 4096
/** Of what a file says of itself, in characters of JSON. */
const MOST_DESCRIPTION = 8 * 2 ** 20
/** No amplifier of biosignals samples as slowly, or as fast. */
const [LEAST_RATE, MOST_RATE] = [1e-3, 1e7]

const text = v.pipe(v.string(), v.maxLength(MOST_TEXT))
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0))

const ChannelShape = v.object({
  index: v.number(),
  label: text,
  name: v.pipe(text, v.nonEmpty()),
  description: text,
  unit: v.nullable(text),
  rate: v.pipe(v.number(), v.minValue(LEAST_RATE), v.maxValue(MOST_RATE)),
  length: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  forcePlate: v.boolean(),
  samples: v.function(),
})

const RecordingShape = v.object({
  format: v.string(),
  channels: v.pipe(v.array(ChannelShape), v.maxLength(MOST_CHANNELS)),
  durationS: seconds,
  warnings: v.pipe(v.array(v.object({ code: text, message: text })), v.maxLength(1000)),
  describe: v.function(),
})

/** What is wrong with channels that have the right types. */
function objection(channels: readonly RecordingChannel[]): string | undefined {
  const misplaced = channels.findIndex(({ index }, place) => index !== place)
  if (misplaced >= 0) return `channel ${misplaced} calls itself ${channels[misplaced]?.index}`
  const names = new Set<string>()
  const lengths = new Map<number, RecordingChannel>()
  for (const channel of channels) {
    if (names.has(channel.name)) return `two channels are called "${channel.name.slice(0, 40)}"`
    names.add(channel.name)
    const other = lengths.get(channel.rate) ?? channel
    if (other.length !== channel.length) {
      return `of ${channel.rate} Hz, channel ${other.index} has ${other.length} samples and channel ${channel.index} ${channel.length}`
    }
    lengths.set(channel.rate, other)
  }
  return undefined
}

/** Wraps a format: what it throws beside {@link UnreadableRecording}, and what it reads that is none, is its fault. */
export function guardFormat(format: RecordingFormat, { name }: Owner): RecordingFormat {
  const { type, id, summary, reference, mediaType } = format
  const run = <T>(work: () => T): T => attributed(name, work, isUnreadable)
  const fail = (what: string): never => {
    throw new PluginFault(name, `its format "${id}" read a recording in which ${what}`)
  }

  /** @param shaped the same, as it was found to have the right shape */
  const guardChannel = (
    channel: RecordingChannel,
    shaped: Omit<RecordingChannel, 'samples'>,
  ): RecordingChannel => ({
    ...shaped,
    samples: () =>
      run(() => {
        const samples: unknown = channel.samples()
        if (!(samples instanceof Float64Array)) return fail(`channel ${shaped.index} has no Float64Array`)
        if (samples.length !== shaped.length) {
          return fail(`channel ${shaped.index} has ${samples.length} samples, not ${shaped.length}`)
        }
        // It may keep its own, and write into it at any time.
        return samples.slice()
      }),
  })

  function describe(recording: Recording, options: { readonly stats?: boolean } | undefined) {
    return run((): RecordingDescription => {
      const json = JSON.stringify(recording.describe(options))
      if (json === undefined || json.length > MOST_DESCRIPTION || !json.startsWith('{')) {
        return fail('the description is no object, or too large')
      }
      return JSON.parse(json) as RecordingDescription
    })
  }

  return {
    type,
    id,
    summary,
    reference,
    mediaType,
    extensions: [...format.extensions],
    signatures: format.signatures.map((each) => ({ ...each })),
    read: (bytes) =>
      run((): Recording => {
        const recording = format.read(bytes)
        const result = v.safeParse(RecordingShape, recording)
        if (!result.success) {
          const [issue] = result.issues
          return fail(`"${v.getDotPath(issue) ?? 'all'}" is wrong: ${issue.message}`)
        }
        const { format: own, durationS, warnings } = result.output
        if (own !== id) return fail(`the format is called "${own.slice(0, 64)}"`)
        const channels = result.output.channels.map((shaped, place) =>
          guardChannel(recording.channels[place] as RecordingChannel, shaped),
        )
        const wrong = objection(channels)
        if (wrong !== undefined) return fail(wrong)
        return {
          format: id,
          channels,
          durationS,
          warnings,
          describe: (options) => describe(recording, options),
        }
      }),
  }
}
