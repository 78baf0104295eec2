/** Scores against those of the predecessor: where they agree, to the bit, and where they differ, by how much. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  BUILT_IN,
  DEFAULT_RULES,
  type Score,
  type ScoreInput,
  type ScoringRules,
  score,
} from '../../plugins/performance-scoring/index.ts'
import { runCli, SOURCE } from '../support/cli.ts'
import { SHARED, sharedNote } from '../support/shared.ts'
import { PROJECT } from '../support/targets.ts'

/** The predecessor's score, as far as it is compared. */
interface Predecessor {
  readonly overall_score: number
  readonly compliance_score: number
  readonly symmetry_score: number
  readonly effort_score: number
  readonly game_score: number
  readonly bfr_compliant: boolean
}
type Counts = Readonly<Record<`${'left' | 'right'}_${'total' | 'mvc' | 'duration'}_contractions`, number>>
interface Golden {
  readonly inputs: Counts
  readonly default_full: Predecessor & Readonly<Record<string, number>>
  readonly variants: Readonly<Record<string, Predecessor>>
}
interface Deviation {
  readonly file: string
  readonly withoutEffort: { readonly predecessor: number; readonly here: number }
  readonly gateClosed: { readonly predecessor: number; readonly here: number }
}

const page = readFileSync(join(PROJECT, 'docs/scoring.md'), 'utf8')
const [, documented = ''] = /^```json deviations\n(.*?)^```$/ms.exec(page) ?? []
const deviations = JSON.parse(documented) as Deviation[]

const read = (file: string): Golden =>
  JSON.parse(readFileSync(join(SHARED as string, 'data/golden/ghostly', `${file}.json`), 'utf8')).scores

const muscles = (counts: Counts, target: number): ScoreInput['muscles'] =>
  (['left', 'right'] as const).map((side) => ({
    muscle: 'quadriceps',
    side,
    total: counts[`${side}_total_contractions`],
    meetsMvc: counts[`${side}_mvc_contractions`],
    meetsDuration: counts[`${side}_duration_contractions`],
    target,
  }))

const scoreOf = (counts: Counts, more: Partial<ScoreInput> = {}, rules: Partial<ScoringRules> = {}): Score =>
  score(
    { muscles: muscles(counts, 12), bfr: { left: null, right: null }, rpe: null, game: null, ...more },
    { ...BUILT_IN, rules: { ...DEFAULT_RULES, ...rules } },
  )

const cuff = (pressure: number) => ({ bfr: { left: pressure, right: null } })
const RATINGS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

test('the deviations are documented for four recordings', () => {
  expect(new Set(deviations.map(({ file }) => file)).size).toBe(4)
})

describe.skipIf(!SHARED).each(deviations)(`$file${sharedNote}`, ({ file, withoutEffort, gateClosed }) => {
  // Describe blocks run even where their tests are skipped.
  const { inputs, default_full: full, variants } = SHARED ? read(file) : ({} as Golden)
  const variant = (name: string) => variants[name] as Predecessor

  test('agrees on the muscles and all their rates, to the bit', () => {
    const found = scoreOf(inputs)
    for (const [i, side] of (['left', 'right'] as const).entries()) {
      const { completion, intensity, duration, score: own } = found.muscles[i]!
      expect([completion.value, intensity.value, duration.value, own.value]).toEqual([
        full[`completion_rate_${side}`]!,
        full[`intensity_rate_${side}`]!,
        full[`duration_rate_${side}`]!,
        full[`${side}_muscle_compliance`]!,
      ])
    }
  })

  test('agrees on compliance and symmetry, to the bit', () => {
    const { compliance, symmetry } = scoreOf(inputs).components
    expect([compliance.value, symmetry.value]).toEqual([full.compliance_score, full.symmetry_score])
  })

  test.each(RATINGS)('agrees on effort and the overall score at a rating of %i, to the bit', (rpe) => {
    const { components, overall } = scoreOf(inputs, { rpe })
    const { effort_score, overall_score } = variant(`rpe_${rpe}`)
    expect([components.effort.value, overall.value]).toEqual([effort_score, overall_score])
  })

  test.each(['39.9', '40.0', '44.9', '45.0', '50.0', '55.0', '55.1', '60.0'])(
    'agrees on the gate and compliance at %s %%',
    (pressure) => {
      const { gate, components } = scoreOf(inputs, cuff(Number(pressure)))
      const { bfr_compliant, compliance_score } = variant(`bfr_${pressure}`)
      expect([gate.value === 1, components.compliance.value]).toEqual([bfr_compliant, compliance_score])
    },
  )

  test('agrees on the score of a game', () => {
    const { components } = scoreOf(inputs, { game: { points: 850, max: 1000 } })
    expect(components.game.value).toBe(variant('game_850_of_1000').game_score)
  })

  test('agrees on a target of 6', () => {
    const { components } = scoreOf(inputs, { muscles: muscles(inputs, 6) })
    const { compliance_score, symmetry_score } = variant('expected_6')
    expect([components.compliance.value, components.symmetry.value]).toEqual([
      compliance_score,
      symmetry_score,
    ])
  })

  test('agrees from the recording itself, by the ghostly preset', async () => {
    const recording = join(SHARED as string, 'data/c3d/ghostly', file)
    const { stdout } = await runCli(SOURCE, ['analyze', '--json', '--preset', 'ghostly', recording])
    const { components, overall } = (JSON.parse(stdout) as { scores: Score }).scores
    expect([components.compliance.value, components.symmetry.value]).toEqual([
      full.compliance_score,
      full.symmetry_score,
    ])
    expect(overall.value).toBeCloseTo(withoutEffort.here, 10)
  })

  test('differs without an effort: the predecessor gives 25 points for it and shows 0', () => {
    const { overall, components } = scoreOf(inputs)
    const { compliance_score: c, symmetry_score: s } = full
    expect(full.overall_score).toBe(withoutEffort.predecessor)
    expect(full.effort_score).toBe(0)
    expect(full.overall_score).toBeCloseTo(0.5 * c + 0.25 * s + 25, 10)
    expect(components.effort.value).toBeNull()
    expect(overall.value).toBeCloseTo(withoutEffort.here, 10)
    expect(overall.value).toBeCloseTo((0.5 * c + 0.25 * s) / 0.75, 10)
  })

  test('differs behind a closed gate: the predecessor gates compliance only', () => {
    const theirs = variant('bfr_39.9')
    expect(theirs.overall_score).toBe(gateClosed.predecessor)
    expect(theirs.overall_score).toBeCloseTo(0.25 * full.symmetry_score + 25, 10)
    expect(scoreOf(inputs, cuff(39.9)).overall.value).toBe(gateClosed.here)
    expect(scoreOf(inputs, { ...cuff(39.9), rpe: 4 }).overall.value).toBe(0)
  })

  test('differs on a pressure that nobody measured: the predecessor calls it kept', () => {
    expect(full.bfr_compliant as unknown).toBe(true)
    const { gate, completeness } = scoreOf(inputs)
    expect([gate.value, completeness.bfr.state]).toEqual([null, 'missing'])
  })

  test('differs on a game that is missing or without points: the predecessor says 0', () => {
    expect([full.game_score, variant('game_max_0').game_score]).toEqual([0, 0])
    for (const game of [null, { points: 0, max: 0 }]) {
      expect(scoreOf(inputs, { game }).components.game.value).toBeNull()
    }
  })
})

test('configured weights act; with the predecessor they were shown only', () => {
  const counts: Counts = {
    left_total_contractions: 17,
    left_mvc_contractions: 17,
    left_duration_contractions: 0,
    right_total_contractions: 6,
    right_mvc_contractions: 6,
    right_duration_contractions: 0,
  }
  const weights = { compliance: 1, symmetry: 0, effort: 0, game: 0 }
  const { overall, components } = scoreOf(counts, {}, { weights })
  expect(overall.value).toBeCloseTo(58.275, 10)
  const [c, s] = [components.compliance.value as number, components.symmetry.value as number]
  expect(0.5 * c + 0.25 * s + 25).toBeCloseTo(75.566, 3)
  expect(page).toMatch(/gave 75\.566 .*\nhere they give 58\.275/)
})
