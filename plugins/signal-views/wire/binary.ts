/** An answer as bytes: a JSON head, then float32 values; what is missing is NaN. docs/signals.md describes it. */
import type { ChannelView, SignalsAnswer } from '../service.ts'
import { describeChannel } from './describe.ts'
import { pack } from './packed.ts'

export const BINARY_TYPE = 'application/vnd.myoserve.signals'

/** First bytes of every answer. */
export const BINARY_KIND = 'MYOS'

/** Changes whenever a reader of the format has to. */
const FORMAT_VERSION = 1

const valuesOf = ({ drawn }: ChannelView): Float64Array[] =>
  'values' in drawn ? [drawn.values] : 'min' in drawn ? [drawn.min, drawn.max] : []

export function binaryAnswer(recordingId: string, answer: SignalsAnswer): Uint8Array<ArrayBuffer> {
  const { channels, provenance: _, ...rest } = answer
  const parts: Float32Array[] = []
  let offset = 0
  const heads = channels.map((channel) => {
    const own = valuesOf(channel).map((values) => Float32Array.from(values))
    parts.push(...own)
    const head = {
      ...describeChannel(channel),
      offset,
      values: own.reduce((sum, each) => sum + each.length, 0),
    }
    offset += head.values
    return head
  })
  return pack(BINARY_KIND, { version: FORMAT_VERSION, recordingId, ...rest, channels: heads }, parts)
}
