import { describe, expect, test } from 'bun:test'
import { createCacheSystem } from '../../../src/cache/system.ts'
import { createApp } from '../../../src/http/app.ts'
import { type Identity, NOBODY, OPEN } from '../../../src/identity/identity.ts'
import { createLog } from '../../../src/observe/log.ts'
import { ERASE, type PatientEraser } from '../erasing/erase.ts'
import { erasingRoutes } from '../erasing/routes.ts'
import { patientMissing, patientRoutes } from '../patients/routes.ts'
import type { PatientStore } from '../patients/store.ts'
import { IDENTIFY } from './permission.ts'
import { identityRoutes } from './routes.ts'
import type { IdentityStore } from './store.ts'

const who = (more: Partial<Identity>): Identity => ({ ...OPEN, id: 'user:1', roles: [], ...more })

const WITHOUT = new Set(['patients:read', 'patients:write', 'exports:make'])
const CALLERS: Readonly<Record<string, Identity>> = {
  nobody: NOBODY,
  researcher: who({ permissions: WITHOUT, pseudonymous: true }),
  // Even where somebody has given the permission.
  'researcher with the permission': who({
    permissions: new Set([...WITHOUT, IDENTIFY, ERASE]),
    pseudonymous: true,
  }),
  'key without it': who({ permissions: WITHOUT }),
  'another therapist': who({ permissions: new Set([...WITHOUT, IDENTIFY]), scope: { therapist: 'bob' } }),
  'the therapist': who({ permissions: new Set([...WITHOUT, IDENTIFY]), scope: { therapist: 'anna' } }),
  admin: who({}),
}

/** Answers by whoever the header names; counts what the stores are asked. */
function world() {
  let asked = 0
  const counted =
    <T>(answer: T) =>
    async () => {
      asked++
      return answer
    }
  const identities = {
    find: counted({ patientCode: 'P001', name: 'Ada', updatedAt: new Date(0), version: 1 }),
    put: counted({ patientCode: 'P001', name: 'Ada', updatedAt: new Date(0), version: 1 }),
    remove: counted(true),
    patientsOf: counted([]),
  } as unknown as IdentityStore
  const patients = { find: async () => ({ code: 'P001' }), list: async () => [] } as unknown as PatientStore
  const eraser = {
    erase: counted({ patientCode: 'P001', sessions: 0, recordings: 0 }),
  } as unknown as PatientEraser
  const log = createLog('silent')
  const app = createApp({
    routes: [
      ...patientRoutes(patients, identities),
      ...identityRoutes(identities, patients),
      ...erasingRoutes(eraser),
    ],
    log,
    cache: createCacheSystem({ memoryBytes: 2 ** 20, secret: 's', log }),
    release: 'test',
    access: {
      identify: (c) => CALLERS[c.req.header('x-caller') ?? ''] ?? NOBODY,
      records: new Map([
        [
          'patient',
          {
            visible: (_: string, scope: object) => 'therapist' in scope && scope.therapist === 'anna',
            missing: patientMissing,
          },
        ],
      ]),
    },
  })
  return {
    asked: () => asked,
    async status(caller: string, method: string, path: string, body?: object): Promise<string> {
      const answer = await app.request(`http://127.0.0.1${path}`, {
        method,
        headers: {
          host: '127.0.0.1',
          'x-caller': caller,
          'if-match': '"v1"',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      const { code = '' } = answer.status < 400 ? {} : ((await answer.json()) as { code?: string })
      return `${answer.status} ${code}`.trim()
    },
  }
}

const REQUESTS = [
  ['GET', '/api/patients/P001/identity', undefined],
  ['PUT', '/api/patients/P001/identity', { name: 'Ada' }],
  ['DELETE', '/api/patients/P001/identity', undefined],
] as const

describe('who a patient is', () => {
  test.each([
    ['nobody', '401 LOGIN_REQUIRED'],
    ['researcher', '403 PERMISSION_DENIED'],
    ['researcher with the permission', '403 PSEUDONYMISED_ONLY'],
    ['key without it', '403 PERMISSION_DENIED'],
    ['another therapist', '404 PATIENT_NOT_FOUND'],
  ])('%s does not learn, and cannot say', async (caller, refusal) => {
    const { status, asked } = world()
    for (const [method, path, body] of REQUESTS) {
      expect([method, await status(caller, method, path, body)]).toEqual([method, refusal])
    }
    expect(asked()).toBe(0)
  })

  test.each(['the therapist', 'admin'])('%s does', async (caller) => {
    const { status } = world()
    const answers = await Promise.all(
      REQUESTS.map(([method, path, body]) => status(caller, method, path, body)),
    )
    expect(answers).toEqual(['200', '200', '204'])
  })

  test('a record number is looked for by those alone', async () => {
    const { status, asked } = world()
    const path = '/api/patients?recordNumber=4711'
    expect(await status('researcher', 'GET', path)).toBe('403 PSEUDONYMISED_ONLY')
    expect(await status('researcher with the permission', 'GET', path)).toBe('403 PSEUDONYMISED_ONLY')
    expect(await status('key without it', 'GET', path)).toBe('403 PERMISSION_DENIED')
    expect(asked()).toBe(0)
    expect(await status('the therapist', 'GET', path)).toBe('200')
  })

  test('nobody erases a patient without the permission', async () => {
    const { status, asked } = world()
    const erase = (caller: string) => status(caller, 'DELETE', '/api/patients/P001', { confirm: 'P001' })
    for (const caller of ['researcher', 'key without it', 'the therapist']) {
      expect([caller, await erase(caller)]).toEqual([caller, '403 PERMISSION_DENIED'])
    }
    expect(asked()).toBe(0)
    expect(await erase('admin')).toBe('200')
  })
})
