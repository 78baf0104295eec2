import { describe, expect, test } from 'bun:test'
import type { Analysis } from '../../../api/shapes.ts'
import { contractionAt } from '../contractions/fixtures.ts'
import { compareAnalyses } from './compare.ts'

const channel = (index: number, changes: object = {}) => ({
  index,
  name: `CH${index + 1}`,
  unit: 'V',
  contractions: [contractionAt(1000), contractionAt(3000, { meanAmplitude: 3e-4 })],
  bursts: { meanDurationMs: 1000, timeUnderTensionMs: 2000 },
  metrics: {
    rms: { value: 1e-4, unit: 'V', over: 'recording', n: 100 },
    medianFrequency: {
      value: null,
      unit: 'Hz',
      over: 'contractions',
      n: 0,
      reason: 'there is no contraction',
    },
  },
  fatigue: { valid: true, slopes: { medianFrequency: { percentPerMinute: -3, p: 0.01 } } },
  mvc: { value: 2e-4, reason: null },
  target: { durationMs: 2000, contractions: 12 },
  quality: { verdict: 'good' },
  ...changes,
})
const analysis = (...channels: object[]): Analysis => ({ channels, pairs: [] }) as unknown as Analysis
const changedIn = (before: Analysis, after: Analysis) =>
  compareAnalyses(before, after).filter(({ hasChanged }) => hasChanged)

describe('two analyses', () => {
  test('that are the same have changed nowhere', () => {
    expect(changedIn(analysis(channel(0)), analysis(channel(0)))).toEqual([])
    expect(compareAnalyses(analysis(channel(0)), analysis(channel(0))).length).toBeGreaterThan(10)
  })

  test('whose figures are of other things are not held against each other', () => {
    const of = (over: string, value: number) =>
      channel(0, { metrics: { medianFrequency: { value, unit: 'Hz', over, n: 100 } } })
    const found = (before: object, after: object) =>
      compareAnalyses(analysis(before), analysis(after)).find(({ figure }) => figure === 'medianFrequency')
    expect(found(of('contractions', 60), of('recording', 60))).toMatchObject({
      hasChanged: true,
      isOfOther: true,
      changePercent: null,
    })
    expect(found(of('contractions', 60), of('contractions', 66))).toMatchObject({
      isOfOther: false,
      changePercent: 10,
    })
  })

  test('show what has changed first, before and after, with its share', () => {
    const after = channel(0, {
      contractions: [contractionAt(1000)],
      metrics: { rms: { value: 1.1e-4, unit: 'V', over: 'recording', n: 100 } },
    })
    const [first, ...rest] = compareAnalyses(analysis(channel(0)), analysis(after))
    expect(first).toMatchObject({ figure: 'contractions', before: { value: 2 }, after: { value: 1 } })
    expect(first?.changePercent).toBe(-50)
    const rms = rest.find(({ figure }) => figure === 'rms')
    expect([rms?.hasChanged, rms?.changePercent?.toFixed(6)]).toEqual([true, '10.000000'])
    const flags = [first, ...rest].map((each) => each?.hasChanged)
    expect(flags).toEqual(flags.toSorted((a, b) => Number(b) - Number(a)))
  })

  test('keep why a figure is missing, and one that has come is a change without a share', () => {
    const after = channel(0, {
      metrics: {
        rms: { value: 1e-4, unit: 'V', over: 'recording', n: 100 },
        medianFrequency: { value: 80, unit: 'Hz', over: 'contractions', n: 5 },
      },
    })
    expect(changedIn(analysis(channel(0)), analysis(after))).toMatchObject([
      {
        figure: 'medianFrequency',
        before: { value: null, reason: 'there is no contraction' },
        after: { value: 80 },
        changePercent: null,
      },
    ])
  })

  test('differ where a channel is left out or comes in, and by no unit alone', () => {
    expect(changedIn(analysis(channel(0)), analysis()).every(({ after }) => after.value === null)).toBe(true)
    expect(changedIn(analysis(), analysis(channel(1))).every(({ before }) => before.value === null)).toBe(
      true,
    )
    const inMillivolts = channel(0, {
      unit: 'mV',
      contractions: [
        contractionAt(1000, { meanAmplitude: 0.1 }),
        contractionAt(3000, { meanAmplitude: 0.3 }),
      ],
      metrics: {
        rms: { value: 0.1, unit: 'mV', over: 'recording', n: 100 },
        medianFrequency: { value: null, unit: 'Hz', reason: 'there is no contraction' },
      },
    })
    expect(changedIn(analysis(channel(0)), analysis(inMillivolts))).toEqual([])
  })

  test('hold symmetry against symmetry of the same pair', () => {
    const pair = (value: number) => ({
      kind: 'symmetry',
      muscle: 'quadriceps',
      left: 0,
      right: 1,
      robinsonIndex: { value },
      ghostlySymmetry: { value: null, reason: 'both sides are 0' },
    })
    const [before, after] = [10, 20].map(
      (value) => ({ channels: [], pairs: [pair(value)] }) as unknown as Analysis,
    )
    expect(changedIn(before as Analysis, after as Analysis)).toMatchObject([
      {
        of: 'quadriceps',
        channel: null,
        figure: 'robinsonIndex',
        before: { value: 10 },
        after: { value: 20 },
      },
    ])
  })
})
