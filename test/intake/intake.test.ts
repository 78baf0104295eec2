/** The ways in, on a running server: whatever comes twice, at once or broken off is one recording in one session. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { runCli } from '../support/cli.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Session {
  readonly id: string
  readonly status: string
  readonly startedAt: string
  readonly startedAtBasis: string
  readonly recordingId: string
}
interface Uploaded {
  readonly code?: string
  readonly recording: { readonly id: string; readonly fileName: string }
  readonly session: Session
}

let variant = 0

/** A recording that nobody else has. */
function recording(): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(sampleRecordings()[0]?.bytes() ?? [])
  new DataView(bytes.buffer).setUint16(bytes.length - 2, ++variant, true)
  return bytes
}

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let databases: TestDatabases
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let env: Record<string, string>
  let server: TestServer
  let database: DatabaseConnection
  const watched = (path = ''): string => join(folder.path, 'watched', path)

  const start = async (): Promise<void> => {
    server = await startTestServer(target, {
      data: join(folder.path, 'data'),
      env,
      args: ['--watch', watched(), '--intake.settle', '200ms'],
    })
  }

  beforeAll(async () => {
    databases = await startTestDatabases()
    const url = await databases.create()
    database = connectDatabase({ url })
    env = { DATABASE_URL: url }
    folder = await temporaryFolder('myoserve-intake-')
    await mkdir(watched(), { recursive: true })
    await start()
    for (const code of ['P001', 'P002']) await post('/api/patients', JSON.stringify({ code }))
  })
  afterAll(async () => {
    expect(await server.kill()).toBe(0)
    await database.close()
    await folder[Symbol.asyncDispose]()
    await databases.stop()
  })

  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>) => {
    const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream'
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
    const location = answer.headers.get('location')
    return { status: answer.status, location, body: (await answer.json()) as Uploaded }
  }
  const sessionsOf = async (recordingId: string) =>
    (
      (await (await fetch(`${server.url}/api/sessions?recordingId=${recordingId}`)).json()) as {
        items: Session[]
      }
    ).items
  const byHash = async (bytes: Uint8Array) => {
    const sha256 = new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
    const answer = await fetch(`${server.url}/api/recordings?sha256=${sha256}`)
    return ((await answer.json()) as { items: Array<{ id: string }> }).items
  }
  async function until<T>(what: () => Promise<T | undefined | false>): Promise<T> {
    for (let left = 500; left > 0; left--) {
      const found = await what()
      if (found) return found
      await Bun.sleep(20)
    }
    throw new Error('it never came to that')
  }
  const isThere = (path: string) => Bun.file(watched(path)).exists()

  describe('an upload of a patient', () => {
    test('is a recording in a session, which is analysed', async () => {
      const { status, body } = await post(
        '/api/patients/P001/recordings?fileName=Ghostly_Emg_20230321_17-23-09-0409.c3d',
        recording(),
      )
      expect([status, body.session.status, body.session.startedAtBasis]).toEqual([
        201,
        'pending',
        'file-name',
      ])
      expect(new Date(body.session.startedAt)).toEqual(new Date(2023, 2, 21, 17, 23, 9, 41))
      expect(body.session.recordingId).toBe(body.recording.id)
      await until(async () => (await sessionsOf(body.recording.id))[0]?.status === 'completed')
    })

    test('ten times at once is one of each', async () => {
      const bytes = recording()
      const path = '/api/patients/P001/recordings?startedAt=2026-01-05T08:00:00Z'
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(path, bytes)))
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201])
      expect(new Set(answers.map(({ body }) => body.session.id)).size).toBe(1)
      expect(answers[0]?.body.session.startedAtBasis).toBe('stated')
    })

    test('that is stored without a session already gets one', async () => {
      const bytes = recording()
      const id = (await post('/api/recordings', bytes)).body as unknown as { id: string }
      expect(await sessionsOf(id.id)).toEqual([])
      const { status, body } = await post('/api/patients/P002/recordings', bytes)
      expect([status, body.recording.id, (await sessionsOf(id.id)).length]).toEqual([200, id.id, 1])
    })

    test('of somebody else is refused, and changes nothing', async () => {
      const bytes = recording()
      const { body } = await post('/api/patients/P001/recordings', bytes)
      const other = await post('/api/patients/P002/recordings', bytes)
      expect([other.status, other.body.code]).toEqual([409, 'RECORDING_IN_OTHER_SESSION'])
      expect(other.location).toBe(`/api/sessions/${body.session.id}`)
      expect(await sessionsOf(body.recording.id)).toMatchObject([{ id: body.session.id }])
    })

    test('that is no recording, or of nobody, leaves nothing behind', async () => {
      const garbage = Uint8Array.of(1, 2, 3)
      expect((await post('/api/patients/P001/recordings', garbage)).status).toBe(422)
      const bytes = recording()
      const nobody = await post('/api/patients/P900/recordings', bytes)
      expect([nobody.status, nobody.body.code]).toEqual([404, 'PATIENT_NOT_FOUND'])
      expect([await byHash(garbage), await byHash(bytes)]).toEqual([[], []])
    })
  })

  describe('a watched folder', () => {
    test('gives up what is whole, with its patient, and moves it', async () => {
      const bytes = recording()
      await mkdir(watched('P001/morning'), { recursive: true })
      await writeFile(watched('P001/morning/gait.c3d'), bytes)
      // First it stands under its new name too, then no longer under its old one.
      await until(async () => !(await isThere('P001/morning/gait.c3d')))
      expect(await isThere('done/P001/morning/gait.c3d')).toBe(true)
      const [found] = await byHash(bytes)
      expect(await sessionsOf(found?.id ?? '')).toHaveLength(1)
    })

    test('waits for a file that still grows', async () => {
      const bytes = recording()
      const half = bytes.length >> 1
      await writeFile(watched('slow.c3d'), bytes.subarray(0, half))
      for (let at = half; at < bytes.length; at += half) {
        await Bun.sleep(100)
        await writeFile(watched('slow.c3d'), bytes.subarray(at, at + half), { flag: 'a' })
      }
      await until(() => isThere('done/slow.c3d'))
      expect(await byHash(bytes)).toHaveLength(1)
    })

    test('says beside a file why it cannot be taken in, and goes on', async () => {
      await writeFile(watched('broken.c3d'), 'no recording')
      await mkdir(watched('P900'), { recursive: true })
      await writeFile(watched('P900/stranger.c3d'), recording())
      await writeFile(watched('sound.c3d'), recording())
      await until(() => isThere('done/sound.c3d'))
      const reason = (name: string) =>
        until(async () => (await isThere(name)) && readFile(watched(name), 'utf8'))
      expect(await reason('failed/broken.c3d.reason.txt')).toMatch(/^\S.* \([A-Z0-9_]+\)\n$/)
      expect(await reason('failed/P900/stranger.c3d.reason.txt')).toContain('(PATIENT_NOT_FOUND)')
    })

    test('replaces nothing of the same name, and takes the same bytes once', async () => {
      const [one, two] = [recording(), recording()]
      for (const bytes of [one, two, one]) {
        await writeFile(watched('again.c3d'), bytes)
        await until(async () => !(await isThere('again.c3d')))
      }
      expect(
        await Promise.all(['again.c3d', 'again (2).c3d', 'again (3).c3d'].map((n) => isThere(`done/${n}`))),
      ).toEqual([true, true, true])
      expect(await byHash(one)).toHaveLength(1)
    })

    test('leaves alone what is hidden, linked, empty or no recording', async () => {
      await writeFile(join(folder.path, 'outside.c3d'), recording())
      await symlink(join(folder.path, 'outside.c3d'), watched('link.c3d'))
      await symlink(folder.path, watched('up'))
      await writeFile(watched('.part.c3d'), recording())
      await writeFile(watched('empty.c3d'), '')
      await writeFile(watched('notes.txt'), 'hello')
      await writeFile(watched('last.c3d'), recording())
      await until(() => isThere('done/last.c3d'))
      const left = (await readdir(watched())).filter((name) => /link|up|part|empty|notes/.test(name))
      expect(left.sort()).toEqual(['.part.c3d', 'empty.c3d', 'link.c3d', 'notes.txt', 'up'])
    })

    test('loses nothing and takes nothing twice, however often the server dies', async () => {
      const files = Array.from({ length: 24 }, recording)
      await mkdir(watched('P002'), { recursive: true })
      for (const [i, bytes] of files.entries()) await writeFile(watched(`P002/${i}.c3d`), bytes)
      for (let kills = 0; kills < 3; kills++) {
        await Bun.sleep(250 + 150 * kills)
        await server.kill('SIGKILL')
        await start()
      }
      await until(async () => (await readdir(watched('P002'))).length === 0)
      expect((await readdir(watched('done/P002'))).length).toBe(files.length)
      for (const bytes of files) {
        const [found, ...more] = await byHash(bytes)
        expect(more).toEqual([])
        expect(await sessionsOf(found?.id ?? '')).toHaveLength(1)
      }
      const unfinished = () =>
        database.sql`select 1 from clinical_records.therapy_sessions
          where recording_id is not null and status <> 'completed'`
      await until(async () => (await unfinished()).length === 0)
    })

    test('says in /health when it cannot be read, and goes on when it can', async () => {
      interface Health {
        readonly plugins: ReadonlyArray<{
          readonly name: string
          readonly status: string
          readonly reason?: string
        }>
      }
      const own = async () =>
        ((await (await fetch(`${server.url}/health`)).json()) as Health).plugins.find(
          ({ name }) => name === 'intake',
        )
      await rename(watched(), join(folder.path, 'away'))
      const told = await until(async () => {
        const health = await own()
        return health?.status === 'degraded' && health
      })
      expect(told.reason).toMatch(/^nothing is taken in from the watched folder: .*ENOENT/)
      await rename(join(folder.path, 'away'), watched())
      await writeFile(watched('back.c3d'), recording())
      await until(() => isThere('done/back.c3d'))
    })
  })

  describe('an archive', () => {
    const report = async (...args: string[]) => {
      const archive = join(folder.path, 'archive')
      const { stdout, stderr, exitCode } = await runCli(target, [
        'import',
        archive,
        '--json',
        '--server',
        server.url,
        ...args,
      ])
      return { exitCode, stderr, report: stdout === '' ? null : JSON.parse(stdout) }
    }

    test('is imported, with one bad file told, and once more changes nothing', async () => {
      const archive = join(folder.path, 'archive')
      await mkdir(join(archive, 'P077/a'), { recursive: true })
      const twin = recording()
      await writeFile(join(archive, 'P077/a/1.c3d'), twin)
      await writeFile(join(archive, 'P077/twin.c3d'), twin)
      await writeFile(join(archive, 'P077/2.c3d'), recording())
      await writeFile(join(archive, 'of-nobody.c3d'), recording())
      await writeFile(join(archive, 'bad.c3d'), 'no recording')
      await writeFile(join(archive, 'readme.txt'), 'hello')
      const without = await report()
      expect(without.exitCode).toBe(65)
      expect(without.report).toMatchObject({ found: 5, imported: 1, known: 0 })
      expect(without.report.failed.map(({ code }: { code: string }) => code)).toEqual([
        'PATIENT_NOT_FOUND',
        'PATIENT_NOT_FOUND',
        'PATIENT_NOT_FOUND',
        expect.stringMatching(/^[A-Z0-9_]+$/),
      ])
      const whole = await report('--create-patients')
      expect(whole.report).toMatchObject({ found: 5, imported: 2, known: 2, failed: [{ file: 'bad.c3d' }] })
      const again = await report('--create-patients')
      expect(again.report).toMatchObject({ found: 5, imported: 0, known: 4, failed: [{ file: 'bad.c3d' }] })
      const [found] = await byHash(twin)
      expect(await sessionsOf(found?.id ?? '')).toHaveLength(1)
    })

    test('says what is missing: the folder, the server', async () => {
      expect(await runCli(target, ['import', '/nowhere'])).toMatchObject({
        exitCode: 64,
        stderr: 'myoserve: there is no folder /nowhere\n',
      })
      const args = ['import', join(folder.path, 'archive'), '--server', 'http://127.0.0.1:9']
      expect(await runCli(target, args)).toMatchObject({
        exitCode: 69,
        stderr: expect.stringContaining(
          'no server answers at http://127.0.0.1:9; start it by `myoserve serve`',
        ),
      })
    })
  })
})
