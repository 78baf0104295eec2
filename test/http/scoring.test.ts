/** `/api/scoring` and the scores of sessions on a running server, and what its database refuses. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import postgres from 'postgres'
import * as v from 'valibot'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import {
  type AnalysisScore,
  AnalysisScoreSchema,
  BUILT_IN,
  DEFAULT_RULES,
  type MuscleCounts,
  type Score,
  type ScoringRules,
} from '../../plugins/performance-scoring/index.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Configuration {
  readonly id: string
  readonly version: number
  readonly latestVersion: number
  readonly activeVersion: number | null
  readonly retiredAt: string | null
  readonly rules: ScoringRules
}
interface Resolution {
  readonly source: string
  readonly passedOver: ReadonlyArray<{ source: string; reason: string }>
  readonly configuration: { readonly id: string; readonly version: number; readonly rules: ScoringRules }
}
interface Channel {
  readonly muscle: string
  readonly side: string
  readonly contractions: ReadonlyArray<{ readonly durationMs: number }>
}
interface SessionScore {
  readonly id: string
  readonly chosenBy: string
  readonly analysis: { readonly recordingId: string } | null
  readonly input: { readonly rpe: number | null; readonly muscles: readonly MuscleCounts[] }
  readonly score: Score
}

const NOWHERE = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
const HALF: ScoringRules = {
  ...DEFAULT_RULES,
  weights: { compliance: 0.4, symmetry: 0.2, effort: 0.2, game: 0.2 },
}
const COUNTS = {
  muscles: [
    { muscle: 'quadriceps', side: 'left', total: 15, meetsMvc: 15, meetsDuration: 0, target: 12 },
    { muscle: 'quadriceps', side: 'right', total: 11, meetsMvc: 11, meetsDuration: 0, target: 12 },
  ],
  bfr: { left: null, right: null },
  rpe: 5,
  game: null,
}

let databases: TestDatabases
beforeAll(async () => {
  databases = await startTestDatabases()
})
afterAll(() => databases.stop())

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let server: TestServer
  let sql: postgres.Sql
  beforeAll(async () => {
    folder = await temporaryFolder()
    const url = await databases.create()
    server = await startTestServer(target, { data: folder.path, env: { DATABASE_URL: url } })
    const socket = new URL(url)
    const host = socket.searchParams.get('host') as string
    socket.searchParams.delete('host')
    sql = postgres(socket.href, { host, max: 1, onnotice: () => {} })
  })
  afterAll(async () => {
    await sql.end()
    expect([await server.kill('SIGTERM'), server.log()]).toEqual([0, expect.not.stringContaining('error')])
    await folder[Symbol.asyncDispose]()
  })

  /** Sends a request; the status, and the body as it came. */
  async function ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as T }
  }
  const refused = (status: number, code: string) => ({ status, body: { status, code } })
  const create = async (name: string, rules: ScoringRules = HALF): Promise<Configuration> => {
    const made = await ask<Configuration>('POST', '/api/scoring/configurations', { name, rules })
    expect(made.status).toBe(201)
    return made.body
  }
  const at = (id: string) => `/api/scoring/configurations/${id}`
  const resolve = async (query = '') => (await ask<Resolution>('GET', `/api/scoring/resolve${query}`)).body
  const enterPatient = async (more: object = {}) =>
    (await ask<{ code: string }>('POST', '/api/patients', more)).body.code
  const enterSession = async (patientCode: string, more: object = {}) => {
    const entered = await ask<{ id: string }>('POST', '/api/sessions', {
      patientCode,
      startedAt: '2026-03-02T09:00:00Z',
      ...more,
    })
    expect(entered.status).toBe(201)
    return entered.body.id
  }

  test('the OpenAPI document with all these routes is valid', async () => {
    const document = (await ask<Record<string, object>>('GET', '/api/openapi.json')).body
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect(Object.keys(document.paths as object)).toContain('/api/sessions/{id}/score')
  })

  test('the built-in configuration is there from the start, and holds while nobody chose another', async () => {
    const { body } = await ask<{ items: Configuration[] }>('GET', '/api/scoring/configurations')
    expect(body.items).toEqual([
      expect.objectContaining({ id: BUILT_IN.id, version: 1, builtIn: true, rules: DEFAULT_RULES }),
    ])
    expect(await resolve()).toMatchObject({
      source: 'default',
      passedOver: [
        { source: 'session', reason: 'no session was named' },
        { source: 'patient', reason: 'no patient was named' },
        { source: 'active', reason: 'none was activated' },
      ],
      configuration: { id: BUILT_IN.id, version: 1, rules: DEFAULT_RULES },
    })
  })

  test('the built-in configuration has no new versions and is not retired', async () => {
    const inForce = refused(409, 'SCORING_CONFIGURATION_BUILT_IN')
    expect(await ask('POST', `${at(BUILT_IN.id)}/versions`, { rules: HALF })).toMatchObject(inForce)
    expect(await ask('POST', `${at(BUILT_IN.id)}/retire`)).toMatchObject(inForce)
  })

  test('a configuration is made, and kept as it was sent', async () => {
    const made = await create('Kept')
    expect(made).toMatchObject({ version: 1, latestVersion: 1, activeVersion: null, retiredAt: null })
    expect(made.rules).toEqual(HALF)
    expect((await ask('GET', at(made.id))).body).toEqual(made)
    expect(await ask('POST', '/api/scoring/configurations', { name: 'Kept', rules: HALF })).toMatchObject(
      refused(409, 'SCORING_NAME_TAKEN'),
    )
  })

  test.each([
    ['weights that add up to 0.9', { weights: { ...HALF.weights, game: 0.1 } }, 'body.rules.weights'],
    [
      'weights within a muscle that add up to 1.1',
      { muscleWeights: { completion: 0.5, intensity: 0.3, duration: 0.3 } },
      'body.rules.muscleWeights',
    ],
    ['a rating of 11', { rpeScores: { ...HALF.rpeScores, 11: 20 } }, 'body.rules.rpeScores.11'],
    ['a window upside down', { bfrWindow: { lowPercent: 55, highPercent: 45 } }, 'body.rules.bfrWindow'],
  ])('%s are refused, and named', async (_, changes, path) => {
    const rules = { ...HALF, ...changes }
    const { status, body } = await ask<{ code: string; errors: Array<{ path: string }> }>(
      'POST',
      '/api/scoring/configurations',
      { name: 'Refused', rules },
    )
    expect([status, body.code, body.errors.map((error) => error.path)]).toEqual([
      400,
      'INVALID_REQUEST',
      [path],
    ])
  })

  test('a change is a new version; the old one stays as it was', async () => {
    const { id } = await create('Changed')
    const body = { description: 'No game', rules: DEFAULT_RULES }
    expect(await ask('POST', `${at(id)}/versions`, body)).toMatchObject({
      status: 201,
      body: { version: 2, latestVersion: 2, description: 'No game', rules: DEFAULT_RULES },
    })
    expect((await ask('GET', at(id))).body).toMatchObject({ version: 2 })
    expect((await ask('GET', `${at(id)}?version=1`)).body).toMatchObject({
      version: 1,
      latestVersion: 2,
      rules: HALF,
    })
    expect(await ask('GET', `${at(id)}?version=3`)).toMatchObject(refused(404, 'SCORING_VERSION_NOT_FOUND'))
  })

  test('ten versions at once are ten versions', async () => {
    const { id } = await create('Contended')
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask<Configuration>('POST', `${at(id)}/versions`, { rules: HALF })),
    )
    expect(answers.map(({ body }) => body.version).toSorted((a, b) => a - b)).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ])
  })

  test('configurations come in pages, and lose nothing', async () => {
    const all = (await ask<{ items: Configuration[] }>('GET', '/api/scoring/configurations?limit=200')).body
    const paged: Configuration[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { items: Configuration[]; nextCursor: string | null } } = await ask(
        'GET',
        `/api/scoring/configurations?limit=2${cursor && `&cursor=${cursor}`}`,
      )
      paged.push(...body.items)
      expect(paged.length).toBeLessThanOrEqual(all.items.length)
      cursor = body.nextCursor
    }
    expect(paged).toEqual(all.items)
  })

  test('the session comes before its patient, the patient before the active one, that before the default', async () => {
    const active = await create('Active')
    const own = await create('Of a patient')
    const special = await create('Of a session')
    const code = await enterPatient()
    const session = await enterSession(code)
    const which = async (query: string) => {
      const { source, configuration, passedOver } = await resolve(query)
      return [source, configuration.id, passedOver.length]
    }
    const bySession = `?session=${session}`

    expect(await which(bySession)).toEqual(['default', BUILT_IN.id, 3])
    expect((await ask('POST', `${at(active.id)}/activate`)).body).toMatchObject({ activeVersion: 1 })
    expect(await which(bySession)).toEqual(['active', active.id, 2])
    const patientPlace = `/api/scoring/assignments/patients/${code}`
    await ask('PUT', patientPlace, { configurationId: own.id })
    expect(await which(bySession)).toEqual(['patient', own.id, 1])
    expect(await which(`?patient=${code}`)).toEqual(['patient', own.id, 1])
    const sessionPlace = `/api/scoring/assignments/sessions/${session}`
    await ask('PUT', sessionPlace, { configurationId: special.id })
    expect(await which(bySession)).toEqual(['session', special.id, 0])
    expect(await which(`?patient=${code}`)).toEqual(['patient', own.id, 1])
    expect(await which('')).toEqual(['active', active.id, 2])

    for (const place of [sessionPlace, patientPlace, patientPlace]) {
      expect((await ask('DELETE', place)).status).toBe(204)
    }
    expect(await which(bySession)).toEqual(['active', active.id, 2])
    // Assigned and lifted, once each, for the patient and for the session.
    const [kept] = await sql`
      select count(*)::int as rows from performance_scoring.assignments
      where configuration_id in (${own.id}, ${special.id}) or configuration_id is null`
    expect(kept?.rows).toBe(4)
    await ask('POST', `${at(BUILT_IN.id)}/activate`)
    expect(await which(bySession)).toEqual(['active', BUILT_IN.id, 2])
  })

  test('what is in force stays at its version until somebody chooses the new one', async () => {
    const { id } = await create('Steady')
    const code = await enterPatient()
    const place = `/api/scoring/assignments/patients/${code}`
    const version = async () => (await resolve(`?patient=${code}`)).configuration.version
    await ask('PUT', place, { configurationId: id })
    await ask('POST', `${at(id)}/versions`, { rules: DEFAULT_RULES })
    expect(await version()).toBe(1)
    await ask('PUT', place, { configurationId: id })
    expect(await version()).toBe(2)
    await ask('PUT', place, { configurationId: id, version: 1 })
    expect(await version()).toBe(1)
    expect(await ask('PUT', place, { configurationId: id, version: 3 })).toMatchObject(
      refused(404, 'SCORING_VERSION_NOT_FOUND'),
    )
  })

  test('the active configuration is not retired; a retired one is not chosen, but holds where it was', async () => {
    const { id } = await create('Retired')
    const code = await enterPatient()
    const place = `/api/scoring/assignments/patients/${code}`
    await ask('PUT', place, { configurationId: id })
    await ask('POST', `${at(id)}/activate`)
    expect(await ask('POST', `${at(id)}/retire`)).toMatchObject(refused(409, 'SCORING_CONFIGURATION_ACTIVE'))
    await ask('POST', `${at(BUILT_IN.id)}/activate`)
    const first = await ask<Configuration>('POST', `${at(id)}/retire`)
    expect(first).toMatchObject({ status: 200, body: { retiredAt: expect.any(String) } })
    expect(await ask('POST', `${at(id)}/retire`)).toEqual(first)

    const retired = refused(409, 'SCORING_CONFIGURATION_RETIRED')
    expect(await ask('POST', `${at(id)}/activate`)).toMatchObject(retired)
    expect(await ask('POST', `${at(id)}/versions`, { rules: HALF })).toMatchObject(retired)
    expect(await ask('PUT', place, { configurationId: id })).toMatchObject(retired)
    expect(await resolve(`?patient=${code}`)).toMatchObject({ source: 'patient', configuration: { id } })
  })

  test('what is not there is 404, what is malformed 400', async () => {
    const none = refused(404, 'SCORING_CONFIGURATION_NOT_FOUND')
    expect(await ask('GET', at(NOWHERE))).toMatchObject(none)
    expect(await ask('POST', `${at(NOWHERE)}/versions`, { rules: HALF })).toMatchObject(none)
    expect(await ask('POST', `${at(NOWHERE)}/activate`)).toMatchObject(none)
    expect(await ask('POST', `${at(NOWHERE)}/retire`)).toMatchObject(none)
    const noSession = refused(404, 'SESSION_NOT_FOUND')
    expect(await ask('POST', `/api/sessions/${NOWHERE}/score`)).toMatchObject(noSession)
    expect(await ask('GET', `/api/sessions/${NOWHERE}/scores`)).toMatchObject(noSession)
    expect(await ask('GET', `/api/scoring/resolve?session=${NOWHERE}`)).toMatchObject(noSession)
    const noPatient = refused(404, 'PATIENT_NOT_FOUND')
    expect(await ask('GET', '/api/scoring/adherence/P999')).toMatchObject(noPatient)
    expect(await ask('DELETE', '/api/scoring/assignments/patients/P999')).toMatchObject(noPatient)
    const malformed = refused(400, 'INVALID_REQUEST')
    for (const path of [at('7'), `${at(BUILT_IN.id)}?version=0`, `${at(BUILT_IN.id)}?version=1.5`]) {
      expect(await ask('GET', path)).toMatchObject(malformed)
    }
    expect(await ask('GET', `/api/scoring/resolve?session=${NOWHERE}&patient=P001`)).toMatchObject(malformed)
    expect(await ask('GET', '/api/scoring/adherence/P999?at=yesterday')).toMatchObject(malformed)
  })

  describe('a what-if', () => {
    const whatIf = (body: object) => ask<Score>('POST', '/api/scoring/scores', body)

    test('scores counts with every calculation, and stores nothing', async () => {
      const { status, body } = await whatIf(COUNTS)
      expect(status).toBe(200)
      expect(body.overall.value).toBeCloseTo(82.07433510638297, 10)
      expect(body.overall.explanation.working).toBe(
        '(0.5 * 65.2125 + 0.25 * 97.8723 + 0.25 * 100) / (0.5 + 0.25 + 0.25) = 82.0743',
      )
    })

    test('takes the configuration that it names', async () => {
      const { id } = await create('What if')
      const { body } = await whatIf({ ...COUNTS, configuration: { configurationId: id } })
      expect(body.configuration).toMatchObject({ id, version: 1, rules: HALF })
      expect(body.overall.effectiveWeights).toEqual({
        compliance: 0.5,
        symmetry: 0.25,
        effort: 0.25,
        game: 0,
      })
      expect(await whatIf({ ...COUNTS, configuration: { configurationId: NOWHERE } })).toMatchObject(
        refused(404, 'SCORING_CONFIGURATION_NOT_FOUND'),
      )
    })

    test.each([
      ['more good contractions than there are', { muscles: [{ ...COUNTS.muscles[0], meetsMvc: 16 }] }],
      ['a negative count', { muscles: [{ ...COUNTS.muscles[0], total: -1 }] }],
      ['a rating of 11', { rpe: 11 }],
      ['a rating between two', { rpe: 4.5 }],
      ['a forgotten rating', { rpe: undefined }],
      ['a negative pressure', { bfr: { left: -1, right: null } }],
    ])('refuses %s', async (_, changes) => {
      expect(await whatIf({ ...COUNTS, ...changes })).toMatchObject(refused(400, 'INVALID_REQUEST'))
    })
  })

  describe('the score of a session', () => {
    const scoreOf = (id: string) => ask<SessionScore>('POST', `/api/sessions/${id}/score`)
    const scoresOf = async (id: string) =>
      (await ask<{ items: SessionScore[] }>('GET', `/api/sessions/${id}/scores`)).body.items

    const uploadKnee = async (): Promise<string> => {
      const [knee] = sampleRecordings()
      const uploaded = await fetch(`${server.url}/api/recordings?fileName=knee.c3d`, {
        method: 'POST',
        body: knee?.bytes() as Uint8Array<ArrayBuffer>,
      })
      return ((await uploaded.json()) as { id: string }).id
    }
    const analysisOf = async (recordingId: string) =>
      (
        await ask<{ channels: Channel[]; scores: AnalysisScore }>(
          'GET',
          `/api/recordings/${recordingId}/analysis`,
        )
      ).body

    test('counts the contractions of its recording, as its analysis does', async () => {
      const recordingId = await uploadKnee()
      const alone = (await analysisOf(recordingId)).scores
      expect(alone.chosenBy).toBe((await resolve()).source as AnalysisScore['chosenBy'])
      expect(alone.components.effort.value).toBeNull()
      expect(alone.passedOver.slice(0, 2).map(({ reason }) => reason)).toEqual([
        'no session was named',
        'no patient was named',
      ])

      const code = await enterPatient()
      const session = await enterSession(code, { recordingId, rpe: 5, bfr: { left: 50, right: 50 } })
      const { status, body } = await scoreOf(session)
      expect(status).toBe(201)
      expect(body.analysis?.recordingId).toBe(recordingId)
      expect(body.input.muscles.map(({ total, target }) => [total, target])).toEqual([
        [12, null],
        [10, null],
      ])
      expect(body.score.muscles.map(({ completion }) => completion.value)).toEqual([1, 10 / 12])
      expect(body.score.completeness.compliance.reasons).toEqual([
        'vastus lateralis (right): intensity: the MVC was calculated from this recording',
        'vastus lateralis (left): intensity: the MVC was calculated from this recording',
      ])
      expect(await scoresOf(session)).toEqual([body])
      const { channels, scores } = await analysisOf(recordingId)
      expect(channels.map(({ muscle, side }) => [muscle, side])).toEqual([
        ['vastus lateralis', 'right'],
        ['vastus lateralis', 'left'],
      ])
      expect(scores.overall).toEqual(body.score.overall)
      expect(scores.components).toEqual(body.score.components)
    })

    test('holds contractions against the targets of the patient, else of the configuration', async () => {
      const recordingId = await uploadKnee()
      const { channels } = await analysisOf(recordingId)
      const lasting = (side: string, leastMs: number) =>
        channels
          .find((channel) => channel.side === side)
          ?.contractions.filter(({ durationMs }) => durationMs >= leastMs).length
      const [own, configured] = [2200, 1500]
      const counts = [lasting('right', own), lasting('left', configured)]
      // Other targets would give other counts.
      expect(counts[0]).not.toBe(lasting('right', configured))
      expect(counts[1]).not.toBe(lasting('left', 2000))

      // A recording belongs to one session: that of another test lets it go.
      const { items } = (
        await ask<{ items: Array<{ id: string; recordingId: string }> }>('GET', '/api/sessions')
      ).body
      for (const each of items.filter((session) => session.recordingId === recordingId)) {
        await ask('PATCH', `/api/sessions/${each.id}`, { recordingId: null })
      }
      const targets = [{ muscle: 'vastus lateralis', side: 'right', contractions: 8, durationMs: own }]
      const session = await enterSession(await enterPatient({ targets }), { recordingId })
      const { id } = await create('Shorter', {
        ...HALF,
        targets: { ...HALF.targets, durationMs: configured },
      })
      await ask('PUT', `/api/scoring/assignments/sessions/${session}`, { configurationId: id })
      const { input, score } = (await scoreOf(session)).body
      expect(input.muscles.map(({ meetsDuration }) => meetsDuration)).toEqual(counts as number[])
      expect(input.muscles.map(({ target }) => target)).toEqual([8, null])
      expect(score.muscles.map(({ targetSource }) => targetSource)).toEqual(['given', 'configuration'])
    })

    test('without a recording is null, with the reason', async () => {
      const session = await enterSession(await enterPatient(), { rpe: 5 })
      const { body } = await scoreOf(session)
      expect(body.analysis).toBeNull()
      expect(body.score.overall).toMatchObject({
        value: null,
        reason: 'only 25 % of the weight is there; 50 % is needed',
      })
    })

    test('is stored anew when something changed, and only then', async () => {
      const session = await enterSession(await enterPatient(), { rpe: 5 })
      const answers = await Promise.all(Array.from({ length: 6 }, () => scoreOf(session)))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 201])
      const [first] = answers as [(typeof answers)[number]]
      for (const { body } of answers) expect(body).toEqual(first.body)
      await ask('PATCH', `/api/sessions/${session}`, { rpe: 7 })
      const second = await scoreOf(session)
      expect(second).toMatchObject({ status: 201, body: { input: { rpe: 7 } } })
      expect(await scoresOf(session)).toEqual([second.body, first.body])
    })

    test('keeps the configuration that it was computed by', async () => {
      const { id } = await create('Used')
      const session = await enterSession(await enterPatient(), { rpe: 5 })
      const place = `/api/scoring/assignments/sessions/${session}`
      await ask('PUT', place, { configurationId: id })
      const first = await scoreOf(session)
      expect(first.body).toMatchObject({
        chosenBy: 'session',
        score: { configuration: { id, version: 1, rules: HALF } },
      })
      await ask('POST', `${at(id)}/versions`, { rules: DEFAULT_RULES })
      expect((await scoreOf(session)).status).toBe(200)
      await ask('PUT', place, { configurationId: id })
      const second = await scoreOf(session)
      expect(second.body.score.configuration).toMatchObject({ id, version: 2, rules: DEFAULT_RULES })
      expect(await scoresOf(session)).toEqual([second.body, first.body])
    })
  })

  test('without a server, an analysis is scored by the built-in configuration', async () => {
    const file = join(folder.path, 'knee.c3d')
    await Bun.write(file, sampleRecordings()[0]?.bytes() as Uint8Array<ArrayBuffer>)
    const { exitCode, stdout } = await runCli(target, ['analyze', '--json', file])
    expect(exitCode).toBe(0)
    const { scores } = JSON.parse(stdout) as { scores: AnalysisScore }
    expect(v.safeParse(AnalysisScoreSchema, scores).issues).toBeUndefined()
    expect(scores).toMatchObject({ chosenBy: 'default', configuration: BUILT_IN })
    expect(scores.passedOver.map(({ reason }) => reason)).toEqual(Array(3).fill('there is no database'))
  })

  describe('adherence', () => {
    const adherence = async (code: string, when: string) =>
      (await ask('GET', `/api/scoring/adherence/${code}?at=${when}`)).body

    test('counts the sessions of this patient within the protocol', async () => {
      const code = await enterPatient({ treatmentStart: '2026-03-02' })
      const other = await enterPatient({ treatmentStart: '2026-03-02' })
      const starts = [
        '2026-03-01T23:59:59Z',
        '2026-03-02T00:00:00Z',
        '2026-03-03T10:00:00Z',
        '2026-03-05T10:00:00Z',
        '2026-03-08T23:59:59Z',
        '2026-03-09T00:00:00Z',
        '2026-03-16T00:00:00Z',
      ]
      for (const startedAt of starts) await enterSession(code, { startedAt })
      await enterSession(other, { startedAt: '2026-03-04T10:00:00Z' })
      expect(await adherence(code, '2026-03-08T23:59:59.999Z')).toEqual({
        patientCode: code,
        at: '2026-03-08T23:59:59.999Z',
        score: expect.closeTo((100 * 4) / 15, 10),
        category: 'poor',
        reason: null,
        protocolDay: 7,
        completed: 4,
        expected: 15,
      })
      expect(await adherence(code, '2026-04-01T00:00:00Z')).toMatchObject({ protocolDay: 14, completed: 5 })
      expect(await adherence(code, '2026-03-03T10:00:00Z')).toMatchObject({
        score: null,
        reason: 'day 2 of the protocol; adherence counts from day 3',
        completed: 2,
      })
    })

    test('is null where the start of the treatment is not known, or lies ahead', async () => {
      const code = await enterPatient()
      await enterSession(code)
      const nothing = { score: null, category: null, protocolDay: null, completed: null, expected: null }
      expect(await adherence(code, '2026-03-09T00:00:00Z')).toMatchObject({
        ...nothing,
        reason: 'the start of the treatment is not known',
      })
      const later = await enterPatient({ treatmentStart: '2026-05-01' })
      expect(await adherence(later, '2026-03-09T00:00:00Z')).toMatchObject({
        ...nothing,
        reason: 'the treatment has not begun',
      })
    })
  })

  describe('the database', () => {
    /** A copy of the built-in version with other values, written past the server. */
    const insert = (version: number, changes: string) =>
      sql.unsafe(`
        insert into performance_scoring.configuration_versions
        select (jsonb_populate_record(each, '{"version": ${version}}'::jsonb || '${changes}'::jsonb)).*
        from performance_scoring.configuration_versions each where configuration_id = '${BUILT_IN.id}' and version = 1`)

    test.each([
      ['weights', '{"weight_compliance": 0.502}'],
      ['weights', '{"weight_compliance": 0.75, "weight_game": -0.25}'],
      ['weights', '{"weight_compliance": "NaN"}'],
      ['muscle_weights', '{"weight_duration": 0.336}'],
      ['rpe_scores', '{"rpe_scores": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}'],
      ['rpe_scores', '{"rpe_scores": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}'],
      ['rpe_scores', '{"rpe_scores": []}'],
      ['rpe_scores', '{"rpe_scores": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, null]}'],
      ['rpe_scores', '{"rpe_scores": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 101]}'],
      ['bfr_window', '{"bfr_low_percent": 56}'],
      ['targets', '{"target_contractions": 0}'],
      ['coverage', '{"minimum_coverage": 1.5}'],
    ])('refuses by its own constraint on %s: %s', async (constraint, changes) => {
      const error = await insert(99, changes).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ constraint_name: `configuration_versions_${constraint}` })
    })

    test('takes weights that are off by 0.001', async () => {
      const { id } = await create('Off by a thousandth', {
        ...HALF,
        weights: { ...HALF.weights, compliance: 0.401 },
        muscleWeights: { completion: 0.333, intensity: 0.333, duration: 0.333 },
      })
      expect((await ask('GET', at(id))).status).toBe(200)
    })

    test.each([
      ['assignments', 'patient_id', ''],
      ['assignments', 'session_id', ''],
      ['scores', 'session_id', ', id, chosen_by, input, score'],
    ])('refuses %s whose %s leads nowhere', async (table, column, more) => {
      const values = more && `, '${NOWHERE}', 'default', '{}', '{}'`
      const statement = `
        insert into performance_scoring.${table} (${column}, configuration_id, version${more})
        values ('${NOWHERE}', '${BUILT_IN.id}', 1${values})`
      const error = await sql.unsafe(statement).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: '23503', constraint_name: expect.stringContaining(`${column}_`) })
    })

    test.each([
      'update performance_scoring.configuration_versions set weight_game = weight_game',
      'delete from performance_scoring.configuration_versions',
      'truncate performance_scoring.configuration_versions cascade',
      'delete from performance_scoring.activations',
      'update performance_scoring.assignments set version = version',
      'update performance_scoring.scores set overall = 100',
    ])('refuses to %s', async (statement) => {
      const error = await sql.unsafe(statement).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: '23001', message: expect.stringContaining('keeps what it holds') })
    })
  })
})
