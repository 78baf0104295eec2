/** The embedded PostgreSQL with real processes: started, joined, killed, attached to, and run as another user. */
import { afterEach, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Machine, thisMachine } from '../../src/database/embedded/identity.ts'
import {
  type EmbeddedAddress,
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/database/embedded/index.ts'
import {
  findPostmaster,
  isAlive,
  stopPostmaster,
  waitForEnd,
} from '../../src/database/embedded/postmaster.ts'
import { createLog } from '../../src/observe/log.ts'
import { openDataFolder } from '../../src/storage/data-folder.ts'
import { acquireLock } from '../../src/storage/lock.ts'

setDefaultTimeout(60_000)

const cleanups: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const log = createLog('silent')
const isRoot = process.getuid?.() === 0

/** A path for a data folder; what still runs on it at the end of the test is stopped. */
async function dataPath(name = 'data', mode = 0o755): Promise<string> {
  const base = await mkdtemp(join(tmpdir(), 'myoserve-embedded-'))
  await chmod(base, mode)
  const path = join(base, name)
  cleanups.push(async () => {
    const left = findPostmaster(join(path, 'postgres/cluster'))
    if (left) await stopPostmaster(left.pid)
    await rm(base, { recursive: true, force: true })
  })
  return path
}

interface Owner {
  readonly pid: number
  readonly attached: boolean
  readonly connection: EmbeddedAddress
  /** Ends the owner itself; PostgreSQL may go on. */
  kill(signal: NodeJS.Signals): Promise<void>
}

async function startOwner(path: string): Promise<Owner> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'owner.ts'), path], {
    stdout: 'pipe',
    stderr: 'pipe',
  })
  let line = ''
  for await (const chunk of child.stdout) {
    line += new TextDecoder().decode(chunk)
    if (line.includes('\n')) break
  }
  if (!line) throw new Error(`owner ended: ${await new Response(child.stderr).text()}`)
  cleanups.push(async () => child.kill('SIGKILL'))
  return {
    ...(JSON.parse(line) as Omit<Owner, 'kill'>),
    async kill(signal) {
      child.kill(signal)
      await child.exited
    },
  }
}

async function query<T>(connection: EmbeddedAddress, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres({ ...connection, path: undefined, max: 1, fetch_types: false, onnotice() {} })
  return work(sql).finally(() => sql.end())
}

const insert = ({ connection }: Owner, n: number) =>
  query(connection, async (sql) => {
    await sql`create table if not exists rows (n int)`
    await sql`insert into rows values (${n})`
  })
const rows = ({ connection }: Owner) =>
  query(connection, async (sql) => (await sql`select n from rows order by n`).map((row) => row.n as number))

/** Tries until it works: what a killed server left takes a moment to go. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await Bun.sleep(50)
    }
  }
}

describe('life', () => {
  test('a first start makes a cluster that syncs and has checksums; a clean stop ends it', async () => {
    const owner = await startOwner(await dataPath())
    expect(owner.attached).toBe(false)
    const [row] = await query(
      owner.connection,
      (sql) => sql`select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums`,
    )
    expect(row).toEqual({ fsync: 'on', checksums: 'on' })
    await insert(owner, 1)
    await owner.kill('SIGTERM')
    expect(isAlive(owner.pid)).toBe(false)
  })

  test('works in a path with spaces and letters beyond ASCII, and one too long for a socket', async () => {
    for (const name of ['Données du café', 'x'.repeat(150)]) {
      const owner = await startOwner(await dataPath(name))
      await insert(owner, 1)
      expect(await rows(owner)).toEqual([1])
      await owner.kill('SIGTERM')
    }
  })

  test('nobody gets in without the password', async () => {
    const owner = await startOwner(await dataPath())
    const wrong = { ...owner.connection, password: 'guess' }
    await expect(query(wrong, (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/)
    await owner.kill('SIGTERM')
  })

  test('another command joins a running server and leaves it running', async () => {
    const path = await dataPath()
    const folder = await openDataFolder(path)
    expect(await joinEmbeddedPostgres({ folder })).toBeNull()
    const owner = await startOwner(path)
    const joined = await joinEmbeddedPostgres({ folder })
    expect(joined).toEqual(owner.connection)
    expect(isAlive(owner.pid)).toBe(true)
    await owner.kill('SIGTERM')
  })

  test('a cluster of another major version is refused in one sentence', async () => {
    const path = await dataPath()
    await (await startOwner(path)).kill('SIGTERM')
    await writeFile(join(path, 'postgres/cluster/PG_VERSION'), '17\n')
    const folder = await openDataFolder(path)
    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow(
      /is of PostgreSQL 17, and this program has PostgreSQL 18/,
    )
  })

  test('a lost password is said, not replaced', async () => {
    const path = await dataPath()
    await (await startOwner(path)).kill('SIGTERM')
    await rm(join(path, 'keys/postgres-password'))
    const folder = await openDataFolder(path)
    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow(/postgres-password is missing/)
  })
})

describe('kill -9', () => {
  test('of the parent: the next start attaches to the child and finds every row', async () => {
    const path = await dataPath()
    let owner = await startOwner(path)
    const { pid } = owner
    for (let n = 0; n < 5; n++) {
      await insert(owner, n)
      await owner.kill('SIGKILL')
      expect(isAlive(pid)).toBe(true)
      owner = await startOwner(path)
      expect(owner).toMatchObject({ pid, attached: true })
    }
    expect(await rows(owner)).toEqual([0, 1, 2, 3, 4])
    await owner.kill('SIGTERM')
    expect(isAlive(pid)).toBe(false)
  })

  test('of the child: the parent starts it again', async () => {
    const path = await dataPath()
    const owner = await startOwner(path)
    for (let n = 0; n < 5; n++) {
      await eventually(() => insert(owner, n))
      const { pid } = findPostmaster(join(path, 'postgres/cluster')) ?? { pid: 0 }
      process.kill(pid, 'SIGKILL')
      await waitForEnd(pid, 5000)
    }
    expect(await eventually(() => rows(owner))).toEqual([0, 1, 2, 3, 4])
    await owner.kill('SIGTERM')
    expect(findPostmaster(join(path, 'postgres/cluster'))).toBeUndefined()
  })

  test('of both: the next start recovers', async () => {
    const path = await dataPath()
    for (let n = 0; n < 5; n++) {
      const owner = await startOwner(path)
      expect(owner.attached).toBe(false)
      await insert(owner, n)
      await owner.kill('SIGKILL')
      process.kill(owner.pid, 'SIGKILL')
    }
    const owner = await startOwner(path)
    expect(await rows(owner)).toEqual([0, 1, 2, 3, 4])
    await owner.kill('SIGTERM')
  })

  test('a child that was attached to is watched as well', async () => {
    const path = await dataPath()
    const first = await startOwner(path)
    await first.kill('SIGKILL')
    const second = await startOwner(path)
    expect(second.attached).toBe(true)
    process.kill(second.pid, 'SIGKILL')
    await waitForEnd(second.pid, 5000)
    await eventually(() => insert(second, 1))
    await second.kill('SIGTERM')
  })

  test('a stale postmaster.pid with the number of another process keeps nothing from starting', async () => {
    const path = await dataPath()
    const owner = await startOwner(path)
    await owner.kill('SIGKILL')
    process.kill(owner.pid, 'SIGKILL')
    await waitForEnd(owner.pid, 5000)
    const file = join(path, 'postgres/cluster/postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, [String(process.pid), ...lines.slice(1)].join('\n'))
    const next = await startOwner(path)
    expect(next.attached).toBe(false)
    await next.kill('SIGTERM')
  })
})

describe('lock of the data folder', () => {
  test('a second process is refused, in a sentence that names the first', async () => {
    const path = await dataPath()
    const owner = await startOwner(path)
    const folder = await openDataFolder(path)
    await expect(acquireLock(folder)).rejects.toThrow(
      /^Another Myoserve \(process \d+\) is using the data folder .*; stop it, or choose another folder with --data$/,
    )
    await owner.kill('SIGKILL')
    await (await acquireLock(folder)).release()
  })

  test('of many that start at once, one gets it', async () => {
    const folder = await openDataFolder(await dataPath())
    const script = `
      import { openDataFolder } from '${join(import.meta.dir, '../../src/storage/data-folder.ts')}'
      import { acquireLock } from '${join(import.meta.dir, '../../src/storage/lock.ts')}'
      try { await acquireLock(await openDataFolder('${folder.root}')); console.log('won'); await Bun.sleep(3000) }
      catch { console.log('refused') }`
    const starters = Array.from({ length: 12 }, () =>
      Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', stderr: 'inherit' }),
    )
    const said = await Promise.all(starters.map((each) => new Response(each.stdout).text()))
    expect(said.filter((word) => word.trim() === 'won')).toHaveLength(1)
    expect(said.filter((word) => word.trim() === 'refused')).toHaveLength(11)
  })

  test('whoever takes it empties tmp, and nobody else does', async () => {
    const folder = await openDataFolder(await dataPath())
    await writeFile(join(folder.tmp, 'upload-left'), 'x')
    const lock = await acquireLock(folder)
    await expect(stat(join(folder.tmp, 'upload-left'))).rejects.toThrow()
    await lock.release()
  })
})

describe.skipIf(!isRoot)(`as root${isRoot ? '' : ' (skipped: the tests do not run as root)'}`, () => {
  const uidOf = async (pid: number) =>
    /^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
  async function startAs(path: string, machine: Machine) {
    const folder = await openDataFolder(path)
    const embedded = await startEmbeddedPostgres({ folder, log, machine })
    cleanups.push(() => embedded.stop())
    return embedded
  }
  const cannotUnshare = async (): Promise<Machine> => {
    const clusters = await mkdtemp(join(tmpdir(), 'myoserve-clusters-'))
    await chmod(clusters, 0o711)
    cleanups.push(() => rm(clusters, { recursive: true, force: true }))
    return { ...thisMachine, canUnshare: () => false, clusters }
  }

  test('a folder that others may pass through: it runs as an unprivileged user', async () => {
    const path = await dataPath()
    const embedded = await startAs(path, thisMachine)
    expect(Number(await uidOf(embedded.pid()))).toBeGreaterThan(0)
    const modes = await Promise.all(
      ['', 'keys', 'recordings', 'tmp', 'postgres'].map(
        async (name) => (await stat(join(path, name))).mode & 0o777,
      ),
    )
    expect(modes).toEqual([0o711, 0o700, 0o700, 0o700, 0o700])
    expect((await stat(join(path, 'recordings'))).uid).toBe(0)
    expect((await stat(join(path, 'keys/postgres-password'))).mode & 0o777).toBe(0o600)
  })

  const namespaces = thisMachine.canUnshare(65534, 65534)
  test.skipIf(!namespaces)(
    `a folder that only root may enter: it runs in a user namespace${namespaces ? '' : ' (skipped: unshare is not allowed here)'}`,
    async () => {
      const path = await dataPath('data', 0o700)
      const embedded = await startAs(path, thisMachine)
      const status = await readFile(`/proc/${embedded.pid()}/status`, 'utf8')
      expect(await readFile(`/proc/${embedded.pid()}/uid_map`, 'utf8')).toMatch(/^\s+[1-9]\d*\s+0\s+1$/m)
      expect(status).toMatch(/^CapEff:\s+0+$/m)
      expect((await stat(join(path, 'postgres/cluster'))).isDirectory()).toBe(true)
    },
  )

  test('where namespaces are not allowed: the cluster moves to a folder of its own, and is found again', async () => {
    const path = await dataPath('data', 0o700)
    const machine = await cannotUnshare()
    const first = await startAs(path, machine)
    expect(Number(await uidOf(first.pid()))).toBeGreaterThan(0)
    await query(first.connection, (sql) => sql`create table kept as select 7 as n`)
    await first.stop()
    const second = await startAs(path, machine)
    expect(await query(second.connection, async (sql) => (await sql`select n from kept`)[0]?.n)).toBe(7)
    const folder = await query(second.connection, (sql) => sql`show data_directory`)
    expect(folder[0]?.data_directory).toStartWith(machine.clusters)
  })

  test('a cluster that cannot be reached any more, nor moved, is said in one sentence', async () => {
    const path = await dataPath()
    await (await startAs(path, thisMachine)).stop()
    await chmod(join(path, '..'), 0o700)
    await expect(startAs(path, await cannotUnshare())).rejects.toThrow(
      /no other user can reach .*postgres; choose a data folder/,
    )
  })

  test.skipIf(!namespaces)('a cluster changes hands when its folder opens or closes', async () => {
    const path = await dataPath()
    const first = await startAs(path, thisMachine)
    await query(first.connection, (sql) => sql`create table kept as select 7 as n`)
    await first.stop()
    for (const mode of [0o700, 0o755]) {
      await chmod(join(path, '..'), mode)
      const next = await startAs(path, thisMachine)
      expect(await query(next.connection, async (sql) => (await sql`select n from kept`)[0]?.n)).toBe(7)
      await next.stop()
    }
  })

  test('a socket folder planted by somebody else is refused', async () => {
    const path = await dataPath('y'.repeat(150))
    const folder = await openDataFolder(path)
    const planted = join(
      tmpdir(),
      `myoserve-${createHash('sha256').update(folder.postgres).digest('hex').slice(0, 16)}`,
    )
    await mkdir(planted)
    cleanups.push(() => rm(planted, { recursive: true, force: true }))
    await chown(planted, 12345, 12345)
    await expect(startEmbeddedPostgres({ folder, log })).rejects.toThrow(/belongs to somebody else/)
  })
})
