/** The overall score of a session. */
import * as v from 'valibot'
import type { Percent } from './figure.ts'
import { figure, missing, PercentSchema, type Rate } from './figure.ts'
import type { ScoringRules } from './rules.ts'
import { WEIGHT_TOLERANCE, weightedMean } from './weights.ts'

/** The components of the overall score, in the order they are shown. */
export const COMPONENTS = ['compliance', 'symmetry', 'effort', 'game'] as const
export type ComponentId = (typeof COMPONENTS)[number]

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

export const OverallSchema = v.object({
  ...PercentSchema.entries,
  coverage: v.pipe(share, v.description('Share of the weight that the components with a value carry')),
  effectiveWeights: v.pipe(
    v.object({ compliance: share, symmetry: share, effort: share, game: share }),
    v.description('The weights that acted: those of missing components went to the others'),
  ),
})

export type Overall = v.InferOutput<typeof OverallSchema>

/**
 * `(w_c * compliance + w_s * symmetry + w_e * effort + w_g * game) / (sum of their weights) * gate`, in percent,
 * over the components that have a value. Null where these carry less than the configured share of the weight: an
 * effort of 100 alone is no performance of 100.
 */
export function overall(
  components: Readonly<Record<ComponentId, Percent>>,
  gate: Rate,
  { weights, minimumCoverage }: Pick<ScoringRules, 'weights' | 'minimumCoverage'>,
): Overall {
  const { value, coverage, effective, formula, values } = weightedMean(
    COMPONENTS.map((id) => ({ id, weight: weights[id], value: components[id].value })),
  )
  const more = { coverage, effectiveWeights: effective }
  if (value === null) {
    return {
      ...missing('%', 'weighted mean of the components', {}, 'no component with a weight has a value'),
      ...more,
    }
  }
  if (coverage < minimumCoverage - WEIGHT_TOLERANCE) {
    const [has, needs] = [coverage, minimumCoverage].map((part) => Number((100 * part).toFixed(1)))
    return {
      ...missing('%', formula, values, `only ${has} % of the weight is there; ${needs} % is needed`),
      ...more,
    }
  }
  if (gate.value === null) return { ...figure('%', formula, values, value), ...more }
  return { ...figure('%', `${formula} * gate`, { ...values, gate: gate.value }, value * gate.value), ...more }
}
