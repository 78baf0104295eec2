/** The counts that a score needs, from the channels of an analysis and what the patient is to reach. */
import { type MuscleTarget, normaliseMuscle } from '../../clinical-records/index.ts'
import type { MuscleCounts, Side } from '../score/index.ts'

/** What is read of a channel's analysis. */
export interface AnalysedChannel {
  readonly name: string
  /** Null where no profile says which muscle it is. */
  readonly muscle: string | null
  readonly side: Side | null
  /** Null where the signal does not let contractions be counted. */
  readonly contractions: ReadonlyArray<{
    readonly meetsMvc: boolean | null
    readonly meetsDuration: boolean | null
  }> | null
}

/** @returns null as soon as one is unknown */
const countTrue = (flags: readonly (boolean | null)[]): number | null =>
  flags.includes(null) ? null : flags.filter(Boolean).length

/** The target of a muscle and side; a muscle without one of its side may have one for either. */
export function targetOf(
  targets: readonly MuscleTarget[],
  muscle: string,
  side: Side,
): MuscleTarget | undefined {
  const own = targets.filter((target) => target.muscle === normaliseMuscle(muscle))
  return own.find((target) => target.side === side) ?? own.find((target) => target.side === 'none')
}

/**
 * Counts the contractions of each channel. A channel of which no muscle is known goes by its own name and has no side.
 */
export const countsOf = (
  channels: readonly AnalysedChannel[],
  targets: readonly MuscleTarget[],
): MuscleCounts[] =>
  channels.map((channel) => {
    const { contractions } = channel
    const muscle = channel.muscle ?? channel.name
    const side = channel.side ?? 'none'
    return {
      muscle,
      side,
      total: contractions?.length ?? null,
      meetsMvc: contractions && countTrue(contractions.map(({ meetsMvc }) => meetsMvc)),
      meetsDuration: contractions && countTrue(contractions.map(({ meetsDuration }) => meetsDuration)),
      target: targetOf(targets, muscle, side)?.contractions ?? null,
    }
  })
