import { describe, expect, test } from 'bun:test'
import type { Session } from '../../api/shapes.ts'
import { isRecent, mattersOf } from './attention.ts'

const session = (id: string, startedAt: string, status: Session['status'] = 'completed'): Session => ({
  id,
  patientId: 'p',
  patientCode: 'P001',
  recordingId: 'r',
  startedAt,
  startedAtBasis: 'stated',
  rpe: null,
  bfr: { left: null, right: null },
  game: null,
  status,
  failure: status === 'failed' ? { code: 'NO_RECORDING' } : null,
  createdAt: startedAt,
  version: 1,
})
const quality = (sessionId: string, good: number, usable: number, poor: number) => ({
  sessionId,
  good,
  usable,
  poor,
})

describe('what there is to look at', () => {
  const old = session('old', '2026-01-01T08:00:00Z', 'failed')
  const bad = session('bad', '2026-03-02T08:00:00Z')
  const fine = session('fine', '2026-03-03T08:00:00Z')

  test('is nothing where all went well', () => {
    expect(mattersOf([], [fine], [quality('fine', 2, 1, 0)])).toEqual([])
    expect(mattersOf([], [], [])).toEqual([])
  })

  test('is failed analyses and poor channels, the newest session first', () => {
    expect(mattersOf([old], [fine, bad], [quality('bad', 1, 0, 1), quality('fine', 2, 0, 0)])).toEqual([
      { kind: 'poor', session: bad, poor: 1, channels: 2 },
      { kind: 'failed', session: old },
    ])
  })

  test('is no signal that nobody has judged', () => {
    expect(mattersOf([], [bad], [])).toEqual([])
  })

  test('tells of a session that failed once, though an earlier analysis of it found poor channels', () => {
    const failed = session('bad', bad.startedAt, 'failed')
    expect(mattersOf([failed], [failed], [quality('bad', 0, 0, 2)])).toEqual([
      { kind: 'failed', session: failed },
    ])
  })
})

test('a session is recent for seven days', () => {
  const at = session('s', '2026-03-01T08:00:00Z')
  expect(isRecent(at, Date.parse('2026-03-08T07:59:59Z'))).toBe(true)
  expect(isRecent(at, Date.parse('2026-03-08T08:00:00Z'))).toBe(false)
})
