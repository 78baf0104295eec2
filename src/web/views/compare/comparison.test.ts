import { beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { chosenLanguage } from '../../language/language.ts'
import type { TrendMuscle, TrendPoint } from '../patient/trend-series.ts'
import { analysisCauses } from './causes.ts'
import type { Measure } from './compared-row.ts'
import { compare } from './comparison.ts'
import { differenceText, measureText } from './measure-text.ts'
import type { KeptChannel } from './muscle-rows.ts'

beforeAll(() => {
  chosenLanguage.value = 'en'
})

const ANALYSIS = {
  id: 'x',
  completedAt: '2026-03-02T09:05:00.000Z',
  preset: 'clinical',
  pipelineVersion: '2.0.0',
  parametersHash: 'ed97',
  plugins: [{ name: 'emg-analyzer', version: '1.0.0' }],
}

const SCORE: NonNullable<TrendPoint['score']> = {
  id: 's',
  computedAt: '2026-03-02T09:06:00.000Z',
  overall: { value: 70, reason: null },
  components: {
    compliance: { value: 60, reason: null },
    symmetry: { value: 90, reason: null },
    effort: { value: null, reason: 'no rating of perceived exertion was given' },
    game: { value: 40, reason: null },
  },
  scoringVersion: '1',
  configuration: { id: 'c', version: 1, name: 'Built-in default' },
}

const index = (value: number | null) => ({ value, reason: value === null ? 'unknown' : null })

interface Made {
  readonly side?: TrendMuscle['side']
  readonly percent?: number | null
  readonly mvc?: number
  readonly source?: TrendMuscle['amplitude']['mvcSource']
  readonly good?: number | null
}

const muscle = ({
  side = 'left',
  percent = 60,
  mvc = 0.0002,
  source = 'manual',
  good = 7,
}: Made = {}): TrendMuscle => ({
  muscle: 'vastus lateralis',
  side,
  amplitude: { value: percent, unit: '%', n: 12, mvcSource: source, reason: null, mvc },
  contractions: {
    total: 12,
    meetsMvc: 9,
    meetsDuration: 8,
    good,
    meanDurationMs: 900,
    target: { contractions: 12, durationMs: 1000, mvcPercent: 60 },
  },
  medianFrequencySlope: {
    value: -3,
    unit: '%/min',
    p: 0.01,
    n: 12,
    significant: true,
    valid: true,
    basis: 'contractions',
    reason: null,
  },
  quality: 'good',
})

const point = (changes: Partial<TrendPoint> = {}): TrendPoint => ({
  sessionId: 'a',
  startedAt: '2026-03-02T09:00:00.000Z',
  status: 'completed',
  analysis: ANALYSIS,
  analysisReason: null,
  muscles: [muscle(), muscle({ side: 'right' })],
  symmetry: [
    {
      muscle: 'vastus lateralis',
      of: 'mvc-percent',
      leftValue: 60,
      rightValue: 60,
      robinsonIndex: index(0),
      limbSymmetryIndex: index(null),
      symmetryAngle: index(0),
      ghostlySymmetry: index(100),
    },
  ],
  score: SCORE,
  scoreReason: null,
  adherence: { score: null, category: null, reason: '', protocolDay: null, completed: null, expected: null },
  differs: [],
  ...changes,
})

const rowOf = (a: TrendPoint, b: TrendPoint, measure: Measure) =>
  compare(a, b).muscles[0]?.rows.find((row) => row.measure === measure)
const scoreOf = (a: TrendPoint, b: TrendPoint, measure: Measure) =>
  compare(a, b).scores.find((row) => row.measure === measure)

describe('Two sessions that were made alike', () => {
  test('have differences, the second less the first, and nothing to be warned of', () => {
    const [a, b] = [point(), point({ muscles: [muscle({ percent: 72.5 }), muscle({ side: 'right' })] })]
    expect(compare(a, b).causes).toEqual([])
    expect(rowOf(a, b, 'mvcPercent')?.difference).toBe(12.5)
    expect(rowOf(b, a, 'mvcPercent')?.difference).toBe(-12.5)
  })

  test('have no difference where one figure is missing, and say why that is', () => {
    const b = point({ muscles: [muscle({ good: null })] })
    expect(rowOf(point(), b, 'good')).toMatchObject({
      difference: null,
      causes: [],
      b: { value: null, reason: { known: 'notOfEvery' } },
    })
    expect(scoreOf(point(), b, 'effort')?.b.reason).toBe('no rating of perceived exertion was given')
  })

  test('name what one of them lacks, and whether that was not recorded or not analysed', () => {
    const none = point({
      muscles: [],
      symmetry: [],
      analysis: null,
      analysisReason: 'the session has no recording',
    })
    expect(rowOf(point(), none, 'contractions')?.b.reason).toEqual({ known: 'notAnalysed' })
    expect(compare(point(), none).symmetry[0]?.rows[0]?.b.reason).toEqual({ known: 'notAnalysed' })
    expect(scoreOf(point(), point({ score: null }), 'overall')?.b.reason).toEqual({ known: 'notScored' })
    const other = point({ muscles: [muscle()], symmetry: [] })
    expect(compare(point(), other).muscles[1]?.rows[0]?.b.reason).toEqual({ known: 'notRecorded' })
    expect(compare(point(), other).symmetry[0]?.rows[0]?.b.reason).toEqual({ known: 'notRecorded' })
  })
})

describe('Two sessions that were analysed differently', () => {
  test.each([
    ['preset', { preset: 'ghostly', parametersHash: 'other' }, ['preset']],
    ['pipeline', { pipelineVersion: '2.1.0' }, ['pipeline']],
    ['parameters', { parametersHash: 'other' }, ['parameters']],
    ['plugins', { plugins: [{ name: 'emg-analyzer', version: '1.1.0' }] }, ['plugins']],
  ] as const)('by another %s have no differences but that of the MVC', (_, changes, causes) => {
    const b = point({
      analysis: {
        ...ANALYSIS,
        ...changes,
        plugins: [...(('plugins' in changes && changes.plugins) || ANALYSIS.plugins)],
      },
    })
    expect(analysisCauses(ANALYSIS, b.analysis)).toEqual([...causes])
    const { muscles, symmetry, scores } = compare(point(), b)
    const rows = [...muscles, ...symmetry].flatMap((each) => each.rows)
    expect(rows.filter(({ difference }) => difference !== null).map(({ measure }) => measure)).toEqual([
      'mvc',
      'mvc',
    ])
    // What the game counted does not depend on the analysis.
    expect(scores.filter(({ difference }) => difference !== null).map(({ measure }) => measure)).toEqual([
      'game',
    ])
  })

  test('plugins in another order are the same', () => {
    const plugins = [...ANALYSIS.plugins, { name: 'c3d-reader', version: '1.0.0' }]
    expect(analysisCauses({ ...ANALYSIS, plugins }, { ...ANALYSIS, plugins: plugins.toReversed() })).toEqual(
      [],
    )
  })
})

describe('Two sessions held against another MVC', () => {
  const b = point({ muscles: [muscle({ mvc: 0.0003 }), muscle({ side: 'right' })] })

  test('have no difference in what depends on it: shares, counts by strength, symmetry of shares, scores', () => {
    for (const measure of ['mvcPercent', 'meetsMvc', 'good'] as const)
      expect(rowOf(point(), b, measure)).toMatchObject({ difference: null, causes: ['mvc'] })
    expect(compare(point(), b).symmetry[0]?.rows[0]).toMatchObject({ difference: null, causes: ['mvc'] })
    expect(scoreOf(point(), b, 'overall')).toMatchObject({ difference: null, causes: ['mvc'] })
  })

  test('have one in all else, and on the other side', () => {
    expect(rowOf(point(), b, 'contractions')?.difference).toBe(0)
    expect(rowOf(point(), b, 'fatigueSlope')?.difference).toBe(0)
    expect(compare(point(), b).muscles[1]?.rows.every(({ causes }) => causes.length === 0)).toBe(true)
    expect(scoreOf(point(), b, 'game')?.difference).toBe(0)
  })

  test('are told of another source of it too', () => {
    const other = point({ muscles: [muscle({ source: 'calculated' }), muscle({ side: 'right' })] })
    expect(compare(point(), other).causes).toEqual(['mvcSource'])
  })
})

test('other rules of scoring leave the figures of the analysis comparable', () => {
  const b = point({ score: { ...SCORE, configuration: { ...SCORE.configuration, version: 2 } } })
  expect(compare(point(), b).causes).toEqual(['scoring'])
  expect(rowOf(point(), b, 'mvcPercent')?.difference).toBe(0)
  expect(scoreOf(point(), b, 'overall')?.difference).toBeNull()
})

test('another number of contractions that is asked for leaves counts comparable, and scores not', () => {
  const asks = muscle()
  const target = { ...asks.contractions.target, contractions: 15 }
  const b = point({
    muscles: [{ ...asks, contractions: { ...asks.contractions, target } }, muscle({ side: 'right' })],
  })
  expect(rowOf(point(), b, 'good')?.difference).toBe(0)
  expect(scoreOf(point(), b, 'compliance')).toMatchObject({ difference: null, causes: ['targets'] })
  expect(compare(point(), b).causes).toEqual(['targets'])
})

test('kept amplitudes are compared in volts, whatever unit a file has', () => {
  const channel = (value: number, unit: string) =>
    ({
      name: 'CH1',
      muscle: 'vastus lateralis',
      side: 'left',
      metrics: { activeRms: { value, unit, over: 'contractions', n: 9 } },
    }) as unknown as KeptChannel
  const { muscles } = compare(point(), point(), { a: [channel(0.0001, 'V')], b: [channel(150, 'uV')] })
  const row = muscles[0]?.rows.find(({ measure }) => measure === 'amplitude')
  expect(row?.difference).toBeCloseTo(0.00005, 12)
})

describe('Differences', () => {
  test('bear a sign and a unit, percentages those of points', () => {
    expect(differenceText('mvcPercent', 3.21, 'pp')).toBe('+3.2\u202fpp')
    expect(differenceText('mvc', -0.00002, 'pp')).toBe('\u221220\u202fµV')
    expect(differenceText('contractions', 2, 'pp')).toBe('+2')
    expect(differenceText('mvcPercent', null, 'pp')).toBe('–')
    expect(measureText('meanDuration', 900)).toBe('900\u202fms')
  })

  test('that round to nothing bear no sign', () => {
    expect(differenceText('mvcPercent', -0.01, 'pp')).toBe('0.0\u202fpp')
  })

  test('the other way round are the same with the other sign', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), (value) => {
        const [up, down] = [differenceText('overall', value, 'pp'), differenceText('overall', -value, 'pp')]
        expect(down).toBe(up.replace('+', '\u2212'))
      }),
    )
  })
})
