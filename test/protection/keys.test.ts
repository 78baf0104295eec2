/** Where the keys of the vault may come from, how they are made, rotated and dropped, on a real PostgreSQL. */
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  setDefaultTimeout,
  test,
} from 'bun:test'
import { chmod, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { hostMigrations } from '../../src/database/host-migrations.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { isProblem } from '../../src/http/problem.ts'
import { createLog } from '../../src/observe/log.ts'
import { openDataFolder } from '../../src/storage/data-folder.ts'
import { keyUses } from '../../src/vault/columns.ts'
import { newVaultKey } from '../../src/vault/key.ts'
import { keyPlace, keySource, openVault } from '../../src/vault/open.ts'
import { parseRing, printRing } from '../../src/vault/ring.ts'
import { forget, rotate } from '../../src/vault/rotate.ts'
import { sealedColumn } from '../../src/vault/sealed-column.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { temporaryFolder } from '../support/server.ts'

setDefaultTimeout(30_000)

const people = pgSchema('clinic').table('people', {
  id: uuid('id').primaryKey(),
  name: text('name'),
  blind: text('blind'),
})
const NAME = sealedColumn(people.name, people.id, {
  column: people.blind,
  normalise: (name) => name.toLowerCase(),
})

let databases: TestDatabases
beforeAll(async () => {
  databases = await startTestDatabases()
})
afterAll(() => databases.stop())

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let database: DatabaseConnection
beforeEach(async () => {
  folder = await temporaryFolder()
  database = connectDatabase({ url: await databases.create() })
  await applyMigrations(database.sql, [hostMigrations])
  await database.sql`create schema clinic`
  await database.sql`create table clinic.people (id uuid primary key, name text, blind text)`
})
afterEach(async () => {
  await database.close()
  await folder[Symbol.asyncDispose]()
})

type Settings = { readonly vaultKeyFile?: string; readonly vaultKeyCommand?: string }

/** A node with a data folder of its own. */
async function node(name: string, settings: Settings = {}) {
  await mkdir(join(folder.path, name), { recursive: true })
  const data = await openDataFolder(join(folder.path, name))
  const log = createLog('silent')
  const open = () =>
    openVault({ host: settings as never, folder: data, db: database.db, columns: [NAME], log })
  const place = keyPlace(settings as never, data)
  return { open, place, file: join(data.keys, 'vault.keys'), keys: data.keys }
}

const failureOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
  } catch (error) {
    if (isProblem(error)) return error.code
    return `${(error as { exitCode?: number }).exitCode}: ${(error as Error).message}`
  }
  return 'none'
}

async function enter(vault: Awaited<ReturnType<typeof openVault>>, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const id = Bun.randomUUIDv7()
    await database.sql`
      insert into clinic.people values (${id}, ${vault.seal(name, NAME.about(id))}, ${vault.indexes(name.toLowerCase(), NAME.indexed)[0] as string})`
  }
}

async function names(vault: Awaited<ReturnType<typeof openVault>>): Promise<string[]> {
  const rows = await database.sql<
    Array<{ id: string; name: string }>
  >`select id, name from clinic.people order by id`
  return rows.map(({ id, name }) => vault.open(name, NAME.about(id)))
}

/** How many bear a name, by the blind index. */
async function found(vault: Awaited<ReturnType<typeof openVault>>, name: string): Promise<number> {
  const wanted = [...vault.indexes(name, NAME.indexed)]
  return (await database.sql`select from clinic.people where blind = any(${wanted})`).length
}

describe('openVault', () => {
  test('makes a key at first, for its user alone, and none after that', async () => {
    const { open, file, keys } = await node('a')
    await open()
    const made = await Bun.file(file).text()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(parseRing(made)).toHaveLength(1)
    await open()
    expect(await Bun.file(file).text()).toBe(made)
    expect(await readdir(keys)).toEqual(['vault.keys'])
  })

  test('of two nodes that start at once on one database, one makes a key, and the other says what it lacks', async () => {
    const nodes = [await node('a'), await node('b')]
    const vaults = await Promise.all(nodes.map(({ open }) => open()))
    const outcomes = await Promise.all(vaults.map((vault) => failureOf(() => vault.seal('Ada', 'x'))))
    expect(outcomes.toSorted()).toEqual(['VAULT_LOCKED', 'none'])
    const [made, other] = outcomes[0] === 'none' ? nodes : nodes.toReversed()
    await Bun.write(other?.file as string, Bun.file(made?.file as string))
    await chmod(other?.file as string, 0o600)
    expect(await failureOf(async () => (await other?.open())?.seal('Ada', 'x'))).toBe('none')
  })

  test('nothing is changed where the key is missing, wrong, broken or open to others', async () => {
    const { open, file } = await node('a')
    await enter(await open(), ['Ada', 'Ben'])
    const before = await database.sql`select * from clinic.people order by id`
    const good = await Bun.file(file).text()
    await rename(file, `${file}.aside`)
    expect(await failureOf(open)).toMatch(
      /^78: the database is sealed by the key [0-9a-f]{12}, not in .*vault\.keys: put it back/,
    )
    await writeFile(file, printRing([newVaultKey()]), { mode: 0o600 })
    expect(await failureOf(open)).toMatch(/^78: the database is sealed by the key/)
    await writeFile(file, `${good}rubbish\n`)
    expect(await failureOf(open)).toMatch(/^78: .*line 4 is no key of 32 bytes/)
    await writeFile(file, '')
    expect(await failureOf(open)).toMatch(/^78: .*there is no key in it/)
    await writeFile(file, good)
    await chmod(file, 0o640)
    expect(await failureOf(open)).toMatch(/^78: .*open to other users.*chmod 600/)
    await chmod(file, 0o600)
    expect(await names(await open())).toEqual(['Ada', 'Ben'])
    expect([...(await database.sql`select * from clinic.people order by id`)]).toEqual([...before])
  })

  test('takes a file that several nodes have, which their group may read and nobody else', async () => {
    const vaultKeyFile = join(folder.path, 'shared.keys')
    const nodes = [await node('a', { vaultKeyFile }), await node('b', { vaultKeyFile })]
    await enter(await (nodes[0] as (typeof nodes)[0]).open(), ['Ada'])
    await chmod(vaultKeyFile, 0o640)
    expect(await names(await (nodes[1] as (typeof nodes)[0]).open())).toEqual(['Ada'])
    await chmod(vaultKeyFile, 0o644)
    expect(await failureOf((nodes[1] as (typeof nodes)[0]).open)).toMatch(/^78: .*chmod 600/)
  })

  test('takes what a program prints, and says nothing of it', async () => {
    const keys = join(folder.path, 'of-a-service')
    await writeFile(keys, printRing([newVaultKey(), newVaultKey()]))
    const { open } = await node('a', { vaultKeyCommand: `cat ${keys}` })
    await enter(await open(), ['Ada'])
    expect(await names(await open())).toEqual(['Ada'])
    const failing = async (vaultKeyCommand: string, more: Settings = {}): Promise<string> =>
      failureOf(async () => (await node('b', { vaultKeyCommand, ...more })).open())
    expect(await failing('false')).toBe('78: VAULT_KEY_COMMAND ended with 1')
    expect(await failing('/nowhere/program')).toMatch(/^78: VAULT_KEY_COMMAND could not be run/)
    expect(await failing('true')).toBe('78: VAULT_KEY_COMMAND printed no keys')
    expect(await failing('echo hunter2')).toMatch(/^78: VAULT_KEY_COMMAND printed no keys: line 1 is no key/)
    expect(await failing('echo hunter2')).not.toContain('hunter2')
    // One that never ends saying something is ended.
    expect(await failing('yes')).toMatch(/^78: VAULT_KEY_COMMAND/)
    expect(await failing('cat x', { vaultKeyFile: keys })).toMatch(/^78: .* both set/)
  })
})

describe('rotate', () => {
  const everybody = Array.from({ length: 450 }, (_, i) => `Person ${i}`)

  const run = async (
    { place }: Awaited<ReturnType<typeof node>>,
    onStep: (count: number) => void = () => {},
  ) =>
    rotate({ db: database.db, place, source: await keySource(place), columns: [NAME], onTotal() {}, onStep })

  test('seals everything anew while a server reads, writes and searches; goes on after a kill', async () => {
    const own = await node('a')
    const server = await own.open()
    await enter(server, everybody)
    const [old] = parseRing(await Bun.file(own.file).text())
    // What a kill leaves: some values by the new key, the rest by the old one.
    const killed = run(own, () => {
      throw new Error('killed')
    })
    await expect(killed).rejects.toThrow('killed')
    const [, next] = parseRing(await Bun.file(own.file).text())
    const uses = await keyUses(database.db, [NAME])
    expect(uses.map(({ key, count }) => [key, count]).toSorted()).toEqual(
      [
        [old?.id, 250],
        [next?.id, 200],
      ].toSorted() as never,
    )
    expect(await names(server)).toEqual(everybody)
    for (const name of ['person 3', 'person 440']) expect(await found(server, name)).toBe(1)
    await enter(server, ['Late'])
    expect(await run(own)).toEqual({ key: next?.id as string, made: false, sealed: 250, failed: [] })
    expect(await names(server)).toEqual([...everybody, 'Late'])
    expect((await keyUses(database.db, [NAME])).map(({ key, count }) => [key, count])).toEqual([
      [next?.id as string, 451],
    ])
    expect(await found(server, 'person 3')).toBe(1)
  })

  test('an old key is dropped when nothing is sealed by it, and not before', async () => {
    const own = await node('a')
    await enter(await own.open(), ['Ada'])
    const [old] = parseRing(await Bun.file(own.file).text())
    const drop = async (id: string) =>
      failureOf(async () => forget(database.db, own.place, await keySource(own.place), [NAME], id))
    expect(await drop(old?.id as string)).toMatch(/^64: .* is the newest one/)
    expect(await drop('0123456789ab')).toBe('64: there is no key 0123456789ab')
    const { key } = await run(own)
    await database.sql`update clinic.people set name = ${(await own.open()).seal('Ada', 'elsewhere').replace(key, old?.id as string)}`
    expect(await drop(old?.id as string)).toMatch(/^65: 1 values are sealed by the key/)
    await database.sql`delete from clinic.people`
    expect(await drop(old?.id as string)).toBe('none')
    expect(parseRing(await Bun.file(own.file).text()).map(({ id }) => id)).toEqual([key])
    expect(await failureOf(own.open)).toBe('none')
  })

  test('what does not open is left as it is, named, and the rest sealed', async () => {
    const own = await node('a')
    const vault = await own.open()
    await enter(vault, ['Ada', 'Ben', 'Cyd'])
    const [row] = await database.sql<
      [{ id: string }]
    >`select id from clinic.people order by id limit 1 offset 1`
    await database.sql`update clinic.people set name = ${vault.seal('Ben', 'elsewhere')} where id = ${row.id}`
    expect(await run(own)).toMatchObject({ sealed: 2, failed: [`clinic.people.name:${row.id}`] })
  })

  test('by a program it makes no key, and seals by the last that is printed', async () => {
    const [first, last] = [newVaultKey(), newVaultKey()]
    const keys = join(folder.path, 'of-a-service')
    await writeFile(keys, printRing([first]))
    const own = await node('a', { vaultKeyCommand: `cat ${keys}` })
    await enter(await own.open(), ['Ada'])
    await writeFile(keys, printRing([first, last]))
    expect(await run(own)).toEqual({ key: last.id, made: false, sealed: 1, failed: [] })
    expect(await names(await own.open())).toEqual(['Ada'])
  })
})
