/** `myoserve doctor` on installations that are well, and on some that are broken on purpose. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { appendFile, chmod, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { joinEmbeddedPostgres } from '../../src/database/embedded/index.ts'
import { roomsOf } from '../../src/storage/data-folder.ts'
import { runCli } from '../support/cli.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Finding {
  readonly of: string
  readonly examination: string
  readonly level: string
  readonly sentence: string
  readonly help?: string
}
interface Report {
  readonly ok: number
  readonly warning: number
  readonly fault: number
  readonly exitCode: number
  readonly findings: readonly Finding[]
}

const DAYS_AGO = new Date(Date.now() - 2 * 86_400_000)

/** Tries to write into the database that it is handed. */
const WRITER = `import { definePlugin } from 'myoserve/sdk'
export default definePlugin({
  name: 'writer', version: '1.0.0', host: '^1', summary: 'Writes where it may not',
  setup: () => ({}),
  examine: () => [
    { name: 'writing', exitCode: 70, examine: async ({ db }) => { await db.execute('create table t (a int)'); return [] } },
    { name: 'reading', examine: async ({ db }) => [{ level: 'ok', sentence: 'read ' + (await db.execute('select 7 as n'))[0].n }] },
  ],
})
`

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('doctor, $name', (target) => {
  let base: Awaited<ReturnType<typeof temporaryFolder>>
  let data: string
  let server: TestServer
  let database: DatabaseConnection
  const hashes: string[] = []
  let sessionId: string

  const doctor = async (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) => {
    const run = await runCli(target, ['doctor', '--json', '--data', data, ...args], { env })
    if (run.stdout === '') throw new Error(run.stderr)
    const report = JSON.parse(run.stdout) as Report
    expect(report.exitCode).toBe(run.exitCode)
    return report
  }
  const about = (report: Report, examination: string): Finding[] =>
    report.findings.filter((each) => each.examination === examination)
  const troubles = (report: Report): string[] =>
    report.findings
      .filter(({ level }) => level !== 'ok')
      .map(({ of, examination, level }) => `${of} ${examination} ${level}`)
  const blob = (sha256: string): string => join(data, 'recordings', sha256.slice(0, 2), sha256)

  async function joinDatabase(): Promise<void> {
    const address = await joinEmbeddedPostgres({ folder: roomsOf(data) })
    if (!address) throw new Error('the database does not run')
    database = connectDatabase(address)
  }
  const post = async <T>(path: string, body: unknown): Promise<T> =>
    (await (
      await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as T
  const sessionEnds = async (): Promise<string> => {
    for (;;) {
      const { status } = (await (await fetch(`${server.url}/api/sessions/${sessionId}`)).json()) as {
        status: string
      }
      if (status === 'completed' || status === 'failed') return status
      await Bun.sleep(20)
    }
  }

  beforeAll(async () => {
    base = await temporaryFolder()
    data = join(base.path, 'data')
    server = await startTestServer(target, { data })
    await joinDatabase()
    const ids: string[] = []
    for (const sample of sampleRecordings().slice(0, 3)) {
      const answer = await fetch(`${server.url}/api/recordings`, { method: 'POST', body: sample.bytes() })
      const { id, sha256 } = (await answer.json()) as { id: string; sha256: string }
      ids.push(id)
      hashes.push(sha256)
    }
    await post('/api/patients', { code: 'P001' })
    const session = { patientCode: 'P001', startedAt: '2026-03-01T09:00:00Z', recordingId: ids[0] }
    sessionId = (await post<{ id: string }>('/api/sessions', session)).id
    expect(await sessionEnds()).toBe('completed')
  })
  afterAll(async () => {
    await base[Symbol.asyncDispose]()
  })

  test('finds nothing beside a server that is well, which runs on', async () => {
    const report = await doctor(['--deep'])
    expect([report.exitCode, troubles(report)]).toEqual([0, []])
    expect(about(report, 'lock')[0]?.sentence).toContain(`process ${server.pid}`)
    expect(about(report, 'recordings-have-bytes')[0]?.sentence).toContain('all 3 recordings')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    const { stdout, exitCode } = await runCli(target, ['doctor', '--data', data])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^(ok {7}[a-z0-9-]+: .*\.\n)+0 faults, 0 warnings, \d+ ok\n$/)
  })

  test('finds bytes that are missing, changed or nobody’s', async () => {
    const [gone = '', changed = '', shorter = ''] = hashes
    const stray = 'ab'.repeat(32)
    const kept = await Promise.all(hashes.map((each) => Bun.file(blob(each)).bytes()))
    const flipped = Uint8Array.from(kept[1] ?? [])
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
    await rm(blob(gone))
    await writeFile(blob(changed), flipped)
    await writeFile(blob(shorter), (kept[2] ?? new Uint8Array()).slice(0, -1))
    await mkdir(join(data, 'recordings/ab'), { recursive: true })
    await writeFile(blob(stray), 'nobody’s')
    await utimes(blob(stray), DAYS_AGO, DAYS_AGO)
    await appendFile(join(data, 'recordings/notes.txt'), 'no blob')
    await utimes(join(data, 'recordings/notes.txt'), DAYS_AGO, DAYS_AGO)

    const report = await doctor()
    expect(report.exitCode).toBe(65)
    expect(about(report, 'bytes-are-unchanged')).toEqual([])
    const [first = '', second = ''] = about(report, 'recordings-have-bytes')
      .map(({ level, sentence }) => `${level} ${sentence}`)
      .sort((a, b) => Number(b.includes('not there')) - Number(a.includes('not there')))
    expect(first).toMatch(new RegExp(`^fault The bytes of recording .* are not there: .*${gone}\\.$`))
    expect(second).toMatch(/^fault Of recording .*, \d+ bytes are there, and \d+ came\.$/)
    const strays = about(report, 'bytes-have-recordings')
    expect(strays.map(({ level }) => level)).toEqual(['warning', 'warning'])
    expect(strays.map(({ sentence }) => sentence).join('\n')).toContain(stray)
    expect(strays.map(({ sentence }) => sentence).join('\n')).toContain('notes.txt')

    const deep = about(await doctor(['--deep']), 'bytes-are-unchanged')
    const named = deep.map(({ level, sentence }) => `${level} ${/[0-9a-f]{64}/.exec(sentence)?.[0]}`)
    expect(named.toSorted()).toEqual([changed, shorter, stray].map((each) => `fault ${each}`).toSorted())

    for (const [i, each] of hashes.entries()) await writeFile(blob(each), kept[i] ?? '')
    await rm(blob(stray))
    await rm(join(data, 'recordings/notes.txt'))
    expect(troubles(await doctor(['--deep']))).toEqual([])
  })

  test('finds a session that no job analyses, and what it says helps', async () => {
    const { sql } = database
    await sql`update clinical_records.therapy_sessions set status = 'processing' where id = ${sessionId}`
    const report = await doctor()
    expect([report.exitCode, troubles(report)]).toEqual([65, ['session-analysis sessions-have-jobs fault']])
    const [{ sentence, help } = { sentence: '', help: '' }] = about(report, 'sessions-have-jobs')
    expect(sentence).toContain(`Session ${sessionId} is processing`)
    expect(help).toContain(`/api/sessions/${sessionId}/analysis`)
    await post(`/api/sessions/${sessionId}/analysis`, undefined)
    expect(await sessionEnds()).toBe('completed')
    expect(troubles(await doctor())).toEqual([])
  })

  test('finds migrations that are pending or changed, and examines nothing of their plugins', async () => {
    const { sql } = database
    const [row] = await sql<[{ id: string; sha256: string }]>`
      delete from myoserve.migrations where plugin = 'session-analysis' returning id, sha256`
    const pending = await doctor()
    expect([pending.exitCode, troubles(pending)]).toEqual([
      0,
      ['host migrations warning', 'session-analysis sessions-have-jobs warning'],
    ])
    expect(about(pending, 'migrations')[0]?.help).toBe('myoserve migrate --apply')
    const changed = { plugin: 'session-analysis', id: row.id, sha256: 'f'.repeat(64) }
    await sql`insert into myoserve.migrations ${sql(changed)}`
    const refused = await doctor()
    expect([refused.exitCode, troubles(refused)]).toEqual([78, ['host migrations fault']])
    await sql`update myoserve.migrations set sha256 = ${row.sha256} where plugin = 'session-analysis'`
  })

  test('has examinations of an external plugin read the database, and write nothing', async () => {
    const plugin = join(base.path, 'writer.ts')
    await writeFile(plugin, WRITER)
    const pin = ['--data', data, '--log-level', 'silent']
    const plugins = ['--log-level', 'silent']
    const added = await runCli(target, ['plugin', 'add', plugin, ...pin])
    expect([added.exitCode, added.stderr]).toEqual([0, ''])
    const report = await doctor(plugins)
    expect([report.exitCode, troubles(report)]).toEqual([70, ['writer writing fault']])
    expect(about(report, 'writing')[0]?.sentence).toContain('could not be examined')
    expect(about(report, 'reading')).toMatchObject([{ level: 'ok', sentence: 'read 7' }])
    await appendFile(join(data, 'plugins/writer.ts'), '\n')
    await writeFile(join(data, 'plugins/other.ts'), WRITER)
    const tampered = await doctor(plugins)
    expect([tampered.exitCode, troubles(tampered).toSorted()]).toEqual([
      78,
      ['host plugins fault', 'host plugins warning'],
    ])
    expect(about(tampered, 'plugins').map(({ help }) => help?.split(' /')[0])).toEqual([
      'myoserve plugin add',
      'myoserve plugin add',
    ])
    await rm(join(data, 'plugins'), { recursive: true })
    await mkdir(join(data, 'plugins'), { mode: 0o700 })
  })

  test('finds what a server left behind that was killed in the middle of an upload', async () => {
    const half = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(100_000)),
    })
    const sending = fetch(`${server.url}/api/recordings`, { method: 'POST', body: half }).catch(
      () => undefined,
    )
    const uploads = async () =>
      (await readdir(join(data, 'tmp'))).filter((name) => name.startsWith('upload-'))
    while ((await uploads()).length === 0) await Bun.sleep(10)
    await server.kill('SIGKILL')
    await sending
    expect(troubles(await doctor())).toEqual(['host lock warning'])
    for (const name of await uploads()) await utimes(join(data, 'tmp', name), DAYS_AGO, DAYS_AGO)
    const report = await doctor()
    expect([report.exitCode, troubles(report)]).toEqual([0, ['host lock warning', 'host leftovers warning']])
    expect(about(report, 'leftovers')[0]?.sentence).toContain('1 half-written file')
  })

  test('finds a session whose job is taken away, and jobs that were given up', async () => {
    const { sql } = database
    await sql`update clinical_records.therapy_sessions set status = 'pending' where id = ${sessionId}`
    const [job] = await sql<[{ id: string }]>`
      insert into pgboss.job (name, data) values ('session-analysis.analyse', ${JSON.stringify({ sessionId })}::jsonb)
      returning id`
    expect(about(await doctor(), 'sessions-have-jobs')).toMatchObject([{ level: 'ok' }])
    await sql`update pgboss.job set state = 'failed' where id = ${job.id}`
    const report = await doctor()
    expect(about(report, 'sessions-have-jobs')).toMatchObject([{ level: 'fault' }])
    expect(about(report, 'jobs-given-up')).toMatchObject([
      { level: 'warning', sentence: '1 job session-analysis.analyse was given up.' },
    ])
    await sql`delete from pgboss.job where id = ${job.id}`
    await sql`update clinical_records.therapy_sessions set status = 'completed' where id = ${sessionId}`
    const mended = await doctor()
    expect(about(mended, 'sessions-have-jobs')).toMatchObject([{ level: 'ok' }])
  })

  test('finds services that do not answer', async () => {
    const away = await doctor([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
    expect([away.exitCode, about(away, 'database')[0]?.level]).toEqual([69, 'fault'])
    const redis = await doctor(['--log-level', 'silent'], { REDIS_URL: 'redis://127.0.0.1:1' })
    expect([redis.exitCode, about(redis, 'redis')[0]?.level]).toEqual([69, 'fault'])
  })

  test('starts the database where no server runs, leaves everything as it is, and ends it', async () => {
    await database.close()
    server = await startTestServer(target, { data })
    expect(await server.kill('SIGTERM')).toBe(0)
    const left = join(data, 'tmp/upload-left')
    await writeFile(left, 'half')
    await chmod(join(data, 'keys'), 0o755)
    const report = await doctor()
    expect([report.exitCode, troubles(report)]).toEqual([73, ['host data-folder fault']])
    expect(about(report, 'data-folder')[0]?.help).toBe(`chmod 700 '${join(data, 'keys')}'`)
    expect(about(report, 'lock')[0]?.sentence).toContain('No server is running')
    expect(await Bun.file(left).text()).toBe('half')
    expect(await Bun.file(join(data, 'process.json')).exists()).toBe(false)
    expect(await joinEmbeddedPostgres({ folder: roomsOf(data) })).toBeNull()
  })

  test('says what there is not, and makes none of it', async () => {
    const missing = join(base.path, 'nowhere')
    const none = await doctor(['--data', missing])
    expect([none.exitCode, troubles(none)]).toEqual([73, ['host data-folder fault']])
    const empty = join(base.path, 'empty')
    await mkdir(empty)
    const fresh = await doctor(['--data', empty])
    expect(fresh.exitCode).toBe(0)
    expect(about(fresh, 'database')).toMatchObject([{ level: 'warning' }])
    expect(await readdir(empty)).toEqual([])
  })
})
