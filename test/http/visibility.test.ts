/** Who sees which patients, sessions, notes, recordings, analyses, jobs and deliveries: on two nodes, cold and warm. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { type AccessNode, type Asker, type Sent, startAccessNode } from '../support/access-node.ts'
import { startTestDatabases } from '../support/database.ts'
import { temporaryFolder } from '../support/server.ts'

setDefaultTimeout(60_000)

const ANNA = { name: 'anna', roles: ['therapist'] }
const BEN = { name: 'ben', roles: ['therapist'] }
const RITA = { name: 'rita', roles: ['researcher'] }
const ADMIN = { name: 'ada', roles: ['admin'] }
const EVERYTHING = [
  'patients:read',
  'patients:write',
  'sessions:read',
  'sessions:write',
  'notes:read',
  'notes:write',
  'recordings:read',
  'recordings:write',
  'intake:write',
  'analyses:read',
  'analyses:request',
  'jobs:read',
  'deliveries:read',
]
const keyFor = (...patients: string[]): Asker => ({ name: 'lab', permissions: EVERYTHING, patients })

const NOWHERE = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
const NOBODYS_CODE = 'P999'
const START = '2026-03-01T09:00:00.000Z'
const FILE_NAME = 'Jan de Vries.c3d'

interface Problem {
  readonly code: string
  readonly detail: string
}
interface Page {
  readonly items: ReadonlyArray<{ readonly id: string; readonly code?: string }>
  readonly nextCursor: string | null
}
interface Stored {
  readonly id: string
  readonly code: string
  readonly [field: string]: unknown
}

/** All that one therapist has. */
interface Caseload {
  readonly code: string
  readonly patient: string
  readonly session: string
  readonly recording: string
  readonly note: string
}

const stack = new AsyncDisposableStack()
let one: AccessNode
let two: AccessNode
let own: Caseload
let foreign: Caseload

beforeAll(async () => {
  const databases = await startTestDatabases()
  stack.defer(databases.stop)
  const { path: folder } = stack.use(await temporaryFolder())
  const url = await databases.create()
  one = stack.use(await startAccessNode({ url, folder }))
  two = stack.use(await startAccessNode({ url, folder }))
  own = await caseloadOf(ANNA)
  foreign = await caseloadOf(BEN)
})
afterAll(() => stack.disposeAsync())

const template = sampleRecordings()[0]?.bytes() ?? new Uint8Array(0)
let variants = 0
/** A recording that nobody has yet. */
function newBytes(): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(template)
  bytes[bytes.length - 1] = ++variants
  return bytes
}

async function made<T = Stored>(as: Asker, path: string, sent: Sent): Promise<T> {
  const { status, body } = await one.ask<T>(as, 'POST', path, sent)
  expect([path, status, status === 201 ? undefined : body]).toEqual([path, 201, undefined])
  return body
}
const upload = async (as: Asker, bytes = newBytes()): Promise<string> =>
  (await made(as, `/api/recordings?fileName=${encodeURIComponent(FILE_NAME)}`, bytes)).id
const newPatient = async (as: Asker, body: object = {}): Promise<string> =>
  (await made(as, '/api/patients', body)).code
const newSession = async (as: Asker, body: object): Promise<string> =>
  (await made(as, '/api/sessions', { startedAt: START, ...body })).id

async function caseloadOf(as: Asker): Promise<Caseload> {
  const { id: patient, code } = await made(as, '/api/patients', {})
  const recording = await upload(as)
  const session = await newSession(as, {
    patientCode: code,
    recordingId: recording,
    settings: { player: 'Jan' },
  })
  const { id: note } = await made(as, `/api/patients/${code}/notes`, {
    text: 'knows Jan',
    sessionId: session,
  })
  return { patient, code, session, recording, note }
}

const problemOf = async (node: AccessNode, as: Asker, method: string, path: string, sent?: Sent) => {
  const { status, body } = await node.ask<Problem>(as, method, path, sent)
  return { status, code: body?.code, detail: body?.detail }
}
const idsOf = async (as: Asker, path: string, node = one): Promise<string[]> => {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const { body } = await node.ask<Page>(as, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=2${next}`)
    ids.push(...body.items.map(({ id }) => id))
    cursor = body.nextCursor
  }
  return ids
}

describe('what is another therapist’s', () => {
  type Ask = readonly [method: string, path: (of: Caseload) => string, sent?: (of: Caseload) => Sent]
  const missing: Caseload = {
    code: NOBODYS_CODE,
    patient: NOWHERE,
    session: NOWHERE,
    recording: NOWHERE,
    note: NOWHERE,
  }
  const asks: readonly Ask[] = [
    ['GET', ({ code }) => `/api/patients/${code}`],
    ['PATCH', ({ code }) => `/api/patients/${code}`, () => ({ treatmentStart: '2026-01-01' })],
    ['PATCH', ({ code }) => `/api/patients/${code}`, () => ({ therapist: 'anna' })],
    ['PATCH', ({ code }) => `/api/patients/${code}`, () => ({ nonsense: 1 })],
    ['GET', ({ code }) => `/api/patients/${code}/notes`],
    ['GET', ({ code, session }) => `/api/patients/${code}/notes?sessionId=${session}`],
    ['POST', ({ code }) => `/api/patients/${code}/notes`, () => ({ text: 'x' })],
    ['GET', ({ code, note }) => `/api/patients/${code}/notes/${note}`],
    ['PATCH', ({ code, note }) => `/api/patients/${code}/notes/${note}`, () => ({ text: 'x' })],
    ['DELETE', ({ code, note }) => `/api/patients/${code}/notes/${note}`],
    ['GET', ({ note }) => `/api/patients/${own.code}/notes/${note}`],
    ['DELETE', ({ note }) => `/api/patients/${own.code}/notes/${note}`],
    ['POST', () => `/api/patients/${own.code}/notes`, ({ session }) => ({ text: 'x', sessionId: session })],
    ['POST', ({ code }) => `/api/patients/${code}/recordings`, () => newBytes()],
    ['GET', ({ session }) => `/api/sessions/${session}`],
    ['PATCH', ({ session }) => `/api/sessions/${session}`, () => ({ rpe: 3 })],
    ['GET', ({ code }) => `/api/sessions?patientCode=${code}`],
    ['GET', ({ code }) => `/api/sessions?patientCode=${code}&status=failed`],
    ['POST', () => '/api/sessions', ({ code }) => ({ startedAt: START, patientCode: code })],
    [
      'POST',
      () => '/api/sessions',
      ({ recording }) => ({ startedAt: START, patientCode: own.code, recordingId: recording }),
    ],
    ['PATCH', () => `/api/sessions/${own.session}`, ({ recording }) => ({ recordingId: recording })],
    ['POST', ({ session }) => `/api/sessions/${session}/analysis`],
    ['GET', ({ session }) => `/api/sessions/${session}/analyses`],
    ['GET', ({ session }) => `/api/sessions/${session}/analyses/${NOWHERE}`],
    ['GET', ({ recording }) => `/api/recordings/${recording}`],
    ['GET', ({ recording }) => `/api/recordings/${recording}/metadata`],
    ['GET', ({ recording }) => `/api/recordings/${recording}/file`],
  ]

  const askBoth = async (node: AccessNode, as: Asker, [method, path, sent]: Ask) => {
    const [theirs, nowhere] = [foreign, missing].map((of) =>
      problemOf(node, as, method, path(of), sent?.(of)),
    )
    return [await theirs, await nowhere]
  }

  test('answers as what is not there, of whatever it is asked', async () => {
    for (const ask of asks) {
      const [theirs, nowhere] = await askBoth(one, ANNA, ask)
      const title = `${ask[0]} ${ask[1](missing)}`
      expect([title, theirs]).toEqual([title, nowhere])
      expect([title, theirs?.status]).toEqual([title, 404])
    }
  })

  test('does so on another node, while its own therapist reads it there', async () => {
    for (const ask of asks.filter(([method]) => method === 'GET')) {
      const [, path] = ask
      const before = await two.fetch(BEN, 'GET', path(foreign))
      await before.body?.cancel()
      const [theirs, nowhere] = await askBoth(two, ANNA, ask)
      expect([path(missing), theirs]).toEqual([path(missing), nowhere])
      const after = await two.fetch(BEN, 'GET', path(foreign))
      await after.body?.cancel()
      expect([path(missing), after.status]).toEqual([path(missing), before.status])
    }
  })

  test('answers a key of other patients in the same way', async () => {
    const key = keyFor(own.code)
    for (const ask of asks) {
      const [theirs, nowhere] = await askBoth(one, key, ask)
      const title = `${ask[0]} ${ask[1](missing)}`
      expect([title, theirs]).toEqual([title, nowhere])
      expect([title, theirs?.status]).toEqual([title, 404])
    }
  })

  test('is as it was: nothing of all that has changed it', async () => {
    const { body } = await one.ask<Stored>(BEN, 'GET', `/api/patients/${foreign.code}`)
    expect(body).toMatchObject({ version: 1, therapist: 'ben', treatmentStart: null })
    expect(await idsOf(BEN, `/api/patients/${foreign.code}/notes`)).toEqual([foreign.note])
    expect(await idsOf(BEN, `/api/sessions?patientCode=${foreign.code}`)).toEqual([foreign.session])
  })

  test('has no version that If-Match could try', async () => {
    const change = (path: string, tag: string) =>
      one.ask<Problem>(ANNA, 'PATCH', path, {}, { 'if-match': tag })
    for (const path of [`/api/patients/${foreign.code}`, `/api/sessions/${foreign.session}`]) {
      expect((await change(path, '"v1"')).status).toBe(404)
      expect((await change(path, '"v9"')).status).toBe(404)
    }
  })

  test('is no answer to nobody', async () => {
    for (const [method, path, sent] of asks) {
      expect(await problemOf(one, 'nobody', method, path(foreign), sent?.(foreign))).toMatchObject({
        status: 401,
        code: 'LOGIN_REQUIRED',
      })
    }
  })
})

describe('lists', () => {
  test('of patients hold those of the therapist, in every order and on every page', async () => {
    const more = await Promise.all(Array.from({ length: 4 }, () => newPatient(ANNA)))
    await newPatient(BEN)
    const mine = new Set([own.code, ...more])
    for (const sort of ['createdAt', '-createdAt', 'code', '-code']) {
      const ids = await idsOf(ANNA, `/api/patients?sort=${sort}`)
      expect(ids.length).toBe(mine.size)
      expect(await idsOf(BEN, `/api/patients?sort=${sort}`)).not.toContain(own.patient)
    }
    expect((await idsOf(ADMIN, '/api/patients')).length).toBeGreaterThanOrEqual(mine.size + 2)
    expect(await idsOf(ANNA, '/api/patients?therapist=ben')).toEqual([])
    expect(await idsOf(keyFor(own.code, NOBODYS_CODE), '/api/patients')).toEqual([own.patient])
    expect(await idsOf(keyFor(), '/api/patients')).toEqual([])
    expect((await idsOf(ANNA, '/api/patients?search=P')).length).toBe(mine.size)
  })

  test('of patients tell nothing by a cursor that is another’s patient', async () => {
    for (const sort of ['code', '-code']) {
      const at = async (cursor: string) =>
        (await one.ask<Page>(ANNA, 'GET', `/api/patients?sort=${sort}&cursor=${cursor}`)).body
      expect(await at(foreign.patient)).toEqual(await at(NOWHERE))
    }
  })

  test('of sessions hold those of the therapist’s patients', async () => {
    const second = await newSession(ANNA, { patientCode: own.code })
    expect((await idsOf(ANNA, '/api/sessions')).toSorted()).toEqual([own.session, second].toSorted())
    expect(await idsOf(ANNA, '/api/sessions?sort=startedAt&from=2020-01-01T00:00:00Z')).not.toContain(
      foreign.session,
    )
    expect(await idsOf(ANNA, `/api/sessions?recordingId=${foreign.recording}`)).toEqual([])
    expect(await idsOf(ANNA, `/api/sessions?recordingId=${own.recording}`)).toEqual([own.session])
    expect(await idsOf(ADMIN, '/api/sessions')).toContain(foreign.session)
    expect(await idsOf(keyFor(foreign.code), '/api/sessions')).toEqual([foreign.session])
  })

  test('of recordings hold those of the therapist’s patients, and their own uploads that are nobody’s', async () => {
    const mine = await upload(ANNA)
    const theirs = await upload(BEN)
    const ids = await idsOf(ANNA, '/api/recordings')
    expect(ids).toContain(own.recording)
    expect(ids).toContain(mine)
    expect(ids).not.toContain(theirs)
    expect(ids).not.toContain(foreign.recording)
    const { body } = await one.ask<{ sha256: string }>(BEN, 'GET', `/api/recordings/${foreign.recording}`)
    expect(await idsOf(ANNA, `/api/recordings?sha256=${body.sha256}`)).toEqual([])
    expect(await idsOf(BEN, `/api/recordings?sha256=${body.sha256}`)).toEqual([foreign.recording])
    const all = await idsOf(RITA, '/api/recordings')
    for (const id of [mine, theirs, own.recording, foreign.recording]) expect(all).toContain(id)
    expect(await idsOf(keyFor(), '/api/recordings')).toEqual([])
  })

  test('of recordings that are nobody’s hold no patient’s, and each uploader’s own', async () => {
    const mine = await upload(ANNA)
    const theirs = await upload(BEN)
    const ofNobody = await idsOf(ANNA, '/api/recordings?of=nobody')
    expect(ofNobody).toContain(mine)
    for (const id of [theirs, own.recording, foreign.recording]) expect(ofNobody).not.toContain(id)
    const all = await idsOf(ADMIN, '/api/recordings?of=nobody')
    for (const id of [mine, theirs]) expect(all).toContain(id)
    for (const id of [own.recording, foreign.recording]) expect(all).not.toContain(id)
  })
})

describe('a patient', () => {
  test('that a therapist enters is theirs, and cannot be another’s', async () => {
    const { body } = await one.ask<Stored>(ANNA, 'POST', '/api/patients', { therapist: 'Anna' })
    expect(body.therapist).toBe('anna')
    expect(await problemOf(one, ANNA, 'POST', '/api/patients', { therapist: 'ben' })).toMatchObject({
      status: 403,
      code: 'THERAPIST_FIXED',
    })
    for (const therapist of ['ben', null]) {
      expect(await problemOf(one, ANNA, 'PATCH', `/api/patients/${body.code}`, { therapist })).toMatchObject({
        status: 403,
        code: 'THERAPIST_FIXED',
      })
    }
    const kept = await one.ask<Stored>(ANNA, 'PATCH', `/api/patients/${body.code}`, { therapist: 'ANNA' })
    expect([kept.status, kept.body.therapist]).toEqual([200, 'anna'])
  })

  test('whose code is taken is no more than that', async () => {
    const { status, body } = await one.ask(ANNA, 'POST', '/api/patients', { code: foreign.code })
    expect(status).toBe(409)
    expect(JSON.stringify(body)).not.toContain('ben')
  })

  test('is entered by a key of some patients only where it is one of them', async () => {
    const refused = { status: 403, code: 'PATIENT_NOT_YOURS' }
    expect(await problemOf(one, keyFor('P700'), 'POST', '/api/patients', {})).toMatchObject(refused)
    expect(
      await problemOf(one, keyFor('P700'), 'POST', '/api/patients', { code: foreign.code }),
    ).toMatchObject(refused)
    expect((await one.ask(keyFor('P700'), 'POST', '/api/patients', { code: 'P700' })).status).toBe(201)
    expect(
      await problemOf(one, keyFor('P700'), 'PATCH', '/api/patients/P700', { therapist: 'anna' }),
    ).toMatchObject({ status: 403, code: 'THERAPIST_FIXED' })
  })

  test('is seen by the therapist whom the clinic writes in capitals, in lists as well', async () => {
    const { id, code } = await made(ADMIN, '/api/patients', { therapist: 'ANNA' })
    expect((await one.ask(ANNA, 'GET', `/api/patients/${code}`)).status).toBe(200)
    expect(await idsOf(ANNA, '/api/patients')).toContain(id)
    for (const other of ['an%', 'anna ', 'nna', 'ann_', 'å']) {
      const as = { name: other, roles: ['therapist'] }
      expect((await one.ask(as, 'GET', `/api/patients/${code}`)).status).toBe(404)
      expect(await idsOf(as, '/api/patients')).toEqual([])
    }
  })
})

describe('a recording', () => {
  const taken = {
    status: 409,
    code: 'RECORDING_TAKEN',
    detail: 'These bytes are stored already, where you may not use them.',
  }

  test('of a patient whom one may not see is refused to whoever has the same bytes, and tells nothing else', async () => {
    const bytes = newBytes()
    const { recording } = (
      await one.ask<{ recording: Stored }>(BEN, 'POST', `/api/patients/${foreign.code}/recordings`, bytes)
    ).body
    for (const path of ['/api/recordings', `/api/patients/${own.code}/recordings?fileName=x.c3d`]) {
      expect(await problemOf(one, ANNA, 'POST', path, bytes)).toEqual(taken)
      expect(await problemOf(one, keyFor(own.code), 'POST', path, bytes)).toEqual(taken)
    }
    expect((await one.ask(ANNA, 'GET', `/api/recordings/${recording.id}`)).status).toBe(404)
    const [count] = await one.database.sql<{ n: number }[]>`
      select count(*)::int as n from c3d_reader.recording_uploaders where recording_id = ${recording.id}`
    expect(count?.n).toBe(1)
    // Who sees both patients is told more.
    expect(
      await problemOf(one, ADMIN, 'POST', `/api/patients/${own.code}/recordings?fileName=x.c3d`, bytes),
    ).toMatchObject({ status: 409, code: 'RECORDING_IN_OTHER_SESSION' })
  })

  test('of nobody is seen by all who have uploaded it, until it is a patient’s', async () => {
    const bytes = newBytes()
    const id = await upload(ANNA, bytes)
    const seen = async (as: Asker) => (await one.ask(as, 'GET', `/api/recordings/${id}`)).status
    expect([await seen(ANNA), await seen(BEN), await seen(ADMIN)]).toEqual([200, 404, 200])
    const again = await one.ask<Stored>(BEN, 'POST', '/api/recordings', bytes)
    expect([again.status, again.body.id]).toEqual([200, id])
    expect([await seen(ANNA), await seen(BEN)]).toEqual([200, 200])
    await newSession(BEN, { patientCode: foreign.code, recordingId: id })
    expect([await seen(ANNA), await seen(BEN)]).toEqual([404, 200])
    expect(await idsOf(ANNA, '/api/recordings')).not.toContain(id)
    expect(await problemOf(one, ANNA, 'POST', '/api/recordings', bytes)).toEqual(taken)
  })
})

describe('whoever sees pseudonymised data only', () => {
  const kept = (answer: { readonly body: unknown }) => JSON.stringify(answer.body)

  test('gets recordings without names and text, also where others have just read them', async () => {
    for (const path of ['', '/metadata']) {
      const whole = await one.ask<Stored>(ANNA, 'GET', `/api/recordings/${own.recording}${path}`)
      const masked = await one.ask<Stored>(RITA, 'GET', `/api/recordings/${own.recording}${path}`)
      const again = await one.ask<Stored>(ANNA, 'GET', `/api/recordings/${own.recording}${path}`)
      expect(again.body).toEqual(whole.body)
      expect(masked.status).toBe(200)
      expect(masked.headers.get('etag')).not.toBe(whole.headers.get('etag'))
      expect(kept(whole)).toContain('parameters')
      expect(kept(masked)).not.toMatch(/Jan de Vries|parameters|pointLabels|"events"|warnings/)
    }
    const { body } = await one.ask<Stored>(RITA, 'GET', `/api/recordings/${own.recording}`)
    expect('fileName' in body).toBe(false)
    expect(body.withheld).toContain('fileName')
    expect(body.description).toMatchObject({
      analogLabels: expect.any(Array),
      analogRate: expect.any(Number),
    })
    expect(kept(await one.ask(RITA, 'GET', '/api/recordings?limit=200'))).not.toContain('Jan')
    expect(await problemOf(one, RITA, 'GET', `/api/recordings/${own.recording}/file`)).toMatchObject({
      status: 403,
      code: 'PSEUDONYMISED_ONLY',
    })
    expect((await one.fetch(ANNA, 'GET', `/api/recordings/${own.recording}/file`)).status).toBe(200)
    // Nor is a name of a file found out by looking for one.
    expect(await problemOf(one, RITA, 'GET', '/api/recordings?fileName=Jan')).toMatchObject({
      status: 403,
      code: 'PSEUDONYMISED_ONLY',
    })
  })

  test('gets sessions without settings and reasons, and patients without their therapist', async () => {
    const failed = await newSession(ANNA, { patientCode: own.code, settings: { player: 'Jan' } })
    await one.database.sql`
      update clinical_records.therapy_sessions
      set status = 'failed', failure_code = 'X', failure_reason = 'Jan moved' where id = ${failed}`
    // A change that is announced, so that what was read before is not served.
    await one.ask(ANNA, 'PATCH', `/api/sessions/${failed}`, { rpe: 1 })
    for (const as of [ANNA, RITA, ANNA, RITA]) {
      for (const path of [
        `/api/sessions/${failed}`,
        `/api/sessions?patientCode=${own.code}`,
        '/api/sessions',
      ]) {
        const text = kept(await one.ask(as, 'GET', path))
        expect([path, /Jan|"player"/.test(text)]).toEqual([path, as === ANNA])
        expect(text).toContain('"code":"X"')
      }
      const { body } = await one.ask<Stored>(as, 'GET', `/api/patients/${own.code}`)
      expect(['therapist' in body, body.withheld]).toEqual(
        as === ANNA ? [true, undefined] : [false, ['therapist']],
      )
    }
    expect(await problemOf(one, RITA, 'GET', '/api/patients?therapist=anna')).toMatchObject({
      status: 403,
      code: 'PSEUDONYMISED_ONLY',
    })
    // Nor is a therapist found out by looking for one.
    expect(await idsOf(RITA, '/api/patients?search=anna')).toEqual([])
    expect(await idsOf(RITA, `/api/patients?search=${own.code}`)).toEqual([own.patient])
    expect(await idsOf(ADMIN, '/api/patients?search=anna')).toContain(own.patient)
  })

  test('gets no notes, whatever permissions there are', async () => {
    const notes = `/api/patients/${own.code}/notes`
    expect(await problemOf(one, RITA, 'GET', notes)).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' })
    const allowed: Asker = { ...RITA, permissions: ['notes:read', 'notes:write'] }
    for (const [method, path, sent] of [
      ['GET', notes],
      ['GET', `${notes}/${own.note}`],
      ['POST', notes, { text: 'x' }],
      ['PATCH', `${notes}/${own.note}`, { text: 'x' }],
      ['DELETE', `${notes}/${own.note}`],
    ] as const) {
      expect(await problemOf(one, allowed, method, path, sent)).toMatchObject({
        status: 403,
        code: 'PSEUDONYMISED_ONLY',
      })
    }
  })

  test('changes nothing', async () => {
    for (const [method, path, sent] of [
      ['POST', '/api/patients', {}],
      ['PATCH', `/api/patients/${own.code}`, {}],
      ['POST', '/api/sessions', { startedAt: START, patientCode: own.code }],
      ['PATCH', `/api/sessions/${own.session}`, {}],
      ['POST', '/api/recordings', newBytes()],
      ['POST', `/api/sessions/${own.session}/analysis`, undefined],
    ] as const) {
      expect(await problemOf(one, RITA, method, path, sent)).toMatchObject({ status: 403 })
    }
  })
})

describe('jobs', () => {
  const analyse = async (as: Asker, session: string): Promise<string> =>
    (await one.ask<{ jobId: string }>(as, 'POST', `/api/sessions/${session}/analysis`)).body.jobId

  test('are seen by those who see all that they are about', async () => {
    const mine = await analyse(ANNA, own.session)
    const theirs = await analyse(BEN, foreign.session)
    const missing = await problemOf(one, ANNA, 'GET', `/api/jobs/${NOWHERE}`)
    expect(missing.code).toBe('JOB_NOT_FOUND')
    for (const path of ['', '/events']) {
      expect(await problemOf(one, ANNA, 'GET', `/api/jobs/${theirs}${path}`)).toEqual(missing)
    }
    expect((await one.ask(ANNA, 'GET', `/api/jobs/${mine}`)).status).toBe(200)
    expect((await one.ask(keyFor(foreign.code), 'GET', `/api/jobs/${mine}`)).status).toBe(404)
    const seen = await idsOf(ANNA, '/api/jobs')
    expect(seen).toContain(mine)
    expect(seen).not.toContain(theirs)
    const all = await idsOf(ADMIN, '/api/jobs')
    expect(all).toContain(theirs)
    expect(await idsOf(keyFor(), '/api/jobs')).toEqual([])
    expect((await one.ask(ANNA, 'GET', '/api/jobs/queues')).status).toBe(403)
    expect((await one.ask(ANNA, 'POST', `/api/jobs/${mine}/cancel`)).status).toBe(403)
  })

  test('that name several records take the right to see each, and what names none is for those who see all', async () => {
    const put = async (data: object): Promise<string> => {
      const id = Bun.randomUUIDv7()
      await one.database.sql`
        insert into pgboss.job (id, name, data, state, completed_on)
        values (${id}, 'session-analysis.analyse', ${JSON.stringify(data)}::text::jsonb, 'completed', now())`
      return id
    }
    const seen = async (data: object) => (await one.ask(ANNA, 'GET', `/api/jobs/${await put(data)}`)).status
    const { code, patient, session, recording } = own
    expect(await seen({ patientCode: code, sessionId: session, recordingId: recording, n: 1 })).toBe(200)
    expect(await seen({ patientId: patient, recordingId: null })).toBe(200)
    expect(await seen({ patientCode: foreign.code, sessionId: session })).toBe(404)
    expect(await seen({ sessionId: session, recordingId: foreign.recording })).toBe(404)
    expect(await seen({ patientId: foreign.patient })).toBe(404)
    expect(await seen({ sessionId: "x'; select 1" })).toBe(404)
    expect(await seen({ sessionId: { deep: session } })).toBe(404)
    expect(await seen({ note: session })).toBe(404)
  })

  test('are followed for as long as they may be seen', async () => {
    const code = await newPatient(ANNA)
    const follow = async (as: Asker) => {
      const id = Bun.randomUUIDv7()
      await one.database.sql`
        insert into pgboss.job (id, name, data, start_after)
        values (${id}, 'session-analysis.analyse', ${JSON.stringify({ patientCode: code })}::text::jsonb, now() + interval '1 h')`
      const answer = await one.fetch(as, 'GET', `/api/jobs/${id}/events`)
      expect(answer.status).toBe(200)
      let isOver = false
      const text = answer.text().finally(() => {
        isOver = true
      })
      return { text, isOver: () => isOver }
    }
    const [given, gone, admin] = [
      await follow(ANNA),
      await follow({ name: 'leaver', roles: ['admin'] }),
      await follow(ADMIN),
    ]
    await Bun.sleep(1200)
    expect([given.isOver(), gone.isOver(), admin.isOver()]).toEqual([false, false, false])
    one.revoke('leaver')
    await two.ask(ADMIN, 'PATCH', `/api/patients/${code}`, { therapist: 'ben' })
    const began = performance.now()
    expect((await Promise.all([given.text, gone.text])).every((text) => text.includes('event: job'))).toBe(
      true,
    )
    expect(performance.now() - began).toBeLessThan(1000)
    expect(admin.isOver()).toBe(false)
    await one.database
      .sql`update pgboss.job set state = 'cancelled' where data = ${JSON.stringify({ patientCode: code })}::text::jsonb`
    await admin.text
  })
})

describe('deliveries', () => {
  const announce = async (patientCode: string | null): Promise<string> => {
    const id = Bun.randomUUIDv7()
    await one.database.sql`
      insert into webhooks.deliveries (id, url, object, path, patient_code, status, failure_code, failure_reason, finished_at)
      values (${id}, 'https://s.example/a', 'https://s.example/Jan', 'Jan.c3d', ${patientCode}, 'failed', 'X', 'Jan', now())`
    return id
  }

  test('are seen by those who see the patient, and say no path where names are hidden', async () => {
    const [mine, theirs, anybodys] = [
      await announce(own.code),
      await announce(foreign.code),
      await announce(null),
    ]
    const at = (id: string) => `/api/webhooks/storage/status/${id}`
    const missing = await problemOf(one, ANNA, 'GET', at(NOWHERE))
    expect(missing.code).toBe('DELIVERY_NOT_FOUND')
    for (const id of [theirs, anybodys]) expect(await problemOf(one, ANNA, 'GET', at(id))).toEqual(missing)
    expect((await one.ask<Stored>(ANNA, 'GET', at(mine))).body).toMatchObject({ path: 'Jan.c3d' })
    expect(await idsOf(ANNA, '/api/webhooks/storage/deliveries')).toEqual([mine])
    expect(await idsOf(ADMIN, '/api/webhooks/storage/deliveries')).toEqual([anybodys, theirs, mine])
    const pseudonymous: Asker = { ...RITA, permissions: ['deliveries:read'] }
    for (const path of [at(mine), '/api/webhooks/storage/deliveries']) {
      const { status, body } = await one.ask(pseudonymous, 'GET', path)
      expect([status, JSON.stringify(body).includes('Jan')]).toEqual([200, false])
    }
  })

  test('and subscribers are for those who see all patients', async () => {
    const key: Asker = {
      name: 'lab',
      permissions: ['webhooks:read', 'webhooks:manage'],
      patients: [own.code],
    }
    expect((await one.ask(key, 'GET', '/api/webhooks/subscriptions')).status).toBe(403)
    expect((await one.ask(ANNA, 'GET', '/api/webhooks/subscriptions')).status).toBe(403)
    expect((await one.ask(ADMIN, 'GET', '/api/webhooks/subscriptions')).status).toBe(200)
  })
})

test('a note names who wrote it, and who changed it last, though nobody says so in a request', async () => {
  const { code, note } = await caseloadOf(ANNA)
  const path = `/api/patients/${code}/notes/${note}`
  expect((await one.ask(ANNA, 'GET', path)).body).toMatchObject({ author: 'anna', editedBy: null })
  expect((await one.ask(ADMIN, 'PATCH', path, { text: 'x', author: 'ben' })).status).toBe(400)
  await one.ask(ADMIN, 'PATCH', path, { text: 'x' })
  expect((await two.ask(ANNA, 'GET', path)).body).toMatchObject({ author: 'anna', editedBy: 'ada' })
})

test('a change of therapist counts with the next request on every node, however warm it is', async () => {
  const { code, session, recording } = await caseloadOf(ANNA)
  const paths = [
    `/api/patients/${code}`,
    `/api/patients/${code}/notes`,
    `/api/sessions/${session}`,
    `/api/sessions?patientCode=${code}`,
    `/api/recordings/${recording}`,
    `/api/recordings/${recording}/metadata`,
  ]
  const statuses = (as: Asker) =>
    Promise.all(
      [one, two].flatMap((node) => paths.map(async (path) => (await node.ask(as, 'GET', path)).status)),
    )
  const all = (status: number) => Array.from({ length: 2 * paths.length }, () => status)
  for (let i = 0; i < 6; i++) {
    const [has, lacks] = i % 2 === 0 ? [ANNA, BEN] : [BEN, ANNA]
    expect([await statuses(has), await statuses(lacks)]).toEqual([all(200), all(404)])
    const by = i % 4 < 2 ? one : two
    await by.ask(ADMIN, 'PATCH', `/api/patients/${code}`, { therapist: lacks.name })
    expect([await statuses(has), await statuses(lacks)]).toEqual([all(404), all(200)])
  }
})

test('a recording that goes to another patient is seen by the therapist of that one alone, on every node', async () => {
  const recording = await upload(ADMIN)
  const seen = async () =>
    Promise.all(
      [one, two].flatMap((node) =>
        [ANNA, BEN].map(async (as) => (await node.ask(as, 'GET', `/api/recordings/${recording}`)).status),
      ),
    )
  const [annas, bens] = [
    await newSession(ANNA, { patientCode: own.code }),
    await newSession(BEN, { patientCode: foreign.code }),
  ]
  expect(await seen()).toEqual([404, 404, 404, 404])
  for (let i = 0; i < 2; i++) {
    await one.ask(ADMIN, 'PATCH', `/api/sessions/${annas}`, { recordingId: recording })
    expect(await seen()).toEqual([200, 404, 200, 404])
    await two.ask(ADMIN, 'PATCH', `/api/sessions/${annas}`, { recordingId: null })
    await two.ask(ADMIN, 'PATCH', `/api/sessions/${bens}`, { recordingId: recording })
    expect(await seen()).toEqual([404, 200, 404, 200])
    await one.ask(ADMIN, 'PATCH', `/api/sessions/${bens}`, { recordingId: null })
    expect(await seen()).toEqual([404, 404, 404, 404])
  }
})
