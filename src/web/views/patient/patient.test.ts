import { describe, expect, test } from 'bun:test'
import { type MvcRecord, mvcChart, mvcUnit } from './mvc-series.ts'
import { emptyRow, readRows, rowsOf, typed } from './target-form.ts'
import { treatmentPhase } from './treatment.ts'
import {
  adherenceSeries,
  amplitudeTargets,
  apartOf,
  isOfOtherBasis,
  muscleKeys,
  muscleSeries,
  plain,
  scoreSeries,
  symmetrySeries,
  type TrendMuscle,
  type TrendPoint,
} from './trend-series.ts'

const muscle = (
  side: TrendMuscle['side'],
  value: number | null,
  reason: string | null = null,
): TrendMuscle => ({
  muscle: 'vastus lateralis',
  side,
  amplitude: { value, unit: '%', n: 12, mvcSource: 'manual', reason, mvc: 0.0002 },
  contractions: {
    total: 12,
    meetsMvc: 9,
    meetsDuration: 8,
    good: 7,
    meanDurationMs: 900,
    target: { contractions: 12, durationMs: 1000, mvcPercent: side === 'left' ? 60 : 75 },
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

const point = (changes: Partial<TrendPoint>): TrendPoint => ({
  sessionId: 'a',
  startedAt: '2026-03-02T09:00:00.000Z',
  status: 'completed',
  analysis: null,
  analysisReason: null,
  muscles: [],
  symmetry: [],
  score: null,
  scoreReason: 'no score of the session is stored',
  adherence: {
    score: null,
    category: null,
    reason: 'the treatment has not begun',
    protocolDay: null,
    completed: null,
    expected: null,
  },
  differs: [],
  ...changes,
})

const texts = {
  muscle: ({ side, nth }: { side: string; nth: number }) => `${side} ${nth}`,
  notRecorded: 'not recorded',
  said: (sentence: string) => `said: ${sentence}`,
  basis: (of: string) => `of ${of}`,
}
const amplitude = ({ amplitude: found }: TrendMuscle) => plain(found, texts.said)

describe('The trend of a muscle', () => {
  test('has a gap with the reason of the server where a figure is missing', () => {
    const points = [
      point({ muscles: [muscle('left', 60)] }),
      point({ muscles: [muscle('left', null, 'no MVC is known')] }),
      point({ analysisReason: 'the session has no recording' }),
      point({ muscles: [muscle('right', 70)] }),
    ]
    const [left, right] = muscleSeries(points, amplitude, texts)
    expect(left?.values).toEqual([60, null, null, null])
    expect(left?.notes).toEqual([
      null,
      'said: no MVC is known',
      'said: the session has no recording',
      'not recorded',
    ])
    expect(right?.values).toEqual([null, null, null, 70])
  })

  test('keeps channels apart that bear the same muscle and side', () => {
    const points = [point({ muscles: [muscle('left', 60), muscle('left', 80)] })]
    expect(muscleSeries(points, amplitude, texts).map(({ label, values }) => [label, values])).toEqual([
      ['left 0', [60]],
      ['left 1', [80]],
    ])
  })

  test('tells muscles apart by marker, and sides by colour and dash as well', () => {
    const points = [point({ muscles: [muscle('right', 1), muscle('left', 2)] })]
    const [left, right] = muscleSeries(points, amplitude, texts)
    expect([left?.colour, right?.colour]).toEqual(['--left', '--right'])
    expect(left?.dash).not.toBe(right?.dash)
    expect(left?.marker).not.toBe(right?.marker)
    expect(muscleKeys(points).map(({ side }) => side)).toEqual(['left', 'right'])
  })

  test('is held against what the newest analysed session asks for', () => {
    const points = [
      point({ muscles: [muscle('left', 60)] }),
      point({ muscles: [muscle('left', 60), muscle('right', 60)] }),
      point({}),
    ]
    expect(amplitudeTargets(points).map(({ percent, of, isOfAll }) => [percent, of.length, isOfAll])).toEqual(
      [
        [60, 1, false],
        [75, 1, false],
      ],
    )
    expect(amplitudeTargets([point({})])).toEqual([])
  })
})

describe('Points that were made otherwise', () => {
  const points = [
    point({ differs: ['preset', 'scoring version'] }),
    point({ differs: ['scoring configuration'] }),
    point({}),
  ]
  const say = (differences: readonly string[]) => differences.join('+')

  test('stand apart in figures of the analysis by how that was made alone', () => {
    expect(apartOf(points, 'analysis', say)).toEqual(['preset', null, null])
  })

  test('stand apart in scores by the rules as well', () => {
    expect(apartOf(points, 'score', say)).toEqual(['preset+scoring version', 'scoring configuration', null])
  })
})

test('a session without a score says why for every part of it', () => {
  const labels = { overall: 'o', compliance: 'c', symmetry: 's', effort: 'e', game: 'g' }
  const series = scoreSeries([point({})], labels, texts.said)
  expect(series.map(({ values }) => values)).toEqual([[null], [null], [null], [null], [null]])
  expect(series[0]?.notes).toEqual(['said: no score of the session is stored'])
})

test('an index of symmetry is missing with its own reason', () => {
  const none = { value: null, reason: 'which side is affected is not known' }
  const pair = {
    muscle: 'vastus lateralis',
    of: 'mvc-percent' as const,
    leftValue: 60,
    rightValue: 70,
    robinsonIndex: { value: 15, reason: null },
    limbSymmetryIndex: none,
    symmetryAngle: none,
    ghostlySymmetry: none,
  }
  const points = [point({ symmetry: [pair] }), point({})]
  expect(symmetrySeries(points, 'robinsonIndex', texts)[0]).toMatchObject({
    values: [15, null],
    notes: ['of mvc-percent', 'not recorded'],
  })
  expect(symmetrySeries(points, 'limbSymmetryIndex', texts)[0]?.notes?.[0]).toBe(
    'said: which side is affected is not known',
  )
})

test('symmetry of shares of the MVC stands apart from that of amplitudes', () => {
  const none = { value: 90, reason: null }
  const pair = (of: 'mvc-percent' | 'amplitude') =>
    point({
      symmetry: [
        {
          muscle: 'vastus lateralis',
          of,
          leftValue: 60,
          rightValue: 70,
          robinsonIndex: none,
          limbSymmetryIndex: none,
          symmetryAngle: none,
          ghostlySymmetry: none,
        },
      ],
    })
  expect(isOfOtherBasis([pair('amplitude'), point({}), pair('mvc-percent')])).toEqual([true, false, false])
  expect(isOfOtherBasis([pair('amplitude'), pair('amplitude')])).toEqual([false, false])
})

test('adherence before it counts is a gap that says so', () => {
  const [series] = adherenceSeries([point({})], 'Adherence', ({ reason }) => reason ?? '')
  expect(series).toMatchObject({ values: [null], notes: ['the treatment has not begun'] })
})

describe('The treatment', () => {
  test.each([
    [null, '2026-03-02T10:00:00Z', { kind: 'unknown' }],
    ['2026-03-03', '2026-03-02T23:59:59Z', { kind: 'before', daysUntil: 1 }],
    ['2026-03-02', '2026-03-02T00:00:00Z', { kind: 'protocol', day: 1 }],
    ['2026-03-02', '2026-03-15T23:59:59Z', { kind: 'protocol', day: 14 }],
    ['2026-03-02', '2026-03-16T00:00:00Z', { kind: 'after', day: 15 }],
  ] as const)('begun on %s is on %s %o', (start, now, phase) => {
    expect(treatmentPhase(start, Date.parse(now))).toEqual(phase)
  })
})

describe('Targets in a form', () => {
  test('are read as they were written, seconds as milliseconds, what is empty as null', () => {
    const targets = [
      {
        muscle: 'vastus lateralis',
        side: 'left' as const,
        contractions: 12,
        durationMs: 1500,
        mvcPercent: null,
      },
      {
        muscle: 'vastus lateralis',
        side: 'right' as const,
        contractions: null,
        durationMs: null,
        mvcPercent: 0,
      },
    ]
    expect(readRows(rowsOf(targets))).toEqual({ targets })
  })

  test('take a comma as well as a point', () => {
    expect([typed('1,5'), typed(' 2.25 '), typed(''), typed('1e3'), typed('-1'), typed('x')]).toEqual([
      1.5,
      2.25,
      null,
      undefined,
      undefined,
      undefined,
    ])
  })

  test('say what is wrong with each field, and give no targets', () => {
    const rows = [
      { ...emptyRow(0), muscle: 'Vastus  lateralis ', contractions: '12.5', seconds: '0', mvcPercent: '101' },
      { ...emptyRow(1), muscle: 'vastus lateralis', seconds: 'long' },
      emptyRow(2),
    ]
    expect(readRows(rows)).toEqual({
      mistakes: new Map([
        [0, { contractions: 'notWhole', seconds: 'outOfRange', mvcPercent: 'outOfRange' }],
        [1, { muscle: 'namedTwice', seconds: 'notANumber' }],
        [2, { muscle: 'muscleMissing' }],
      ]),
    })
  })
})

describe('MVC values', () => {
  const record = (changes: Partial<MvcRecord>): MvcRecord => ({
    id: 'a',
    patientCode: 'P001',
    muscle: 'vastus lateralis',
    side: 'left',
    value: 0.00024,
    unit: 'V',
    unitBasis: 'declared',
    source: 'manual',
    method: 'given',
    recordingId: null,
    channel: null,
    trials: null,
    spreadPercent: null,
    flags: [],
    recordedBy: null,
    recordedAt: '2026-03-02T09:00:00.000Z',
    validFrom: '2026-03-02T09:00:00.000Z',
    validUntil: null,
    supersedes: null,
    ...changes,
  })
  const chart = (records: readonly MvcRecord[]) =>
    mvcChart(records, {
      muscle: texts.muscle,
      about: ({ id }, isReplaced) => `${id}${isReplaced ? ' replaced' : ''}`,
      noneNew: 'none new',
    })

  test('stand where they begin to hold, those of both sides at one place', () => {
    const { at, series } = chart([
      record({ id: 'c', validFrom: '2026-03-09T09:00:00.000Z', supersedes: 'a', value: 0.0003 }),
      record({ id: 'b', side: 'right' }),
      record({ id: 'a' }),
    ])
    expect(at).toEqual([Date.parse('2026-03-02T09:00:00Z'), Date.parse('2026-03-09T09:00:00Z')])
    const [left, right] = series
    expect(left?.values.map((value) => Math.round(value ?? -1))).toEqual([240, 300])
    expect(left?.notes).toEqual(['a replaced', 'c'])
    expect(right?.values[1]).toBeNull()
    expect(right?.notes?.[1]).toBe('none new')
  })

  test('of one muscle that hold from the same time stand beside each other, in the order of entry', () => {
    const { at, series } = chart([
      record({ id: 'b', recordedAt: '2026-03-02T10:00:00.000Z', value: null }),
      record({ id: 'a' }),
    ])
    expect(at).toHaveLength(2)
    expect(series[0]?.notes).toEqual(['a', 'b'])
    expect(series[0]?.values[1]).toBeNull()
  })

  test('are drawn in mV where one of them is large', () => {
    expect(mvcUnit([record({})]).unit).toBe('µV')
    expect(mvcUnit([record({}), record({ value: 0.012 })]).unit).toBe('mV')
  })
})
