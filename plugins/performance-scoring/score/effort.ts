/** Effort: whether the session was as hard as it should be. */
import { figure, missing, type Percent } from './figure.ts'
import type { ScoringRules } from './rules.ts'

const FORMULA = 'rpeScores(rpe)'

/** The configured score of a rating of perceived exertion, in percent; null where nobody was asked. */
export const effort = (rpe: number | null, rpeScores: ScoringRules['rpeScores']): Percent =>
  rpe === null
    ? missing('%', FORMULA, { rpe }, 'no rating of perceived exertion was given')
    : figure('%', FORMULA, { rpe }, rpeScores[rpe as keyof typeof rpeScores])
