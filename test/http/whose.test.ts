/** Analyses, MVC values, scores, signals, reports, exports and trends: whose they are, and who gets at them, cold and warm. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { TEST_DATABASE } from '../../src/plugin/external/test-database.ts'
import { createTestHost, type TestHost, type TestRequest } from '../../src/test-kit.ts'
import { NAME, recordingBytes } from '../exports/source.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'

setDefaultTimeout(60_000)

type As = NonNullable<TestRequest['as']>

/** A patient with a session and its recording. */
interface Case {
  readonly patient: string
  readonly session: string
  readonly recording: string
}

const ANNA: As = { name: 'anna', roles: ['therapist'] }
const BEN: As = { name: 'ben', roles: ['therapist'] }
const RESEARCHER: As = { name: 'rita', roles: ['researcher'] }
const ADMIN: As = { name: 'ada', roles: ['admin'] }
const READS = [
  'analysis:read',
  'mvc:read',
  'scoring:read',
  'signals:read',
  'reports:read',
  'exports:make',
  'exports:read',
  'analytics:read',
]
const KEY: As = { name: 'lab', permissions: READS, patients: ['P001'] }

/** What nothing is called. */
const NOTHING: Case = {
  patient: 'P999',
  session: '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d',
  recording: '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1e',
}

/** Of one record, what is read of it and what is changed. */
const READING: ReadonlyArray<(of: Case) => string> = [
  ({ recording }) => `/api/recordings/${recording}/analysis`,
  ({ recording }) => `/api/recordings/${recording}/analysis?preset=ghostly`,
  ({ recording }) => `/api/recordings/${recording}/edits`,
  ({ recording }) => `/api/recordings/${recording}/signals?points=10`,
  ({ recording }) => `/api/recordings/${recording}/report`,
  ({ recording }) => `/api/recordings/${recording}/export?format=csv`,
  ({ session }) => `/api/sessions/${session}/analysis`,
  ({ session }) => `/api/sessions/${session}/contractions`,
  ({ session }) => `/api/sessions/${session}/channels/0`,
  ({ session }) => `/api/sessions/${session}/scores`,
  ({ session }) => `/api/sessions/${session}/report`,
  ({ session }) => `/api/sessions/${session}/export?format=json`,
  ({ session }) => `/api/scoring/resolve?session=${session}`,
  ({ patient }) => `/api/scoring/resolve?patient=${patient}`,
  ({ patient }) => `/api/scoring/adherence/${patient}`,
  ({ patient }) => `/api/patients/${patient}/mvc`,
  ({ patient }) => `/api/patients/${patient}/mvc/history`,
  ({ patient }) => `/api/patients/${patient}/trends`,
]

const MANUAL = {
  muscle: 'vastus lateralis',
  side: 'left',
  value: 300,
  unit: 'uV',
  method: `as ${NAME} said`,
  recordedBy: NAME,
}
const EDIT = { edit: { kind: 'add', channel: 0, startMs: 100, endMs: 400 }, reason: NAME, author: NAME }

const CHANGING: ReadonlyArray<(of: Case) => readonly [method: string, path: string, body?: unknown]> = [
  ({ recording }) => ['POST', `/api/recordings/${recording}/analysis`, {}],
  ({ recording }) => ['POST', `/api/recordings/${recording}/signals`, { points: 10 }],
  ({ recording }) => ['POST', `/api/recordings/${recording}/edits`, EDIT],
  ({ patient }) => ['POST', `/api/patients/${patient}/mvc`, MANUAL],
  ({ session }) => ['POST', `/api/sessions/${session}/score`],
  ({ session }) => ['DELETE', `/api/scoring/assignments/sessions/${session}`],
  ({ patient }) => ['DELETE', `/api/scoring/assignments/patients/${patient}`],
]

let databases: TestDatabases
let host: TestHost
let annas: Case
let bens: Case

async function send(
  as: As | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<readonly [status: number, text: string]> {
  const bytes = body instanceof Uint8Array
  const answer = await host.fetch(path, {
    method,
    ...(as && { as }),
    ...(body === undefined
      ? {}
      : {
          body: bytes ? body : JSON.stringify(body),
          headers: { 'content-type': bytes ? 'application/octet-stream' : 'application/json' },
        }),
  } as TestRequest)
  return [answer.status, Buffer.from(await answer.bytes()).toString('latin1')]
}

const get = (as: As, path: string) => send(as, 'GET', path)

async function made<T>(method: string, path: string, body?: unknown): Promise<T> {
  const [status, text] = await send(undefined, method, path, body)
  expect([path, status]).toEqual([path, 201])
  return JSON.parse(text) as T
}

/** An answer without what differs in each. */
const essence = ([status, text]: readonly [number, string]) => {
  const { requestId: _, instance: __, ...rest } = JSON.parse(text)
  return [status, rest]
}

async function enter(patient: string, therapist: string, bytes: Uint8Array): Promise<Case> {
  await made('POST', '/api/patients', { code: patient, therapist, treatmentStart: '2026-03-01' })
  const path = `/api/recordings?fileName=${encodeURIComponent(`${NAME}.c3d`)}`
  const { id: recording } = await made<{ id: string }>('POST', path, bytes)
  const { id: session } = await made<{ id: string }>('POST', '/api/sessions', {
    patientCode: patient,
    recordingId: recording,
    startedAt: '2026-03-05T09:30:15Z',
    settings: { player: NAME },
  })
  await made('POST', `/api/patients/${patient}/mvc`, MANUAL)
  await made('POST', `/api/recordings/${recording}/edits`, EDIT)
  await made('POST', `/api/sessions/${session}/score`)
  return { patient, session, recording }
}

beforeAll(async () => {
  databases = await startTestDatabases()
  process.env[TEST_DATABASE] = await databases.create()
  host = await createTestHost({ plugins: [], database: true })
  annas = await enter('P001', 'anna', recordingBytes())
  bens = await enter('P002', 'ben', recordingBytes({ seed: 9 }))
})
afterAll(async () => {
  await host[Symbol.asyncDispose]()
  delete process.env[TEST_DATABASE]
  await databases.stop()
})

describe('what is one patient’s', () => {
  test.each(READING.map((path) => [path(NOTHING), path] as const))(
    '%s is read by the therapist alone, before and after others',
    async (_, path) => {
      const missing = essence(await get(BEN, path(NOTHING)))
      expect(missing[0]).toBe(404)
      for (const turn of ['cold', 'warm']) {
        expect([turn, ...essence(await get(BEN, path(annas)))]).toEqual([turn, ...missing])
        expect([turn, (await get(ANNA, path(annas)))[0]]).toEqual([turn, 200])
        expect([turn, (await get(KEY, path(annas)))[0]]).toEqual([turn, 200])
        expect([turn, ...essence(await get(KEY, path(bens)))]).toEqual([turn, ...missing])
        expect([turn, (await get(ADMIN, path(bens)))[0]]).toEqual([turn, 200])
        expect([turn, ...essence(await get(ANNA, path(bens)))]).toEqual([turn, ...missing])
      }
    },
  )

  test.each(CHANGING.map((request) => [request(NOTHING).slice(0, 2).join(' '), request] as const))(
    '%s is for the therapist alone',
    async (_, request) => {
      const missing = essence(await send(BEN, ...request(NOTHING)))
      expect(missing[0]).toBe(404)
      expect(essence(await send(BEN, ...request(annas)))).toEqual(missing)
      expect((await send(ANNA, ...request(annas)))[0]).toBeLessThan(300)
    },
  )

  test('a body names it too: a calibration takes an own patient and an own recording', async () => {
    const channels = [{ channel: 0, muscle: 'vastus lateralis', side: 'left' }]
    const calibrate = async (as: As, patientCode: string, recordingId: string) => {
      const [status, text] = await send(as, 'POST', '/api/mvc/calibrate', {
        patientCode,
        recordingId,
        channels,
      })
      return status < 300 ? status : (JSON.parse(text) as { code: string }).code
    }
    expect(await calibrate(ANNA, bens.patient, annas.recording)).toBe('PATIENT_NOT_FOUND')
    expect(await calibrate(ANNA, annas.patient, bens.recording)).toBe('RECORDING_NOT_FOUND')
    expect(await calibrate(ANNA, annas.patient, NOTHING.recording)).toBe('RECORDING_NOT_FOUND')
    expect(await calibrate(ANNA, annas.patient, annas.recording)).toBe(201)
    const preview = async (recordingId: string) =>
      (await send(ANNA, 'POST', '/api/mvc/calibrate/preview', { recordingId, channels: [{ channel: 0 }] }))[0]
    expect([await preview(bens.recording), await preview(annas.recording)]).toEqual([404, 200])
  })
})

describe('a list', () => {
  const exportsOf = async (as: As, query = '') => {
    const page = JSON.parse((await get(as, `/api/exports?${query}`))[1]) as {
      items: Array<{ recordingId: string; identity: string; exportedBy: string | null }>
      nextCursor: string | null
    }
    return { ...page, recordings: new Set(page.items.map(({ recordingId }) => recordingId)) }
  }

  test('of exports holds those of own patients, page by page', async () => {
    await get(ADMIN, `/api/recordings/${bens.recording}/export?format=csv`)
    const [of] = [await exportsOf(ANNA, 'limit=200')]
    expect(of.recordings).toEqual(new Set([annas.recording]))
    expect((await exportsOf(BEN)).recordings).toEqual(new Set([bens.recording]))
    expect((await exportsOf(KEY)).recordings).toEqual(new Set([annas.recording]))
    expect((await exportsOf(ADMIN, 'limit=200')).recordings).toEqual(
      new Set([annas.recording, bens.recording]),
    )
    expect((await exportsOf(ANNA, `recordingId=${bens.recording}`)).items).toEqual([])
    expect((await exportsOf(ANNA, `sessionId=${bens.session}`)).items).toEqual([])
    expect(of.items.length).toBeGreaterThan(1)
    expect((await exportsOf(ANNA, `limit=${of.items.length}`)).nextCursor).toBeNull()
    expect((await exportsOf(ANNA, `limit=${of.items.length - 1}`)).nextCursor).toBeString()
  })

  test('of exports says who and how fully to those who see names', async () => {
    const path = `/api/sessions/${annas.session}/export?format=json&identity=full`
    expect((await get(ANNA, path))[0]).toBe(200)
    expect((await exportsOf(ANNA)).items[0]).toMatchObject({ identity: 'full', exportedBy: 'anna' })
    expect((await exportsOf(RESEARCHER)).items[0]).toMatchObject({ identity: 'full', exportedBy: null })
  })

  test('of channel profiles leaves out those of other patients, and what may name somebody', async () => {
    const channels = [{ channel: 'EMG1', emg: true }]
    const profile = (name: string, rest: object) =>
      made('POST', '/api/system/channel-profiles', { name, channels, ...rest })
    await profile('of all', {})
    await profile('of one', { patientCode: bens.patient })
    await profile('of files', { filePattern: `${NAME}*` })
    const names = async (as: As) =>
      (
        JSON.parse((await get(as, '/api/system/channel-profiles'))[1]) as { items: { name: string }[] }
      ).items.map(({ name }) => name)
    expect(await names(ADMIN)).toEqual(['of all', 'of files', 'of one'])
    expect(await names(BEN)).toEqual(['of all', 'of files', 'of one'])
    expect(await names(ANNA)).toEqual(['of all', 'of files'])
    expect(await names(RESEARCHER)).toEqual(['of all'])
  })
})

test('a day is counted over the patients that one may see, whoever has asked before', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const dayOf = async (as: As) => {
    const [status, text] = await get(as, '/api/analytics/daily?date=2026-03-05')
    const [received, other] = await get(as, `/api/analytics/daily?date=${today}`)
    expect([status, received]).toEqual([200, 200])
    const [day] = JSON.parse(text).items
    return [
      day.sessions.total,
      day.patients.seen,
      day.patients.behind.length,
      JSON.parse(other).items[0].recordings.received,
    ]
  }
  for (const as of [ANNA, ADMIN, ANNA, RESEARCHER, BEN, ADMIN, KEY]) {
    const isAll = as === ADMIN || as === RESEARCHER
    const [total, seen, behind, received] = await dayOf(as)
    expect([as.name, total, seen, received]).toEqual(isAll ? [as.name, 2, 2, 2] : [as.name, 1, 1, 1])
    expect(behind).toBeLessThanOrEqual(isAll ? 2 : 1)
  }
})

describe('a researcher', () => {
  const allowed = READING.filter((path) => !path(NOTHING).includes('/report'))

  test.each(allowed.map((path) => [path(NOTHING), path] as const))(
    '%s tells figures of all patients, and no name, after others have asked too',
    async (_, path) => {
      for (const of of [annas, bens]) {
        await get(ADMIN, path(of))
        const [status, text] = await get(RESEARCHER, path(of))
        expect(status).toBe(200)
        for (const word of NAME.split(' ')) expect(text).not.toContain(word)
      }
    },
  )

  test('is told names by none of these to others, so that there is something to hide', async () => {
    const telling = await Promise.all(
      READING.map(async (path) => (await get(ANNA, path(annas)))[1].includes(NAME)),
    )
    expect(telling.filter(Boolean).length).toBeGreaterThanOrEqual(4)
  })

  test('changes nothing', async () => {
    for (const request of CHANGING) {
      const [method, path] = request(annas)
      if (/analysis$|signals$/.test(path)) continue
      expect([path, (await send(RESEARCHER, method, path))[0]]).toEqual([path, 403])
    }
  })

  test('exports by code alone', async () => {
    for (const path of [
      `/api/sessions/${annas.session}/export`,
      `/api/recordings/${annas.recording}/export`,
    ]) {
      const [status, text] = await get(RESEARCHER, `${path}?format=json&identity=full`)
      expect([status, JSON.parse(text).code]).toEqual([403, 'FULL_EXPORT_REFUSED'])
    }
    const permissions = ['exports:make', 'exports:full']
    const path = `/api/sessions/${annas.session}/export?format=json&identity=full`
    expect((await get({ permissions }, path))[1]).toContain(NAME)
    expect((await get({ permissions, pseudonymous: true }, path))[0]).toBe(403)
    expect(
      (await send(ADMIN, 'PUT', `/api/patients/${annas.patient}/identity`, { name: 'Greta Klug' }))[0],
    ).toBeLessThan(300)
    expect((await get({ permissions }, path))[1]).not.toContain('Greta Klug')
    expect((await get(ANNA, path))[1]).toContain('Greta Klug')
    expect((await get(ANNA, path.replace('&identity=full', '')))[1]).not.toContain('Greta Klug')
    expect((await get({ permissions: ['exports:make'] }, path))[0]).toBe(403)
  })
})

test('a report names nobody to those who see no names, and quotes the file to others', async () => {
  const path = `/api/sessions/${annas.session}/report`
  const [, told] = await get(ANNA, path)
  const [status, hidden] = await get({ permissions: ['reports:read'], pseudonymous: true }, path)
  expect([told.includes(NAME), status]).toEqual([true, 200])
  for (const word of NAME.split(' ')) expect(hidden).not.toContain(word)
})

describe('a therapist', () => {
  test.each([
    ['POST', '/api/scoring/configurations'],
    ['POST', `/api/scoring/configurations/${NOTHING.session}/activate`],
    ['POST', '/api/system/channel-profiles'],
    ['GET', '/api/cache/keys'],
    ['POST', '/api/cache/invalidate?namespace=mvc-cascade.values'],
  ])('does not run the clinic: %s %s', async (method, path) => {
    expect((await send(ANNA, method, path))[0]).toBe(403)
    expect((await send(ADMIN, method, path))[0]).not.toBe(403)
  })

  test('knows by what scores are made', async () => {
    expect((await get(ANNA, '/api/scoring/configurations'))[0]).toBe(200)
    expect((await get(ANNA, '/api/system/analysis'))[0]).toBe(200)
    expect((await get(ANNA, '/api/mvc/defaults'))[0]).toBe(200)
  })
})

test('keys of the cache hold no code of a patient', async () => {
  const [status, text] = await get(ADMIN, '/api/cache/keys?limit=500')
  expect(status).toBe(200)
  expect(text).toContain(':performance_trends')
  for (const code of [annas.patient, bens.patient]) expect(text).not.toContain(code)
})

test('a patient who is given to another therapist is theirs at the next request, whatever was kept', async () => {
  const paths = READING.map((path) => path(annas))
  const [status, text] = await send(undefined, 'GET', `/api/patients/${annas.patient}`)
  expect([status, JSON.parse(text).therapist]).toEqual([200, 'anna'])
  expect((await send(ADMIN, 'PATCH', `/api/patients/${annas.patient}`, { therapist: 'ben' }))[0]).toBe(200)
  for (const path of paths) {
    expect([path, (await get(ANNA, path))[0], (await get(BEN, path))[0]]).toEqual([path, 404, 200])
  }
  expect((await get(ANNA, '/api/analytics/daily?date=2026-03-05'))[1]).toContain('"total":0')
})
