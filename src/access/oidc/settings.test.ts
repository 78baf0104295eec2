import { describe, expect, test } from 'bun:test'
import { loadConfiguration } from '../../config/load.ts'
import { planOidc } from './settings.ts'

const plan = (env: Record<string, string>, content = {}) =>
  planOidc(loadConfiguration([], { flags: {}, env, file: { path: 'file', explicit: false, content } }).host)

const both = { OIDC_ISSUER: 'https://id.example/realms/clinic', OIDC_CLIENT_ID: 'myoserve' }

test('without an issuer there is no provider; what belongs together is asked for', () => {
  expect(plan({})).toBeUndefined()
  expect(() => plan({ OIDC_ISSUER: both.OIDC_ISSUER })).toThrow('OIDC_ISSUER is set without OIDC_CLIENT_ID')
  expect(() => plan({ OIDC_CLIENT_ID: 'a' })).toThrow('OIDC_CLIENT_ID is set without OIDC_ISSUER')
  expect(() => plan({ ...both, OIDC_CA_FILE: '/nowhere/ca.pem' })).toThrow('OIDC_CA_FILE cannot be read')
  expect(plan(both)).toMatchObject({
    scopes: 'openid profile',
    createUsers: false,
    roles: undefined,
    rolesClaim: 'roles',
  })
})

test.each([
  ['OIDC_ISSUER', 'http://id.example'],
  ['OIDC_ISSUER', 'http://127.0.0.1.id.example'],
  ['OIDC_ISSUER', 'https://user:password@id.example'],
  ['OIDC_ISSUER', 'https://id.example/?a'],
  ['OIDC_ISSUER', 'id.example'],
  ['OIDC_SCOPES', 'profile'],
  ['OIDC_SCOPES', 'openid "profile"'],
  ['OIDC_ROLES', 'admins'],
  ['OIDC_ROLES', '=admin'],
  ['OIDC_ROLES', 'admins=Admin'],
  ['PUBLIC_URL', 'https://emg.example/path'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
])('%s is not %p', (name, value) => {
  expect(() => plan({ ...both, [name]: value })).toThrow(`${name} (environment)`)
})

test.each(['http://127.0.0.1:9000', 'http://localhost/realms/a', 'http://[::1]:9000'])(
  '%s is this machine',
  (issuer) => {
    expect(plan({ ...both, OIDC_ISSUER: issuer })?.issuer).toBe(issuer)
  },
)

describe('roles', () => {
  test('have their values before the last =', () => {
    expect(plan({ ...both, OIDC_ROLES: 'clinic-admins=admin, cn=staff = therapist,' })?.roles).toEqual([
      { value: 'clinic-admins', role: 'admin' },
      { value: 'cn=staff', role: 'therapist' },
    ])
  })

  test('of the file may have commas in their values', () => {
    const roles = [{ value: 'CN=a,OU=b', role: 'admin' }]
    expect(plan(both, { oidcRoles: { 'CN=a,OU=b': 'admin' } })?.roles).toEqual(roles)
    expect(plan(both, { oidcRoles: ['CN=a,OU=b=admin'] })?.roles).toEqual(roles)
  })
})
