/** A test host answers whoever asks as the server would: by roles, permissions and patients. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { Problem } from '../../http/problem.ts'
import { route } from '../../http/route.ts'
import type { Viewer } from '../../identity/viewer.ts'
import { plugin } from '../fixtures.ts'
import { startTestHost, type TestHost } from './test-host.ts'
import type { TestIdentity } from './test-identity.ts'

/** P001 is treated by anna, P002 by ben. */
const THERAPISTS: Readonly<Record<string, string>> = { P001: 'anna', P002: 'ben' }

const clinic = plugin('clinic', {
  records: () => ({
    patient: {
      visible: (code: string, scope: { therapist: string } | { patients: readonly string[] }) =>
        'therapist' in scope ? THERAPISTS[code] === scope.therapist : scope.patients.includes(code),
      missing: () => new Problem(404, 'PATIENT_NOT_FOUND', 'There is no patient with this code.'),
    },
  }),
})

const grip = plugin('grip', {
  permissions: [
    { name: 'grip:read', summary: 'Read grips', roles: ['therapist', 'researcher'] },
    { name: 'grip:write', summary: 'Enter grips', roles: ['therapist'] },
    'grip:configure',
  ],
  roles: [
    {
      name: 'orthotist',
      summary: 'Fits splints',
      sees: 'own patients',
      permissions: ['grip:configure'],
    },
  ],
  routes: () => [
    route({
      method: 'get',
      path: '/api/plugins/grip/{patientCode}',
      summary: 'The grip of a patient',
      policy: 'grip:read',
      concerns: { patient: 'patientCode' },
      params: v.object({ patientCode: v.string() }),
      answers: { 200: { description: 'd' } },
      handle: ({ params, viewer: { id, name, roles, pseudonymous } }) => ({
        ...params,
        id,
        name,
        roles,
        pseudonymous,
      }),
    }),
    ...['grip:write', 'grip:configure'].map((policy) =>
      route({
        method: 'post',
        path: `/api/plugins/grip/${policy.slice(5)}`,
        summary: policy,
        policy,
        concerns: 'nothing',
        answers: { 200: { description: 'd' } },
        handle: ({ viewer }: { viewer: Viewer }) => ({ scope: viewer.scope }),
      }),
    ),
  ],
})

let host: TestHost
beforeAll(async () => {
  host = await startTestHost([clinic], { plugins: [grip] })
})
afterAll(() => host[Symbol.asyncDispose]())

const ask = async (
  path: string,
  as?: TestIdentity | 'nobody',
  method = 'GET',
): Promise<[number, unknown]> => {
  const answer = await host.fetch(`/api/plugins/grip/${path}`, { method, ...(as && { as }) })
  const body = (await answer.json()) as { code?: string }
  return [answer.status, body.code ?? body]
}

describe('a test host answers', () => {
  test('whoever is not said to be somebody as one who may do everything', async () => {
    expect(await ask('P001')).toMatchObject([200, { id: 'open', pseudonymous: false }])
  })

  test('nobody 401', async () => {
    expect(await ask('P001', 'nobody')).toEqual([401, 'LOGIN_REQUIRED'])
  })

  test('a therapist of own patients, and of others as if there were none', async () => {
    const anna = { roles: ['therapist'], name: 'anna' }
    expect(await ask('P001', anna)).toMatchObject([
      200,
      { id: 'user:anna', name: 'anna', roles: ['therapist'] },
    ])
    expect(await ask('P002', anna)).toEqual([404, 'PATIENT_NOT_FOUND'])
    expect(await ask('P999', anna)).toEqual([404, 'PATIENT_NOT_FOUND'])
    expect(await ask('write', anna, 'POST')).toEqual([200, { scope: { therapist: 'anna' } }])
    expect(await ask('configure', anna, 'POST')).toEqual([403, 'PERMISSION_DENIED'])
  })

  test('a researcher of all patients, without names, and without what researchers may not', async () => {
    const researcher = { roles: ['researcher'] }
    expect(await ask('P002', researcher)).toMatchObject([200, { id: 'user:tester', pseudonymous: true }])
    expect(await ask('write', researcher, 'POST')).toEqual([403, 'PERMISSION_DENIED'])
  })

  test('an admin everything', async () => {
    expect(await ask('configure', { roles: ['admin'] }, 'POST')).toEqual([200, { scope: 'all' }])
  })

  test('a role that a plugin brings by its own permissions', async () => {
    const orthotist = { roles: ['orthotist'], name: 'ben' }
    expect(await ask('configure', orthotist, 'POST')).toEqual([200, { scope: { therapist: 'ben' } }])
    expect(await ask('P002', orthotist)).toEqual([403, 'PERMISSION_DENIED'])
    expect(await ask('P002', { ...orthotist, permissions: ['grip:read'] })).toMatchObject([200, {}])
  })

  test('a key by its permissions and its patients', async () => {
    const key = { name: 'lab', permissions: ['grip:read'] }
    expect(await ask('P002', key)).toMatchObject([200, { id: 'key:lab', roles: ['service'] }])
    expect(await ask('P002', { ...key, patients: ['P001'] })).toEqual([404, 'PATIENT_NOT_FOUND'])
    expect(await ask('P001', { ...key, patients: ['P001'] })).toMatchObject([200, { patientCode: 'P001' }])
    expect(await ask('write', key, 'POST')).toEqual([403, 'PERMISSION_DENIED'])
  })

  test('no slip of the pen', async () => {
    expect(ask('P001', { roles: ['therapits'] })).rejects.toThrow(
      'there is no role therapits: there are admin',
    )
    expect(ask('P001', { permissions: ['grip:raed'] })).rejects.toThrow('there is no permission grip:raed')
  })
})
