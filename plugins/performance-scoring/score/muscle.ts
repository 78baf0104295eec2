/** The score of a muscle, before the gate of blood flow restriction. */
import * as v from 'valibot'
import { completion } from './completion.ts'
import { duration } from './duration.ts'
import { figure, missing, PercentSchema, RateSchema } from './figure.ts'
import type { MuscleCounts } from './input.ts'
import { intensity } from './intensity.ts'
import type { ScoringRules } from './rules.ts'
import { weightedMean } from './weights.ts'

export const MuscleScoreSchema = v.object({
  muscle: v.string(),
  side: v.picklist(['left', 'right', 'none']),
  targetSource: v.pipe(
    v.picklist(['given', 'configuration']),
    v.description('Whether the contractions asked for are this muscle’s own or the configuration’s'),
  ),
  mvcSource: v.pipe(
    v.nullable(v.string()),
    v.description('Where the MVC of the intensity is from; null where that is not said'),
  ),
  completion: RateSchema,
  intensity: RateSchema,
  duration: RateSchema,
  score: PercentSchema,
})

export type MuscleScore = v.InferOutput<typeof MuscleScoreSchema>

/**
 * `100 * (w_completion * completion + w_intensity * intensity + w_duration * duration)`, in percent. The
 * weight of a part that is missing goes to the others. A muscle that did not contract has a completion of 0 and
 * nothing to rate, so that its score is 0: what was asked for was not done.
 */
export function scoreMuscle(counts: MuscleCounts, rules: ScoringRules): MuscleScore {
  const { muscle, side, total } = counts
  const parts = {
    completion: completion(total, counts.target ?? rules.targets.contractions),
    intensity: intensity(total, counts.meetsMvc, counts.mvcSource ?? null),
    duration: duration(total, counts.meetsDuration),
  }
  const { value, formula, values } = weightedMean(
    (['completion', 'intensity', 'duration'] as const).map((id) => ({
      id,
      weight: rules.muscleWeights[id],
      value: parts[id].value,
    })),
  )
  return {
    muscle,
    side,
    targetSource: counts.target === null ? 'configuration' : 'given',
    mvcSource: counts.mvcSource ?? null,
    ...parts,
    score:
      value === null
        ? missing(
            '%',
            '100 * (completion, intensity, duration)',
            {},
            'no part of it has a value and a weight',
          )
        : figure('%', `100 * ${formula}`, values, 100 * value),
  }
}
