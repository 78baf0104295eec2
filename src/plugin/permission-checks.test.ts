import { describe, expect, test } from 'bun:test'
import { plugin } from './fixtures.ts'
import { checkPermissions } from './permission-checks.ts'

const role = (name: string) => ({ name, summary: 's', sees: 'all patients' as const })
const permission = (name: string, ...roles: string[]) => ({ name, summary: 's', roles })
const first = plugin('first', { permissions: [permission('grip:read', 'therapist')], roles: [role('desk')] })

describe('a plugin', () => {
  test('guards routes with the permission of another, and says nothing of who has it', () => {
    expect(checkPermissions(plugin('b', { permissions: ['grip:read'] }), [first])).toBeUndefined()
    expect(
      checkPermissions(plugin('b', { permissions: [permission('grip:read', 'researcher')] }), [first]),
    ).toBe('it says who has the permission grip:read, which is for first to say')
  })

  test.each([
    [['therapist'], 'its role therapist is one of the host'],
    [['desk'], 'its role desk is one of first'],
    [['own', 'own'], 'it declares the role own twice'],
    [['own'], undefined],
  ])('brings the roles %p', (names, refusal) => {
    expect(checkPermissions(plugin('b', { roles: names.map(role) }), [first])).toBe(refusal as string)
  })
})
