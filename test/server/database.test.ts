/** Which database a server and `migrate` work on, and what they say when it is not as it should be. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { builtInPlugins } from '../../src/built-in.ts'
import { connectDatabase } from '../../src/database/connection.ts'
import { findPostmaster, waitForEnd } from '../../src/database/embedded/postmaster.ts'
import { migrationSets } from '../../src/plugin/migration-sets.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

let databases: TestDatabases
beforeAll(async () => {
  databases = await startTestDatabases()
})
afterAll(() => databases.stop())

/** All there are, in the order in which they run. */
const migrations = migrationSets(builtInPlugins).flatMap((set) =>
  set.migrations.map(({ id }) => `${set.plugin}/${id}`),
)
const unreachable = 'postgres://clinic:hunter2@127.0.0.1:1/emg'

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  test('DATABASE_URL: that server is used, and no embedded one is started', async () => {
    await using folder = await temporaryFolder()
    const url = await databases.create()
    const server = await startTestServer(target, {
      data: folder.path,
      env: { DATABASE_URL: url },
      args: ['--samples'],
    })
    const health = (await (await fetch(`${server.url}/health`)).json()) as { database: { kind: string } }
    expect(health.database.kind).toBe('external')
    expect(findPostmaster(`${folder.path}/postgres/cluster`)).toBeUndefined()
    const { db, sql, close } = connectDatabase({ url })
    expect(db).toBeDefined()
    const rows = await sql`select file_name from c3d_reader.recordings order by 1`
    expect(rows.map((row) => row.file_name)).toEqual(['gait.c3d', 'knee-extension.c3d', 'radio-dropouts.c3d'])
    await close()
    expect(await server.kill()).toBe(0)
  })

  test('migrate shows, applies, and then has nothing to do', async () => {
    await using folder = await temporaryFolder()
    const env = { DATABASE_URL: await databases.create(), MYOSERVE_DATA: folder.path }
    const migrate = (flag: string) => runCli(target, ['migrate', flag], { env })
    const list = (state: string) => migrations.map((name) => `${state}  ${name}\n`).join('')
    expect(migrations[0]).toMatch(/^host\//)
    expect(await migrate('--plan')).toMatchObject({
      exitCode: 0,
      stdout: `${list('pending')}0 were applied before, ${migrations.length} pending\n`,
    })
    expect((await migrate('--apply')).stdout).toBe(
      `${list('applied')}0 were applied before, ${migrations.length} now\n`,
    )
    expect((await migrate('--plan')).stdout).toBe(`${migrations.length} were applied before, 0 pending\n`)
  })

  test('with autoMigrate off, pending migrations stop the start and name the command', async () => {
    await using folder = await temporaryFolder()
    const env = { DATABASE_URL: await databases.create() }
    await expect(
      startTestServer(target, { data: folder.path, env, args: ['--no-auto-migrate'] }),
    ).rejects.toThrow(/\d+ migrations are pending and autoMigrate is off; run `myoserve migrate --apply`/)
  })

  test('a database newer than the program is refused', async () => {
    await using folder = await temporaryFolder()
    const url = await databases.create()
    const env = { DATABASE_URL: url, MYOSERVE_DATA: folder.path }
    await runCli(target, ['migrate', '--apply'], { env })
    const { sql, close } = connectDatabase({ url })
    await sql`insert into myoserve.migrations (plugin, id, sha256) values ('c3d-reader', '0009_future', 'x')`
    await close()
    const sentence = /the database is newer than this program: it has migration c3d-reader\/0009_future/
    const { exitCode, stderr } = await runCli(target, ['migrate', '--plan'], { env })
    expect(exitCode).toBe(78)
    expect(stderr).toMatch(sentence)
    await expect(startTestServer(target, { data: folder.path, env })).rejects.toThrow(sentence)
  })

  test('a server that cannot be reached is said in one sentence, without the password', async () => {
    await using folder = await temporaryFolder()
    const { exitCode, stderr } = await runCli(target, ['serve', '--port', '0', '--data', folder.path], {
      env: { DATABASE_URL: unreachable },
    })
    expect(exitCode).toBe(69)
    expect(stderr).toMatch(/^myoserve: cannot reach PostgreSQL at 127\.0\.0\.1:1 \(DATABASE_URL\): .+\n$/)
    expect(stderr).not.toContain('hunter2')
  })

  test('migrate joins the database of a server that runs, and leaves it running', async () => {
    await using folder = await temporaryFolder()
    const server = await startTestServer(target, { data: folder.path })
    const { exitCode, stdout } = await runCli(target, ['migrate', '--plan', '--data', folder.path])
    expect([exitCode, stdout]).toEqual([0, `${migrations.length} were applied before, 0 pending\n`])
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(await server.kill()).toBe(0)
  })

  test('while the database is away, requests get 503 with a code, and then work again', async () => {
    await using folder = await temporaryFolder()
    const server = await startTestServer(target, { data: folder.path })
    const { pid } = findPostmaster(`${folder.path}/postgres/cluster`) ?? { pid: 0 }
    process.kill(pid, 'SIGKILL')
    await waitForEnd(pid, 5000)
    const seen = new Set<number>()
    for (let i = 0; i < 300 && !(seen.has(200) && seen.size > 0); i++) {
      const answer = await fetch(`${server.url}/api/recordings`)
      seen.add(answer.status)
      if (answer.status === 503) expect(await answer.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
      else await answer.body?.cancel()
      await Bun.sleep(20)
    }
    expect(seen).toContain(200)
    expect(seen).not.toContain(500)
    expect(await server.kill()).toBe(0)
  })
})
