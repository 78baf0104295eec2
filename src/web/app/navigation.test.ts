import { describe, expect, test } from 'bun:test'
import { entriesFor, isWithin } from './navigation.ts'

describe('the ways into the page', () => {
  const names = (...held: string[]): string[] =>
    entriesFor((permission) => held.includes(permission)).map(({ name }) => name)

  test('lead nobody to what none of their permissions opens', () => {
    expect(names()).toEqual(['overview'])
    expect(names('patients:read', 'sessions:read')).toEqual(['overview', 'patients', 'sessions'])
    expect(names('cache:read')).toEqual(['overview', 'system'])
  })

  test('need one of the permissions they name, not all', () => {
    expect(names('recordings:write')).toEqual(['overview', 'upload'])
    expect(names('intake:write')).toEqual(['overview', 'upload'])
  })
})

describe('where one is', () => {
  test('is an entry, or below it', () => {
    expect(isWithin('/patients', '/patients')).toBe(true)
    expect(isWithin('/patients', '/patients/P001/mvc')).toBe(true)
    expect(isWithin('/patients', '/patientsx')).toBe(false)
  })

  test('is the overview at its own address alone', () => {
    expect(isWithin('/', '/')).toBe(true)
    expect(isWithin('/', '/patients')).toBe(false)
  })
})
