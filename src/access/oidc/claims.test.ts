import { describe, expect, test } from 'bun:test'
import { claimAt, displayNameOf, loginNameOf, rolesOf } from './claims.ts'

describe('claimAt', () => {
  const claims = {
    roles: ['a'],
    'https://id.example/roles': ['b'],
    realm_access: { roles: ['c'] },
    'x.y': 1,
    x: { y: 2 },
  }

  test.each([
    ['roles', ['a']],
    ['https://id.example/roles', ['b']],
    ['realm_access.roles', ['c']],
    ['x.y', 1],
    ['realm_access.roles.0', undefined],
    ['toString', undefined],
    ['realm_access.constructor', undefined],
    ['__proto__.x', undefined],
    ['', undefined],
  ])('%p is %p', (name, value) => expect(claimAt(claims, name)).toEqual(value))
})

describe('rolesOf', () => {
  const grants = [
    { value: 'staff', role: 'therapist' },
    { value: 'bosses', role: 'admin' },
    { value: 'heads', role: 'admin' },
  ]

  test.each([
    ['staff', ['therapist']],
    [
      ['heads', 'bosses', 'staff'],
      ['admin', 'therapist'],
    ],
    ['staff bosses', []],
    [['Staff', 'staf'], []],
    [[['staff'], { staff: 1 }, null], []],
    [{ 0: 'staff' }, []],
    [undefined, []],
  ])('%p gives %p', (claim, roles) => expect(rolesOf(claim, grants)).toEqual(roles))
})

test('loginNameOf takes what a new user may be called, and nothing like it', () => {
  expect(loginNameOf(' Anna.Berg@clinic.example ')).toBe('anna.berg@clinic.example')
  for (const claim of ['', 'a b', '.a', 'ä', 'x'.repeat(65), 7, null, ['anna']])
    expect(loginNameOf(claim)).toBeUndefined()
})

test('displayNameOf falls back where the claim does not fit', () => {
  expect(displayNameOf({ name: 'Anna Berg' }, 'anna')).toBe('Anna Berg')
  for (const name of ['', 'a\u202eb', 'x'.repeat(101), 1])
    expect(displayNameOf({ name }, 'anna')).toBe('anna')
})
