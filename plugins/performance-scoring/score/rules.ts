/** The rules of a score: the content of a scoring configuration, and the ones that are built in. */
import * as v from 'valibot'
import { WEIGHT_TOLERANCE } from './weights.ts'

const share = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1))
const points = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100))

const addUpToOne = (...weights: readonly number[]): boolean =>
  // The slack of 1e-9 is for sums such as 0.333 + 0.333 + 0.333, which are binary fractions.
  Math.abs(weights.reduce((total, each) => total + each, 0) - 1) <= WEIGHT_TOLERANCE + 1e-9

const sumMessage = `the weights must add up to 1, to within ${WEIGHT_TOLERANCE}`

/** The content of a scoring configuration. */
export const ScoringRulesSchema = v.strictObject({
  weights: v.pipe(
    v.strictObject({ compliance: share, symmetry: share, effort: share, game: share }),
    v.check((w) => addUpToOne(w.compliance, w.symmetry, w.effort, w.game), sumMessage),
    v.description('Of the components in the overall score; they add up to 1'),
  ),
  muscleWeights: v.pipe(
    v.strictObject({ completion: share, intensity: share, duration: share }),
    v.check((w) => addUpToOne(w.completion, w.intensity, w.duration), sumMessage),
    v.description('Of the parts in the score of a muscle; they add up to 1'),
  ),
  rpeScores: v.pipe(
    v.strictObject({
      0: points,
      1: points,
      2: points,
      3: points,
      4: points,
      5: points,
      6: points,
      7: points,
      8: points,
      9: points,
      10: points,
    }),
    v.description('Effort score of each rating of perceived exertion'),
  ),
  bfrWindow: v.pipe(
    v.strictObject({ lowPercent: points, highPercent: points }),
    v.check(({ lowPercent, highPercent }) => lowPercent <= highPercent, 'the window ends before it begins'),
    v.description('Pressures that count as kept, bounds included, in % of arterial occlusion pressure'),
  ),
  targets: v.pipe(
    v.strictObject({
      contractions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
      durationMs: v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(600_000)),
      mvcPercent: v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(100)),
    }),
    v.description('What is asked of a muscle that has no target of its own'),
  ),
  minimumCoverage: v.pipe(
    share,
    v.description('Share of the weight that must be there for an overall score; below it there is none'),
  ),
})

/** How parts are scored and weighted. */
export type ScoringRules = v.InferOutput<typeof ScoringRulesSchema>

/** The rules that hold where nobody chose others. */
export const DEFAULT_RULES: ScoringRules = {
  weights: { compliance: 0.5, symmetry: 0.25, effort: 0.25, game: 0 },
  muscleWeights: { completion: 0.333, intensity: 0.333, duration: 0.334 },
  rpeScores: { 0: 20, 1: 20, 2: 60, 3: 80, 4: 100, 5: 100, 6: 100, 7: 80, 8: 60, 9: 20, 10: 20 },
  bfrWindow: { lowPercent: 45, highPercent: 55 },
  targets: { contractions: 12, durationMs: 2000, mvcPercent: 75 },
  minimumCoverage: 0.5,
}
