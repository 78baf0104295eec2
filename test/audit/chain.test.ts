/** What the chain notices, and what the table refuses. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { sql as statement } from 'drizzle-orm'
import { exportText } from '../../src/audit/export.ts'
import type { AuditSystem } from '../../src/audit/open.ts'
import { pruneLog } from '../../src/audit/prune.ts'
import { sealAll } from '../../src/audit/seal.ts'
import { insertEntries } from '../../src/audit/statements.ts'
import { act } from '../../src/identity/acting.ts'
import { OPEN } from '../../src/identity/identity.ts'
import { type AuditedDatabase, createAuditedDatabase, until } from '../support/audit.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'

let databases: TestDatabases
beforeAll(async () => {
  databases = await startTestDatabases()
})

const DAY = 86_400_000

const entry = (i: number, at = Date.now()) => ({
  id: Bun.randomUUIDv7('hex', at),
  at: new Date(at).toISOString(),
  actor: 'open',
  action: 'patients:read',
  route: 'GET /api/patients/{code}',
  records: [{ kind: 'patient', id: `P${String(i).padStart(3, '0')}` }],
  count: null,
  outcome: 'done' as const,
  code: null,
  address: '127.0.0.1',
  requestId: crypto.randomUUID(),
  node: 'here',
})

/** A log of ten sealed entries, whose anchor stands at the last. */
async function ten(): Promise<AuditedDatabase & { system: AuditSystem }> {
  const log = await createAuditedDatabase(databases)
  await insertEntries(
    log.connection.db,
    Array.from({ length: 10 }, (_, i) => entry(i + 1)),
  )
  const system = await log.open()
  await log.sealed()
  await until(() => Bun.file(`${log.folder}/head.json`).exists(), 'anchored')
  return Object.assign(log, { system })
}

/** One for all that tamper with it while no server runs; it is mended after each. */
let shared: AuditedDatabase
beforeAll(async () => {
  const log = await ten()
  shared = log
  await log.system.close()
  await log.sql`create table saved as table myoserve.audit_log`
})
afterAll(async () => {
  await shared?.[Symbol.asyncDispose]()
  await databases?.stop()
})

const mend = (): Promise<void> =>
  shared.tamper('truncate myoserve.audit_log; insert into myoserve.audit_log select * from saved')

const TAMPERINGS: ReadonlyArray<readonly [what: string, how: string, sentence: RegExp]> = [
  [
    'an entry that was edited',
    `update myoserve.audit_log set actor = 'somebody' where seq = 4`,
    /^Entry 4 \(.*\) was changed/,
  ],
  [
    'a time that was moved by a millisecond',
    `update myoserve.audit_log set at = at + interval '1 ms' where seq = 4`,
    /^Entry 4 \(.*\) was changed/,
  ],
  [
    'a record that was put in the place of another',
    `update myoserve.audit_log set records = '[{"kind":"patient","id":"P999"}]' where seq = 4`,
    /^Entry 4 \(.*\) was changed/,
  ],
  ['an entry that was removed', 'delete from myoserve.audit_log where seq = 5', /^Entry 5 is missing\.$/],
  ['several', 'delete from myoserve.audit_log where seq in (5, 6)', /^2 entries are missing: 5 to 6\.$/],
  [
    'the first ones',
    'delete from myoserve.audit_log where seq < 4',
    /^Entries 1 to 3 are missing, and no pruning says so\.$/,
  ],
  [
    'two that changed places',
    `update myoserve.audit_log set seq = -1 where seq = 6;
     update myoserve.audit_log set seq = 6 where seq = 7; update myoserve.audit_log set seq = 7 where seq = -1`,
    /^Entry 6 \(.*\) does not follow entry 5/,
  ],
  [
    'one that was edited and given the hash of what it says now',
    `update myoserve.audit_log set previous = repeat('0', 64), hash = repeat('a', 64) where seq = 7`,
    /^Entry 7 \(.*\) does not follow entry 6/,
  ],
  [
    'the last ones, which were cut off',
    'delete from myoserve.audit_log where seq > 8',
    /^The end of the log is cut off: entry 10 was sealed, and is not there\.$/,
  ],
  [
    'all of them',
    'truncate myoserve.audit_log',
    /^The end of the log is cut off: entry 10 was sealed, and is not there\.$/,
  ],
  [
    'an entry that nobody seals',
    `insert into myoserve.audit_log (id, at, actor, action, route, records, outcome, node)
     values (gen_random_uuid(), now() - interval '1 h', 'a', 'b', 'c', '[]', 'done', 'n')`,
    /are not sealed/,
  ],
]

describe('the chain', () => {
  test('is whole where nothing was done to it', async () => {
    expect(await shared.verify()).toMatchObject({ entries: 10, first: 1, last: 10, breaks: [] })
  })

  test.each(TAMPERINGS)('tells of %s', async (_, how, sentence) => {
    await shared.tamper(how)
    const { breaks } = await shared.verify()
    await mend()
    expect(breaks.find((each) => sentence.test(each)) ?? breaks).toMatch(sentence)
    expect(breaks[0]).toMatch(sentence)
  })

  test('tells that its triggers are not at work', async () => {
    await shared.sql`alter table myoserve.audit_log disable trigger audit_guard`
    const { breaks } = await shared.verify()
    await shared.sql`alter table myoserve.audit_log enable trigger audit_guard`
    expect(breaks).toEqual(['The triggers that keep the log append-only are not at work.'])
  })

  test('that was cut off and written on is noticed by the server that runs, whose anchor stays', async () => {
    await using log = await ten()
    const before = await Bun.file(`${log.folder}/head.json`).text()
    await log.tamper('delete from myoserve.audit_log where seq > 8')
    await insertEntries(log.connection.db, [entry(11), entry(12), entry(13)])
    await until(
      () =>
        log.system
          .metrics()
          .some(
            ({ name, samples }) =>
              name === 'myoserve_audit_broken' &&
              samples[0] &&
              'value' in samples[0] &&
              samples[0].value === 1,
          ),
      'noticed',
    )
    expect(await Bun.file(`${log.folder}/head.json`).text()).toBe(before)
    expect(log.log.filter((line) => line.includes('the chain is broken'))).toHaveLength(1)
    expect((await log.verify()).breaks[0]).toMatch(/^Entry 10 is not the one that was sealed/)
  })
})

test('an anchor that is none is told of, kept, and keeps no server from starting', async () => {
  await using log = await createAuditedDatabase(databases)
  await Bun.write(`${log.folder}/head.json`, '{')
  await insertEntries(log.connection.db, [entry(1)])
  const system = await log.open()
  await log.sealed()
  await system.close()
  expect(await Bun.file(`${log.folder}/head.json`).text()).toBe('{')
  expect(log.log.join('')).toContain('is no anchor of the audit log')
  expect(await log.verify().catch((error: Error) => error.message)).toContain('is no anchor')
})

describe('the table', () => {
  test.each([
    ['UPDATE', `update myoserve.audit_log set actor = 'x' where seq = 1`],
    ['UPDATE', 'update myoserve.audit_log set seq = 99 where seq = 1'],
    ['DELETE', 'delete from myoserve.audit_log where seq = 1'],
    ['TRUNCATE', 'truncate myoserve.audit_log'],
    [
      'INSERT',
      `insert into myoserve.audit_log (id, at, actor, action, route, records, outcome, node, seq, previous, hash)
       values (gen_random_uuid(), now(), 'a', 'b', 'c', '[]', 'done', 'n', 11, repeat('0', 64), repeat('0', 64))`,
    ],
  ])('refuses %s: %s', async (what, how) => {
    const failed = await shared.sql.unsafe(how).then(
      () => undefined,
      (error: Error) => error.message,
    )
    expect(failed).toBe(`the audit log is append-only: ${what} is refused`)
  })
})

describe('retention', () => {
  test('removes what is older, says so in the chain, and leaves it whole', async () => {
    await using log = await createAuditedDatabase(databases)
    const { db } = log.connection
    const old = Array.from({ length: 5 }, (_, i) => entry(i, Date.now() - 20 * DAY + i))
    await insertEntries(db, old)
    await sealAll(db)
    await insertEntries(db, [entry(6), entry(7)])
    await sealAll(db)
    expect(await pruneLog(db, Date.now() - 10 * DAY, 'here')).toBe(5)
    await sealAll(db)
    expect(await log.verify()).toMatchObject({ entries: 3, first: 6, last: 8, breaks: [] })
    const [row] = await log.sql`select action, records from myoserve.audit_log where seq = 8`
    expect(row).toMatchObject({ action: 'audit:prune' })
    expect(row?.records).toContainEqual({ kind: 'audit-seq', id: '5' })
    expect(await pruneLog(db, Date.now() - 10 * DAY, 'here')).toBe(0)
    await log.tamper('delete from myoserve.audit_log where seq = 6')
    expect((await log.verify()).breaks[0]).toBe('Entries 1 to 6 are missing, and no pruning says so.')
  })

  test('never takes the newest entry, which the next one follows, nor what is not sealed', async () => {
    await using log = await createAuditedDatabase(databases)
    const { db } = log.connection
    await insertEntries(db, [entry(1, Date.now() - 20 * DAY), entry(2, Date.now() - 19 * DAY)])
    expect(await pruneLog(db, Date.now(), 'here')).toBe(0)
    await sealAll(db)
    expect(await pruneLog(db, Date.now(), 'here')).toBe(1)
    await sealAll(db)
    expect(await log.verify()).toMatchObject({ first: 2, last: 3, breaks: [] })
  })

  test('is no way to remove what is younger than it says', async () => {
    const removing = shared.sql.begin(async (tx) => {
      await tx`select set_config('myoserve.audit_prune_before', ${new Date(Date.now() - DAY).toISOString()}, true)`
      await tx`delete from myoserve.audit_log where seq = 1`
    })
    expect(await removing.catch((error: Error) => error.message)).toMatch(/append-only/)
  })
})

describe('writers', () => {
  test('fifty at once leave one entry for each change that was committed, in a chain without gaps', async () => {
    await using log = await createAuditedDatabase(databases)
    const systems = await Promise.all([log.open('one'), log.open('two')])
    const [one, two] = systems.map((each, i) => each.database(`SERVER ${i}`))
    const write = (i: number) =>
      act({ identity: OPEN, action: 'things:write', route: 'POST /api/things', requestId: `r${i}` }, () =>
        (i % 2 ? one : two)?.transaction(async (tx) => {
          await tx.execute(statement`insert into things values (${i}, 'x')`)
          if (i % 5 === 0) throw new Error('no')
        }),
      )
    const ended = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => write(i)))
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(40)
    await log.sealed()
    const rows =
      await log.sql`select seq::int as seq, outcome, request_id from myoserve.audit_log order by seq`
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(new Set(rows.map(({ request_id }) => request_id)).size).toBe(40)
    expect(rows.every(({ outcome }) => outcome === 'done')).toBe(true)
    expect((await log.verify()).breaks).toEqual([])
  })
})

describe('an export', () => {
  test('is verified by another program, by what docs/audit.md says', async () => {
    let text = ''
    for await (const part of exportText(shared.connection.db, 'ndjson', {})) text += part
    // Nothing of the program from here on.
    let previous = '0'.repeat(64)
    let place = 0
    for (const line of text.trimEnd().split('\n')) {
      const e = JSON.parse(line)
      const fields = [
        e.seq,
        e.id,
        e.at,
        e.actor,
        e.action,
        e.route,
        e.records.map((r: { kind: string; id: string }) => [r.kind, r.id]),
      ]
      fields.push(e.count, e.outcome, e.code, e.address, e.requestId, e.node, e.previous)
      expect(e.seq).toBe(++place)
      expect(e.previous).toBe(previous)
      expect(createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex')).toBe(e.hash)
      previous = e.hash
    }
    expect(place).toBe(10)
    expect(previous).toBe(JSON.parse(await Bun.file(`${shared.folder}/head.json`).text()).hash)
  })

  test('as a table holds nothing that a spreadsheet computes', async () => {
    await using log = await createAuditedDatabase(databases)
    const { db } = log.connection
    await insertEntries(db, [{ ...entry(1), actor: '=cmd|"/C calc"!A0', route: '+1,2', node: '@here' }])
    await sealAll(db)
    let text = ''
    for await (const part of exportText(db, 'csv', {})) text += part
    const [, row = ''] = text.split('\r\n')
    expect(row).toContain(`"'=cmd|""/C calc""!A0"`)
    expect(row).toContain(`"'+1,2"`)
    expect(row).toContain(`'@here`)
    expect(row).toContain('patient:P001')
  })
})
