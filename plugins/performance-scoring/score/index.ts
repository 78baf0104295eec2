/** The score of a session: pure, no database. */
export {
  type MuscleCounts,
  MuscleCountsSchema,
  type ScoreInput,
  ScoreInputSchema,
  type Side,
} from './input.ts'
export { DEFAULT_RULES, type ScoringRules, ScoringRulesSchema } from './rules.ts'
export {
  type AppliedConfiguration,
  AppliedConfigurationSchema,
  SCORING_VERSION,
  type Score,
  ScoreSchema,
  score,
} from './score.ts'
