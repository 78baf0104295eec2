import { describe, expect, test } from 'bun:test'
import { endOf, type MvcRecord, stateOf } from './record-state.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')

const record = (id: string, validFrom: string, changes: Partial<MvcRecord> = {}): MvcRecord => ({
  id,
  patientCode: 'P001',
  muscle: 'soleus',
  side: 'left',
  value: 1e-4,
  unit: 'V',
  unitBasis: 'declared',
  source: 'manual',
  method: 'manual',
  recordingId: null,
  channel: null,
  trials: null,
  spreadPercent: null,
  flags: [],
  recordedBy: null,
  recordedAt: validFrom,
  validFrom,
  validUntil: null,
  supersedes: null,
  ...changes,
})

const statesOf = (records: readonly MvcRecord[], inForce: readonly string[] = []) =>
  records.map((each) => stateOf(each, records, { inForce: new Set(inForce), validityDays: 90, now: NOW }))

describe('what became of a value', () => {
  test('is told by the one that came after it', () => {
    const records = [
      record('c', '2026-05-20T00:00:00Z'),
      record('b', '2026-05-10T00:00:00Z', { value: null }),
      record('a', '2026-05-01T00:00:00Z'),
    ]
    expect(statesOf(records, ['c'])).toEqual(['in-force', 'withdrawal', 'withdrawn'])
  })

  test('one that was entered for an earlier time takes no later one’s place', () => {
    const records = [
      record('late entry', '2026-05-05T00:00:00Z', { recordedAt: '2026-05-25T00:00:00Z' }),
      record('b', '2026-05-10T00:00:00Z'),
      record('a', '2026-05-01T00:00:00Z'),
    ]
    expect(statesOf(records, ['b'])).toEqual(['superseded', 'in-force', 'superseded'])
  })

  test('of two that begin together the one entered last holds', () => {
    const records = [record('b', '2026-05-01T00:00:00Z'), record('a', '2026-05-01T00:00:00Z')]
    expect(statesOf(records, ['b'])).toEqual(['in-force', 'superseded'])
    expect(statesOf(records)).toEqual(['waiting', 'superseded'])
  })

  test('a calibration waits behind a manual value, and ends by itself', () => {
    const calibration = { source: 'calibration' as const }
    const records = [
      record('manual', '2026-05-20T00:00:00Z'),
      record('new', '2026-05-10T00:00:00Z', calibration),
      record('other', '2026-01-10T00:00:00Z', { ...calibration, side: 'right' }),
      record('stated', '2026-01-10T00:00:00Z', {
        ...calibration,
        muscle: 'vastus',
        validUntil: '2026-12-31T00:00:00Z',
      }),
    ]
    expect(statesOf(records, ['manual'])).toEqual(['in-force', 'waiting', 'ended', 'waiting'])
  })

  test('one of later is not in force yet', () => {
    expect(statesOf([record('a', '2026-07-01T00:00:00Z')])).toEqual(['future'])
  })
})

test('a calibration ends after the validity, a manual value by itself never', () => {
  expect(endOf(record('a', '2026-01-01T00:00:00Z'), 90)).toBeNull()
  expect(endOf(record('a', '2026-01-01T00:00:00Z', { source: 'calibration' }), 90)).toBe(
    '2026-04-01T00:00:00.000Z',
  )
  expect(endOf(record('a', '2026-01-01T00:00:00Z', { validUntil: '2026-02-01T00:00:00Z' }), 90)).toBe(
    '2026-02-01T00:00:00Z',
  )
})
