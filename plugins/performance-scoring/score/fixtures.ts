/** What the tests of scores share. */
import type { MuscleCounts, ScoreInput } from './input.ts'
import { DEFAULT_RULES, type ScoringRules } from './rules.ts'
import { type AppliedConfiguration, type Score, score } from './score.ts'

/** A muscle of which everything is known: 12 of 12 contractions, all strong and long enough. */
export const muscle = (changes: Partial<MuscleCounts> = {}): MuscleCounts => ({
  muscle: 'quadriceps',
  side: 'left',
  total: 12,
  meetsMvc: 12,
  meetsDuration: 12,
  target: 12,
  ...changes,
})

/** A session of which nothing is known. */
export const NOTHING: ScoreInput = { muscles: [], bfr: { left: null, right: null }, rpe: null, game: null }

export const configured = (changes: Partial<ScoringRules> = {}): AppliedConfiguration => ({
  id: '01900000-0000-7000-8000-00000000000f',
  version: 3,
  name: 'test',
  rules: { ...DEFAULT_RULES, ...changes },
})

export const scoreOf = (input: Partial<ScoreInput>, rules: Partial<ScoringRules> = {}): Score =>
  score({ ...NOTHING, ...input }, configured(rules))

const FUNCTIONS: Readonly<Record<string, unknown>> = {
  min: Math.min,
  abs: Math.abs,
  mean: (...values: number[]) => values.reduce((total, each) => total + each, 0) / values.length,
  within: (value: number, low: number, high: number) => (low <= value && value <= high ? 1 : 0),
}

/** Computes a formula of an explanation with its values: what a reader with a calculator would get. */
export function evaluate(
  formula: string,
  values: Readonly<Record<string, number | null>>,
  rules: ScoringRules,
): number {
  const scope = {
    ...FUNCTIONS,
    rpeScores: (rpe: keyof ScoringRules['rpeScores']) => rules.rpeScores[rpe],
    ...values,
  }
  return new Function(...Object.keys(scope), `return ${formula}`)(...Object.values(scope))
}
