import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { describeC3d, readC3d } from '../../src/sdk.ts'
import { renderDescription } from './render-description.ts'
import { sampleRecordings } from './samples/index.ts'

const lines = (text: string): string[] => text.split('\n')

const widest = (text: string): number =>
  lines(text).reduce((most, line) => Math.max(most, Bun.stringWidth(line)), 0)

const UNSAFE = /[^\P{C}\n\p{Co}\p{Cn}]/u

describe('a sample recording', () => {
  const gait = sampleRecordings()[1]?.bytes() ?? new Uint8Array()
  const recording = readC3d(gait)

  test('begins with a summary and shows channels, events and parameters', () => {
    const text = renderDescription({ ...describeC3d(recording) })
    expect(lines(text).slice(0, 4)).toEqual([
      '  Format             intel, float samples',
      '  Frames             1000 of 1000, from number 1, 10.00 s',
      '  Points             2 at 100 Hz, RHEE, LHEE',
      '  Analogs            8 at 1000 Hz, 10000 samples each, 10.00 s',
    ])
    expect(text).toContain('\n  1  R TA  V\n')
    expect(text).toContain('\n  0.300 s  Foot Strike  Right\n')
    expect(text).toContain('  SUBJECTS:NAMES  Synthetic\n')
    expect(text).toContain('[8] R TA, R GM, R RF, R BF, L TA, L GM, …')
    expect(text).not.toContain('Warnings')
  })

  test('with statistics the channels are a table, and point totals are said', () => {
    const description = describeC3d(recording, { stats: true })
    const text = renderDescription({ ...description }, 120)
    expect(text).toMatch(/LABEL {2}UNIT +MEAN +STD +MIN +MAX +FIRST +LAST\n/)
    const row = lines(text).find((line) => line.startsWith('  R TA   V'))
    const shown = row?.trim().split(/ {2,}/).slice(2).map(Number)
    const { mean, std, min, max, first, last } = description.channels?.[0] ?? {}
    for (const [i, value] of [mean, std, min, max, first, last].entries()) {
      expect((shown?.[i] ?? Number.NaN) / (value ?? Number.NaN)).toBeCloseTo(1, 5)
    }
    expect(text).toMatch(/Valid points +2000\n/)
  })

  test.each([80, 100, 160])('fits %d columns, and figures are whole', (width) => {
    const text = renderDescription({ ...describeC3d(recording, { stats: true }) }, width)
    expect(widest(text)).toBeLessThanOrEqual(width)
    const rows = lines(text).filter((line) => /^ {2}[RL] (TA|GM|RF|BF) /.test(line))
    expect(rows).toHaveLength(8)
    for (const row of rows) expect(row).not.toContain('…')
  })
})

test('warnings come before everything but the summary, each with its code', () => {
  const text = renderDescription({
    framesPresent: 10,
    framesDeclared: 100,
    parameters: { POINT: { RATE: { type: 'float', dimensions: [], value: 100 } } },
    warnings: [{ code: 'TRUNCATED_DATA', message: 'The file ends early.' }],
  })
  expect(text).toBe(
    [
      '  Frames  10 of 100',
      '',
      'Warnings',
      '  ! The file ends early. (TRUNCATED_DATA)',
      '',
      'Parameters',
      '  POINT:RATE  100',
      '',
    ].join('\n'),
  )
})

test('a long warning is wrapped, and none of it is lost', () => {
  const message = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ')
  const text = renderDescription({ warnings: [{ code: 'LONG', message }] }, 80)
  expect(text.replace(/\s+/g, ' ')).toContain(`${message} (LONG)`)
  expect(widest(text)).toBeLessThanOrEqual(80)
})

test('what another format states in single values is shown; what it leaves out is not', () => {
  expect(renderDescription({ analogs: 2, analogRate: 2000, patientSex: 'X', sensorCount: 4 })).toBe(
    ['  Analogs       2 at 2000 Hz', '  Patient sex   X', '  Sensor count  4', ''].join('\n'),
  )
  expect(renderDescription({})).toBe('\n')
})

test('channels of several rates are shown with theirs', () => {
  const text = renderDescription({
    analogLabels: ['EMG', 'Angle', 'Foot'],
    analogUnits: ['uV', null, 'V'],
    analogRates: [2000, 62.5],
  })
  expect(lines(text).slice(-4, -1)).toEqual([
    '  1  EMG    uV  2000 Hz',
    '  2  Angle      62.5 Hz',
    '  3  Foot   V',
  ])
})

test('missing figures are dashes, small ones keep their digits', () => {
  const channels = [
    { label: 'A', unit: null, mean: null, std: 1.23456789e-7, min: -0.5, max: 12_345_678 },
    { label: '', unit: 'mV', mean: 0, std: 0.001, min: 1 / 3, max: 2e12 },
  ]
  const rows = lines(renderDescription({ channels })).slice(-3, -1)
  expect(rows.map((row) => row.trim().split(/ +/))).toEqual([
    ['A', '-', '-', '1.23457e-7', '-0.5', '12345678'],
    ['-', 'mV', '0', '0.001', '0.333333', '2000000000000'],
  ])
})

test('no escape sequence, line break or reordering mark of the file reaches the terminal', () => {
  const evil = '\u001b[31mred\u0007\r\nnext\u009b2J\u202egnp.exe\u2066\u2028\ud800end'
  const text = renderDescription({
    processor: evil,
    analogLabels: [evil],
    pointLabels: [evil],
    events: [{ time: 1, label: evil, context: evil }],
    parameters: { [evil]: { [evil]: { value: [evil] } } },
    warnings: [{ code: evil, message: evil }],
    channels: [{ label: evil, unit: evil }],
    [evil]: evil,
  })
  expect(text).not.toMatch(UNSAFE)
  expect(lines(text).some((line) => line.startsWith('next'))).toBeFalse()
})

test('any JSON can be rendered, safely and within the width', () => {
  const names = [
    'processor',
    'points',
    'pointLabels',
    'analogLabels',
    'analogUnits',
    'events',
    'parameters',
    'warnings',
    'channels',
    'forcePlates',
    'alternativeRates',
    'sumAbsPoints',
  ]
  const values = fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue())))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), values), (description) => {
      const text = renderDescription(description, 90)
      expect(text).not.toMatch(UNSAFE)
      expect(widest(text)).toBeLessThanOrEqual(90)
    }),
    { numRuns: 300 },
  )
})

test('a hundred thousand parameters and a label of megabytes are rendered in linear time', () => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`P${i}`, { value: i }]))
  const started = performance.now()
  const text = renderDescription({ analogLabels: ['x'.repeat(5_000_000)], parameters: { GROUP: many } })
  expect(lines(text).length).toBeGreaterThan(100_000)
  expect(widest(text)).toBeLessThanOrEqual(100)
  expect(performance.now() - started).toBeLessThan(5000)
})
