/** The analysis of a session in parts, as REST shows them. */
import * as v from 'valibot'
import { RecordingId } from '../../c3d-reader/index.ts'
import { RecordingAnalysisSchema } from '../analysis/index.ts'

export const SessionId = v.pipe(v.string(), v.uuid(), v.description('UUIDv7 of the therapy session'))

const Channel = RecordingAnalysisSchema.entries.channels.item

/** What every part says of the whole that it is of. */
const whole = {
  sessionId: SessionId,
  recordingId: RecordingId,
  ...v.omit(RecordingAnalysisSchema, ['channels', 'pairs']).entries,
}

export const SessionContractionsSchema = v.object({
  ...whole,
  channels: v.array(
    v.pick(Channel, [
      'index',
      'name',
      'label',
      'muscle',
      'side',
      'anatomyBasis',
      'unit',
      'unitBasis',
      'thresholds',
      'contractions',
      'bursts',
      'mvc',
      'target',
    ]),
  ),
})

export const SessionChannelSchema = v.object({ ...whole, channel: Channel })

/** The contractions of each channel, with what they were held against. */
export type SessionContractions = v.InferOutput<typeof SessionContractionsSchema>
/** The analysis of one channel. */
export type SessionChannel = v.InferOutput<typeof SessionChannelSchema>
