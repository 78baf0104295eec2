/** An answer as JSON; what is missing is null. */
import * as v from 'valibot'
import { VIEWS } from '../picture.ts'
import type { ChannelView, SignalsAnswer } from '../service.ts'
import { ChannelHeadSchema, describeChannel } from './describe.ts'

const Values = (what: string) =>
  v.pipe(v.nullable(v.array(v.nullable(v.number()))), v.description(`${what}; null where they are missing`))

export const SignalsAnswerSchema = v.object({
  recordingId: v.pipe(v.string(), v.uuid()),
  view: v.picklist(VIEWS),
  preset: v.string(),
  pipelineVersion: v.string(),
  parameters: v.pipe(
    v.record(v.string(), v.unknown()),
    v.description('Those of the preset and the request that a view depends on, as an analysis has them'),
  ),
  channels: v.array(
    v.object({
      ...ChannelHeadSchema.entries,
      values: Values('Samples, where kind is samples'),
      min: Values('Least sample of each window, where kind is windows'),
      max: Values('Largest sample of each window, where kind is windows'),
    }),
  ),
})

/** JSON has no NaN: it becomes null. */
const list = (values: Float64Array | null): string => (values ? JSON.stringify(Array.from(values)) : 'null')

function channelText(channel: ChannelView): string {
  const { drawn } = channel
  const values = 'values' in drawn ? drawn.values : null
  const { min, max } = 'min' in drawn ? drawn : { min: null, max: null }
  const head = JSON.stringify(describeChannel(channel)).slice(0, -1)
  return `${head},"values":${list(values)},"min":${list(min)},"max":${list(max)}}`
}

/** The body of an answer, part by part, so that a long one is not made at one go. */
export function* jsonParts(recordingId: string, answer: SignalsAnswer): Generator<string> {
  const { channels, provenance: _, ...rest } = answer
  yield `${JSON.stringify({ recordingId, ...rest }).slice(0, -1)},"channels":[`
  for (const [i, channel] of channels.entries()) yield `${i > 0 ? ',' : ''}${channelText(channel)}`
  yield ']}'
}
