import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { type Catalogue, catalogueOf } from './permissions.ts'
import { covers, editionOf, rightsOfKey, rightsOfUser, rolesConflict } from './rights.ts'

const catalogue: Catalogue = catalogueOf(
  [
    { name: 'grip:read', summary: 's', roles: ['therapist', 'researcher'] },
    { name: 'grip:write', summary: 's', roles: ['therapist'] },
    { name: 'grip:tune', summary: 's', roles: [] },
  ],
  [{ name: 'grip-desk', summary: 's', sees: 'all patients', permissions: ['grip:tune'] }],
)
const NAMES = ['admin', 'therapist', 'researcher', 'grip-desk', 'gone']
const of = (...roles: string[]) => rightsOfUser({ name: 'anna', roles }, catalogue)
const listed = ({ permissions }: ReturnType<typeof of>) =>
  permissions === 'all' ? 'all' : [...permissions].sort()

describe('the rights of a user', () => {
  test('are those of the role', () => {
    expect(of('admin')).toMatchObject({ permissions: 'all', scope: 'all', pseudonymous: false })
    expect(of('therapist')).toMatchObject({ scope: { therapist: 'anna' }, pseudonymous: false })
    expect(listed(of('therapist'))).toEqual(['account:use', 'grip:read', 'grip:write'])
    expect(of('researcher')).toMatchObject({ scope: 'all', pseudonymous: true })
    expect(listed(of('researcher'))).toEqual(['account:use', 'grip:read'])
    expect(listed(of('grip-desk'))).toEqual(['account:use', 'grip:tune'])
  })

  test('of no role, or one that is gone, are to use the own account', () => {
    for (const rights of [of(), of('gone')]) {
      expect(rights).toMatchObject({ scope: { patients: [] }, pseudonymous: true })
      expect(listed(rights)).toEqual(['account:use'])
    }
  })

  test('of several roles see no more than the one that sees least, unless one is admin', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...NAMES)), (roles) => {
        const together = of(...roles)
        const known = roles.filter((role) => role !== 'gone')
        if (known.includes('admin'))
          return expect(together).toMatchObject({ permissions: 'all', scope: 'all' })
        for (const each of known.map((role) => of(role))) {
          if (together.scope === 'all') expect(each.scope).toBe('all')
          if (!together.pseudonymous) expect(each.pseudonymous).toBe(false)
        }
      }),
    )
  })
})

test('the rights of a key are those it was given, of those that there are', () => {
  const rights = rightsOfKey({ permissions: ['grip:read', 'gone:read'], patients: ['P001'] }, catalogue)
  expect(listed(rights)).toEqual(['account:use', 'grip:read'])
  expect(rights).toMatchObject({ scope: { patients: ['P001'] }, pseudonymous: false, roles: ['service'] })
  expect(rightsOfKey({ permissions: [], patients: null }, catalogue).scope).toBe('all')
})

test('an edition is the same for the same rights, in whatever order, and for no others', () => {
  const key = (permissions: string[], patients: string[] | null = null) =>
    editionOf(rightsOfKey({ permissions, patients }, catalogue))
  expect(key(['grip:write', 'grip:read'])).toBe(key(['grip:read', 'grip:write']))
  const all = [
    key(['grip:read']),
    key(['grip:write']),
    key(['grip:read'], ['P001']),
    key(['grip:read'], ['P002']),
    editionOf(of('admin')),
    editionOf(of('researcher')),
    editionOf(of('therapist')),
  ]
  expect(new Set(all).size).toBe(all.length)
})

test('somebody covers only those who have nothing that they lack', () => {
  const [admin, therapist, researcher, desk] = [
    of('admin'),
    of('therapist'),
    of('researcher'),
    of('grip-desk'),
  ]
  for (const each of [admin, therapist, researcher, desk]) {
    expect(covers(admin, each)).toBe(true)
    expect(covers(each, admin)).toBe(each === admin)
  }
  // One who sees some patients gives nobody anything: the other might see others.
  expect(covers(therapist, therapist)).toBe(false)
  expect(covers(researcher, researcher)).toBe(true)
  expect(covers(researcher, { ...researcher, pseudonymous: false })).toBe(false)
  expect(covers(desk, researcher)).toBe(false)
})

test('roles that see patients differently are not for one user', () => {
  const roles = (...names: string[]) =>
    rolesConflict(catalogue.roles.filter(({ name }) => names.includes(name)))
  expect(roles('therapist', 'researcher')).toContain('see patients differently')
  expect(roles('researcher', 'grip-desk')).toContain('see patients differently')
  expect(roles('admin', 'therapist', 'researcher')).toBeUndefined()
  expect(roles('therapist')).toBeUndefined()
  expect(roles()).toBeUndefined()
})
