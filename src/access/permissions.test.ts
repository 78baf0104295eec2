import { expect, test } from 'bun:test'
import { catalogueOf, permissionsOfRole } from './permissions.ts'

test('who has a permission, and what a role is, is for the first to say who names it', () => {
  const catalogue = catalogueOf(
    [
      { name: 'users:manage', summary: 's', roles: ['therapist'] },
      { name: 'grip:read', summary: 's', roles: ['therapist'] },
      { name: 'grip:read', summary: 's', roles: ['researcher'] },
    ],
    [{ name: 'researcher', summary: 's', sees: 'all patients', permissions: ['keys:manage'] }],
  )
  const of = (name: string) =>
    catalogue.roles.filter((role) => role.name === name).map((role) => permissionsOfRole(role, catalogue))
  expect(of('therapist')).toEqual([['account:use', 'grip:read']])
  expect(of('researcher')).toEqual([['account:use']])
})
