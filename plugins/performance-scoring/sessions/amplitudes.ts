/** How strong the contractions of each muscle were, in % of its MVC: what sessions can be compared by. */
import * as v from 'valibot'
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import { UNCOUNTED } from '../score/figure.ts'
import { MuscleCountsSchema } from '../score/index.ts'

const { side, mvcSource } = MuscleCountsSchema.entries

/** The schema of {@link NormalisedAmplitude}. */
export const NormalisedAmplitudeSchema = v.object({
  muscle: v.pipe(v.string(), v.description('Its name, or that of the channel where it is not known')),
  side,
  value: v.pipe(
    v.nullable(v.number()),
    v.description('Mean of the contractions’ amplitudes in % of the MVC; over 100 is no error'),
  ),
  unit: v.literal('%'),
  n: v.pipe(v.number(), v.integer(), v.description('Contractions that it is the mean of')),
  mvcSource: v.pipe(
    mvcSource.wrapped,
    v.description(
      'Where the MVC is from. One `calculated` from the recording itself compares no sessions with each other',
    ),
  ),
  reason: v.pipe(v.nullable(v.string()), v.description('Why there is no value; null where there is one')),
})

/** The amplitude of a channel in % of its MVC. */
export type NormalisedAmplitude = v.InferOutput<typeof NormalisedAmplitudeSchema>

/** What is read of a channel's analysis. */
export interface MeasuredChannel extends Pick<ChannelAnalysis, 'name' | 'muscle' | 'side' | 'thresholds'> {
  readonly contractions: ReadonlyArray<Pick<ChannelAnalysis['contractions'][number], 'mvcPercent'>>
  readonly mvc: Pick<NonNullable<ChannelAnalysis['mvc']>, 'source' | 'reason'> | null
}

/** Contractions whose amplitude is not known are left out, and are not counted in `n`. */
function meanPercent({ thresholds, contractions, mvc }: MeasuredChannel) {
  const known = contractions.flatMap(({ mvcPercent }) => mvcPercent ?? [])
  if (known.length > 0) {
    const sum = known.reduce((total, each) => total + each, 0)
    return { value: sum / known.length, n: known.length, reason: null }
  }
  const reason =
    thresholds === null && contractions.length === 0
      ? UNCOUNTED
      : contractions.length === 0
        ? 'there is no contraction'
        : (mvc?.reason ?? 'no amplitude in % of an MVC is known of any contraction')
  return { value: null, n: 0, reason }
}

/** One for each channel, named as its counts are. */
export const amplitudesOf = (channels: readonly MeasuredChannel[]): NormalisedAmplitude[] =>
  channels.map((channel) => ({
    muscle: channel.muscle ?? channel.name,
    side: channel.side ?? 'none',
    ...meanPercent(channel),
    unit: '%',
    mvcSource: channel.mvc?.source ?? null,
  }))
