/** The counts that a score needs, from the channels of an analysis and what their muscles are to reach. */
import { type MuscleTarget, normaliseMuscle } from '../../clinical-records/index.ts'
import type { MuscleCounts, ScoringRules, Side } from '../score/index.ts'

/** What is read of a contraction. */
export interface AnalysedContraction {
  readonly durationMs: number
  /** In % of the MVC; null where that is not known. */
  readonly mvcPercent: number | null
  readonly meetsMvc: boolean | null
  readonly meetsDuration: boolean | null
}

/** What is read of a channel's analysis. */
export interface AnalysedChannel {
  readonly name: string
  /** Null where nothing says which muscle it is. */
  readonly muscle: string | null
  readonly side: Side | null
  /** Null where the signal does not let contractions be found. */
  readonly thresholds: object | null
  readonly contractions: readonly AnalysedContraction[]
  readonly target: { readonly contractions: number | null }
}

/** A channel of which no muscle is known goes by its own name, and has no side. */
const muscleOf = ({ name, muscle, side }: AnalysedChannel) => ({
  muscle: muscle ?? name,
  side: side ?? 'none',
})

/** The target of a muscle and side; a muscle without one of its side may have one for either. */
function targetOf(targets: readonly MuscleTarget[], muscle: string, side: Side): MuscleTarget | undefined {
  const own = targets.filter((target) => target.muscle === normaliseMuscle(muscle))
  return own.find((target) => target.side === side) ?? own.find((target) => target.side === 'none')
}

/**
 * The channels with their contractions held against the targets of a patient, whatever they were held against before.
 *
 * @param fallback for what a muscle has no target of its own
 */
export const heldAgainst = (
  channels: readonly AnalysedChannel[],
  targets: readonly MuscleTarget[],
  fallback: ScoringRules['targets'],
): AnalysedChannel[] =>
  channels.map((channel) => {
    const { muscle, side } = muscleOf(channel)
    const own = targetOf(targets, muscle, side)
    const least = {
      durationMs: own?.durationMs ?? fallback.durationMs,
      mvcPercent: own?.mvcPercent ?? fallback.mvcPercent,
    }
    return {
      ...channel,
      target: { contractions: own?.contractions ?? null },
      contractions: channel.contractions.map(({ durationMs, mvcPercent }) => ({
        durationMs,
        mvcPercent,
        meetsMvc: mvcPercent === null ? null : mvcPercent >= least.mvcPercent,
        meetsDuration: durationMs >= least.durationMs,
      })),
    }
  })

/** @returns null as soon as one is unknown */
const countTrue = (flags: readonly (boolean | null)[]): number | null =>
  flags.includes(null) ? null : flags.filter(Boolean).length

/** Counts the contractions of each channel by what they are said to meet. */
export const countsOf = (channels: readonly AnalysedChannel[]): MuscleCounts[] =>
  channels.map((channel) => {
    const { thresholds, contractions, target } = channel
    // Somebody may have marked contractions where none could be found.
    const counted = thresholds !== null || contractions.length > 0
    return {
      ...muscleOf(channel),
      total: counted ? contractions.length : null,
      meetsMvc: counted ? countTrue(contractions.map(({ meetsMvc }) => meetsMvc)) : null,
      meetsDuration: counted ? countTrue(contractions.map(({ meetsDuration }) => meetsDuration)) : null,
      target: target.contractions,
    }
  })
