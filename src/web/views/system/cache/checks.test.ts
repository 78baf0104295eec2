import { describe, expect, test } from 'bun:test'
import { type Check, subjectOf, worstFirst } from './checks.ts'

const check = (id: string, status: Check['status']): Check => ({
  id,
  status,
  value: null,
  threshold: null,
  reason: null,
})

describe('checks of the cache', () => {
  test('are of the whole, or of a tier', () => {
    expect(subjectOf('memory')).toEqual({ kind: 'memory', tier: null, unit: 'share' })
    expect(subjectOf('latency:redis')).toEqual({ kind: 'latency', tier: 'redis', unit: 'ratio' })
    expect(subjectOf('tier:postgres')).toEqual({ kind: 'tier', tier: 'postgres', unit: null })
  })

  test('that this page does not know have no unit', () => {
    expect(subjectOf('constructor:redis')).toEqual({ kind: 'other', tier: null, unit: null })
  })

  test('stand in the order of what has to be done about them', () => {
    const checks = [
      check('a', 'ok'),
      check('b', 'unknown'),
      check('c', 'failing'),
      check('d', 'warning'),
      check('e', 'ok'),
    ]
    expect(worstFirst(checks).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a', 'e'])
  })
})
