/** MVC values of a running server, on a PostgreSQL that the test can reach too; and what docs/mvc.md shows of them. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/synthesise.ts'
import { writeC3d } from '../../src/sdk.ts'
import { type RecordsServer, startRecordsServer } from '../support/records-server.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import { PROJECT, TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface MvcRecord {
  readonly id: string
  readonly value: number | null
  readonly supersedes: string | null
  readonly trials: ReadonlyArray<{ startMs: number; endMs: number; value: number }> | null
  readonly spreadPercent: number | null
  readonly flags: readonly string[]
  readonly unitBasis: string
}
interface Values {
  readonly items: ReadonlyArray<{
    readonly muscle: string
    readonly side: string
    readonly value: number | null
    readonly source: string | null
    readonly recordId: string | null
    readonly passedOver: ReadonlyArray<{ source: string; value: number | null; reason: string }>
  }>
}
interface Page {
  readonly items: readonly MvcRecord[]
  readonly nextCursor: string | null
}
interface Problem {
  readonly code: string
  readonly errors: ReadonlyArray<{ path: string; message: string }>
}

const NOWHERE = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
const RATE = 1000

/** Two trials of a channel, of these RMS in V. */
const trialsOf = (seed: number, levels: readonly number[]) =>
  synthesiseEmg({
    seed,
    rate: RATE,
    durationS: 20,
    baselineRms: 3e-6,
    bursts: levels.map((rms, i) => ({ startMs: 3000 + 8000 * i, endMs: 7000 + 8000 * i, rms })),
  }).samples

const recordingOf = (analogs: ReadonlyArray<{ label: string; unit?: string; samples: Float64Array }>) =>
  writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 100,
    samplesPerFrame: 10,
    points: [],
    analogs,
    omit: analogs.some(({ unit }) => unit === undefined) ? ['ANALOG:UNITS'] : [],
  })

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
  const newPatient = async (body: object = {}) =>
    (await send<{ code: string }>('POST', '/api/patients', body)).body.code
  const enter = <T = MvcRecord>(code: string, body: object) =>
    send<T>('POST', `/api/patients/${code}/mvc`, { muscle: 'soleus', side: 'left', unit: 'V', ...body })
  const values = (code: string, query = '') => send<Values>('GET', `/api/patients/${code}/mvc${query}`)
  const history = async (code: string, query = '') =>
    (await send<Page>('GET', `/api/patients/${code}/mvc/history?${query}`)).body
  const calibrate = <T = { items: MvcRecord[] }>(body: object) => send<T>('POST', '/api/mvc/calibrate', body)

  const upload: RecordsServer['upload'] = (bytes) => running.upload(bytes)

  describe('values entered by hand', () => {
    test('come in any unit, are kept in V, and are in force at once', async () => {
      const code = await newPatient()
      expect((await values(code)).body.items).toEqual([])
      for (const [value, unit] of [
        [0.0003, 'V'],
        [0.31, 'mV'],
        [320, 'uV'],
      ] as const) {
        const { status, body } = await enter(code, { value, unit })
        expect([status, body.value]).toEqual([201, value / { V: 1, mV: 1e3, uV: 1e6 }[unit]])
        const now = await values(code)
        expect(now.headers.get('x-cache')).toStartWith('MISS')
        expect(now.body.items).toMatchObject([
          { muscle: 'soleus', side: 'left', value: body.value, source: 'manual', recordId: body.id },
        ])
        expect((await values(code)).headers.get('x-cache')).toStartWith('HIT')
      }
    })

    test('supersede each other in a line, though twenty come at once, and the cache is never behind', async () => {
      const code = await newPatient()
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, i) => {
          const answer = await enter(code, { value: 1e-4 + i * 1e-6 })
          return { ...answer, seen: (await values(code)).body.items[0]?.recordId }
        }),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
      const { items } = await history(code)
      expect(items).toHaveLength(20)
      expect(items.map(({ supersedes }) => supersedes)).toEqual([...items.slice(1).map(({ id }) => id), null])
      // Whoever entered a value sees it afterwards, or one that superseded it.
      const place = (id: string | null | undefined) => items.findIndex((each) => each.id === id)
      for (const { body, seen } of answers) expect(place(seen)).toBeLessThanOrEqual(place(body.id))
      expect((await values(code)).body.items[0]?.recordId).toBe(items[0]?.id as string)
    })

    test('of another muscle or side supersede nothing', async () => {
      const code = await newPatient()
      await enter(code, { value: 1e-4 })
      expect((await enter(code, { value: 2e-4, side: 'right' })).body.supersedes).toBeNull()
      expect((await enter(code, { value: 3e-4, muscle: 'Tibialis  Anterior' })).body.supersedes).toBeNull()
      expect((await values(code)).body.items.map(({ muscle, side, value }) => [muscle, side, value])).toEqual(
        [
          ['soleus', 'left', 1e-4],
          ['soleus', 'right', 2e-4],
          ['tibialis anterior', 'left', 3e-4],
        ],
      )
    })

    test('are withdrawn with null, and then there is nothing to withdraw', async () => {
      const code = await newPatient()
      const nothing = await enter<Problem>(code, { value: null })
      expect([nothing.status, nothing.body.code]).toEqual([409, 'NO_MANUAL_MVC'])
      const { body } = await enter(code, { value: 1e-4 })
      expect((await enter(code, { value: null })).body).toMatchObject({ value: null, supersedes: body.id })
      expect((await values(code)).body.items).toMatchObject([{ value: null, source: null }])
      expect((await enter<Problem>(code, { value: null })).status).toBe(409)
      expect((await history(code)).items).toHaveLength(2)
    })

    test('hold from and until when they say', async () => {
      const code = await newPatient()
      await enter(code, {
        value: 1e-4,
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: '2026-02-01T00:00:00Z',
      })
      const at = async (time: string) => (await values(code, `?at=${time}`)).body.items[0]?.value
      expect(await at('2025-12-31T23:59:59Z')).toBeNull()
      expect(await at('2026-01-01T00:00:00Z')).toBe(1e-4)
      expect(await at('2026-02-01T00:00:00Z')).toBeNull()
      const empty = await enter<Problem>(code, { value: 1e-4, validUntil: '2020-01-01T00:00:00Z' })
      expect([empty.status, empty.body.code]).toEqual([422, 'VALIDITY_EMPTY'])
      expect((await history(code)).items).toHaveLength(1)
    })

    test.each([
      [120, 'mV'],
      [0.9, 'uV'],
      [150, 'V'],
      [0, 'V'],
      [-1e-4, 'V'],
    ])('of %p %s are refused as implausible', async (value, unit) => {
      const code = await newPatient()
      const { status, body } = await enter<Problem>(code, { value, unit })
      expect([status, body.code]).toEqual([422, 'MVC_IMPLAUSIBLE'])
      expect((await history(code)).items).toEqual([])
    })

    test.each([
      ['no unit', { value: 1e-4, unit: undefined }, 'body.unit'],
      ['no value', {}, 'body.value'],
      ['text', { value: '1e-4' }, 'body.value'],
      ['another unit', { value: 1e-4, unit: 'N' }, 'body.unit'],
      ['no muscle', { value: 1e-4, muscle: ' ' }, 'body.muscle'],
      ['a slip of a key', { value: 1e-4, valdUntil: null }, 'body.valdUntil'],
    ])('with %s are refused, and the place is named', async (_, rest, path) => {
      const { status, body } = await enter<Problem>(await newPatient(), rest)
      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
      expect(body.errors.map((each) => each.path)).toContain(path)
    })
  })

  test('a muscle with a target and no value is listed, with why there is none', async () => {
    const code = await newPatient({ targets: [{ muscle: 'gracilis', side: 'none' }] })
    const { items } = (await values(code)).body
    expect(items).toMatchObject([
      { muscle: 'gracilis', side: 'none', value: null, reason: 'no rung of the cascade holds' } as never,
    ])
    expect(items[0]?.passedOver).toHaveLength(5)
  })

  test('the history comes in pages, last entered first, and of one muscle', async () => {
    const code = await newPatient()
    for (let i = 1; i <= 7; i++) await enter(code, { value: i * 1e-5, side: i % 2 ? 'left' : 'right' })
    const paged: MvcRecord[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await history(code, `limit=3${cursor && `&cursor=${cursor}`}`)
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged.map(({ value }) => value)).toEqual([7, 6, 5, 4, 3, 2, 1].map((i) => i * 1e-5))
    expect((await history(code, 'muscle=Soleus&side=right')).items.map(({ value }) => value)).toEqual(
      [6, 4, 2].map((i) => i * 1e-5),
    )
    expect((await send('GET', `/api/patients/${code}/mvc/history?cursor=x`)).status).toBe(400)
  })

  test('what is not there is 404', async () => {
    for (const [method, path] of [
      ['GET', '/api/patients/P98765/mvc'],
      ['GET', '/api/patients/P98765/mvc/history'],
    ] as const) {
      expect(await send(method, path)).toMatchObject({ status: 404, body: { code: 'PATIENT_NOT_FOUND' } })
    }
    expect((await enter('P98765', { value: 1e-4 })).status).toBe(404)
    const channels = [{ channel: 0, muscle: 'soleus', side: 'left' }]
    expect(
      await calibrate({ patientCode: await newPatient(), recordingId: NOWHERE, channels }),
    ).toMatchObject({
      status: 404,
      body: { code: 'RECORDING_NOT_FOUND' },
    } as never)
  })

  describe('calibration', () => {
    const left = trialsOf(1, [3e-4, 2.9e-4])
    const right = trialsOf(2, [4e-4, 2e-4])
    const channels = [
      { channel: 'L SOL', muscle: 'Soleus', side: 'left' },
      { channel: 1, muscle: 'Soleus', side: 'right' },
    ]

    test('takes the best of several trials, flags their spread, and is in force', async () => {
      const patientCode = await newPatient()
      await values(patientCode)
      const recordingId = await upload(
        recordingOf([
          { label: 'L SOL', unit: 'V', samples: left },
          { label: 'R SOL', unit: 'V', samples: right },
        ]),
      )
      const { status, body } = await calibrate({
        patientCode,
        recordingId,
        channels,
        recordedBy: 'A. Therapist',
      })
      expect(status).toBe(201)
      const [l, r] = body.items as [MvcRecord, MvcRecord]
      expect(l).toMatchObject({
        source: 'calibration',
        method: 'rms-500',
        recordingId,
        channel: { index: 0, name: 'L SOL' },
        recordedBy: 'A. Therapist',
        unitBasis: 'declared',
        flags: [],
        supersedes: null,
      } as never)
      for (const { value, trials } of [l, r]) {
        expect(value).toBe(Math.max(...(trials ?? []).map((trial) => trial.value)))
        expect(trials?.map(({ startMs }) => Math.round(startMs / 1000))).toEqual([3, 11])
      }
      expect(r.flags).toEqual(['SPREAD_OVER_10'])
      expect(r.spreadPercent).toBeGreaterThan(30)
      expect((await values(patientCode)).body.items).toMatchObject([
        { source: 'patient-record', value: l.value, confidence: 'high', method: 'rms-500' } as never,
        { source: 'patient-record', value: r.value, confidence: 'moderate' } as never,
      ])
      const again = await calibrate({ patientCode, recordingId, channels: channels.slice(0, 1) })
      expect(again.body.items[0]).toMatchObject({ value: l.value, supersedes: l.id })
    })

    test('stays behind a manual value until that is withdrawn', async () => {
      const patientCode = await newPatient()
      const recordingId = await upload(recordingOf([{ label: 'L SOL', unit: 'V', samples: left }]))
      await enter(patientCode, { value: 5e-4 })
      const { body } = await calibrate({ patientCode, recordingId, channels: channels.slice(0, 1) })
      expect(body.items[0]?.supersedes).toBeNull()
      const [item] = (await values(patientCode)).body.items
      expect(item).toMatchObject({ source: 'manual', value: 5e-4 })
      expect(item?.passedOver).toContainEqual({
        source: 'patient-record',
        value: body.items[0]?.value ?? null,
        reason: 'the manual value comes before it',
      })
      await enter(patientCode, { value: null })
      expect((await values(patientCode)).body.items[0]).toMatchObject({ source: 'patient-record' })
    })

    test('converts the unit that a channel declares, and says when it declares none', async () => {
      const patientCode = await newPatient()
      const of = async (unit: string | undefined, factor: number) => {
        const samples = left.map((value) => value * factor)
        const recordingId = await upload(
          recordingOf([{ label: 'L SOL', ...(unit === undefined ? {} : { unit }), samples }]),
        )
        return (await calibrate({ patientCode, recordingId, channels: channels.slice(0, 1) })).body.items[0]
      }
      const volts = await of('V', 1)
      for (const [unit, factor] of [
        ['mV', 1e3],
        ['uV', 1e6],
      ] as const) {
        const record = await of(unit, factor)
        // The file holds single precision.
        expect((record?.value ?? 0) / (volts?.value ?? 1)).toBeCloseTo(1, 5)
        expect(record).toMatchObject({ unitBasis: 'declared', flags: [] })
      }
      expect(await of(undefined, 1)).toMatchObject({
        value: volts?.value ?? 0,
        unitBasis: 'assumed',
        flags: ['UNIT_ASSUMED'],
      })
    })

    test('takes the trials that are stated', async () => {
      const patientCode = await newPatient()
      const recordingId = await upload(recordingOf([{ label: 'L SOL', unit: 'V', samples: right }]))
      const trials = [{ startMs: 12_000, endMs: 14_000 }]
      const { body } = await calibrate({ patientCode, recordingId, channels: channels.slice(0, 1), trials })
      expect(body.items[0]).toMatchObject({
        trials: trials as never,
        flags: ['ONE_TRIAL'],
        spreadPercent: null,
      })
      expect(body.items[0]?.value).toBeLessThan(3e-4)
    })

    test('stores nothing unless every channel gives a value, and names each that does not', async () => {
      const patientCode = await newPatient()
      const recordingId = await upload(
        recordingOf([
          { label: 'L SOL', unit: 'V', samples: left },
          { label: 'Quiet', unit: 'V', samples: trialsOf(3, []) },
          { label: 'Knee angle', unit: 'deg', samples: right },
        ]),
      )
      const { status, body } = await calibrate<Problem>({
        patientCode,
        recordingId,
        channels: [
          { channel: 0, muscle: 'a', side: 'left' },
          { channel: 1, muscle: 'b', side: 'left' },
          { channel: 2, muscle: 'c', side: 'left' },
          { channel: 9, muscle: 'd', side: 'left' },
          { channel: 'R SOL', muscle: 'e', side: 'left' },
          { channel: 0, muscle: 'f', side: 'left', trials: [{ startMs: 0, endMs: 99_000 }] },
        ],
      })
      expect([status, body.code]).toEqual([422, 'CALIBRATION_FAILED'])
      expect(body.errors).toEqual([
        { path: 'body.channels.1', message: 'no trial stands out from rest; state the trials in ms' },
        { path: 'body.channels.2', message: 'its unit "deg" is no voltage' },
        { path: 'body.channels.3', message: 'the recording has 3 analog channels, counted from 0' },
        { path: 'body.channels.4', message: 'the recording has no channel of this name' },
        { path: 'body.channels.5', message: 'trial 1 ends at 99000 ms, after the recording (20000 ms)' },
      ])
      expect((await history(patientCode)).items).toEqual([])
    })

    test('shows beforehand what each channel gives or why it gives nothing, and stores none of it', async () => {
      const patientCode = await newPatient()
      const recordingId = await upload(
        recordingOf([
          { label: 'L SOL', unit: 'V', samples: left },
          { label: 'Quiet', unit: 'V', samples: trialsOf(3, []) },
        ]),
      )
      const trials = [{ startMs: 4000, endMs: 6000 }]
      const { status, body } = await send<{ items: Array<MvcRecord & { reason: string | null }> }>(
        'POST',
        '/api/mvc/calibrate/preview',
        { recordingId, channels: [{ channel: 'L SOL' }, { channel: 1 }, { channel: 0, trials }] },
      )
      expect(status).toBe(200)
      expect((await history(patientCode)).items).toEqual([])
      const [whole, quiet, stated] = body.items
      expect(quiet).toMatchObject({ channel: 1, value: null, trials: [], unitBasis: null } as never)
      expect(quiet?.reason).toBe('no trial stands out from rest; state the trials in ms')
      expect(stated).toMatchObject({ trials: trials as never, flags: ['ONE_TRIAL'] })
      const stored = await calibrate({ patientCode, recordingId, channels: channels.slice(0, 1) })
      const { value, trials: found, spreadPercent, flags } = stored.body.items[0] as MvcRecord
      expect(whole).toMatchObject({ value, trials: found as never, spreadPercent, flags, reason: null })
      const nobody = await send<Problem>('POST', '/api/mvc/calibrate/preview', {
        recordingId: NOWHERE,
        channels: [{ channel: 0 }],
      })
      expect([nobody.status, nobody.body.code]).toEqual([404, 'RECORDING_NOT_FOUND'])
    })

    test.each([
      ['no channel', [], 'body.channels'],
      ['a muscle twice', [...channels, channels[0]], 'body.channels'],
      [
        'a trial that ends before it starts',
        [{ ...channels[0], trials: [{ startMs: 5, endMs: 1 }] }],
        'body.channels.0.trials.0',
      ],
    ])('with %s is refused', async (_, list, path) => {
      const request = { patientCode: 'P001', recordingId: NOWHERE, channels: list }
      const { status, body } = await calibrate<Problem>(request)
      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
      expect(body.errors.map((each) => each.path)).toContain(path)
    })
  })

  test('the database refuses to change or remove a record, and to take an implausible one', async () => {
    const code = await newPatient()
    await enter(code, { value: 1e-4 })
    for (const statement of [
      'update mvc_cascade.mvc_records set value = 2e-4',
      'delete from mvc_cascade.mvc_records',
      'truncate mvc_cascade.mvc_records',
    ]) {
      await expect(running.sql.unsafe(statement).execute()).rejects.toThrow('neither changed nor removed')
    }
    await expect(
      running.sql`insert into mvc_cascade.mvc_records
        (id, patient_id, muscle, side, value, unit_basis, source, method, flags, recorded_at, valid_from)
        select ${NOWHERE}, id, 'soleus', 'left', 0.2, 'declared', 'manual', 'manual', '{}', now(), now()
        from clinical_records.patients where code = ${code}`.execute(),
    ).rejects.toMatchObject({ constraint_name: 'mvc_records_value_plausible' })
    expect((await history(code)).items).toHaveLength(1)
  })

  test('docs/mvc.md shows an answer as the server gives it', async () => {
    const page = readFileSync(join(PROJECT, 'docs/mvc.md'), 'utf8')
    const blocks = [...page.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, json = '']) => JSON.parse(json))
    expect(blocks).toHaveLength(2)
    const [request, shown] = blocks as [object, Values & { patientCode: string; at: string }]
    const code = await newPatient()
    const entered = await send<MvcRecord>('POST', `/api/patients/${code}/mvc`, request)
    expect(entered.status).toBe(201)
    const { body } = await values(code, `?at=${shown.at}`)
    // Whose it is and what its id is differ from server to server.
    expect(body).toEqual({
      ...shown,
      patientCode: code,
      items: shown.items.map((item) => ({ ...item, recordId: entered.body.id })),
    } as never)
  })
})

test.each(TARGETS.filter(({ missing }) => missing === undefined))(
  '$name: validity and default are settings',
  async (target) => {
    await using folder = await temporaryFolder()
    const server = await startTestServer(target, {
      data: folder.path,
      env: { MVC_CASCADE_VALIDITY_DAYS: '14', MVC_CASCADE_DEFAULT_VOLTS: '1.5e-4' },
    })
    const send = async (path: string, body: object) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    await send('/api/patients', { code: 'P001', targets: [{ muscle: 'soleus', side: 'left' }] })
    expect(await (await fetch(`${server.url}/api/patients/P001/mvc`)).json()).toMatchObject({
      validityDays: 14,
      items: [{ value: 1.5e-4, source: 'default', confidence: 'low', method: 'configured' }],
    })
    expect(await server.kill()).toBe(0)
  },
)
