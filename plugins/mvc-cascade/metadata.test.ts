import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { describeC3d, readC3d, translatedSentence, writeC3d } from '../../src/sdk.ts'
import { readMetadata } from './metadata.ts'

type Values = string | number | readonly (string | number | null)[]

const LABELS = ['CH1 Raw', 'CH2 Raw', 'CH1 activated', 'CH2 activated']

const describeWith = (groups: Record<string, Record<string, Values>>, analogLabels = LABELS) => ({
  analogLabels,
  parameters: Object.fromEntries(
    Object.entries(groups).map(([group, parameters]) => [
      group,
      Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, { type: 'float', dimensions: [], value }]),
      ),
    ]),
  ),
})

const valuesOf = (...args: Parameters<typeof describeWith>) =>
  readMetadata(describeWith(...args)).map(({ value }) => value)
const reasonsOf = (...args: Parameters<typeof describeWith>) =>
  readMetadata(describeWith(...args)).map(({ reason }) => {
    // Whoever reads it may read French.
    if (reason !== null) expect([reason, translatedSentence('fr', reason)]).not.toContain(null)
    return reason
  })

describe('a list', () => {
  test('of one value for each channel is in the order of the file', () => {
    expect(valuesOf({ THERAPY: { MVC: [1e-4, 2e-4, 3e-4, 4e-4] } })).toEqual([1e-4, 2e-4, 3e-4, 4e-4])
  })

  test('of one value for each pair of raw and activated goes to both', () => {
    expect(valuesOf({ MVC: { VALUES: [1e-4, 2e-4] } })).toEqual([1e-4, 2e-4, 1e-4, 2e-4])
  })

  test('with labels goes by them, in whatever spelling, and leaves others out', () => {
    const groups = { MVC: { VALUES: [2e-4, 9e-4], LABELS: ['ch_2', 'CH9'], UNITS: 'V' } }
    expect(readMetadata(describeWith(groups))).toEqual([
      {
        index: 0,
        label: 'CH1 Raw',
        value: null,
        unitBasis: null,
        parameter: null,
        reason: 'MVC:VALUES does not name it',
      },
      {
        index: 1,
        label: 'CH2 Raw',
        value: 2e-4,
        unitBasis: 'declared',
        parameter: 'MVC:VALUES',
        reason: null,
      },
      expect.objectContaining({ index: 2, value: null }),
      expect.objectContaining({ index: 3, value: 2e-4 }),
    ])
  })

  test('that fits neither is not guessed at', () => {
    expect(valuesOf({ THERAPY: { MVC: [1e-4, 2e-4, 3e-4] } })).toEqual([null, null, null, null])
    expect(reasonsOf({ THERAPY: { MVC: [1e-4, 2e-4, 3e-4] } })[0]).toContain('3 values for 4 channels')
  })
})

test('a parameter named by the channel goes before the list', () => {
  const groups = { THERAPY: { MVC: [1e-4, 2e-4], MVC_CH1: 5e-4 } }
  expect(valuesOf(groups)).toEqual([5e-4, 2e-4, 5e-4, 2e-4])
  expect(readMetadata(describeWith({ mvc: { ch2: 3e-4 } }))[1]).toMatchObject({
    value: 3e-4,
    parameter: 'mvc:ch2',
  })
})

test('units are converted, one for all or one each', () => {
  expect(valuesOf({ MVC: { VALUES: [100, 200], UNITS: ['uV'] } })).toEqual([
    100 * 1e-6,
    200 * 1e-6,
    100 * 1e-6,
    200 * 1e-6,
  ])
  expect(valuesOf({ MVC: { VALUES: [100, 0.2], UNITS: ['uV', 'mV'] } }).slice(0, 2)).toEqual([
    100 * 1e-6,
    0.2 * 1e-3,
  ])
  expect(reasonsOf({ MVC: { VALUES: [100, 200], UNITS: 'N' } })[0]).toContain('no voltage')
})

test('a unit that is not named is assumed to be V, and said to be', () => {
  const [entry] = readMetadata(describeWith({ MVC: { VALUES: [1e-4, 1e-4] } }))
  expect(entry).toMatchObject({ unitBasis: 'assumed', reason: null })
})

test.each([150, 0, -1e-4, 0.99e-6, 0.0101])('%p V is implausible, and kept with the reason', (value) => {
  const [entry] = readMetadata(describeWith({ MVC: { VALUES: [value, 1e-4] } }))
  expect(entry?.value).toBe(value)
  expect(entry?.reason).toContain('outside of 1 uV to 10 mV')
})

test.each([
  ['text', ['a', 'b']],
  ['null', [null, null]],
])('%s is no number', (_, values) => {
  expect(reasonsOf({ MVC: { VALUES: values } })[0]).toContain('holds no number')
})

test('a file that says nothing of MVC gives nothing, with a reason for each channel', () => {
  for (const entry of readMetadata(describeWith({ THERAPY: { MVC_THRESHOLD_X: 'a' }, POINT: { MVC: 1 } }))) {
    expect(entry.value).toBeNull()
    expect(entry.reason).toBeTruthy()
  }
})

test('whatever a description holds, each channel gets a value or a reason, and a usable value is plausible', () => {
  fc.assert(
    fc.property(
      fc.object({
        maxDepth: 4,
        key: fc.constantFrom(
          'parameters',
          'MVC',
          'VALUES',
          'THERAPY',
          'LABELS',
          'value',
          'UNITS',
          'CH1',
          '__proto__',
        ),
      }),
      (rest) => {
        const entries = readMetadata({ ...rest, analogLabels: LABELS })
        expect(entries).toHaveLength(4)
        for (const { value, reason } of entries) {
          if (reason === null) {
            expect(value).toBeGreaterThanOrEqual(1e-6)
            expect(value).toBeLessThanOrEqual(1e-2)
          } else expect(reason).not.toBe('')
        }
      },
    ),
  )
})

test('values written into a C3D file come out of it', () => {
  const samples = new Float64Array(100)
  const bytes = writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 100,
    samplesPerFrame: 10,
    points: [],
    analogs: [
      { label: 'L VL', unit: 'V', samples },
      { label: 'R VL', unit: 'V', samples },
    ],
    parameters: [
      {
        name: 'THERAPY',
        parameters: [
          { name: 'MVC', type: 'float', value: [110, 120] },
          { name: 'MVC_UNITS', type: 'char', value: 'uV' },
        ],
      },
    ],
  })
  const entries = readMetadata({ ...describeC3d(readC3d(bytes)) })
  expect(entries.map(({ value }) => value?.toPrecision(6))).toEqual(['0.000110000', '0.000120000'])
  expect(entries.map(({ parameter, reason }) => [parameter, reason])).toEqual([
    ['THERAPY:MVC', null],
    ['THERAPY:MVC', null],
  ])
})
