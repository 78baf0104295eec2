/** Nobody who has the database, Redis, the files or the logs alone learns who a patient is. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { SECRET as SECRET_COLUMN } from '../../plugins/webhooks/outgoing/secrets.ts'
import { parseRing } from '../../src/vault/ring.ts'
import { sealedBy, vaultOf } from '../../src/vault/vault.ts'
import { cleanEnv } from '../support/cli.ts'
import { until } from '../support/redis.ts'
import { TARGETS } from '../support/targets.ts'
import { createWorld, filesWith, redisContent, tablesWith, type World } from './world.ts'

setDefaultTimeout(60_000)

const ADA = {
  name: 'Ada Marked-Lovelace',
  dateOfBirth: '1915-12-10',
  recordNumber: 'KH 47-11/b',
  phone: '+44 20 4711 0815',
  email: 'ada@marked.example',
  address: '12 St James’s Square, Marked',
}
const SECRET = 'a marked secret of a subscriber'
const MARKED = [...Object.values(ADA), 'KH4711B', SECRET]

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let world: World
  let keys: string
  beforeAll(async () => {
    world = await createWorld(target)
    await world.start({ LOG_LEVEL: 'trace' })
    keys = join(world.folder, 'keys/vault.keys')
    await world.send('POST', '/api/patients', { code: 'P001', therapist: 'anna' })
    await world.send('POST', '/api/patients', { code: 'P002', therapist: 'bob' })
  })
  afterAll(() => world.close())

  const identity = (code: string) =>
    world.send<Record<string, unknown>>('GET', `/api/patients/${code}/identity`)
  const search = async (recordNumber: string): Promise<string[]> => {
    const path = `/api/patients?recordNumber=${encodeURIComponent(recordNumber)}`
    const { body } = await world.send<{ items: Array<{ code: string }> }>('GET', path)
    return body.items.map(({ code }) => code)
  }

  test('an identity is kept as it was said, with its versions', async () => {
    expect((await identity('P001')).body.code).toBe('IDENTITY_NOT_FOUND')
    expect((await identity('P404')).body.code).toBe('PATIENT_NOT_FOUND')
    const put = (body: object, version?: number) =>
      world.send<Record<string, unknown>>('PUT', '/api/patients/P001/identity', body, {
        ...(version !== undefined && { 'if-match': `"v${version}"` }),
      })
    expect((await put(ADA, 1)).body.code).toBe('VERSION_MISMATCH')
    const first = await put({ name: 'Ada' })
    expect(first.body).toMatchObject({ name: 'Ada', phone: null, version: 1 })
    expect((await put(ADA, 2)).body.code).toBe('VERSION_MISMATCH')
    const { status, headers, body } = await put(ADA, 1)
    expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([200, '"v2"', 'no-store'])
    expect(body).toMatchObject({ ...ADA, patientCode: 'P001', version: 2 })
    const read = await identity('P001')
    expect(read.body).toEqual(body)
    expect(read.headers.get('cache-control')).toBe('no-store')
    for (const wrong of [
      {},
      { name: '' },
      { dateOfBirth: '1915-02-30' },
      { email: 'x' },
      { recordNumber: '-/-' },
      { nick: 'x' },
    ])
      expect((await put(wrong)).status).toBe(400)
  })

  test('a patient is found by the record number as people write it, and by no part of it', async () => {
    expect(await search('kh4711B')).toEqual(['P001'])
    expect(await search('KH-47.11 b')).toEqual(['P001'])
    expect(await search('KH4711')).toEqual([])
  })

  test('an identity can be forgotten', async () => {
    await world.send('PUT', '/api/patients/P002/identity', { name: 'Ben', recordNumber: 'X1' })
    const remove = (version: number) =>
      world.send<{ code: string }>('DELETE', '/api/patients/P002/identity', undefined, {
        'if-match': `"v${version}"`,
      })
    expect((await remove(2)).body.code).toBe('VERSION_MISMATCH')
    expect((await remove(1)).status).toBe(204)
    expect((await identity('P002')).body.code).toBe('IDENTITY_NOT_FOUND')
    expect(await search('X1')).toEqual([])
  })

  test('no table, cache, file or log holds a word of it, nor the secret of a subscriber', async () => {
    const made = await world.send('POST', '/api/webhooks/subscriptions', {
      url: 'https://lab.example/hook',
      secret: SECRET,
    })
    expect(made.status).toBe(201)
    expect(await tablesWith(world.sql, MARKED)).toEqual({})
    expect(await filesWith(world.folder, MARKED)).toEqual([])
    if (world.redis) {
      for (const [key, value] of await redisContent(world.redis))
        for (const word of MARKED) expect([key.includes(word), value.includes(word)]).toEqual([false, false])
    }
    for (const word of MARKED) expect(world.server().log()).not.toContain(word)
    expect(await tablesWith(world.sql, ['P001'])).toHaveProperty(['clinical_records.patients'])
  })

  test('a value does not open in the row of another patient', async () => {
    await world.send('PUT', '/api/patients/P002/identity', { name: 'Ben' })
    await world.sql`
      update clinical_records.patient_identities set name = (
        select i.name from clinical_records.patient_identities i join clinical_records.patients p on p.id = i.patient_id
        where p.code = 'P001')
      where patient_id = (select id from clinical_records.patients where code = 'P002')`
    expect((await identity('P002')).body.code).toBe('SEAL_BROKEN')
    const { exitCode, stdout } = await world.cli('doctor')
    expect(stdout).toMatch(
      /fault +host: Of 2 values of clinical_records\.patient_identities\.name, 1 do not open/,
    )
    expect(exitCode).not.toBe(0)
    await world.send('DELETE', '/api/patients/P002/identity')
    expect((await world.cli('doctor')).stdout).toMatch(/ok +host: The key of the vault is there/)
  })

  test('the database takes no identity in clear', async () => {
    const clear = world.sql`update clinical_records.patient_identities set name = 'Ada'`
    await expect(clear.then(() => 'taken')).rejects.toThrow(/patient_identities_sealed/)
  })

  test('secrets that stand in clear are sealed at the start', async () => {
    const id = Bun.randomUUIDv7()
    await world.sql`
      insert into webhooks.subscriptions (id, url, events, secret)
      values (${id}, 'https://lab.example/old', '{analysis.completed}', ${SECRET})`
    await world.stop()
    await world.start()
    expect(await tablesWith(world.sql, [SECRET])).toEqual({})
    const [row] = await world.sql<
      [{ secret: string }]
    >`select secret from webhooks.subscriptions where id = ${id}`
    expect(row.secret).toMatch(/^v1\.[0-9a-f]{12}\./)
  })

  test('a rotation that is killed goes on where it was, while the server runs', async () => {
    const vault = vaultOf(parseRing(await Bun.file(keys).text()))
    const rows = Array.from({ length: 4000 }, () => {
      const id = Bun.randomUUIDv7()
      return {
        id,
        url: 'https://lab.example/x',
        events: ['analysis.completed'],
        secret: vault.seal(SECRET, SECRET_COLUMN.about(id)),
      }
    })
    for (let i = 0; i < rows.length; i += 1000) {
      await world.sql`insert into webhooks.subscriptions ${world.sql(rows.slice(i, i + 1000))}`
    }
    const [old] = parseRing(await Bun.file(keys).text())
    const left = async (): Promise<number> =>
      (
        await world.sql`select from webhooks.subscriptions where starts_with(secret, ${sealedBy(old?.id ?? '')})`
      ).length
    const all = await left()
    const child = Bun.spawn([...target.command, 'vault', 'rotate', '--data', world.folder], {
      cwd: '/',
      env: cleanEnv(world.env),
      stdout: 'ignore',
      stderr: 'ignore',
    })
    await until(async () => (await left()) < all, 20_000, 'the first batch')
    child.kill('SIGKILL')
    await child.exited
    const rest = await left()
    expect(rest).toBeGreaterThan(0)
    expect((await identity('P001')).body).toMatchObject(ADA)
    expect(await search('kh4711B')).toEqual(['P001'])
    const { exitCode, stdout } = await world.cli('vault', 'rotate')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\d+ values sealed anew by the key [0-9a-f]{12}, which was there/)
    expect(await left()).toBe(0)
    expect((await identity('P001')).body).toMatchObject(ADA)
    expect(await search('kh4711B')).toEqual(['P001'])
    expect((await world.cli('vault', 'forget', old?.id ?? '')).exitCode).toBe(0)
    expect((await world.cli('vault', 'status')).stdout.match(/^ {2}[0-9a-f]{12} {2}/gm)).toHaveLength(1)
    await world.sql`delete from webhooks.subscriptions where url = 'https://lab.example/x'`
  })

  test('without its key no server starts, and with it everything is there again', async () => {
    await world.stop()
    await rename(keys, `${keys}.aside`)
    await expect(world.start()).rejects.toThrow(
      /ended with 78: .*myoserve: the database is sealed by the key [0-9a-f]{12}, not in /s,
    )
    await rename(`${keys}.aside`, keys)
    await world.start()
    expect((await identity('P001')).body).toMatchObject(ADA)
  })
})
