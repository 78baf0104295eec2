/** The counts that a score needs, from the channels of an analysis. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import type { MuscleCounts } from '../score/index.ts'

/** What is read of a channel's analysis. */
export interface AnalysedChannel extends Pick<ChannelAnalysis, 'name' | 'muscle' | 'side' | 'thresholds'> {
  readonly contractions: ReadonlyArray<
    Pick<ChannelAnalysis['contractions'][number], 'meetsMvc' | 'meetsDuration'>
  >
  readonly mvc: Pick<NonNullable<ChannelAnalysis['mvc']>, 'source'> | null
  readonly target: Pick<ChannelAnalysis['target'], 'contractions'>
}

/** @returns null as soon as one is unknown */
const countTrue = (flags: readonly (boolean | null)[]): number | null =>
  flags.includes(null) ? null : flags.filter(Boolean).length

/**
 * Counts the contractions of each channel by what the analysis says they meet. A channel of which no muscle is known
 * goes by its own name, and has no side.
 */
export const countsOf = (channels: readonly AnalysedChannel[]): MuscleCounts[] =>
  channels.map(({ name, muscle, side, thresholds, contractions, mvc, target }) => {
    // Without thresholds nothing could be found; but somebody may have marked contractions.
    const counted = thresholds !== null || contractions.length > 0
    return {
      muscle: muscle ?? name,
      side: side ?? 'none',
      total: counted ? contractions.length : null,
      meetsMvc: counted ? countTrue(contractions.map(({ meetsMvc }) => meetsMvc)) : null,
      mvcSource: mvc?.source ?? null,
      meetsDuration: counted ? countTrue(contractions.map(({ meetsDuration }) => meetsDuration)) : null,
      target: target.contractions,
    }
  })
