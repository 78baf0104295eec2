import { describe, expect, test } from 'bun:test'
import { changesOf, isCurrent, partsOf, type Score, whyNoOverall } from './parts.ts'

type Values = Readonly<Record<'compliance' | 'symmetry' | 'effort' | 'game', number | null>>

const NOTHING = { formula: '', values: {}, working: null }
const percent = (value: number | null) => ({
  value,
  unit: '%' as const,
  reason: value === null ? 'why' : null,
  explanation: NOTHING,
})

function scoreOf(
  values: Values,
  effective: Score['overall']['effectiveWeights'],
  overall: number | null,
  gate: number | null = null,
): Score {
  const presence = (value: number | null) =>
    value === null
      ? { state: 'missing' as const, reasons: ['why'] }
      : { state: 'measured' as const, reasons: [] }
  const coverage =
    0.5 * Number(values.compliance !== null) +
    0.25 * Number(values.symmetry !== null) +
    0.25 * Number(values.effort !== null)
  return {
    overall: { ...percent(overall), coverage, effectiveWeights: effective },
    components: {
      compliance: percent(values.compliance),
      symmetry: percent(values.symmetry),
      effort: percent(values.effort),
      game: percent(values.game),
    },
    gate: { value: gate, unit: '1', reason: null, explanation: NOTHING },
    sides: { left: percent(null), right: percent(null), none: percent(null) },
    muscles: [],
    completeness: {
      compliance: presence(values.compliance),
      symmetry: presence(values.symmetry),
      effort: presence(values.effort),
      game: presence(values.game),
      bfr: presence(gate),
    },
    scoringVersion: '1',
    configuration: {
      id: 'a',
      version: 1,
      name: 'Rules',
      rules: {
        weights: { compliance: 0.5, symmetry: 0.25, effort: 0.25, game: 0 },
        muscleWeights: { completion: 0.333, intensity: 0.333, duration: 0.334 },
        rpeScores: {
          '0': 20,
          '1': 20,
          '2': 60,
          '3': 80,
          '4': 100,
          '5': 100,
          '6': 100,
          '7': 80,
          '8': 60,
          '9': 20,
          '10': 20,
        },
        bfrWindow: { lowPercent: 45, highPercent: 55 },
        targets: { contractions: 12, durationMs: 2000, mvcPercent: 75 },
        minimumCoverage: 0.5,
      },
    },
  }
}

// The second worked example of docs/scoring.md, and the first.
const WITHOUT = scoreOf(
  { compliance: 65.2125, symmetry: 97.8723404255319, effort: null, game: null },
  { compliance: 2 / 3, symmetry: 1 / 3, effort: 0, game: 0 },
  76.0991134751773,
)
const WITH = scoreOf(
  { compliance: 65.2125, symmetry: 97.8723404255319, effort: 100, game: null },
  { compliance: 0.5, symmetry: 0.25, effort: 0.25, game: 0 },
  82.07433510638297,
  1,
)
const NONE = scoreOf(
  { compliance: null, symmetry: null, effort: 100, game: null },
  { compliance: 0, symmetry: 0, effort: 1, game: 0 },
  null,
)

describe('parts', () => {
  test.each([WITHOUT, WITH])('bring what adds up to the overall score', (score) => {
    const sum = partsOf(score).reduce((total, { points }) => total + (points ?? Number.NaN), 0)
    expect(sum).toBeCloseTo(score.overall.value as number, 9)
  })

  test('bring nothing behind a closed gate', () => {
    const closed = scoreOf({ ...valuesOf(WITH), compliance: 0 }, WITH.overall.effectiveWeights, 0, 0)
    expect(partsOf(closed).map(({ points }) => points)).toEqual([0, 0, 0, 0])
  })

  test('say what is missing, its own weight and that it acted with none', () => {
    expect(partsOf(WITHOUT)[2]).toMatchObject({
      id: 'effort',
      weight: 0.25,
      effective: 0,
      value: null,
      state: 'missing',
      reasons: ['why'],
    })
  })

  test('bring nothing that is known where there is no overall score', () => {
    expect(partsOf(NONE).map(({ points }) => points)).toEqual([null, null, null, null])
  })
})

const valuesOf = ({ components }: Score): Values => ({
  compliance: components.compliance.value,
  symmetry: components.symmetry.value,
  effort: components.effort.value,
  game: components.game.value,
})

describe('an overall score that is missing', () => {
  test('says how much of the weight is there and how much is needed', () => {
    expect(whyNoOverall(NONE)).toEqual({ kind: 'coverage', hasPercent: 25, needsPercent: 50 })
    expect(whyNoOverall(WITH)).toBeNull()
  })

  test('of nothing says so', () => {
    const empty = scoreOf(
      { compliance: null, symmetry: null, effort: null, game: null },
      NONE.overall.effectiveWeights,
      null,
    )
    expect(whyNoOverall(empty)).toEqual({ kind: 'nothing' })
  })
})

describe('changes', () => {
  test('are those of figures that differ, the overall score first', () => {
    expect(changesOf(WITHOUT, WITH)).toEqual([
      { id: 'overall', before: 76.0991134751773, after: 82.07433510638297 },
      { id: 'effort', before: null, after: 100 },
    ])
    expect(changesOf(WITH, WITH)).toEqual([])
  })

  test('make a stored score one of before, and so does another version of the rules', () => {
    expect(isCurrent({ score: WITH }, WITH)).toBe(true)
    expect(isCurrent({ score: WITHOUT }, WITH)).toBe(false)
    expect(isCurrent(undefined, WITH)).toBe(false)
    const newer = { ...WITH, configuration: { ...WITH.configuration, version: 2 } }
    expect(isCurrent({ score: WITH }, newer)).toBe(false)
  })
})
