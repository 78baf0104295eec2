import { describe, expect, test } from 'bun:test'
import { ageOf, methodParts, type Resolution, rungsOf, SOURCES } from './resolution.ts'

const resolution = (source: Resolution['source'], value: number | null): Resolution => ({
  value,
  unit: 'V',
  unitBasis: null,
  source,
  method: null,
  confidence: null,
  ageDays: null,
  recordId: null,
  reason: value === null ? 'no rung of the cascade holds' : null,
  passedOver: SOURCES.filter((each) => each !== source).map((each) => ({
    source: each,
    value: each === 'calculated' ? 2e-4 : null,
    reason: `not ${each}`,
  })),
})

describe('rungs', () => {
  test('stand in the order they are asked, that in force among them', () => {
    const rungs = rungsOf(resolution('patient-record', 3e-4))
    expect(rungs.map(({ rank, source }) => [rank, source])).toEqual([
      [1, 'manual'],
      [2, 'recording-metadata'],
      [3, 'patient-record'],
      [4, 'calculated'],
      [5, 'default'],
    ])
    expect(rungs.filter(({ isInForce }) => isInForce)).toEqual([
      { rank: 3, source: 'patient-record', value: 3e-4, isInForce: true, reason: null },
    ])
    expect(rungs[3]).toMatchObject({ value: 2e-4, reason: 'not calculated' })
  })

  test('are all passed over where none holds', () => {
    const rungs = rungsOf(resolution(null, null))
    expect(rungs).toHaveLength(5)
    expect(rungs.some(({ isInForce }) => isInForce)).toBe(false)
  })

  test('that nobody spoke of are left out', () => {
    const { passedOver, ...rest } = resolution('manual', 1e-4)
    expect(rungsOf({ ...rest, passedOver: passedOver.slice(0, 1) }).map(({ source }) => source)).toEqual([
      'manual',
      'recording-metadata',
    ])
  })
})

test.each([
  [null, { kind: 'unknown' }],
  [0, { kind: 'today' }],
  [0.99, { kind: 'today' }],
  [-0.2, { kind: 'today' }],
  [12.6, { kind: 'past', days: 12 }],
  [-3.4, { kind: 'later', days: 3 }],
] as const)('an age of %p days is %p', (days, age) => {
  expect(ageOf(days)).toEqual(age as never)
})

test('the parameter of a file is told apart from the method', () => {
  expect(methodParts('c3d-parameter THERAPY:MVC')).toEqual({
    method: 'c3d-parameter',
    parameter: 'THERAPY:MVC',
  })
  expect(methodParts('c3d-parameter')).toEqual({ method: 'c3d-parameter', parameter: null })
  expect(methodParts('by the old device')).toEqual({ method: 'by the old device', parameter: null })
})
