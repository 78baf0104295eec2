/** What a caller may ask for: channels, a range, how many points, a view and the parameters that it is made with. */
import * as v from 'valibot'
import { decimal, Problem, wholeNumber } from '../../src/sdk.ts'
import type { RecordingChannel } from '../c3d-reader/index.ts'
import { type AnalysisRequest, AnalysisRequestSchema, RATES } from '../emg-analyzer/index.ts'
import type { Stretch } from './decimation/grid.ts'
import { VIEWS, type View } from './picture.ts'

/** Points of a channel unless stated: about as many as a wide window has pixels. */
export const USUAL_POINTS = 2000
export const MOST_POINTS = 100_000
/** Points of all channels together. */
export const MOST_VALUES = 1_000_000
/** Far behind the end of any recording. */
const LAST_MS = 1e12

const RangeMs = {
  from: 'Start in ms from the start of the recording',
  to: 'End in ms; the sample at this time is not part of it. Absent: the end of the recording',
}

const ViewName = v.pipe(
  v.picklist(VIEWS),
  v.description(
    'raw: as the file has it; filtered: band-passed, without the power line where the parameters say so; envelope; activated: the device’s own picture',
  ),
)

const CHANNELS =
  'Channels by their index or name; absent: those that the analysis takes for EMG. A number is an index'

export const SignalsQuery = v.object({
  channels: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(4096),
      v.description(`${CHANNELS}. Parted by commas`),
      v.transform((text) => text.split(',').map((each) => each.trim())),
    ),
  ),
  from: v.optional(v.pipe(decimal(0, LAST_MS), v.description(RangeMs.from)), '0'),
  to: v.optional(v.pipe(decimal(0, LAST_MS), v.description(RangeMs.to))),
  points: v.optional(
    v.pipe(
      wholeNumber(2, MOST_POINTS),
      v.description('Most values of a channel: samples where there are no more, else two a window'),
    ),
    String(USUAL_POINTS),
  ),
  view: v.optional(ViewName, 'raw'),
  preset: v.optional(v.pipe(v.string(), v.description('Absent: the configured preset'))),
  rate: v.optional(
    v.pipe(
      decimal(RATES.least, RATES.most),
      v.description('Sampling rate in Hz, in place of the declared one'),
    ),
  ),
})

const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_MS))

export const SignalsBody = v.strictObject({
  channels: v.optional(
    v.pipe(
      v.array(v.union([v.pipe(v.number(), v.integer(), v.minValue(0)), v.string()])),
      v.maxLength(4096),
      v.description(CHANNELS),
    ),
  ),
  from: v.optional(v.pipe(milliseconds, v.description(RangeMs.from)), 0),
  to: v.optional(v.pipe(milliseconds, v.description(RangeMs.to))),
  points: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MOST_POINTS)), USUAL_POINTS),
  view: v.optional(ViewName, 'raw'),
  preset: AnalysisRequestSchema.entries.preset,
  parameters: AnalysisRequestSchema.entries.parameters,
})

/** A request, whichever way it came. */
export interface SignalsRequest {
  readonly view: View
  readonly channels?: ReadonlyArray<number | string> | undefined
  readonly from: number
  readonly to?: number | undefined
  readonly points: number
  readonly analysis: AnalysisRequest
}

export const ofQuery = ({ preset, rate, ...rest }: v.InferOutput<typeof SignalsQuery>): SignalsRequest => ({
  ...rest,
  analysis: {
    ...(preset === undefined ? {} : { preset }),
    ...(rate === undefined ? {} : { parameters: { rateOverride: rate } }),
  },
})

export const ofBody = ({
  preset,
  parameters,
  ...rest
}: v.InferOutput<typeof SignalsBody>): SignalsRequest => ({
  ...rest,
  analysis: {
    ...(preset === undefined ? {} : { preset }),
    ...(parameters === undefined ? {} : { parameters }),
  },
})

/**
 * The channels that a request names, each once, in its order.
 *
 * @throws {Problem} 404 CHANNEL_NOT_FOUND
 */
export function namedChannels(
  channels: readonly RecordingChannel[],
  names: ReadonlyArray<number | string>,
): RecordingChannel[] {
  const found = names.map((each) => {
    const isIndex = typeof each === 'number' || /^\d+$/.test(each)
    const channel = isIndex ? channels[Number(each)] : channels.find(({ name }) => name === each)
    if (channel) return channel
    throw new Problem(404, 'CHANNEL_NOT_FOUND', `The recording has no channel ${JSON.stringify(each)}.`)
  })
  return [...new Set(found)]
}

/**
 * The samples of a range, of a channel with `total` of them. Sample i is at `i * 1000 / rate` ms; a time that misses it
 * by the rounding of such a quotient is its time.
 */
export function stretchOf(
  { from, to }: Pick<SignalsRequest, 'from' | 'to'>,
  rate: number,
  total: number,
): Stretch {
  const sampleAt = (ms: number): number => Math.min(total, Math.max(0, Math.ceil((ms * rate) / 1000 - 1e-6)))
  const start = sampleAt(from)
  return { start, end: to === undefined ? total : Math.max(start, sampleAt(to)) }
}
