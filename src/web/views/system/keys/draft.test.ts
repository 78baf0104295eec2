import { describe, expect, test } from 'bun:test'
import { codesIn, EMPTY_KEY, keyBody, keyFaults, keyState } from './draft.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const WHOLE = { ...EMPTY_KEY, name: ' gait lab ', permissions: ['recordings:write'] }

describe('a new key', () => {
  test('needs a name and a permission', () => {
    expect(keyFaults(EMPTY_KEY)).toEqual(['name', 'permissions'])
    expect(keyFaults(WHOLE)).toEqual([])
  })

  test('for some patients names them', () => {
    expect(keyFaults({ ...WHOLE, sees: 'some' })).toEqual(['patients'])
    expect(keyFaults({ ...WHOLE, sees: 'some', patients: 'P001, Anna B.' })).toEqual(['patients'])
    expect(codesIn(' P001, P002;P001\nP003 ')).toEqual(['P001', 'P002', 'P003'])
  })

  test('expires after the days that were chosen, or never', () => {
    expect(keyBody({ ...WHOLE, lifetime: '30' }, NOW)).toEqual({
      name: 'gait lab',
      permissions: ['recordings:write'],
      patients: 'all',
      expiresAt: '2026-12-21T12:00:00.000Z',
    })
    expect(keyBody({ ...WHOLE, lifetime: 'never' }, NOW)).not.toHaveProperty('expiresAt')
  })
})

test('a key is revoked, expired or active', () => {
  const at = '2026-11-21T12:00:00.000Z'
  expect(keyState({ revokedAt: at, expiresAt: at }, NOW)).toBe('revoked')
  expect(keyState({ revokedAt: null, expiresAt: at }, NOW)).toBe('expired')
  expect(keyState({ revokedAt: null, expiresAt: '2026-11-21T12:00:01.000Z' }, NOW)).toBe('active')
  expect(keyState({ revokedAt: null, expiresAt: null }, NOW)).toBe('active')
})
