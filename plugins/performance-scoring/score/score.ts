/** The whole score of a session, every number with the calculation it came from. */
import * as v from 'valibot'
import { bfrGate } from './bfr-gate.ts'
import { CompletenessSchema, completenessOf } from './completeness.ts'
import { compliance } from './compliance.ts'
import { effort } from './effort.ts'
import { PercentSchema, RateSchema } from './figure.ts'
import { game } from './game.ts'
import type { ScoreInput } from './input.ts'
import { MuscleScoreSchema, scoreMuscle } from './muscle.ts'
import { OverallSchema, overall } from './overall.ts'
import { type ScoringRules, ScoringRulesSchema } from './rules.ts'
import { scoreSide } from './sides.ts'
import { symmetry } from './symmetry.ts'

/** Version of the formulas. It changes when the same counts and rules would give another score. */
export const SCORING_VERSION = '1'

/** A configuration as it travels with a score. */
export const AppliedConfigurationSchema = v.object({
  id: v.pipe(v.string(), v.uuid()),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name: v.string(),
  rules: ScoringRulesSchema,
})

/** The schema of a score. */
export const ScoreSchema = v.object({
  overall: OverallSchema,
  components: v.object({
    compliance: PercentSchema,
    symmetry: PercentSchema,
    effort: PercentSchema,
    game: PercentSchema,
  }),
  gate: v.pipe(
    RateSchema,
    v.description('C_BFR: 1 pressure kept, 0 not kept, null not measured and not applied'),
  ),
  sides: v.pipe(
    v.object({ left: PercentSchema, right: PercentSchema, none: PercentSchema }),
    v.description('Before the gate'),
  ),
  muscles: v.pipe(v.array(MuscleScoreSchema), v.description('Before the gate; in the order of the input')),
  completeness: CompletenessSchema,
  scoringVersion: v.pipe(v.string(), v.description('Version of the formulas')),
  configuration: AppliedConfigurationSchema,
})

/** The configuration that a score was computed by. */
export type AppliedConfiguration = v.InferOutput<typeof AppliedConfigurationSchema>

/** A score with its parts; null with a reason where it cannot be had. */
export type Score = v.InferOutput<typeof ScoreSchema>

/**
 * Scores a session. Pure: the same input and rules give the same score, to the bit.
 *
 * @param input as {@link ScoreInputSchema} takes it
 * @param configuration its rules as {@link ScoringRulesSchema} takes them
 * @example
 * const { overall } = score({ muscles, bfr: { left: null, right: null }, rpe: 5, game: null }, BUILT_IN)
 * overall.value // 82.07
 * overall.explanation.working // (0.5 * 65.2125 + 0.25 * 97.8723 + 0.25 * 100) / (0.5 + 0.25 + 0.25) = 82.0743
 */
export function score(
  input: ScoreInput,
  configuration: Readonly<Omit<AppliedConfiguration, 'rules'>> & { readonly rules: ScoringRules },
): Score {
  const { id, version, name, rules } = configuration
  const muscles = input.muscles.map((counts) => scoreMuscle(counts, rules))
  const sides = {
    left: scoreSide(muscles, 'left'),
    right: scoreSide(muscles, 'right'),
    none: scoreSide(muscles, 'none'),
  }
  const gate = bfrGate(input.bfr, rules.bfrWindow)
  const components = {
    compliance: compliance(sides, gate),
    symmetry: symmetry(sides.left, sides.right),
    effort: effort(input.rpe, rules.rpeScores),
    game: game(input.game),
  }
  return {
    overall: overall(components, gate, rules),
    components,
    gate,
    sides,
    muscles,
    completeness: completenessOf(components, gate, muscles, input.bfr),
    scoringVersion: SCORING_VERSION,
    configuration: { id, version, name, rules },
  }
}
