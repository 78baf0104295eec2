/** The analysis on a running server: what it is asked for, what it depends on, and that nothing of it is uploaded twice. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import * as v from 'valibot'
import { sampleRecordings, synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import { RecordingAnalysisSchema } from '../../plugins/emg-analyzer/analysis/index.ts'
import type { RecordingAnalysis } from '../../plugins/emg-analyzer/index.ts'
import { AnalysisScoreSchema } from '../../plugins/performance-scoring/index.ts'
import { writeC3d } from '../../src/sdk.ts'
import { type RecordsServer, startRecordsServer } from '../support/records-server.ts'
import { SHARED, sharedNote } from '../support/shared.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

type Analysis = RecordingAnalysis & { readonly recording: object; readonly scores: object }
interface Refusal {
  readonly code: string
  readonly detail: string
  readonly errors?: ReadonlyArray<{ readonly path: string }>
}
interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}
interface Profile {
  readonly id: string
  readonly version: number
}
interface Edit {
  readonly id: string
  readonly inForce: boolean
  readonly revokes: string | null
  readonly edit: object | null
}

const NOWHERE = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
const RATE = 1000
const MS = 30_000

/** Two channels with five contractions each, all of 3 s but the last, which lasts 1 s. */
function recordingOf(seed: number, labels: readonly [string, string] = ['L VL', 'R VL']): Uint8Array {
  const bursts = Array.from({ length: 5 }, (_, i) => ({
    startMs: 1500 + 5500 * i,
    endMs: 1500 + 5500 * i + (i === 4 ? 1000 : 3000),
    rms: 2e-4,
  }))
  const channel = (label: string, of: number) => ({
    label,
    unit: 'V',
    samples: synthesiseEmg({ seed: of, rate: RATE, durationS: MS / 1000, baselineRms: 4e-6, bursts }).samples,
  })
  return writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 100,
    samplesPerFrame: RATE / 100,
    points: [],
    analogs: [channel(labels[0], seed), channel(labels[1], seed + 1000)],
  })
}

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let running: RecordsServer
  let seed = 0
  beforeAll(async () => {
    running = await startRecordsServer(target)
  })
  afterAll(async () => {
    expect(await running.stop()).toBe(0)
    expect(running.server.log()).not.toContain('"error"')
  })

  /** Asks; the body as JSON, null where there is none. */
  async function ask<T>(method: string, path: string, body?: unknown, headers = {}): Promise<Answer<T>> {
    const answer = await fetch(`${running.server.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : null) as T }
  }
  async function uploadAs(fileName: string, bytes: Uint8Array): Promise<string> {
    const path = `/api/recordings?fileName=${encodeURIComponent(fileName)}`
    const answer = await fetch(`${running.server.url}${path}`, { method: 'POST', body: bytes })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { id: string }).id
  }
  const upload = (labels?: readonly [string, string]) => uploadAs('walk.c3d', recordingOf(++seed, labels))
  const at = (id: string) => `/api/recordings/${id}/analysis`
  const analysisOf = async (id: string, body?: object): Promise<Analysis> => {
    const answer = await (body ? ask<Analysis>('POST', at(id), body) : ask<Analysis>('GET', at(id)))
    expect(answer.status).toBe(200)
    return answer.body
  }
  const tier = ({ headers }: Answer<unknown>) => headers.get('x-cache')?.split(/[ ;,]/)[0]
  const newPatient = async (body: object = {}) =>
    (await ask<{ code: string }>('POST', '/api/patients', body)).body.code
  async function newSession(patientCode: string, recordingId: string): Promise<string> {
    const body = { patientCode, recordingId, startedAt: '2026-03-02T09:00:00Z' }
    const { status, body: made } = await ask<{ id: string }>('POST', '/api/sessions', body)
    expect(status).toBe(201)
    return made.id
  }

  describe('the analysis of a recording', () => {
    let id: string
    beforeAll(async () => {
      id = await upload()
    })

    test('is of its schema, with what the file says and with scores', async () => {
      const { recording, scores, ...analysis } = await analysisOf(id)
      expect(v.parse(RecordingAnalysisSchema, analysis)).toEqual(analysis)
      expect(v.parse(AnalysisScoreSchema, scores) as object).toEqual(scores)
      expect(recording).toMatchObject({ analogs: 2, analogRate: RATE, analogLabels: ['L VL', 'R VL'] })
      expect(analysis).toMatchObject({ preset: 'clinical', exclusions: [], edits: [] })
      expect(analysis.channels.map(({ muscle, side }) => [muscle, side])).toEqual([
        ['vastus lateralis', 'left'],
        ['vastus lateralis', 'right'],
      ])
      for (const { contractions } of analysis.channels) {
        expect(contractions.map(({ meetsDuration }) => meetsDuration)).toEqual([
          true,
          true,
          true,
          true,
          false,
        ])
      }
      expect(scores).toMatchObject({ muscles: [{ side: 'left' }, { side: 'right' }] })
    })

    test('is computed once, and says from which tier it comes', async () => {
      const other = await upload()
      const first = await ask('GET', at(other))
      const second = await ask('GET', at(other))
      expect([tier(first), tier(second)]).toEqual(['MISS', 'HIT'])
      expect(second.body).toEqual(first.body as never)
    })

    test('is not sent again to who has it', async () => {
      const { headers } = await ask('GET', at(id))
      const etag = headers.get('etag') as string
      expect(headers.get('cache-control')).toBe('private, no-cache')
      for (const held of [etag, `W/${etag}`, `"another", ${etag}`]) {
        const again = await ask('GET', at(id), undefined, { 'if-none-match': held })
        expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, null, etag])
      }
      expect((await ask('POST', at(id), {}, { 'if-none-match': etag })).status).toBe(200)
      const other = await ask('GET', `${at(id)}?preset=ghostly`, undefined, { 'if-none-match': etag })
      expect(other.status).toBe(200)
      expect(other.headers.get('etag')).not.toBe(etag)
    })

    test('is asked for by preset and rate', async () => {
      const ghostly = await ask<Analysis>('GET', `${at(id)}?preset=ghostly`)
      expect([ghostly.body.preset, Object.keys(ghostly.body.channels[0]?.windows ?? {})]).toEqual([
        'ghostly',
        ['rms', 'mav', 'meanFrequency', 'medianFrequency', 'dimitrovIndex'],
      ])
      const half = await ask<Analysis>('GET', `${at(id)}?rate=${RATE / 2}`)
      expect(half.body.channels[0]).toMatchObject({ rate: RATE / 2, durationS: (2 * MS) / 1000 })
    })

    test.each([
      ['an unknown preset', '?preset=nobody', 'BAD_PARAMETERS'],
      ['a rate that is none', '?rate=fast', 'INVALID_REQUEST'],
      ['a rate that nobody records', '?rate=0', 'INVALID_REQUEST'],
    ])('%s is refused', async (_, query, code) => {
      const { status, headers, body } = await ask<Refusal>('GET', at(id) + query)
      expect([status, body.code]).toEqual([400, code])
      expect(headers.get('content-type')).toBe('application/problem+json')
    })

    test.each(['GET', 'POST'])('%s of no recording is not found', async (method) => {
      const { status, body } = await ask<Refusal>(method, at(NOWHERE), method === 'GET' ? undefined : {})
      expect([status, body.code]).toEqual([404, 'RECORDING_NOT_FOUND'])
    })
  })

  describe('another analysis of a recording', () => {
    let id: string
    beforeAll(async () => {
      id = await upload()
    })

    test('with nothing else asked for is the same, from the cache', async () => {
      const own = await analysisOf(id)
      const asked = await ask<Analysis>('POST', at(id), {})
      expect([tier(asked), asked.body]).toEqual(['HIT', own])
    })

    test('needs no upload, is cached under what it was asked for, and stores nothing', async () => {
      const own = await analysisOf(id)
      const body = { targets: { durationMs: 500, mvcPercent: 10 } }
      const first = await ask<Analysis>('POST', at(id), body)
      const second = await ask<Analysis>('POST', at(id), body)
      expect([tier(first), tier(second)]).toEqual(['MISS', 'HIT'])
      expect(second.body).toEqual(first.body)
      const good = first.body.channels.flatMap(({ contractions }) => contractions.map(({ isGood }) => isGood))
      expect(good).toEqual(Array(10).fill(true))
      expect(first.body.targets).toMatchObject({ durationMs: 500, mvcPercent: 10 })
      expect(await analysisOf(id)).toEqual(own)
    })

    test('is by a preset, and by thresholds and methods over it', async () => {
      const { preset, parameters, channels } = await analysisOf(id, {
        preset: 'ghostly',
        parameters: { bandPass: { lowHz: 30 }, detection: { options: { share: 0.2 } }, windows: null },
      })
      expect(parameters.detection.options).toMatchObject({ share: 0.2, activatedShare: 0.05 })
      expect([preset, parameters.bandPass.lowHz, parameters.bandPass.highHz]).toEqual(['ghostly', 30, null])
      expect(channels.map(({ windows }) => windows)).toEqual([null, null])
      const bonato = await analysisOf(id, { parameters: { detection: { method: 'bonato' } } })
      expect(bonato.parameters.detection.method).toBe('bonato')
      expect(bonato.channels[0]?.thresholds).not.toEqual(
        (await analysisOf(id)).channels[0]?.thresholds as object,
      )
    })

    test('holds contractions against the MVC that is stated, for the channels that are meant', async () => {
      const { channels } = await analysisOf(id, {
        targets: {
          contractions: null,
          channels: [
            { side: 'left', mvc: 0.01 },
            { channel: '#1', mvc: 1e-5, durationMs: 900 },
          ],
        },
      })
      const [left, right] = channels
      expect(left?.mvc).toMatchObject({ value: 0.01, source: 'manual', method: 'request', threshold: 0.0075 })
      expect(left?.contractions.map(({ meetsMvc }) => meetsMvc)).toEqual(Array(5).fill(false))
      expect(right?.contractions.map(({ isGood }) => isGood)).toEqual(Array(5).fill(true))
      expect(right?.contractions.every(({ mvcPercent }) => (mvcPercent ?? 0) > 100)).toBe(true)
      expect(channels.map(({ target }) => target)).toEqual([
        { contractions: null, durationMs: 2000 },
        { contractions: null, durationMs: 900 },
      ])
    })

    test('is of the channels that are stated, of the muscles that are stated', async () => {
      const { channels, exclusions, pairs } = await analysisOf(id, {
        channels: [
          { channel: 'l vl', muscle: 'Soleus', side: 'none' },
          { channel: '#1', emg: false },
        ],
      })
      expect(
        channels.map(({ index, muscle, side, anatomyBasis }) => [index, muscle, side, anatomyBasis]),
      ).toEqual([[0, 'soleus', 'none', 'assigned']])
      expect(exclusions.map(({ index, code }) => [index, code])).toEqual([[1, 'ASSIGNED']])
      expect(pairs).toEqual([])
    })

    test('knows the affected side', async () => {
      const indexOf = async (affectedSide: string) => {
        const [pair] = (await analysisOf(id, { affectedSide })).pairs
        return pair?.kind === 'symmetry' ? pair.limbSymmetryIndex : undefined
      }
      const [left, right] = [await indexOf('left'), await indexOf('right')]
      expect((left?.value as number) * (right?.value as number)).toBeCloseTo(1e4, 6)
    })

    test.each([
      [{ preset: 'nobody' }, 'there is no preset "nobody"'],
      [{ parameters: { bandPass: { lowHz: -5 } } }, 'bandPass.lowHz: '],
      [{ parameters: { lowpass: 5 } }, 'lowpass: there is no such parameter'],
      [
        { parameters: { metrics: { a: { metric: 'b', over: 'recording' } } } },
        'metrics.a.metric: there is no metric "b"',
      ],
      [{ parameters: { detection: { method: 'guess' } } }, 'detection.method: there is no detector "guess"'],
      [
        { parameters: { detection: { options: { k: 3 } } } },
        'detection.options.k: there is no such parameter',
      ],
      [{ parameters: { rateOverride: 1e12 } }, 'rateOverride: '],
    ])('by %j is refused with a sentence', async (body, detail) => {
      const answer = await ask<Refusal>('POST', at(id), body)
      expect([answer.status, answer.body.code]).toEqual([400, 'BAD_PARAMETERS'])
      expect(answer.body.detail).toStartWith(detail)
    })

    test.each([
      [{ threshold: 5 }, 'body.threshold'],
      [{ targets: { mvcPercent: 500 } }, 'body.targets.mvcPercent'],
      [{ targets: { channels: [{ mvcPercent: 50 }] } }, 'body.targets.channels.0'],
      [{ channels: [{ channel: 'X', side: 'L' }] }, 'body.channels.0.side'],
      [{ affectedSide: 'both' }, 'body.affectedSide'],
      [{ parameters: 5 }, 'body.parameters'],
    ])('by %j is refused at %s', async (body, path) => {
      const answer = await ask<Refusal>('POST', at(id), body)
      expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([
        400,
        'INVALID_REQUEST',
        path,
      ])
    })

    test.each([
      ['{"preset":', 'application/json', 400, 'BAD_JSON'],
      ['[]', 'application/json', 400, 'INVALID_REQUEST'],
      ['', 'application/json', 400, 'BAD_JSON'],
      ['{}', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [`{"preset":"${'x'.repeat(70_000)}"}`, 'application/json', 413, 'BODY_TOO_LARGE'],
    ])('by a malformed body %# is refused', async (body, type, status, code) => {
      const answer = await ask<Refusal>('POST', at(id), body, { 'content-type': type })
      expect([answer.status, answer.body.code]).toEqual([status, code])
    })
  })

  describe('in a session of a patient', () => {
    const target = {
      muscle: 'vastus lateralis',
      side: 'left',
      contractions: 3,
      durationMs: 2500,
      mvcPercent: 60,
    }

    test('is held against the patient’s targets, and against the request’s over them', async () => {
      const id = await upload()
      const code = await newPatient({ targets: [target] })
      const before = await analysisOf(id)
      await newSession(code, id)
      const [left, right] = (await analysisOf(id)).channels
      expect([left?.target, left?.mvc?.targetPercent]).toEqual([{ contractions: 3, durationMs: 2500 }, 60])
      expect([right?.target, right?.mvc?.targetPercent]).toEqual([before.channels[1]?.target, 75])
      const [asked] = (await analysisOf(id, { targets: { mvcPercent: 40 } })).channels
      expect([asked?.target, asked?.mvc?.targetPercent]).toEqual([{ contractions: 3, durationMs: 2500 }, 40])
      await ask('PATCH', `/api/patients/${code}`, { targets: [{ ...target, mvcPercent: 90 }] })
      expect((await analysisOf(id)).channels[0]?.mvc?.targetPercent).toBe(90)
    })

    test('uses the MVC that is entered, from the moment on that it is', async () => {
      const id = await upload()
      const code = await newPatient()
      await newSession(code, id)
      const before = await ask<Analysis>('GET', at(id))
      expect(before.body.channels.map(({ mvc }) => [mvc?.source, mvc?.recordId])).toEqual(
        Array(2).fill(['calculated', null]),
      )
      const enter = (value: number) =>
        ask<{ id: string }>('POST', `/api/patients/${code}/mvc`, {
          muscle: 'Vastus lateralis',
          side: 'left',
          value,
          unit: 'mV',
        })
      for (const value of [1, 0.05]) {
        const { status, body: record } = await enter(value)
        expect(status).toBe(201)
        const after = await ask<Analysis>('GET', at(id))
        expect(tier(after)).toBe('MISS')
        expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
        const [left, right] = after.body.channels
        expect(left?.mvc).toMatchObject({ value: value / 1000, source: 'manual', recordId: record.id })
        expect(left?.contractions.map(({ meetsMvc }) => meetsMvc)).toEqual(Array(5).fill(value < 0.1))
        expect(right?.mvc?.source).toBe('calculated')
        expect(tier(await ask('GET', at(id)))).toBe('HIT')
      }
    })

    test('an MVC that holds only from after the session on is passed over', async () => {
      const id = await upload()
      const code = await newPatient()
      await newSession(code, id)
      const { status } = await ask('POST', `/api/patients/${code}/mvc`, {
        muscle: 'vastus lateralis',
        side: 'left',
        value: 1,
        unit: 'mV',
        validFrom: '2026-03-03T09:00:00Z',
      })
      expect(status).toBe(201)
      const mvc = (await analysisOf(id)).channels[0]?.mvc
      expect(mvc).toMatchObject({ source: 'calculated', recordId: null })
      expect(mvc?.passedOver.map(({ source }) => source)).toContain('manual')
    })

    test('another patient’s values count for nothing', async () => {
      const id = await upload()
      const [own, other] = [await newPatient(), await newPatient({ targets: [target] })]
      await newSession(own, id)
      const before = await analysisOf(id)
      const record = { muscle: 'vastus lateralis', side: 'left', value: 1, unit: 'mV' }
      expect((await ask('POST', `/api/patients/${other}/mvc`, record)).status).toBe(201)
      expect(await analysisOf(id)).toEqual(before)
    })
  })

  describe('edits', () => {
    const spans = ({ channels }: Analysis) =>
      (channels[0]?.contractions ?? []).map(({ startMs, endMs, source }) => ({ startMs, endMs, source }))
    const edit = <T = Edit>(id: string, body: object) =>
      ask<T>('POST', `/api/recordings/${id}/edits`, { edit: { channel: 0, ...body } })
    const history = async (id: string) =>
      (await ask<{ items: Edit[] }>('GET', `/api/recordings/${id}/edits`)).body.items
    const revoke = <T = Edit>(id: string, editId: string, body: object = {}) =>
      ask<T>('POST', `/api/recordings/${id}/edits/${editId}/revoke`, body)

    test('change the analysis at once, are marked, stay in the history, and are undone', async () => {
      const id = await upload()
      const detected = await analysisOf(id)
      const [first, second, ...rest] = spans(detected)
      const middle = ((first?.startMs ?? 0) + (first?.endMs ?? 0)) / 2
      const made = []
      for (const body of [
        { kind: 'move', atMs: middle, startMs: 1000, endMs: 4000 },
        { kind: 'remove', atMs: (second?.startMs ?? 0) + 1 },
        { kind: 'add', startMs: 28_000, endMs: 29_000 },
      ]) {
        const { status, body: stored } = await edit(id, body)
        expect([status, stored.inForce, stored.revokes, stored.edit]).toEqual([
          201,
          true,
          null,
          { channel: 0, ...body },
        ])
        made.push(stored)
      }
      const edited = await analysisOf(id)
      expect(spans(edited)).toEqual([
        { startMs: 1000, endMs: 4000, source: 'edited' },
        ...rest,
        { startMs: 28_000, endMs: 29_000, source: 'edited' },
      ])
      expect(edited.edits).toHaveLength(3)
      expect(edited.channels[1]).toEqual(detected.channels[1] as never)
      expect(edited.channels[0]?.bursts.count).toBe(5)
      // Another preset is edited too: edits are of the recording.
      expect(spans(await analysisOf(id, { preset: 'ghostly' }))).toContainEqual({
        startMs: 28_000,
        endMs: 29_000,
        source: 'edited',
      })
      for (const { id: editId } of made) {
        const { status, body: undone } = await revoke(id, editId, { reason: 'Wrong leg', author: 'C. Linic' })
        expect([status, undone]).toEqual([
          201,
          expect.objectContaining({ revokes: editId, edit: null, reason: 'Wrong leg', author: 'C. Linic' }),
        ])
      }
      expect((await history(id)).map(({ inForce, revokes }) => [inForce, revokes])).toEqual([
        ...made.map(() => [false, null]),
        ...made.map((each) => [false, each.id]),
      ])
      expect(await analysisOf(id)).toEqual(detected)
    })

    test('are counted by the scores', async () => {
      const id = await upload()
      const total = async () => {
        const { scores } = await analysisOf(id)
        return JSON.stringify(scores)
      }
      const before = await total()
      await edit(id, { kind: 'add', startMs: 28_000, endMs: 29_000 })
      expect(await total()).not.toBe(before)
    })

    test('that find nothing change nothing, and a warning says so', async () => {
      const id = await upload()
      const before = await analysisOf(id)
      expect((await edit(id, { kind: 'remove', atMs: 0 })).status).toBe(201)
      const after = await analysisOf(id)
      expect(spans(after)).toEqual(spans(before))
      expect(after.warnings.map(({ code }) => code)).toContain('EDIT_MISSED')
    })

    test('are undone once, though ten want to at once', async () => {
      const id = await upload()
      const { body } = await edit(id, { kind: 'add', startMs: 28_000, endMs: 29_000 })
      const answers = await Promise.all(Array.from({ length: 10 }, () => revoke<Edit & Refusal>(id, body.id)))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('EDIT_REVOKED')
      const undoing = answers.find(({ status }) => status === 201)?.body.id as string
      expect(await revoke<Refusal>(id, undoing)).toMatchObject({
        status: 404,
        body: { code: 'EDIT_NOT_FOUND' },
      })
    })

    test('made by ten at once are all made, in one order', async () => {
      const id = await upload()
      const spansOf = Array.from({ length: 10 }, (_, i) => ({ startMs: 100 * i, endMs: 100 * i + 150 }))
      await Promise.all(spansOf.map((span) => edit(id, { kind: 'add', ...span })))
      const items = await history(id)
      expect(items).toHaveLength(10)
      expect((await analysisOf(id)).edits).toEqual(items.map((each) => each.edit) as never)
    })

    test.each([
      [{ kind: 'add', channel: 7, startMs: 0, endMs: 10 }, 422, 'NO_SUCH_CHANNEL'],
      [{ kind: 'add', startMs: 0, endMs: MS + 1 }, 422, 'BEYOND_RECORDING'],
      [{ kind: 'remove', atMs: MS + 1 }, 422, 'BEYOND_RECORDING'],
      [{ kind: 'add', startMs: 10, endMs: 10 }, 400, 'INVALID_REQUEST'],
      [{ kind: 'paint', startMs: 10, endMs: 20 }, 400, 'INVALID_REQUEST'],
      [{ kind: 'add', startMs: -1, endMs: 20 }, 400, 'INVALID_REQUEST'],
      [{ kind: 'add', channel: 0.5, startMs: 0, endMs: 20 }, 400, 'INVALID_REQUEST'],
    ])('%j is refused with %d %s', async (body, status, code) => {
      const id = await upload()
      const answer = await edit<Refusal>(id, body)
      expect([answer.status, answer.body.code]).toEqual([status, code])
      expect(await history(id)).toEqual([])
    })

    test.each([
      ['reason', ''],
      ['reason', 'x'.repeat(501)],
      ['reason', 'a\u0000b'],
      ['author', '\ud800'],
    ])('a %s of %j is refused', async (key, text) => {
      const id = await upload()
      const body = { edit: { kind: 'add', channel: 0, startMs: 0, endMs: 10 }, [key]: text }
      const answer = await ask<Refusal>('POST', `/api/recordings/${id}/edits`, body)
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, `body.${key}`])
    })

    test('of no recording, and of another one, are not found', async () => {
      const [id, other] = [await upload(), await upload()]
      const { body } = await edit(id, { kind: 'add', startMs: 0, endMs: 10 })
      const answers = await Promise.all([
        edit<Refusal>(NOWHERE, { kind: 'add', startMs: 0, endMs: 10 }),
        ask<Refusal>('GET', `/api/recordings/${NOWHERE}/edits`),
        revoke<Refusal>(NOWHERE, body.id),
        revoke<Refusal>(other, body.id),
        revoke<Refusal>(id, NOWHERE),
      ])
      expect(answers.map(({ status, body: { code } }) => `${status} ${code}`)).toEqual([
        ...Array(3).fill('404 RECORDING_NOT_FOUND'),
        ...Array(2).fill('404 EDIT_NOT_FOUND'),
      ])
    })

    test('the database takes no second revocation, no empty row and no row of no recording', async () => {
      const id = await upload()
      const { body } = await edit(id, { kind: 'add', startMs: 0, endMs: 10 })
      const insert = (recording: string, revokes: string | null) =>
        running.sql`insert into emg_analyzer.contraction_edits (id, recording_id, revokes)
          values (${Bun.randomUUIDv7()}, ${recording}, ${revokes})`.then(
          () => 'taken',
          () => 'refused',
        )
      expect(await insert(id, body.id)).toBe('taken')
      expect([await insert(id, body.id), await insert(id, null), await insert(NOWHERE, null)]).toEqual(
        Array(3).fill('refused'),
      )
    })
  })

  describe('channel profiles', () => {
    const PROFILES = '/api/system/channel-profiles'
    let made = 0
    const profileOf = (more: object = {}) => ({
      name: `profile ${++made}`,
      filePattern: 'nothing.c3d',
      channels: [{ channel: 'CH1', muscle: 'Soleus', side: 'left' }],
      ...more,
    })
    const create = <T = Profile>(more: object = {}) => ask<T>('POST', PROFILES, profileOf(more))

    test('are entered, listed, replaced and removed', async () => {
      const { status, body } = await create({ name: '  Gait lab ' })
      expect([status, body]).toEqual([
        201,
        {
          id: body.id,
          name: 'Gait lab',
          patientCode: null,
          filePattern: 'nothing.c3d',
          channels: [{ channel: 'CH1', muscle: 'soleus', side: 'left' }],
          version: 1,
          updatedAt: expect.any(String),
        },
      ] as never)
      const list = async () => (await ask<{ items: Profile[] }>('GET', PROFILES)).body.items
      expect(await list()).toContainEqual(body)
      const replaced = await ask<Profile>(
        'PUT',
        `${PROFILES}/${body.id}`,
        profileOf({ name: 'Gait lab', filePattern: null }),
      )
      expect([replaced.status, replaced.body]).toEqual([
        200,
        expect.objectContaining({ version: 2, filePattern: null }),
      ])
      expect((await ask('DELETE', `${PROFILES}/${body.id}`)).status).toBe(204)
      expect((await list()).map(({ id }) => id)).not.toContain(body.id)
      for (const method of ['PUT', 'DELETE']) {
        const gone = await ask<Refusal>(
          method,
          `${PROFILES}/${body.id}`,
          method === 'PUT' ? profileOf() : undefined,
        )
        expect([gone.status, gone.body.code]).toEqual([404, 'PROFILE_NOT_FOUND'])
      }
    })

    test('have names of their own, though ten want one at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => create<Profile & Refusal>({ name: 'Wanted' })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('PROFILE_NAME_TAKEN')
      const { body } = await create()
      const renamed = await ask<Refusal>('PUT', `${PROFILES}/${body.id}`, profileOf({ name: 'Wanted' }))
      expect([renamed.status, renamed.body.code]).toEqual([409, 'PROFILE_NAME_TAKEN'])
    })

    test.each([
      [{ name: '' }, 400, 'INVALID_REQUEST'],
      [{ name: 'a\u0000' }, 400, 'INVALID_REQUEST'],
      [{ filePattern: '' }, 400, 'INVALID_REQUEST'],
      [{ filePattern: '\u0000*' }, 400, 'INVALID_REQUEST'],
      [{ channels: [] }, 400, 'INVALID_REQUEST'],
      [{ channels: [{ channel: 'X', side: 'up' }] }, 400, 'INVALID_REQUEST'],
      [{ patientCode: 'Jane' }, 400, 'INVALID_REQUEST'],
      [{ patientCode: 'P99999' }, 404, 'PATIENT_NOT_FOUND'],
      [{ lab: 'x' }, 400, 'INVALID_REQUEST'],
    ])('%j is refused with %d %s', async (more, status, code) => {
      const answer = await create<Refusal>(more)
      expect([answer.status, answer.body.code]).toEqual([status, code])
    })

    test('change the analysis of the files that they are for at once, the special over the general', async () => {
      const id = await uploadAs('Lab 7 (sit).c3d', recordingOf(++seed, ['CH1', 'CH2']))
      const first = async (body?: object) => {
        const [channel] = (await analysisOf(id, body)).channels
        return [channel?.muscle, channel?.side]
      }
      expect(await first()).toEqual([null, null])
      const muscle = (name: string) => ({ channels: [{ channel: 'CH1', muscle: name }] })
      await create({
        filePattern: 'lab ? (*).C3D',
        channels: [{ channel: 'ch1', muscle: 'soleus', side: 'left' }],
      })
      expect(await first()).toEqual(['soleus', 'left'])
      const code = await newPatient()
      await create({ filePattern: null, patientCode: code, ...muscle('gracilis') })
      expect(await first()).toEqual(['soleus', 'left'])
      await newSession(code, id)
      expect(await first()).toEqual(['gracilis', 'left'])
      const { body } = await create({ filePattern: 'LAB*', patientCode: code, ...muscle('sartorius') })
      expect(await first()).toEqual(['sartorius', 'left'])
      expect(await first({ channels: [{ channel: '#0', side: 'right' }] })).toEqual(['sartorius', 'right'])
      await ask(
        'PUT',
        `${PROFILES}/${body.id}`,
        profileOf({ filePattern: 'LAB*', patientCode: code, ...muscle('soleus') }),
      )
      expect(await first()).toEqual(['soleus', 'left'])
      await ask('DELETE', `${PROFILES}/${body.id}`)
      expect(await first()).toEqual(['gracilis', 'left'])
      expect((await analysisOf(id)).exclusions).toEqual([])
    })

    test('say which channels are EMG', async () => {
      const id = await uploadAs('knob.c3d', recordingOf(++seed, ['EMG 1', 'Knob']))
      expect((await analysisOf(id)).channels.map(({ label }) => label)).toEqual(['EMG 1'])
      await create({
        filePattern: 'knob.c3d',
        channels: [
          { channel: 'Knob', emg: true },
          { channel: 'EMG 1', emg: false },
        ],
      })
      expect((await analysisOf(id)).channels.map(({ label }) => label)).toEqual(['Knob'])
    })
  })

  test('what an analysis can be made of is listed, with the parameters of each', async () => {
    const { body } = await ask<Record<string, Array<{ id: string; parameters?: object; summary: string }>>>(
      'GET',
      '/api/system/analysis',
    )
    const ids = (kind: string) => body[kind]?.map(({ id }) => id)
    expect(body).toMatchObject({
      defaultPreset: 'clinical',
      pipelineVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
    expect(ids('presets')).toEqual(['clinical', 'ghostly'])
    expect(ids('detectors')).toEqual(expect.arrayContaining(['threshold', 'hodges-bui', 'bonato', 'tkeo']))
    expect(ids('metrics')).toEqual(expect.arrayContaining(['rms', 'mav', 'medianFrequency', 'dimitrovIndex']))
    expect(ids('qualityChecks')?.length).toBeGreaterThan(5)
    for (const { id, parameters } of body.detectors ?? []) {
      expect([id, parameters]).toEqual([
        id,
        expect.objectContaining({ type: 'object', additionalProperties: false }),
      ])
    }
    const id = await upload()
    for (const { id: preset, parameters } of body.presets ?? []) {
      // What is listed can be sent back as it is.
      const { status } = await ask('POST', at(id), { preset, parameters })
      expect([preset, status]).toEqual([preset, 200])
    }
  })

  test('the OpenAPI document with these routes and the sections is valid', async () => {
    const { body } = await ask<{ paths: Record<string, Record<string, object>> }>('GET', '/api/openapi.json')
    expect(await new Validator().validate(body as never)).toMatchObject({ valid: true })
    const own = [
      '/api/recordings/{id}/analysis',
      '/api/recordings/{id}/edits',
      '/api/system/channel-profiles',
    ]
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(own))
    expect(JSON.stringify(body.paths['/api/recordings/{id}/analysis']?.get)).toContain('"scores"')
  })

  test('the sample recordings are answered in under 100 kB', async () => {
    for (const { fileName, bytes } of sampleRecordings()) {
      const id = await uploadAs(fileName, bytes())
      const answer = await fetch(`${running.server.url}${at(id)}`)
      expect((await answer.bytes()).length).toBeLessThan(100_000)
    }
  })

  const game = SHARED ? readdirSync(join(SHARED, 'data/c3d/ghostly')) : []
  describe.skipIf(!SHARED)(`recordings of the game${sharedNote}`, () => {
    test.each(game)('%s is answered in under 100 kB, of the quadriceps of both legs', async (fileName) => {
      const id = await uploadAs(fileName, readFileSync(join(SHARED as string, 'data/c3d/ghostly', fileName)))
      for (const preset of ['clinical', 'ghostly']) {
        const answer = await fetch(`${running.server.url}${at(id)}?preset=${preset}`)
        const text = await answer.text()
        expect(Buffer.byteLength(text)).toBeLessThan(100_000)
        const { channels, scores } = JSON.parse(text) as Analysis
        expect(channels.map(({ muscle, side }) => [muscle, side])).toEqual([
          ['quadriceps', 'left'],
          ['quadriceps', 'right'],
        ])
        expect(scores).toMatchObject({ muscles: [{ side: 'left' }, { side: 'right' }] })
      }
    })
  })
})
