import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { isPluginFault } from '../../../../src/sdk.ts'
import { detectionOf, findingOf, measuredOf } from './answers.ts'

/** The reason of the fault that something ends in. */
function faultOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (isPluginFault(error)) return `${error.plugin}: ${error.reason}`
    throw error
  }
  return 'none'
}

describe('a metric answers', () => {
  test('a finite number or a reason, and nothing else of it is kept', () => {
    expect(measuredOf(-0.5, 'm', 'p')).toBe(-0.5)
    expect(measuredOf({ reason: 'none', more: 1 }, 'm', 'p')).toEqual({ reason: 'none' })
    expect(measuredOf({ reason: 'x'.repeat(9999) }, 'm', 'p')).toEqual({ reason: 'x'.repeat(500) })
  })

  test.each([
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    ['5', '"5"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [5n, '5'],
    [Promise.resolve(1), 'a promise'],
    [[1], 'a list'],
    [() => 1, 'a function'],
    [{ reason: ' ' }, 'an object'],
    [{ value: 1 }, 'an object'],
  ])('%p is its fault', (answer, shown) => {
    expect(faultOf(() => measuredOf(answer, 'm', 'p'))).toBe(`p: its metric "m" answered ${shown}`)
  })
})

describe('a detector answers', () => {
  const detect = (answer: unknown) => detectionOf(answer, 'd', 'p', 100)
  const runsOf = (...runs: Array<readonly [unknown, unknown]>) => ({
    runs: runs.map(([start, end]) => ({ start, end })),
    thresholds: {},
  })

  test('that rest is not known, or runs in order', () => {
    expect(detect(null)).toBeNull()
    const found = { ...runsOf([0, 1], [1, 50], [99, 100]), endInclusive: true, thresholds: { level: 0.1 } }
    expect(detect({ ...found, more: 1 })).toEqual(found as never)
    expect(detect(runsOf())).toEqual({ runs: [], thresholds: {} })
  })

  test.each([
    [undefined, 'undefined'],
    [{ thresholds: {} }, 'runs that are undefined'],
    [{ runs: [] }, 'thresholds that are undefined'],
    [{ runs: [null], thresholds: {} }, 'a run that is null'],
    [runsOf([0.5, 2]), 'a run from 0.5 to 2, which are no samples'],
    [runsOf([Number.NaN, 2]), 'a run from NaN to 2, which are no samples'],
    [runsOf(['0', 2]), 'a run from "0" to 2, which are no samples'],
    [runsOf([-1, 2]), 'a run from -1 to 2 of 100 samples'],
    [runsOf([0, 101]), 'a run from 0 to 101 of 100 samples'],
    [runsOf([5, 5]), 'a run from 5 to 5, which is empty'],
    [runsOf([5, 9], [8, 12]), 'a run from 8 to 12, though the one before ends at 9'],
    [{ ...runsOf(), endInclusive: 1 }, 'an endInclusive of 1'],
    [{ ...runsOf(), thresholds: { level: Number.NaN } }, 'a threshold level of NaN'],
    [{ runs: Array(101).fill({ start: 0, end: 1 }), thresholds: {} }, '101 runs of 100 samples'],
  ])('%j is its fault', (answer, shown) => {
    expect(faultOf(() => detect(answer))).toBe(`p: its detector "d" answered ${shown}`)
  })

  test('whatever it answers, what passes is in order and inside', () => {
    const run = fc.record({
      start: fc.integer({ min: -2, max: 105 }),
      end: fc.integer({ min: -2, max: 105 }),
    })
    fc.assert(
      fc.property(fc.array(run, { maxLength: 4 }), (runs) => {
        let found: ReturnType<typeof detect> = null
        if (faultOf(() => (found = detect({ runs, thresholds: {} }))) !== 'none') return
        const bounds = (found as unknown as { runs: typeof runs }).runs.flatMap(({ start, end }) => [
          start,
          end,
        ])
        expect(bounds).toEqual(bounds.toSorted((a, b) => a - b))
        expect(bounds.every((each) => each >= 0 && each <= 100)).toBe(true)
      }),
    )
  })
})

describe('a quality check answers', () => {
  const find = (answer: unknown) => findingOf(answer, 'c', 'p')

  test('a finding, whose details are data', () => {
    expect(find({ status: 'good', value: 1, more: 2 })).toEqual({ status: 'good', value: 1 })
    const details = { at: new Date(0), nothing: undefined, list: [1] }
    expect(find({ status: 'poor', value: null, message: 'm', details })).toEqual({
      status: 'poor',
      value: null,
      message: 'm',
      details: { at: '1970-01-01T00:00:00.000Z', list: [1] },
    })
  })

  test.each([
    [undefined, 'undefined'],
    [{ status: 'bad', value: 1 }, 'what is wrong at "status": Invalid type: Expected '],
    [{ status: 'good' }, 'what is wrong at "value": '],
    [{ status: 'good', value: Number.NaN }, 'what is wrong at "value": '],
    [{ status: 'usable', value: 1 }, 'usable without a message'],
    [{ status: 'good', value: 1, details: 'x'.repeat(20_000) }, 'details of 20002 characters'],
  ])('%j is its fault', (answer, shown) => {
    expect(faultOf(() => find(answer))).toStartWith(`p: its quality check "c" answered ${shown}`)
  })
})
