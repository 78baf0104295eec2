/** A patient who is erased is nowhere any more, but where the documentation says so. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '../support/redis.ts'
import { redisNote } from '../support/redis-server.ts'
import { TARGETS } from '../support/targets.ts'
import { createWorld, filesWith, fill, redisContent, tablesWith, type World } from './world.ts'

setDefaultTimeout(60_000)

/** Where the code of a patient, or an id, stays: docs/data-protection.md says why. */
const STAYS = [
  'clinical_records.erased_patients',
  'myoserve.audit_log',
  'myoserve.cache_tags',
  'pgboss.job_common',
]

const withoutStaying = (tables: Record<string, number>): string[] =>
  Object.keys(tables).filter((table) => !STAYS.includes(table) && !table.startsWith('myoserve.audit'))

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let world: World
  let ada: Awaited<ReturnType<typeof fill>>
  let ben: Awaited<ReturnType<typeof fill>>
  beforeAll(async () => {
    world = await createWorld(target)
    await world.start()
    ;[ada, ben] = [await fill(world, 'P4711'), await fill(world, 'P4712')]
  })
  afterAll(() => world.close())

  const erase = (code: string, version: number | null, body: object) =>
    world.send<{ code?: string }>('DELETE', `/api/patients/${code}`, body, {
      ...(version !== null && { 'if-match': `"v${version}"` }),
    })
  const blob = (sha256: string): string => join(world.folder, 'recordings', sha256.slice(0, 2), sha256)

  test('the patient of this test is in every place first', async () => {
    const tables = await tablesWith(world.sql, [ada.code, ...ada.ids])
    for (const table of [
      'c3d_reader.recordings',
      'clinical_records.clinical_notes',
      'clinical_records.muscle_targets',
      'clinical_records.patient_identities',
      'clinical_records.patients',
      'clinical_records.therapy_sessions',
      'emg_analyzer.channel_profiles',
      'emg_analyzer.contraction_edits',
      'exports.export_history',
      'mvc_cascade.mvc_records',
      'performance_scoring.assignments',
      'performance_scoring.scores',
      'session_analysis.analyses',
      'webhooks.deliveries',
    ])
      expect(Object.keys(tables)).toContain(table)
  })

  test('it takes the version, the code once more, and both right', async () => {
    expect((await erase(ada.code, null, { confirm: ada.code })).body.code).toBe('VERSION_REQUIRED')
    expect((await erase(ada.code, ada.version, { confirm: ben.code })).body.code).toBe('NOT_CONFIRMED')
    expect((await erase(ada.code, ada.version + 1, { confirm: ada.code })).body.code).toBe('VERSION_MISMATCH')
    expect((await erase('P999', 1, { confirm: 'P999' })).body.code).toBe('PATIENT_NOT_FOUND')
    expect((await world.send('GET', `/api/patients/${ada.code}`)).status).toBe(200)
  })

  test(`nothing is left in any table, in the cache or on the disk${redisNote}`, async () => {
    const before = world.redis ? await redisContent(world.redis) : null
    expect(await erase(ada.code, ada.version, { confirm: ada.code })).toMatchObject({
      status: 200,
      body: { patientCode: ada.code, sessions: 1, recordings: 2 },
    })
    expect(withoutStaying(await tablesWith(world.sql, [ada.code, ...ada.ids]))).toEqual([])
    expect(
      await filesWith(join(world.folder, 'recordings'), [ada.recording.sha256, ada.calibration.sha256]),
    ).toEqual([])
    if (world.redis && before) {
      const after = await redisContent(world.redis)
      expect([...after.keys()].filter((key) => before.has(key))).toEqual([])
    }
    for (const path of [
      `/api/patients/${ada.code}`,
      `/api/patients/${ada.code}/identity`,
      `/api/sessions/${ada.sessionId}`,
      `/api/sessions/${ada.sessionId}/analysis`,
      `/api/recordings/${ada.recording.id}`,
    ])
      expect([path, (await world.send('GET', path)).status]).toEqual([path, 404])
  })

  test('what stays names the code and ids, and nothing that tells who it was', async () => {
    const marked = [...Object.values(ada.identity), `note of ${ada.code}`, `edit of ${ada.code}`]
    expect(await tablesWith(world.sql, marked)).toEqual({})
    const jobs = await world.sql<Array<{ name: string; data: object }>>`
      select name, data from pgboss.job where data::text like ${`%${ada.code}%`}`
    expect(jobs.map(({ name, data }) => [name, data])).toEqual([
      ['clinical-records.on.patient.erased', { patientCode: ada.code }],
    ])
    const [entry] = await world.sql<Array<{ count: number }>>`
      select count(*)::int as count from clinical_records.erased_patients where code = ${ada.code}`
    expect(entry?.count).toBe(1)
  })

  test('others are left as they were', async () => {
    expect((await world.send('GET', `/api/sessions/${ben.sessionId}/analysis`)).status).toBe(200)
    expect((await world.send('GET', `/api/patients/${ben.code}/identity`)).body).toMatchObject(ben.identity)
    expect([ben.recording, ben.calibration].map(({ sha256 }) => existsSync(blob(sha256)))).toEqual([
      true,
      true,
    ])
  })

  test('the code is not given again', async () => {
    expect((await world.send('POST', '/api/patients', { code: ada.code })).body).toMatchObject({
      code: 'PATIENT_CODE_TAKEN',
    })
  })

  test('while an analysis of the patient runs, nothing of it comes after', async () => {
    await world.send('POST', '/api/patients', { code: 'P050' })
    const recordings = [await world.upload(), await world.upload(), await world.upload()]
    const sessions = await Promise.all(
      recordings.map(({ id }, i) =>
        world.send<{ id: string }>('POST', '/api/sessions', {
          patientCode: 'P050',
          startedAt: `2026-03-0${i + 1}T09:00:00Z`,
          recordingId: id,
        }),
      ),
    )
    await until(
      async () =>
        (await world.sql`select from pgboss.job where name = 'session-analysis.analyse' and state = 'active'`)
          .length > 0,
      10_000,
      'an analysis',
    )
    expect((await erase('P050', 1, { confirm: 'P050' })).status).toBe(200)
    await until(
      async () => (await world.sql`select from pgboss.job where state = 'active'`).length === 0,
      20_000,
      'the end of jobs',
    )
    const ids = [
      ...sessions.map(({ body }) => body.id),
      ...recordings.flatMap(({ id, sha256 }) => [id, sha256]),
    ]
    expect(withoutStaying(await tablesWith(world.sql, ids))).toEqual([])
    expect(recordings.map(({ sha256 }) => existsSync(blob(sha256)))).toEqual([false, false, false])
  })

  test('bytes that a kill has left are removed at the next start, and not those that came again', async () => {
    const [left, again] = [await world.upload(), await world.upload()]
    await world.sql`delete from c3d_reader.recordings where id = ${left.id}`
    await world.sql`insert into c3d_reader.removed_blobs (sha256) values (${left.sha256}), (${again.sha256})`
    await world.stop('SIGKILL')
    await world.start()
    expect([existsSync(blob(left.sha256)), existsSync(blob(again.sha256))]).toEqual([false, true])
    expect(await world.sql`select from c3d_reader.removed_blobs`).toHaveLength(0)
  })

  test('a plugin that has tables and is not at work blocks it, and nothing is erased', async () => {
    await world.sql`insert into myoserve.migrations (plugin, id, sha256) values ('grip-strength', '0000', 'x')`
    const { status, body } = await erase(ben.code, ben.version, { confirm: ben.code })
    expect([status, body.code]).toEqual([409, 'ERASE_BLOCKED'])
    await world.sql`delete from myoserve.migrations where plugin = 'grip-strength'`
    expect((await world.send('GET', `/api/patients/${ben.code}`)).status).toBe(200)
  })

  test('what has been kept long enough is counted, then removed, each with an entry in the audit log', async () => {
    const run = async (...args: string[]) => {
      const flags = [
        ...['--clinical-records.retention', '3650d'],
        ...['--exports.retention', '30d', '--webhooks.retention', '30d'],
      ]
      const { stdout, stderr } = await world.cli('retention', '--json', ...flags, ...args)
      if (stdout === '') throw new Error(stderr)
      const rules = JSON.parse(stdout) as Array<{ plugin: string; name: string; count: number }>
      return Object.fromEntries(rules.map(({ plugin, name, count }) => [`${plugin}.${name}`, count]))
    }
    const old = await world.send<{ id: string }>('POST', '/api/patients', { code: 'P060' })
    const { id } = await world.upload()
    await world.send('POST', '/api/sessions', {
      patientCode: 'P060',
      startedAt: '2001-03-01T09:00:00Z',
      recordingId: id,
    })
    await world.sql`update exports.export_history set exported_at = now() - interval '31 days'`
    const due = { 'clinical-records.patients': 1, 'exports.history': 1, 'webhooks.deliveries': 0 }
    expect(await run('--dry-run')).toEqual(due)
    expect(await run('--dry-run')).toEqual(due)
    expect(await run()).toEqual(due)
    const nothing = { 'clinical-records.patients': 0, 'exports.history': 0, 'webhooks.deliveries': 0 }
    expect(await run()).toEqual(nothing)
    expect(withoutStaying(await tablesWith(world.sql, [old.body.id, id]))).toEqual([])
    expect((await world.send('GET', '/api/patients/P060')).status).toBe(404)
    expect((await world.send('GET', `/api/patients/${ben.code}`)).status).toBe(200)
    const entries = await world.sql<Array<{ action: string }>>`
      select action from myoserve.audit_log where route = 'COMMAND retention'`
    expect(new Set(entries.map(({ action }) => action))).toEqual(new Set(['patients:erase', 'retention']))
  })

  test('what must be kept is not erased before its time, unless that is said', async () => {
    await world.stop()
    await world.start({ RETENTION_KEEP: '36500d' })
    expect((await erase(ben.code, ben.version, { confirm: ben.code })).body.code).toBe('MUST_BE_KEPT')
    expect((await world.send('GET', `/api/patients/${ben.code}`)).status).toBe(200)
    const early = { confirm: ben.code, beforePeriod: true }
    expect((await erase(ben.code, ben.version, early)).status).toBe(200)
  })
})
