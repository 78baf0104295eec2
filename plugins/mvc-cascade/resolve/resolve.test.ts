import { describe, expect, test } from 'bun:test'
import type { MvcRecord } from '../records/record.ts'
import type { MvcCandidates } from './candidates.ts'
import { AT, daysAgo, LIMITS, record, resolve } from './fixtures.ts'
import { inForce } from './in-force.ts'

const calibration = (rest: Partial<MvcRecord> = {}) =>
  record({ source: 'calibration', method: 'rms-500', value: 2.5e-4, ...rest })

const ALL: MvcCandidates = {
  records: [record(), calibration()],
  metadata: 2.8e-4,
  calculated: { value: 2e-4, method: 'rms-500', n: 12 },
}

describe('the order of the rungs', () => {
  test('manual, metadata, calibration, calculation, default: each where those before it are missing', () => {
    expect(resolve(ALL)).toMatchObject({ source: 'manual', value: 3e-4, confidence: 'high' })
    const { metadata, calculated } = ALL
    const records = [calibration()]
    expect(resolve({ records, metadata, calculated })).toMatchObject({
      source: 'recording-metadata',
      value: 2.8e-4,
      confidence: 'moderate',
      ageDays: null,
    })
    expect(resolve({ records, calculated })).toMatchObject({ source: 'patient-record', value: 2.5e-4 })
    expect(resolve({ calculated })).toMatchObject({ source: 'calculated', value: 2e-4, confidence: 'low' })
    expect(resolve({})).toMatchObject({ source: 'default', value: 1.5e-4, confidence: 'low' })
  })

  test('without any there is no value, and a reason for it and for each rung', () => {
    expect(resolve({}, { ...LIMITS, defaultValue: null })).toEqual({
      value: null,
      unit: 'V',
      unitBasis: null,
      source: null,
      method: null,
      confidence: null,
      ageDays: null,
      recordId: null,
      reason: 'no rung of the cascade holds',
      passedOver: [
        { source: 'manual', value: null, reason: 'there is no manual value' },
        {
          source: 'recording-metadata',
          value: null,
          reason: 'the recording’s metadata names no MVC for it',
        },
        { source: 'patient-record', value: null, reason: 'there is no calibration' },
        { source: 'calculated', value: null, reason: 'nothing could be calculated from the recording' },
        { source: 'default', value: null, reason: 'no default is configured' },
      ],
    })
  })

  test('what comes later is passed over with its value, since something came before it', () => {
    expect(resolve(ALL).passedOver).toEqual([
      { source: 'recording-metadata', value: 2.8e-4, reason: 'the manual value comes before it' },
      { source: 'patient-record', value: 2.5e-4, reason: 'the manual value comes before it' },
      { source: 'calculated', value: 2e-4, reason: 'the manual value comes before it' },
      { source: 'default', value: 1.5e-4, reason: 'the manual value comes before it' },
    ])
  })

  test('without a database the stored rungs say why they are passed over', () => {
    const { source, passedOver } = resolve({ ...ALL, records: { unavailable: 'no database' } })
    expect(source).toBe('recording-metadata')
    expect(passedOver.filter(({ reason }) => reason === 'no database').map((each) => each.source)).toEqual([
      'manual',
      'patient-record',
    ])
  })
})

describe('validity', () => {
  test('a calibration holds for the configured days, to the moment', () => {
    const ended = (days: number) => resolve({ records: [calibration({ validFrom: daysAgo(days) })] })
    expect(ended(90 - 1e-6).source).toBe('patient-record')
    expect(ended(90)).toMatchObject({ source: 'default' })
    expect(ended(90).passedOver[2]).toMatchObject({
      value: 2.5e-4,
      reason: `its validity ended at ${AT.toISOString()}`,
    })
  })

  test('a calibration that says until when holds until then, longer or shorter', () => {
    const until = (days: number) =>
      resolve({ records: [calibration({ validFrom: daysAgo(100), validUntil: daysAgo(days) })] }).source
    expect(until(-1)).toBe('patient-record')
    expect(until(0)).toBe('default')
  })

  test('a manual value holds until another, and is less sure past the validity', () => {
    const of = (days: number) => resolve({ records: [record({ validFrom: daysAgo(days) })] })
    expect(of(89)).toMatchObject({ source: 'manual', confidence: 'high', ageDays: 89 })
    expect(of(1000)).toMatchObject({ source: 'manual', confidence: 'moderate', ageDays: 1000 })
  })

  test('a manual value past its end is passed over, though an older one is open', () => {
    const records = [
      record({ validFrom: daysAgo(20) }),
      record({ validFrom: daysAgo(10), validUntil: daysAgo(5) }),
    ]
    expect(resolve({ records }).passedOver[0]?.reason).toContain('its validity ended')
  })

  test('a withdrawn manual value is none, and the calibration holds again', () => {
    const records = [
      calibration(),
      record({ validFrom: daysAgo(3) }),
      record({ value: null, validFrom: daysAgo(2) }),
    ]
    const { source, passedOver } = resolve({ records })
    expect(source).toBe('patient-record')
    expect(passedOver[0]).toEqual({
      source: 'manual',
      value: null,
      reason: `the manual value was withdrawn at ${daysAgo(2)}`,
    })
    expect(resolve({ records }, LIMITS, new Date(daysAgo(2.5)))).toMatchObject({ source: 'manual' })
  })

  test('what was entered without a time serves earlier sessions, where nothing held then', () => {
    const entered = (days: number, rest: Partial<MvcRecord>) =>
      ({ ...rest, recordedAt: daysAgo(days), validFrom: daysAgo(days) }) as const
    const wrong = record(entered(-3, { value: 1e-4 }))
    const right = record(entered(-4, { value: 2e-4 }))
    expect(resolve({ records: [wrong, right] })).toMatchObject({
      value: 2e-4,
      ageDays: -4,
      confidence: 'high',
    })
    const before = record({ validFrom: daysAgo(9), value: 9e-4 })
    expect(resolve({ records: [before, wrong, right] })).toMatchObject({ value: 9e-4 })
    const withdrawal = record(entered(-5, { value: null }))
    expect(resolve({ records: [wrong, withdrawal] }).source).toBe('default')
    const measured = (days: number) => resolve({ records: [calibration(entered(days, {}))] })
    expect(measured(-89)).toMatchObject({ source: 'patient-record', ageDays: -89 })
    expect(measured(-90).passedOver[2]?.reason).toBe(`it was measured only later, at ${daysAgo(-90)}`)
    expect(resolve({ records: [record(entered(-400, {}))] })).toMatchObject({
      source: 'manual',
      confidence: 'moderate',
    })
  })

  test('what holds only later does not hold yet', () => {
    const { passedOver } = resolve({ records: [record({ validFrom: daysAgo(-1) })] })
    expect(passedOver[0]?.reason).toBe(`the first manual value holds only from ${daysAgo(-1)} on`)
  })
})

describe('confidence of a calibration', () => {
  test.each([
    [[], 'high'],
    [['ONE_TRIAL'], 'moderate'],
    [['SPREAD_OVER_10'], 'moderate'],
    [['UNIT_ASSUMED'], 'moderate'],
    [['CLIPPED', 'UNIT_ASSUMED'], 'low'],
  ] as const)('with the flags %p is %p', (flags, confidence) => {
    expect(resolve({ records: [calibration({ flags: [...flags] })] }).confidence).toBe(confidence)
  })
})

describe('plausibility', () => {
  test.each([150, 0.99e-6, 0.0101, 0, -1e-4])(
    'metadata of %p V are passed over with their value',
    (value) => {
      const { source, passedOver } = resolve({ metadata: value })
      expect(source).toBe('default')
      expect(passedOver[1]).toMatchObject({ source: 'recording-metadata', value })
    },
  )

  test('the ends of the range are in it', () => {
    expect(resolve({ metadata: 1e-6 }).source).toBe('recording-metadata')
    expect(resolve({ metadata: 1e-2 }).source).toBe('recording-metadata')
  })

  test('a calculation holds whatever the gain of the recording, unless it is no amplitude', () => {
    const of = (value: number) => resolve({ calculated: { value, method: 'rms-500', n: 1 } })
    expect(of(0.4)).toMatchObject({ source: 'calculated', value: 0.4 })
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(of(value).source).toBe('default')
  })
})

test('an invalid time is refused', () => {
  expect(() => resolve({}, LIMITS, new Date(Number.NaN))).toThrow('invalid time')
})

describe('inForce', () => {
  test('takes the latest start, of equals the last entered, and nothing that starts later', () => {
    const [a, b, c] = [
      record({ validFrom: daysAgo(5) }),
      record({ validFrom: daysAgo(5) }),
      record({ validFrom: daysAgo(-1) }),
    ]
    expect(inForce([a, b, c], AT)).toBe(b)
    expect(inForce([a, b, c], new Date(daysAgo(-1)))).toBe(c)
    expect(inForce([c], AT)).toBeUndefined()
    const backdated = record({ validFrom: daysAgo(9) })
    expect(inForce([a, backdated], AT)).toBe(a)
  })
})
