/** What plugins keep in the cache: served again while it holds, never once it does not, and never under a name. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { synthesiseEmg } from '../../plugins/c3d-reader/samples/index.ts'
import { DEFAULT_RULES } from '../../plugins/performance-scoring/index.ts'
import { builtInPlugins } from '../../src/built-in.ts'
import { type CacheSystem, createCacheSystem } from '../../src/cache/system.ts'
import { systemClock } from '../../src/clock.ts'
import { loadConfiguration, type Section } from '../../src/config/load.ts'
import { connectDatabase, type Database } from '../../src/database/connection.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { createApp } from '../../src/http/app.ts'
import { listen } from '../../src/http/listen.ts'
import { absentJobs } from '../../src/jobs/absent.ts'
import { createLog } from '../../src/observe/log.ts'
import { createPluginHost, type PluginHost } from '../../src/plugin/host.ts'
import { migrationSets } from '../../src/plugin/migration-sets.ts'
import { writeC3d } from '../../src/sdk.ts'
import { openBlobStore } from '../../src/storage/blobs.ts'
import { openDataFolder } from '../../src/storage/data-folder.ts'
import { newVaultKey } from '../../src/vault/key.ts'
import { vaultOf } from '../../src/vault/vault.ts'
import { createInlineWorkers } from '../../src/workers/inline.ts'
import { startTestDatabases } from '../support/database.ts'
import { type RecordsServer, startRecordsServer } from '../support/records-server.ts'
import { temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Read<T> {
  readonly status: number
  /** HIT, MISS or STALE. */
  readonly cache: string | undefined
  readonly headers: Headers
  readonly body: T
}
interface Channel {
  readonly index: number
  readonly muscle: string | null
  readonly contractions: readonly object[]
  readonly mvc: { readonly value: number | null; readonly source: string | null }
  readonly target: { readonly contractions: number | null }
}
interface Analysis {
  readonly targets: { readonly mvcPercent: number }
  readonly edits: readonly object[]
  readonly channels: readonly Channel[]
  readonly scores: {
    readonly components: { readonly effort: { readonly value: number | null } }
    readonly chosenBy: string
  }
}
interface Score {
  readonly id: string
  readonly input: { readonly muscles: ReadonlyArray<{ readonly total: number | null }> }
}
interface Figure {
  readonly value: number | null
  readonly reason: string | null
}
interface TrendPoint {
  readonly sessionId: string
  readonly muscles: ReadonlyArray<{
    readonly amplitude: Figure & { readonly n: number; readonly mvcSource: string | null }
  }>
  readonly analysis: object | null
  readonly analysisReason: string | null
  readonly score: { readonly id: string; readonly overall: Figure } | null
  readonly scoreReason: string | null
}
interface Trend {
  readonly sessions: readonly TrendPoint[]
  readonly nextCursor: string | null
}
/** A patient with one session, which has a recording. */
interface Case {
  readonly code: string
  readonly session: string
  readonly recording: string
}

const RATE = 1000
const SECONDS = 12
const START = '2026-03-02T09:00:00.000Z'

/** Two channels with three contractions each. */
function recordingOf(seed: number): Uint8Array {
  const bursts = [1500, 5000, 8500].map((startMs) => ({ startMs, endMs: startMs + 2500, rms: 2e-4 }))
  const channel = (label: string, of: number) => ({
    label,
    unit: 'V',
    samples: synthesiseEmg({ seed: of, rate: RATE, durationS: SECONDS, baselineRms: 4e-6, bursts }).samples,
  })
  return writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: 100,
    samplesPerFrame: RATE / 100,
    points: [],
    analogs: [channel('L VL', seed), channel('R VL', seed + 1000)],
  })
}

/** Asks a server, and enters what a test needs. @param runsJobs whether sessions are analysed by themselves */
function clientOf(url: () => string, { runsJobs } = { runsJobs: true }) {
  let seed = 0

  async function ask<T>(method: string, path: string, body?: unknown, headers = {}): Promise<Read<T>> {
    const answer = await fetch(`${url()}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      cache: answer.headers.get('x-cache')?.split(';')[0],
      headers: answer.headers,
      body: (text ? JSON.parse(text) : null) as T,
    }
  }
  const get = <T>(path: string) => ask<T>('GET', path)
  /** Asks and answers the body; it must be an answer. */
  async function make<T = { readonly id: string }>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await ask<T>(method, path, body)
    expect([path, [200, 201, 204].includes(answer.status), answer.body]).toEqual([path, true, answer.body])
    return answer.body
  }
  /** Reads until the cache has it: at once, or after one load. */
  async function warm<T>(path: string): Promise<T> {
    const first = await get<T>(path)
    const second = await get<T>(path)
    expect([path, second.status, second.cache, second.body]).toEqual([path, 200, 'HIT', first.body as never])
    return first.body
  }
  async function upload(): Promise<string> {
    const answer = await fetch(`${url()}/api/recordings`, { method: 'POST', body: recordingOf(++seed) })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { id: string }).id
  }
  /** The analysis that a session with a recording gets by itself changes the session: nothing is counted before. */
  async function analysed(session: string): Promise<string> {
    if (!runsJobs) return session
    for (;;) {
      const { body } = await get<{ recordingId: string | null; status: string }>(`/api/sessions/${session}`)
      if (body.recordingId === null || body.status === 'completed') return session
      await Bun.sleep(10)
    }
  }
  const newSession = async (patientCode: string, more: object = {}) =>
    analysed((await make('POST', '/api/sessions', { patientCode, startedAt: START, ...more })).id)
  const newPatient = async () => (await make<{ code: string }>('POST', '/api/patients', {})).code
  async function newCase(): Promise<Case> {
    const code = await newPatient()
    const recording = await upload()
    return { code, recording, session: await newSession(code, { recordingId: recording }) }
  }
  const newConfiguration = async (name: string, mvcPercent: number) =>
    (
      await make('POST', '/api/scoring/configurations', {
        name,
        rules: { ...DEFAULT_RULES, targets: { ...DEFAULT_RULES.targets, mvcPercent } },
      })
    ).id

  return { ask, get, make, warm, upload, newPatient, newSession, newCase, newConfiguration }
}

const partsOf = (session: string): string[] =>
  ['analysis', 'contractions', 'channels/0'].map((part) => `/api/sessions/${session}/${part}`)

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let running: RecordsServer
  const { ask, get, make, warm, upload, newPatient, newSession, newCase, newConfiguration } = clientOf(
    () => running.server.url,
  )
  beforeAll(async () => {
    running = await startRecordsServer(target)
  })
  afterAll(async () => {
    expect(await running.stop()).toBe(0)
    expect(running.server.log()).not.toContain('"error"')
  })

  describe('the analysis of a session, its contractions and its channels', () => {
    const analysisOf = async ({ session }: Case) =>
      (await get<Analysis>(`/api/sessions/${session}/analysis`)).body

    test('are at hand when the session is analysed, are of one analysis, and have a tag', async () => {
      const { session, recording } = await newCase()
      const [whole = '', contractions = '', channel = ''] = partsOf(session)
      const first = await get<Analysis>(whole)
      expect([first.status, first.cache]).toEqual([200, 'HIT'])
      expect(first.body.channels.map(({ muscle }) => muscle)).toEqual([
        'vastus lateralis',
        'vastus lateralis',
      ])
      const { channels } = first.body
      expect((await get(contractions)).body).toMatchObject({
        sessionId: session,
        recordingId: recording,
        preset: 'clinical',
        channels: channels.map(({ index, contractions: own, mvc, target: of }) => ({
          index,
          contractions: [...own],
          mvc,
          target: of,
        })),
      })
      expect((await get(channel)).body).toMatchObject({ sessionId: session, channel: channels[0] as Channel })
      for (const path of partsOf(session)) {
        await warm(path)
        const etag = (await get(path)).headers.get('etag')
        expect((await ask('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304)
      }
      // The recording's own analysis is the same one.
      expect((await get(`/api/recordings/${recording}/analysis`)).cache).toBe('HIT')
    })

    test('are 404 without a session, a recording, or a channel that was analysed', async () => {
      const { session } = await newCase()
      const bare = await newSession(await newPatient())
      const nowhere = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
      const codes = async (id: string) =>
        Promise.all(
          partsOf(id).map(async (path) => {
            const { status, body } = await get<{ code: string }>(path)
            return [status, body.code]
          }),
        )
      expect(await codes(bare)).toEqual(Array(3).fill([404, 'NO_RECORDING']))
      expect(await codes(nowhere)).toEqual(Array(3).fill([404, 'SESSION_NOT_FOUND']))
      for (const time of ['first', 'second']) {
        const { status, body } = await get<{ code: string }>(`/api/sessions/${session}/channels/2`)
        expect([time, status, body.code]).toEqual([time, 404, 'CHANNEL_NOT_ANALYSED'])
      }
      for (const place of ['x', '-1', '1.5', '100000']) {
        expect((await get(`/api/sessions/${session}/channels/${place}`)).status).toBe(400)
      }
    })

    const events: ReadonlyArray<
      readonly [event: string, change: (of: Case) => Promise<unknown>, shows: (now: Analysis) => unknown]
    > = [
      [
        'an MVC is entered',
        ({ code }) =>
          make('POST', `/api/patients/${code}/mvc`, {
            muscle: 'vastus lateralis',
            side: 'left',
            value: 0.5,
            unit: 'mV',
          }),
        ({ channels }) => channels[0]?.mvc.source === 'manual' && channels[0].mvc.value === 5e-4,
      ],
      [
        'a target of the patient is set',
        ({ code }) =>
          make('PATCH', `/api/patients/${code}`, {
            targets: [{ muscle: 'vastus lateralis', side: 'left', contractions: 7 }],
          }),
        ({ channels }) => channels[0]?.target.contractions === 7,
      ],
      [
        'a contraction is added by hand',
        ({ recording }) =>
          make('POST', `/api/recordings/${recording}/edits`, {
            edit: { kind: 'add', channel: 0, startMs: 200, endMs: 900 },
          }),
        ({ edits, channels }) => edits.length === 1 && channels[0]?.contractions.length === 4,
      ],
      [
        'a channel profile of the patient is entered',
        ({ code }) =>
          make('POST', '/api/system/channel-profiles', {
            name: `of ${code}`,
            patientCode: code,
            channels: [{ channel: 'L VL', muscle: 'soleus', side: 'left' }],
          }),
        ({ channels }) => channels[0]?.muscle === 'soleus',
      ],
      [
        'a scoring configuration is assigned to the patient',
        async ({ code }) =>
          make('PUT', `/api/scoring/assignments/patients/${code}`, {
            configurationId: await newConfiguration(`for ${code}`, 61),
          }),
        ({ targets, scores }) => targets.mvcPercent === 61 && scores.chosenBy === 'patient',
      ],
      [
        'a scoring configuration is assigned to the session',
        async ({ session }) =>
          make('PUT', `/api/scoring/assignments/sessions/${session}`, {
            configurationId: await newConfiguration(`for ${session}`, 62),
          }),
        ({ targets, scores }) => targets.mvcPercent === 62 && scores.chosenBy === 'session',
      ],
    ]

    test.each(events)('are new at once when %s, and those of others stay', async (_, change, shows) => {
      const [own, other] = [await newCase(), await newCase()]
      const before: unknown[] = []
      for (const path of partsOf(own.session)) before.push(await warm(path))
      for (const path of partsOf(other.session)) await warm(path)
      expect(shows(await analysisOf(own))).toBe(false)
      await change(own)
      for (const [i, path] of partsOf(own.session).entries()) {
        const now = await get(path)
        expect([path, now.status, now.cache]).toEqual([path, 200, 'MISS'])
        expect(now.body).not.toEqual(before[i])
        await warm(path)
      }
      expect(shows(await analysisOf(own))).toBe(true)
      for (const path of partsOf(other.session))
        expect([path, (await get(path)).cache]).toEqual([path, 'HIT'])
    })

    test('are those of before when an edit is undone and a profile removed', async () => {
      const own = await newCase()
      const { channels } = await analysisOf(own)
      const at = `/api/recordings/${own.recording}/edits`
      const { id } = await make('POST', at, { edit: { kind: 'add', channel: 0, startMs: 200, endMs: 900 } })
      expect((await analysisOf(own)).edits).toHaveLength(1)
      await make('POST', `${at}/${id}/revoke`, {})
      expect((await analysisOf(own)).channels).toEqual(channels)
      const profiles = '/api/system/channel-profiles'
      const profile = {
        name: `removed for ${own.code}`,
        patientCode: own.code,
        channels: [{ channel: 'L VL', muscle: 'soleus', side: 'left' }],
      }
      const made = await make('POST', profiles, profile)
      expect((await analysisOf(own)).channels[0]?.muscle).toBe('soleus')
      await make('PUT', `${profiles}/${made.id}`, {
        ...profile,
        channels: [{ channel: 'L VL', muscle: 'gluteus maximus', side: 'left' }],
      })
      expect((await analysisOf(own)).channels[0]?.muscle).toBe('gluteus maximus')
      await make('DELETE', `${profiles}/${made.id}`)
      expect((await analysisOf(own)).channels).toEqual(channels)
    })

    test('stay when exertion is entered; the scores beside them are new at once', async () => {
      const own = await newCase()
      const path = `/api/sessions/${own.session}/analysis`
      expect((await warm<Analysis>(path)).scores.components.effort.value).toBeNull()
      await make('PATCH', `/api/sessions/${own.session}`, { rpe: 2 })
      const now = await get<Analysis>(path)
      expect([now.cache, now.body.scores.components.effort.value]).toEqual(['HIT', 60])
    })

    test('are of the recording that the session has now', async () => {
      const own = await newCase()
      const recordingId = await upload()
      const before = await Promise.all(partsOf(own.session).map((path) => warm<object>(path)))
      await make('PATCH', `/api/sessions/${own.session}`, { recordingId })
      // Whoever asks first has it made: this test, or the job that the session has got.
      const after = await Promise.all(partsOf(own.session).map((path) => get<object>(path)))
      expect(after.map(({ body }, i) => Bun.deepEquals(body, before[i]))).toEqual([false, false, false])
      expect((await get(`/api/sessions/${own.session}/contractions`)).body).toMatchObject({ recordingId })
      await make('PATCH', `/api/sessions/${own.session}`, { recordingId: null })
      for (const path of partsOf(own.session)) expect((await get(path)).status).toBe(404)
    })

    test('are never behind an edit that was answered, though many ask meanwhile', async () => {
      const own = await newCase()
      const path = `/api/sessions/${own.session}/analysis`
      let stop = false
      const crowd = Promise.all(
        Array.from({ length: 4 }, async () => {
          while (!stop) await get(path)
        }),
      )
      for (let made = 1; made <= 6; made++) {
        await make('POST', `/api/recordings/${own.recording}/edits`, {
          edit: { kind: 'add', channel: 1, startMs: 100 * made, endMs: 100 * made + 80 },
        })
        const reads = await Promise.all(Array.from({ length: 5 }, () => analysisOf(own)))
        expect(reads.map(({ edits }) => edits.length)).toEqual(Array(5).fill(made))
      }
      stop = true
      await crowd
    })
  })

  test('the analysis of a recording of no session is new once it is edited, and those of others stay', async () => {
    const [own, other] = [await upload(), await upload()]
    const at = (id: string) => `/api/recordings/${id}/analysis`
    expect((await get(at(own))).cache).toBe('MISS')
    for (const id of [own, other]) await warm(at(id))
    await make('POST', `/api/recordings/${own}/edits`, { edit: { kind: 'remove', channel: 0, atMs: 2000 } })
    const now = await get<Analysis>(at(own))
    expect([now.cache, now.body.channels[0]?.contractions.length]).toEqual(['MISS', 2])
    expect((await get(at(other))).cache).toBe('HIT')
    // Other parameters are kept apart: the usual analysis stays.
    const asked = await ask('POST', at(own), { targets: { mvcPercent: 10 } })
    expect([asked.cache, (await get(at(own))).cache]).toEqual(['MISS', 'HIT'])
  })

  test('what a file says is read once, with the statistics of its channels', async () => {
    const [own, other] = [await upload(), await upload()]
    const at = (id: string) => `/api/recordings/${id}/metadata`
    const first = await get<{ channels: ReadonlyArray<{ rms: number }>; analogRate: number }>(at(own))
    expect([first.status, first.cache, first.body.analogRate]).toEqual([200, 'MISS', RATE])
    expect(first.body.channels).toHaveLength(2)
    const { description } = await make<{ description: object }>('GET', `/api/recordings/${own}`)
    expect(first.body).toMatchObject(description)
    expect(Object.keys(first.body)).toEqual(expect.arrayContaining(['channels', 'parameters', 'warnings']))
    await warm(at(own))
    const etag = first.headers.get('etag')
    expect((await ask('GET', at(own), undefined, { 'if-none-match': etag })).status).toBe(304)
    const second = await get(at(other))
    expect([second.cache, second.headers.get('etag') === etag]).toEqual(['MISS', false])
    expect((await get('/api/recordings/0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d/metadata')).status).toBe(404)
  })

  test('what is configured for MVC values is said', async () => {
    const body = await warm('/api/mvc/defaults')
    expect(body as object).toEqual({
      validityDays: 90,
      defaultValue: null,
      plausible: { least: 1e-6, most: 1e-2 },
      unit: 'V',
    })
  })

  describe('scores', () => {
    const score = ({ session }: Case) => make<Score>('POST', `/api/sessions/${session}/score`)

    test('of a session are new at once when one is stored, and those of others stay', async () => {
      const [own, other] = [await newCase(), await newCase()]
      const at = ({ session }: Case) => `/api/sessions/${session}/scores`
      expect((await get<{ items: object[] }>(at(own))).cache).toBe('MISS')
      for (const each of [own, other]) expect(await warm(at(each))).toEqual({ items: [], nextCursor: null })
      const first = await score(own)
      const now = await get<{ items: object[] }>(at(own))
      expect([now.cache, now.body.items]).toEqual(['MISS', [first]])
      expect((await get(at(other))).cache).toBe('HIT')
      // One that says the same is not stored, and changes nothing.
      await score(own)
      expect((await get(at(own))).cache).toBe('HIT')
      await make('PATCH', `/api/sessions/${own.session}`, { rpe: 3 })
      const second = await score(own)
      expect((await get<{ items: object[] }>(at(own))).body.items).toEqual([second, first])
      const page = await get<{ items: object[]; nextCursor: string }>(`${at(own)}?limit=1`)
      expect([page.cache, page.body.items]).toEqual(['HIT', [second]])
      const rest = await get<{ items: object[] }>(`${at(own)}?limit=1&cursor=${page.body.nextCursor}`)
      expect([rest.cache, rest.body.items]).toEqual([undefined, [first]])
    })

    test('are of the contractions as they are now', async () => {
      const own = await newCase()
      const totals = async () => (await score(own)).input.muscles.map(({ total }) => total)
      expect(await totals()).toEqual([3, 3])
      const edit = { kind: 'add', channel: 0, startMs: 200, endMs: 900 }
      await make('POST', `/api/recordings/${own.recording}/edits`, { edit })
      expect(await totals()).toEqual([4, 3])
    })

    test('and the trend of a patient comes session by session, oldest first, and is new at once', async () => {
      const [own, other] = [await newCase(), await newCase()]
      const at = ({ code }: Case) => `/api/patients/${code}/trends`
      const [first, ...more] = (await warm<Trend>(at(own))).sessions
      expect(more).toEqual([])
      expect(first).toMatchObject({
        sessionId: own.session,
        startedAt: START,
        score: null,
        scoreReason: 'no score of the session is stored',
      })
      await warm(at(other))
      const trend = async () => {
        const { cache, body } = await get<Trend>(at(own))
        expect(cache).toBe('MISS')
        expect((await get(at(other))).cache).toBe('HIT')
        await warm(at(own))
        return body.sessions
      }
      for (const side of ['left', 'right']) {
        const value = { muscle: 'vastus lateralis', side, value: 0.4, unit: 'mV' }
        await make('POST', `/api/patients/${own.code}/mvc`, value)
      }
      // The kept analysis knew no such value: its amplitudes are taken in shares of it all the same.
      const [held] = await trend()
      expect(held?.muscles).toHaveLength(2)
      // Bursts of 0.2 mV, against an MVC of 0.4 mV.
      for (const { amplitude } of held?.muscles ?? []) {
        expect([amplitude.n, amplitude.mvcSource]).toEqual([3, 'manual'])
        expect(amplitude.value).toBeGreaterThan(35)
        expect(amplitude.value).toBeLessThan(65)
      }
      const { id } = await score(own)
      const [scored] = await trend()
      expect(scored).toMatchObject({ score: { id }, scoreReason: null, analysisReason: null })

      const earlier = await newSession(own.code, { startedAt: '2026-03-01T09:00:00.000Z' })
      expect((await trend()).map(({ sessionId }) => sessionId)).toEqual([earlier, own.session])
      await make('PATCH', `/api/sessions/${earlier}`, { startedAt: '2026-03-03T09:00:00.000Z' })
      expect((await trend()).map(({ sessionId }) => sessionId)).toEqual([own.session, earlier])
      await make('POST', `/api/sessions/${earlier}/score`)
      const bare = (await trend())[1]
      expect(bare?.score?.overall).toEqual({ value: null, reason: expect.any(String) } as never)
      expect([bare?.analysis, bare?.analysisReason, bare?.muscles]).toEqual([
        null,
        'the session has no recording',
        [],
      ])
      await make('PATCH', `/api/patients/${own.code}`, { treatmentStart: '2026-03-01' })
      await trend()
      expect((await get('/api/patients/P98765/trends')).status).toBe(404)
    })

    test('are by the configuration that was chosen last', async () => {
      const [own, other] = [await newCase(), await newCase()]
      const resolved = async (query: string) => {
        const { source, configuration } = await make<{ source: string; configuration: { id: string } }>(
          'GET',
          `/api/scoring/resolve?${query}`,
        )
        return [source, configuration.id]
      }
      const of = ({ session }: Case) => resolved(`session=${session}`)
      const choose = (kind: string, id: string, configurationId: string) =>
        make('PUT', `/api/scoring/assignments/${kind}/${id}`, { configurationId })
      const built = await of(own)
      expect(await of(other)).toEqual(built)
      const [a, b, c] = [
        await newConfiguration(`a of ${own.code}`, 50),
        await newConfiguration(`b of ${own.code}`, 51),
        await newConfiguration(`c of ${own.code}`, 52),
      ]
      await choose('patients', own.code, a)
      expect([await of(own), await of(other)]).toEqual([['patient', a], built])
      await choose('sessions', own.session, b)
      expect([await of(own), await resolved(`patient=${own.code}`)]).toEqual([
        ['session', b],
        ['patient', a],
      ])
      await make('DELETE', `/api/scoring/assignments/sessions/${own.session}`)
      expect(await of(own)).toEqual(['patient', a])
      await make('DELETE', `/api/scoring/assignments/patients/${own.code}`)
      expect(await of(own)).toEqual(built)
      await make('POST', `/api/scoring/configurations/${c}/activate`)
      expect([await of(own), await of(other)]).toEqual([
        ['active', c],
        ['active', c],
      ])
      // What is built in can be activated too, so that other tests find what they expect.
      await make('POST', `/api/scoring/configurations/${built[1]}/activate`)
      expect(await of(own)).toEqual(['active', built[1] as string])
    })
  })

  test('what stands in PostgreSQL names no patient', async () => {
    const own = await newCase()
    await warm(`/api/sessions/${own.session}/analysis`)
    await warm(`/api/patients/${own.code}/trends`)
    const keysOf = async () =>
      (
        await running.sql<{ key: string; tags: object }[]>`select key, tags from myoserve.analytics_cache`
      ).map(({ key, tags }) => `${key} ${JSON.stringify(tags)}`)
    const has = (keys: readonly string[]) =>
      [`:session:${own.session}:emg_analysis`, ':performance_trends'].every((part) =>
        keys.some((key) => key.includes(part)),
      )
    let keys = await keysOf()
    for (let i = 0; i < 200 && !has(keys); i++) {
      await Bun.sleep(25)
      keys = await keysOf()
    }
    expect(has(keys)).toBe(true)
    expect(keys.filter((key) => /\bP\d{3,}\b/.test(key))).toEqual([])
  })
})

describe('in this process', () => {
  const stack = new AsyncDisposableStack()
  let cache: CacheSystem
  let url: string
  let queries = 0
  const { get, make, warm, newCase } = clientOf(() => url, { runsJobs: false })

  beforeAll(async () => {
    const databases = await startTestDatabases()
    stack.defer(databases.stop)
    const folder = stack.use(await temporaryFolder())
    const database = connectDatabase({ url: await databases.create() })
    stack.defer(database.close)
    await applyMigrations(database.sql, migrationSets(builtInPlugins))
    const log = createLog('silent')
    cache = createCacheSystem({ memoryBytes: 2 ** 26, secret: 'of this test', log })
    stack.defer(cache.close)
    const sections = builtInPlugins.flatMap(({ name, config }): Section[] =>
      config ? [{ name, schema: config }] : [],
    )
    const file = { path: `${folder.path}/none.json`, explicit: false }
    const configuration = loadConfiguration(sections, { flags: {}, env: {}, file })
    const data = await openDataFolder(`${folder.path}/data`)
    /** Counts what is begun on the database. */
    const db = new Proxy(database.db, {
      get(base, name, receiver) {
        if (['select', 'selectDistinctOn', 'insert', 'transaction', 'execute'].includes(String(name)))
          queries++
        return Reflect.get(base, name, receiver)
      },
    }) satisfies Database
    const host: PluginHost = await createPluginHost(builtInPlugins, {
      db,
      blobs: openBlobStore(data.recordings, data.tmp),
      vault: vaultOf([newVaultKey()]),
      cache,
      clock: systemClock,
      log,
      workers: createInlineWorkers((name) => host.tasks(name)),
      jobs: absentJobs(),
      configOf: (plugin) => configuration.plugins[plugin.name],
    })
    stack.defer(host.stop)
    await host.start()
    const app = createApp({ routes: host.routes(), log, cache, release: 'test' })
    const listener = await listen(app, { host: '127.0.0.1', port: 0 }, log)
    stack.defer(listener.stop)
    url = listener.url
  })
  afterAll(() => stack.disposeAsync())

  const everyRead = ({ code, session, recording }: Case): string[] => [
    ...partsOf(session),
    `/api/sessions/${session}/scores`,
    `/api/recordings/${recording}/analysis`,
    `/api/recordings/${recording}/metadata`,
    `/api/patients/${code}/mvc?at=${START}`,
    `/api/patients/${code}/trends`,
    '/api/mvc/defaults',
  ]

  test('what is warm asks the database nothing', async () => {
    const own = await newCase()
    for (const path of everyRead(own)) await warm(path)
    const before = queries
    for (const path of everyRead(own)) expect([path, (await get(path)).cache]).toEqual([path, 'HIT'])
    await make('GET', `/api/scoring/resolve?session=${own.session}`)
    await make('GET', `/api/sessions/${own.session}`)
    expect(queries - before).toBe(0)
    // A cold one does, so that the count means something.
    for (const path of everyRead(await newCase())) await get(path)
    expect(queries).toBeGreaterThan(before)
  })

  test('the counts of a session are taken once, and again when a contraction is edited', async () => {
    const [own, other] = [await newCase(), await newCase()]
    const counts = cache.statistics.of('performance-scoring.counts')
    const score = ({ session }: Case) => make('POST', `/api/sessions/${session}/score`)
    await score(own)
    await score(other)
    const taken = counts.loads
    await make('PATCH', `/api/sessions/${own.session}`, { rpe: 4 })
    await score(own)
    expect(counts.loads).toBe(taken)
    const edit = { kind: 'add', channel: 0, startMs: 200, endMs: 900 }
    await make('POST', `/api/recordings/${own.recording}/edits`, { edit })
    await score(own)
    await score(other)
    expect(counts.loads).toBe(taken + 1)
  })

  test('every namespace is in use, and no key or tag names a patient', async () => {
    const own = await newCase()
    await make('POST', `/api/sessions/${own.session}/score`)
    for (const path of everyRead(own)) await warm(path)
    const configurationId = (
      await make<{ items: Array<{ id: string }> }>('GET', '/api/scoring/configurations')
    ).items[0]?.id as string
    const lone = await newCase()
    await make('PATCH', `/api/sessions/${lone.session}`, { recordingId: null })
    await warm(`/api/recordings/${lone.recording}/analysis`)
    await make('PUT', `/api/scoring/assignments/patients/${own.code}`, { configurationId })
    await make('GET', `/api/scoring/resolve?patient=${own.code}`)
    const { sha256 } = await make<{ sha256: string }>('GET', `/api/recordings/${lone.recording}`)
    const keys = [...cache.memory.keys()]
    const has = (end: string | RegExp) =>
      keys.some((key) => (typeof end === 'string' ? key.endsWith(`:${end}`) : end.test(key)))
    const expected = [
      `session:${own.session}:emg_analysis`,
      `session:${own.session}:contractions`,
      `session:${own.session}:performance_scores`,
      `session:${own.session}:metadata`,
      `signal:${own.session}:0:analysis`,
      `clinical:${own.session}:metrics`,
      `c3d:${sha256}:processed_data`,
      /:emg_metadata:[0-9a-f]{64}$/,
      /:patient:[\w-]{22}:mvc_values$/,
      /:patient:[\w-]{22}:performance_trends$/,
      /:patient:[\w-]{22}:clinical_thresholds$/,
      'config:mvc_defaults',
      'config:processing_parameters',
      'config:clinical_thresholds',
    ]
    expect(expected.filter((each) => !has(each)).map(String)).toEqual([])
    const tags = keys.flatMap((key) => Object.keys(cache.memory.get(key)?.meta.versions ?? {}))
    expect(tags.length).toBeGreaterThan(keys.length)
    expect(
      [...keys, ...tags].filter((each) => /(?:^|[^A-Za-z0-9])P\d{3,}(?![A-Za-z0-9])/.test(each)),
    ).toEqual([])
  })
})
