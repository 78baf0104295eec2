/** `/api/patients` and `/api/sessions` of a running server, on a PostgreSQL that the test can reach too. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { type RecordsServer, startRecordsServer } from '../support/records-server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Patient {
  readonly id: string
  readonly code: string
  readonly treatmentStart: string | null
  readonly targets: readonly object[]
}
interface Session {
  readonly id: string
  readonly patientCode: string
  readonly recordingId: string | null
  readonly startedAt: string
}
interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

const NOWHERE = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
const START = '2026-03-01T09:00:00.000Z'

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let running: RecordsServer
  beforeAll(async () => {
    running = await startRecordsServer(target)
  })
  afterAll(async () => {
    expect(await running.stop()).toBe(0)
    expect(running.server.log()).not.toContain('"error"')
  })

  const send: RecordsServer['send'] = (...request) => running.send(...request)
  const newPatient = async (body: object = {}) => (await send<Patient>('POST', '/api/patients', body)).body
  const newSession = async (body: object) =>
    (await send<Session>('POST', '/api/sessions', { startedAt: START, ...body })).body

  function upload(variant: number): Promise<string> {
    const bytes = Uint8Array.from(sampleRecordings()[0]?.bytes() ?? [])
    bytes[bytes.length - 1] = variant
    return running.upload(bytes)
  }

  async function everyPage<T>(path: string): Promise<T[]> {
    const items: T[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
      const { body } = await send<Page<T>>('GET', `${path}${next}`)
      items.push(...body.items)
      cursor = body.nextCursor
    }
    return items
  }

  describe('patients', () => {
    test('entered forty at once get forty codes, one after the other, around those that are taken', async () => {
      await newPatient({ code: 'P007' })
      const made = await Promise.all(Array.from({ length: 40 }, () => newPatient()))
      const codes = made.map(({ code }) => code).sort()
      expect(codes).toEqual(
        Array.from({ length: 41 }, (_, i) => `P${String(i + 1).padStart(3, '0')}`).filter(
          (code) => code !== 'P007',
        ),
      )
    })

    test('a code that ten want at once goes to one of them', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => send<{ code: string }>('POST', '/api/patients', { code: 'P500' })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
      const refused = answers.find(({ status }) => status === 409)
      expect(refused?.headers.get('content-type')).toBe('application/problem+json')
      expect(refused?.body.code).toBe('PATIENT_CODE_TAKEN')
    })

    test('what is not known is null and nothing else', async () => {
      const { status, headers, body } = await send<Patient>('POST', '/api/patients', {
        targets: [{ muscle: 'Vastus  Medialis', side: 'right' }],
      })
      expect(status).toBe(201)
      expect(headers.get('location')).toBe(`/api/patients/${body.code}`)
      expect(body).toEqual({
        id: expect.any(String),
        code: expect.stringMatching(/^P\d{3}$/),
        createdAt: expect.any(String),
        treatmentStart: null,
        therapist: null,
        version: 1,
        targets: [
          {
            muscle: 'vastus medialis',
            side: 'right',
            contractions: null,
            durationMs: null,
            mvcPercent: null,
          },
        ],
      } as never)
      expect((await send('GET', `/api/patients/${body.code}`)).body).toEqual(body)
    })

    test('a change leaves what it does not name, and null clears', async () => {
      const target = { muscle: 'soleus', side: 'left', contractions: 12, durationMs: 2000, mvcPercent: 75 }
      const { code } = await newPatient({ treatmentStart: '2026-02-01', targets: [target] })
      const change = async (body: object) =>
        (await send<Patient>('PATCH', `/api/patients/${code}`, body)).body
      expect(await change({})).toMatchObject({ treatmentStart: '2026-02-01', targets: [target] })
      expect(await change({ treatmentStart: '2026-02-02' })).toMatchObject({
        treatmentStart: '2026-02-02',
        targets: [target],
      })
      expect(await change({ targets: null })).toMatchObject({ treatmentStart: '2026-02-02', targets: [] })
      expect(await change({ treatmentStart: null })).toMatchObject({ treatmentStart: null, targets: [] })
      expect((await send<Patient>('GET', `/api/patients/${code}`)).body.treatmentStart).toBeNull()
    })

    test('targets replaced twenty times at once are those of one of the requests', async () => {
      const { code } = await newPatient()
      const lists = Array.from({ length: 20 }, (_, i) =>
        ['gluteus maximus', 'soleus'].map((muscle) => ({
          muscle,
          side: 'none',
          contractions: i + 1,
          durationMs: null,
          mvcPercent: null,
        })),
      )
      const answers = await Promise.all(
        lists.map((targets) => send('PATCH', `/api/patients/${code}`, { targets })),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      expect(lists).toContainEqual(
        (await send<Patient>('GET', `/api/patients/${code}`)).body.targets as (typeof lists)[number],
      )
    })

    test('the list comes in the order asked for, of one therapist too, in pages that lose nothing', async () => {
      for (const code of ['P099', 'P0100', 'P1000', 'P100'])
        await newPatient({ code, therapist: 'K. Peeters' })
      const listed = async (sort: string) =>
        (await everyPage<Patient>(`/api/patients?limit=2&therapist=K.%20Peeters&sort=${sort}`)).map(
          ({ code }) => code,
        )
      expect(await listed('createdAt')).toEqual(['P099', 'P0100', 'P1000', 'P100'])
      expect(await listed('-createdAt')).toEqual(['P100', 'P1000', 'P0100', 'P099'])
      expect(await listed('code')).toEqual(['P099', 'P100', 'P0100', 'P1000'])
      expect(await listed('-code')).toEqual(['P1000', 'P0100', 'P100', 'P099'])
      expect((await send('GET', '/api/patients?sort=therapist')).status).toBe(400)
    })

    test('those are found whose code or therapist has a text in it, which stands for nothing but itself', async () => {
      for (const [code, therapist] of [
        ['P7701', 'O. 100% Sure'],
        ['P7702', 'o_sure'],
        ['P17703', null],
      ]) {
        await newPatient({ code, therapist })
      }
      const found = async (text: string) =>
        (await everyPage<Patient>(`/api/patients?limit=1&sort=code&search=${encodeURIComponent(text)}`)).map(
          ({ code }) => code,
        )
      expect(await found('p77')).toEqual(['P7701', 'P7702'])
      expect(await found('770')).toEqual(['P7701', 'P7702', 'P17703'])
      expect(await found('SURE')).toEqual(['P7701', 'P7702'])
      expect(await found('0%')).toEqual(['P7701'])
      expect(await found('o_s')).toEqual(['P7702'])
      expect(await found('\\')).toEqual([])
    })

    test('of two that change the same version, one is told', async () => {
      const { code } = await newPatient()
      const path = `/api/patients/${code}`
      const seen = (await send('GET', path)).headers.get('etag') ?? ''
      expect(seen).toBe('"v1"')
      const change = (therapist: string) =>
        running.send<{ code: string; version: number }>('PATCH', path, { therapist }, { 'if-match': seen })
      const answers = await Promise.all(['A', 'B', 'C'].map(change))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
      const refused = answers.find(({ status }) => status === 412)
      expect([refused?.body.code, refused?.headers.get('etag')]).toEqual(['VERSION_MISMATCH', '"v2"'])
      const after = await send<{ version: number }>('GET', path)
      expect([after.body.version, after.headers.get('etag')]).toEqual([2, '"v2"'])
      expect((await send('PATCH', path, {})).headers.get('etag')).toBe('"v2"')
      expect((await running.send('GET', path, undefined, { 'if-none-match': '"v2"' })).status).toBe(304)
    })

    test('the list comes in pages, newest first, and loses nothing', async () => {
      const all = (await send<Page<Patient>>('GET', '/api/patients?limit=200')).body.items
      expect(all.length).toBeGreaterThan(40)
      expect(await everyPage<Patient>('/api/patients?limit=7')).toEqual([...all])
    })

    test.each([
      ['another form of code', { code: 'A001' }, 'body.code'],
      ['too short a code', { code: 'P01' }, 'body.code'],
      ['a day that is not', { treatmentStart: '2026-02-30' }, 'body.treatmentStart'],
      ['a name that is not ours', { name: 'Jane Doe' }, 'body.name'],
      ['no muscle', { targets: [{ side: 'left' }] }, 'body.targets.0.muscle'],
      ['another side', { targets: [{ muscle: 'x', side: 'LEFT' }] }, 'body.targets.0.side'],
      [
        'over 100 %',
        { targets: [{ muscle: 'x', side: 'left', mvcPercent: 101 }] },
        'body.targets.0.mvcPercent',
      ],
      [
        'half a contraction',
        { targets: [{ muscle: 'x', side: 'left', contractions: 0.5 }] },
        'body.targets.0.contractions',
      ],
      [
        'a muscle twice, in two spellings',
        {
          targets: [
            { muscle: 'Soleus', side: 'left' },
            { muscle: ' soleus', side: 'left' },
          ],
        },
        'body.targets',
      ],
      ['a list', [], 'body'],
    ])('%s is refused and named', async (_, body, path) => {
      const { status, body: problem } = await send<{ code: string; errors: Array<{ path: string }> }>(
        'POST',
        '/api/patients',
        body,
      )
      expect([status, problem.code]).toEqual([400, 'INVALID_REQUEST'])
      expect(problem.errors.map((each) => each.path)).toContain(path)
    })

    test.each([
      ['text', 'hello', 'application/json', 400, 'BAD_JSON'],
      ['nothing', '', 'application/json', 400, 'BAD_JSON'],
      ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'application/json', 400, 'BAD_JSON'],
      ['a form', 'code=P900', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['too much', `"${'x'.repeat(70_000)}"`, 'application/json', 413, 'BODY_TOO_LARGE'],
    ])('%s as the body is refused', async (_, body, type, status, code) => {
      const answer = await fetch(`${running.server.url}/api/patients`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      })
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ code })
    })

    test('what is not there is 404, what is malformed 400', async () => {
      for (const method of ['GET', 'PATCH']) {
        const body = method === 'PATCH' ? {} : undefined
        expect(await send(method, '/api/patients/P99999', body)).toMatchObject({
          status: 404,
          body: { code: 'PATIENT_NOT_FOUND' },
        })
        expect((await send(method, '/api/patients/7', body)).status).toBe(400)
      }
    })
  })

  describe('sessions', () => {
    test('what was not measured is null, and 0 is measured', async () => {
      const { code, id } = await newPatient()
      const empty = await newSession({ patientCode: code })
      expect(empty).toEqual({
        id: expect.any(String),
        patientId: id,
        patientCode: code,
        recordingId: null,
        startedAt: START,
        startedAtBasis: 'stated',
        rpe: null,
        bfr: { left: null, right: null },
        game: null,
        settings: null,
        status: 'pending',
        failure: null,
        createdAt: expect.any(String),
        version: 1,
      } as never)
      const zero = await newSession({
        patientCode: code,
        rpe: 0,
        bfr: { left: 0 },
        game: { points: 0, max: 10 },
      })
      expect(zero).toMatchObject({
        rpe: 0,
        bfr: { left: 0, right: null },
        game: { points: 0, max: 10 },
      } as never)
      expect((await send('GET', `/api/sessions/${zero.id}`)).body).toEqual(zero)
    })

    test('a change leaves what it does not name, and null clears', async () => {
      const { code } = await newPatient()
      const { id } = await newSession({
        patientCode: code,
        rpe: 5,
        bfr: { left: 50, right: 48.5 },
        game: { points: 3, max: 4 },
      })
      const change = async (body: object) => (await send('PATCH', `/api/sessions/${id}`, body)).body
      const whole = { rpe: 5, bfr: { left: 50, right: 48.5 }, game: { points: 3, max: 4 }, startedAt: START }
      expect(await change({})).toMatchObject(whole)
      expect(await change({ bfr: { left: null } })).toMatchObject({
        ...whole,
        bfr: { left: null, right: 48.5 },
      })
      expect(await change({ bfr: null, rpe: null })).toMatchObject({
        ...whole,
        rpe: null,
        bfr: { left: null, right: null },
      })
      expect(await change({ game: null, startedAt: '2026-03-02T10:00:00+01:00' })).toMatchObject({
        game: null,
        startedAt: '2026-03-02T09:00:00.000Z',
      })
    })

    test('a recording that ten sessions want at once belongs to one, until that gives it up', async () => {
      const { code } = await newPatient()
      const recordingId = await upload(1)
      const body = { patientCode: code, startedAt: START, recordingId }
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => send<Session>('POST', '/api/sessions', body)),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
        code: 'RECORDING_IN_OTHER_SESSION',
      } as never)
      const owner = answers.find(({ status }) => status === 201)?.body as Session
      const other = await newSession({ patientCode: code })
      const take = { recordingId }
      expect((await send('PATCH', `/api/sessions/${other.id}`, take)).status).toBe(409)
      expect((await send('PATCH', `/api/sessions/${owner.id}`, { recordingId: null })).status).toBe(200)
      expect((await send('PATCH', `/api/sessions/${other.id}`, take)).body).toMatchObject(take)
    })

    test('what the game was set to is kept as it is', async () => {
      const { code } = await newPatient()
      const settings = { level: 3, muscles: ['L', 'R'], nested: { threshold: 0.75, none: null } }
      const { id } = await newSession({ patientCode: code, settings })
      expect((await send('GET', `/api/sessions/${id}`)).body).toMatchObject({ settings })
      expect((await send('PATCH', `/api/sessions/${id}`, { settings: null })).body).toMatchObject({
        settings: null,
      })
      const large = { text: 'x'.repeat(16_384) }
      expect((await send('PATCH', `/api/sessions/${id}`, { settings: large })).status).toBe(400)
    })

    test('only the version that was seen is changed where the request says so', async () => {
      const { code } = await newPatient()
      const { id } = await newSession({ patientCode: code })
      const path = `/api/sessions/${id}`
      const rated = (rpe: number, tag: string) =>
        running.send<{ version: number }>('PATCH', path, { rpe }, { 'if-match': tag })
      expect((await rated(4, '"v1"')).body.version).toBe(2)
      expect((await rated(5, '"v1"')).status).toBe(412)
      expect((await rated(6, 'W/"v2"')).status).toBe(412)
      expect((await rated(7, '*')).body).toMatchObject({ version: 3, rpe: 7 } as never)
    })

    test('the state of its analysis is in the list, and no state is half told', async () => {
      const { code } = await newPatient()
      const { id } = await newSession({ patientCode: code })
      await newSession({ patientCode: code })
      const state = (status: string, failure: string | null) =>
        running.sql`update clinical_records.therapy_sessions
          set status = ${status}, failure_code = ${failure}, failure_reason = ${failure} where id = ${id}`
      await state('failed', 'UNREADABLE')
      const listed = await everyPage<Session>(`/api/sessions?patientCode=${code}&status=failed`)
      expect(listed).toMatchObject([{ id, failure: { code: 'UNREADABLE', reason: 'UNREADABLE' } }] as never)
      expect(await everyPage(`/api/sessions?patientCode=${code}&status=pending`)).toHaveLength(1)
      for (const [status, failure] of [
        ['failed', null],
        ['pending', 'UNREADABLE'],
        ['completed', null],
        ['done', null],
      ] as const) {
        expect(state(status, failure)).rejects.toThrow(/violates check constraint/)
      }
    })

    test('the list can begin with the oldest', async () => {
      const { code } = await newPatient()
      const starts = ['2026-01-07', '2026-01-05', '2026-01-06'].map((day) => `${day}T08:00:00.000Z`)
      for (const startedAt of starts) await newSession({ patientCode: code, startedAt })
      const paged = await everyPage<Session>(`/api/sessions?patientCode=${code}&limit=1&sort=startedAt`)
      expect(paged.map(({ startedAt }) => startedAt)).toEqual(starts.toSorted())
    })

    test('the list is by start, newest first, in pages that lose nothing among equals', async () => {
      const { code } = await newPatient()
      const starts = ['2026-01-05', '2026-01-07', '2026-01-06'].flatMap((day) =>
        Array(3).fill(`${day}T08:00:00.000Z`),
      )
      for (const startedAt of starts) await newSession({ patientCode: code, startedAt })
      const paged = await everyPage<Session>(`/api/sessions?patientCode=${code}&limit=2`)
      expect(paged.map(({ startedAt }) => startedAt)).toEqual(starts.toSorted().reverse())
      expect(new Set(paged.map(({ id }) => id)).size).toBe(9)
      const within = '&from=2026-01-06T08:00:00Z&until=2026-01-07T08:00:00Z'
      const day = await everyPage<Session>(`/api/sessions?patientCode=${code}&limit=2${within}`)
      expect(day.map(({ startedAt }) => startedAt)).toEqual(Array(3).fill('2026-01-06T08:00:00.000Z'))
    })

    test.each([
      ['no start', { startedAt: undefined }, 'body.startedAt'],
      ['a start without an offset', { startedAt: '2026-03-01T09:00:00' }, 'body.startedAt'],
      ['an exertion of 11', { rpe: 11 }, 'body.rpe'],
      ['an exertion of 4.5', { rpe: 4.5 }, 'body.rpe'],
      ['a pressure of 101 %', { bfr: { left: 101 } }, 'body.bfr.left'],
      ['a pressure below 0', { bfr: { right: -1 } }, 'body.bfr.right'],
      ['a game without a maximum', { game: { points: 1 } }, 'body.game.max'],
      ['a game of at most 0', { game: { points: 0, max: 0 } }, 'body.game.max'],
      ['points below 0', { game: { points: -1, max: 10 } }, 'body.game.points'],
      ['a slip of a key', { rpee: 4 }, 'body.rpee'],
    ])('%s is refused and named', async (_, rest, path) => {
      const { status, body } = await send<{ code: string; errors: Array<{ path: string }> }>(
        'POST',
        '/api/sessions',
        { patientCode: 'P001', startedAt: START, ...rest },
      )
      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
      expect(body.errors.map((each) => each.path)).toContain(path)
    })

    test('a patient, recording or session that is not there is 404 with its name', async () => {
      const { code } = await newPatient()
      const post = (body: object) => send('POST', '/api/sessions', { startedAt: START, ...body })
      expect(await post({ patientCode: 'P98765' })).toMatchObject({
        status: 404,
        body: { code: 'PATIENT_NOT_FOUND' },
      })
      expect(await post({ patientCode: code, recordingId: NOWHERE })).toMatchObject({
        status: 404,
        body: { code: 'RECORDING_NOT_FOUND' },
      })
      for (const method of ['GET', 'PATCH']) {
        const body = method === 'PATCH' ? { rpe: 1 } : undefined
        expect(await send(method, `/api/sessions/${NOWHERE}`, body)).toMatchObject({
          status: 404,
          body: { code: 'SESSION_NOT_FOUND' },
        })
      }
      expect((await send('GET', '/api/sessions?patientCode=P98765')).status).toBe(404)
      expect((await send('GET', '/api/sessions?cursor=7')).status).toBe(400)
    })
  })

  describe('the database itself', () => {
    test.each([
      ['a code of another form', `insert into clinical_records.patients (id, code) values ($1, 'X1')`],
      ['an exertion of 11', `update clinical_records.therapy_sessions set rpe = 11 where id <> $1`],
      ['a pressure of 101 %', `update clinical_records.therapy_sessions set bfr_left = 101 where id <> $1`],
      ['a pressure of NaN', `update clinical_records.therapy_sessions set bfr_right = 'NaN' where id <> $1`],
      [
        'half a game',
        `update clinical_records.therapy_sessions set game_points = 1, game_max = null where id <> $1`,
      ],
      [
        'a game of at most 0',
        `update clinical_records.therapy_sessions set game_points = 0, game_max = 0 where id <> $1`,
      ],
      [
        'points of infinity',
        `update clinical_records.therapy_sessions set game_points = 'Infinity', game_max = 1 where id <> $1`,
      ],
      [
        'a recording that is not there',
        `update clinical_records.therapy_sessions set recording_id = $1 where recording_id is not null`,
      ],
      [
        'a session of nobody',
        `insert into clinical_records.therapy_sessions (id, patient_id, started_at) values ($1, $1, now())`,
      ],
      [
        'a name with two spaces',
        `insert into clinical_records.muscle_targets (patient_id, muscle, side) select id, 'a  b', 'left' from clinical_records.patients where id <> $1`,
      ],
    ])('refuses %s', async (_, statement) => {
      await expect(running.sql.unsafe(statement, [NOWHERE]).execute()).rejects.toMatchObject({
        code: expect.stringMatching(/^23/),
      })
    })
  })

  test('the OpenAPI document has the routes, with bodies, and is valid', async () => {
    const { body } = await send<{ paths: Record<string, Record<string, { requestBody?: object }>> }>(
      'GET',
      '/api/openapi.json',
    )
    expect(await new Validator().validate(body as never)).toMatchObject({ valid: true })
    for (const path of ['/api/patients/{code}', '/api/sessions/{id}']) {
      expect(body.paths[path]?.patch?.requestBody).toBeDefined()
    }
    const start = (body.paths['/api/sessions']?.post?.requestBody ?? {}) as {
      content: Record<string, { schema: { required: string[] } }>
    }
    expect(start.content['application/json']?.schema.required).toEqual(['patientCode', 'startedAt'])
  })

  describe('notes', () => {
    interface Note {
      readonly id: string
      readonly text: string
      readonly author: string | null
      readonly editedBy: string | null
      readonly version: number
    }
    const write = (code: string, body: object) => send<Note>('POST', `/api/patients/${code}/notes`, body)

    test('are written, listed newest first, changed in the version that was seen, and removed', async () => {
      const { code } = await newPatient()
      const session = await newSession({ patientCode: code })
      const first = await write(code, { text: ' Knie stijf.\nTwee reeksen \u{1F44D} ' })
      expect([first.status, first.headers.get('location')]).toEqual([
        201,
        `/api/patients/${code}/notes/${first.body.id}`,
      ])
      expect(first.body).toMatchObject({
        patientCode: code,
        sessionId: null,
        text: 'Knie stijf.\nTwee reeksen \u{1F44D}',
        author: 'everybody at this computer',
        editedBy: null,
        version: 1,
      } as never)
      const second = await write(code, { text: 'after the session', sessionId: session.id })
      const list = (query = '') => everyPage<Note>(`/api/patients/${code}/notes?limit=1${query}`)
      expect(await list()).toEqual([second.body, first.body])
      expect(await list(`&sessionId=${session.id}`)).toEqual([second.body])
      const path = `/api/patients/${code}/notes/${first.body.id}`
      const change = (tag: string) =>
        running.send<Note>('PATCH', path, { text: 'Knie soepel.' }, { 'if-match': tag })
      expect((await change('"v1"')).body).toMatchObject({
        text: 'Knie soepel.',
        editedBy: 'everybody at this computer',
        version: 2,
      })
      expect((await change('"v1"')).status).toBe(412)
      const remove = (tag: string) =>
        fetch(`${running.server.url}${path}`, { method: 'DELETE', headers: { 'if-match': tag } })
      expect((await remove('"v1"')).status).toBe(412)
      expect((await remove('"v2"')).status).toBe(204)
      expect((await remove('"v2"')).status).toBe(404)
      expect(await list()).toEqual([second.body])
    })

    test('are of one patient, and nobody else has them', async () => {
      const [{ code, id: patientId }, other] = [await newPatient(), await newPatient()]
      const session = await newSession({ patientCode: other.code })
      expect((await write(code, { text: 'x', sessionId: session.id })).body).toMatchObject({
        code: 'SESSION_NOT_FOUND',
      } as never)
      const { id } = (await write(code, { text: 'x' })).body
      expect(await send('GET', `/api/patients/${other.code}/notes/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'NOTE_NOT_FOUND' },
      })
      const inSql = running.sql`insert into clinical_records.clinical_notes (id, patient_id, session_id, text)
        values (${Bun.randomUUIDv7()}, ${patientId}, ${session.id}, 'x')`
      expect(inSql).rejects.toThrow(/clinical_notes_session_of_patient/)
    })

    test.each([
      ['nothing', ''],
      ['spaces', '  '],
      ['a control character', 'a\u0000b'],
      ['too much', 'x'.repeat(10_001)],
    ])('%s is no note', async (_, text) => {
      const { code } = await newPatient()
      expect((await write(code, { text })).status).toBe(400)
    })
  })
})
