/** Rules as rows of `configuration_versions`, and back. */
import type { ScoringRules } from '../score/index.ts'
import type { configurationVersions } from '../tables.ts'

type VersionRow = typeof configurationVersions.$inferSelect
type RuleColumns = Omit<VersionRow, 'configurationId' | 'version' | 'description' | 'createdAt'>

const RATINGS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

export const columnsOf = (rules: ScoringRules): RuleColumns => ({
  weightCompliance: rules.weights.compliance,
  weightSymmetry: rules.weights.symmetry,
  weightEffort: rules.weights.effort,
  weightGame: rules.weights.game,
  weightCompletion: rules.muscleWeights.completion,
  weightIntensity: rules.muscleWeights.intensity,
  weightDuration: rules.muscleWeights.duration,
  rpeScores: RATINGS.map((rating) => rules.rpeScores[rating]),
  bfrLowPercent: rules.bfrWindow.lowPercent,
  bfrHighPercent: rules.bfrWindow.highPercent,
  targetContractions: rules.targets.contractions,
  targetDurationMs: rules.targets.durationMs,
  targetMvcPercent: rules.targets.mvcPercent,
  minimumCoverage: rules.minimumCoverage,
})

export const rulesOf = (row: RuleColumns): ScoringRules => ({
  weights: {
    compliance: row.weightCompliance,
    symmetry: row.weightSymmetry,
    effort: row.weightEffort,
    game: row.weightGame,
  },
  muscleWeights: {
    completion: row.weightCompletion,
    intensity: row.weightIntensity,
    duration: row.weightDuration,
  },
  // A constraint holds the column to eleven scores.
  rpeScores: Object.fromEntries(
    row.rpeScores.map((each, rating) => [rating, each]),
  ) as ScoringRules['rpeScores'],
  bfrWindow: { lowPercent: row.bfrLowPercent, highPercent: row.bfrHighPercent },
  targets: {
    contractions: row.targetContractions,
    durationMs: row.targetDurationMs,
    mvcPercent: row.targetMvcPercent,
  },
  minimumCoverage: row.minimumCoverage,
})
