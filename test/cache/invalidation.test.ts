/** Invalidation over a real PostgreSQL: what is settled is never served again, whatever breaks. */
import { afterAll, afterEach, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import {
  createPostgresInvalidation,
  type PostgresInvalidation,
} from '../../src/cache/invalidation/postgres.ts'
import { register } from '../../src/cache/invalidation/statements.ts'
import { connectDatabase, type DatabaseConnection } from '../../src/database/connection.ts'
import { hostMigrations } from '../../src/database/host-migrations.ts'
import { applyMigrations } from '../../src/database/migrations.ts'
import { createLog } from '../../src/observe/log.ts'
import { startTestDatabases, type TestDatabases } from '../support/database.ts'
import { type SilentProxy, startSilentProxy } from '../support/silent-proxy.ts'
import { PROJECT } from '../support/targets.ts'

setDefaultTimeout(60_000)

/** The longest that a settling takes, with what a busy machine adds. */
const SETTLED_MS = 1500 + 500

interface Node extends PostgresInvalidation {
  readonly database: DatabaseConnection
  readonly id: string
}

let databases: TestDatabases
let url: string
const nodes: Node[] = []
const proxies: SilentProxy[] = []
const children: Bun.Subprocess[] = []

beforeAll(async () => {
  databases = await startTestDatabases()
  url = await databases.create()
  const { sql, close } = connectDatabase({ url })
  await applyMigrations(sql, [hostMigrations])
  await sql`create table truth (id int primary key, value int not null)`
  await sql`insert into truth select i, 0 from generate_series(1, 20) i`
  await close()
})
afterAll(() => databases.stop())
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const node of nodes.splice(0)) {
    await node.close()
    await node.database.close()
  }
  for (const proxy of proxies.splice(0)) await proxy.close()
})

async function start(options: { url?: string; forgetAfterMs?: number } = {}): Promise<Node> {
  const database = connectDatabase({ url: options.url ?? url })
  const id = crypto.randomUUID()
  const { forgetAfterMs } = options
  const node = {
    ...createPostgresInvalidation({
      database,
      log: createLog('silent'),
      node: id,
      ...(forgetAfterMs === undefined ? {} : { forgetAfterMs }),
    }),
    database,
    id,
  }
  nodes.push(node)
  await node.ready()
  return node
}

/** A node whose every connection goes through a proxy. */
async function startBehindProxy(): Promise<{ node: Node; proxy: SilentProxy }> {
  const proxy = await startSilentProxy(url)
  proxies.push(proxy)
  return { node: await start({ url: proxy.url }), proxy }
}

const later = async (condition: () => boolean | Promise<boolean>, ms = 8000): Promise<void> => {
  const end = performance.now() + ms
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('it did not come about')
    await Bun.sleep(5)
  }
}
const timed = async (work: Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work
  return performance.now() - begun
}
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number
const bumpAndSettle = async (node: Node, tags: string[]): Promise<void> => (await node.bump(tags)).settled()
const registered = async ({ database }: Node): Promise<string[]> =>
  (await database.sql<Array<{ node: string }>>`select node from myoserve.cache_nodes`).map((row) => row.node)
const change = (node: Node, tags: string[]) => node.database.db.transaction(async (tx) => node.bump(tags, tx))

describe('a bump', () => {
  test('is in force on every node once it is settled, in a transaction or alone', async () => {
    const [a, b] = [await start(), await start()]
    for (const node of [a, b]) expect(node.version('one')).toBe(0)
    await bumpAndSettle(a, ['one', 'two'])
    expect(a.version('one')).toBeGreaterThan(0)
    expect([b.version('one'), b.version('two')]).toEqual([a.version('one'), a.version('two')])
    const before = a.version('one')
    const bump = await change(b, ['one'])
    await bump.settled()
    expect(a.version('one')).toBeGreaterThan(before)
    expect(b.version('one')).toBe(a.version('one'))
    expect(a.version('two')).toBe(b.version('two'))
  })

  test('is told to the listeners of every node, once', async () => {
    const [a, b] = [await start(), await start()]
    const heard: string[] = []
    a.onBump((tags) => heard.push(`a ${tags}`))
    b.onBump((tags) => heard.push(`b ${tags} ${b.version('told') > 0}`))
    await bumpAndSettle(a, ['told'])
    await Bun.sleep(50)
    expect(heard.toSorted()).toEqual(['a told', 'b told true'])
  })

  test('of a transaction that is rolled back, or of a savepoint that is, changes nothing', async () => {
    const [a, b] = [await start(), await start()]
    await bumpAndSettle(a, ['kept'])
    const version = a.version('kept')
    const rolledBack = a.database.db.transaction(async (tx) => {
      await a.bump(['kept', 'never'], tx)
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    let inner: Awaited<ReturnType<Node['bump']>> | undefined
    await a.database.db.transaction(async (tx) => {
      await tx
        .transaction(async (savepoint) => {
          inner = await a.bump(['never'], savepoint)
          throw new Error('back')
        })
        .catch(() => undefined)
    })
    await expect(inner?.settled()).rejects.toThrow(/before the transaction of the bump was committed/)
    await bumpAndSettle(a, ['fence'])
    for (const node of [a, b]) {
      expect(node.version('never')).toBe(0)
      expect(node.version('kept')).toBe(version)
    }
    expect(await a.database.sql`select 1 from myoserve.cache_tags where tag = 'never'`).toHaveLength(0)
  })

  test('cannot be settled before its transaction is committed', async () => {
    const a = await start()
    await a.database.db.transaction(async (tx) => {
      const bump = await a.bump(['early'], tx)
      await expect(bump.settled()).rejects.toThrow(/before the transaction of the bump was committed/)
    })
  })

  test('takes any number of tags of any text, and tells them whole', async () => {
    const [a, b] = [await start(), await start()]
    const tags = [
      ...Array.from({ length: 3000 }, (_, i) => `tag:${i}`),
      ...['"quoted"', '\\', '42', '__proto__', 'ä€😀', '\u0001'.repeat(500), '😀'.repeat(250), '{"a":1}'],
    ]
    await bumpAndSettle(a, [...tags, ...tags])
    for (const tag of tags) {
      expect(a.version(tag)).toBeGreaterThan(0)
      expect(b.version(tag)).toBe(a.version(tag))
    }
    const anew = await start()
    for (const tag of tags) expect(anew.version(tag)).toBe(a.version(tag))
  })

  test.each([[''], ['x'.repeat(501)], ['a\0b'], ['\ud800']])('refuses the tag %j', async (tag) => {
    const a = await start()
    await expect(a.bump([tag])).rejects.toThrow(RangeError)
  })

  test('by hand, or of an unknown kind, neither stops a node nor is taken in', async () => {
    const a = await start()
    for (const payload of ['', 'x', '[]', '{"kind":"bump","from":"x","id":"1","versions":{"t":"9"}}']) {
      await a.database.sql`select pg_notify('myoserve_cache', ${payload})`
    }
    // It cannot know what it missed, so it reads all anew.
    await later(() => a.isTrusted())
    await bumpAndSettle(a, ['after'])
    expect(a.version('t')).toBe(0)
    await later(() => a.isTrusted())
  })
})

describe('many at once', () => {
  test('1,000 bumps on two nodes, half in transactions over several tags, end alike everywhere', async () => {
    const [a, b] = [await start(), await start()]
    const begun = performance.now()
    await Promise.all(
      Array.from({ length: 1000 }, async (_, i) => {
        const node = i % 2 ? a : b
        const tags = [`c:${i % 10}`, `c:${(i * 7) % 10}`]
        const bump = i % 4 < 2 ? await node.bump(tags) : await change(node, tags)
        await bump.settled()
        for (const each of [a, b]) if (each.version(`c:${i % 10}`) === 0) throw new Error('not in force')
      }),
    )
    console.log(`1,000 concurrent bumps on two nodes: ${(performance.now() - begun).toFixed(0)} ms`)
    const rows = await a.database.sql`select tag, version from myoserve.cache_tags where tag like 'c:%'`
    expect(rows).toHaveLength(10)
    for (const { tag, version } of rows) {
      expect(a.version(tag)).toBe(Number(version))
      expect(b.version(tag)).toBe(Number(version))
    }
  })

  test('a version never comes twice', async () => {
    const [a, b] = [await start(), await start()]
    const seen: number[] = []
    a.onBump((tags) => tags.includes('unique') && seen.push(a.version('unique')))
    await Promise.all(Array.from({ length: 100 }, (_, i) => bumpAndSettle(i % 2 ? a : b, ['unique'])))
    expect(seen.length).toBeGreaterThan(50)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(seen.toSorted((x, y) => x - y))
  })
})

describe('other nodes', () => {
  test('alone, a node settles at once; so it does when the others have closed', async () => {
    const [a, b] = [await start(), await start()]
    await b.close()
    expect(await registered(a)).toEqual([a.id])
    const times: number[] = []
    for (let i = 0; i < 20; i++) times.push(await timed((await a.bump(['alone'])).settled()))
    expect(median(times)).toBeLessThan(50)
  })

  const run = (tag: string) => {
    const child = Bun.spawn(
      [process.execPath, join(PROJECT, 'test/support/invalidation-process.ts'), url, tag],
      { stdin: 'ignore', stdout: 'pipe', stderr: 'inherit' },
    )
    children.push(child)
    const samples: Array<{ at: number; trusted: boolean; version: number }> = []
    const decoder = new TextDecoder()
    void (async () => {
      let text = ''
      for await (const chunk of child.stdout) {
        const lines = (text + decoder.decode(chunk, { stream: true })).split('\n')
        text = lines.pop() ?? ''
        samples.push(...lines.map((line) => JSON.parse(line)))
      }
    })()
    return { child, samples, trusted: () => later(() => samples.at(-1)?.trusted === true) }
  }

  test('a process that is killed holds others up no longer than its trust lasts, and once only', async () => {
    const a = await start()
    const { child, samples, trusted } = run('killed')
    await trusted()
    await bumpAndSettle(a, ['killed'])
    await later(() => samples.at(-1)?.version === a.version('killed'))
    child.kill('SIGKILL')
    await child.exited
    const waits = await Promise.all(
      Array.from({ length: 5 }, async () => timed((await a.bump(['killed'])).settled())),
    )
    expect(Math.max(...waits)).toBeLessThan(SETTLED_MS)
    expect(Math.min(...waits)).toBeGreaterThan(1000)
    await later(async () => (await registered(a)).length === 1)
    expect(await timed((await a.bump(['killed'])).settled())).toBeLessThan(500)
  })

  test('a process that is frozen, and wakes after a bump was settled, serves nothing old', async () => {
    const a = await start()
    const { child, samples, trusted } = run('frozen')
    await trusted()
    child.kill('SIGSTOP')
    expect(await timed(bumpAndSettle(a, ['frozen']))).toBeLessThan(SETTLED_MS)
    const settled = Date.now()
    child.kill('SIGCONT')
    await later(() => samples.some(({ at, trusted }) => at > settled && trusted))
    expect(samples.filter(({ at, trusted, version }) => at > settled && trusted && version === 0)).toEqual([])
    expect(samples.at(-1)?.version).toBe(a.version('frozen'))
  })

  test('four processes hear what this one bumps', async () => {
    const a = await start()
    const others = [1, 2, 3, 4].map(() => run('several'))
    for (const { trusted } of others) await trusted()
    for (let i = 0; i < 20; i++) await bumpAndSettle(a, ['several'])
    const settled = Date.now()
    await bumpAndSettle(a, ['fence'])
    for (const { samples } of others) {
      await later(() => samples.at(-1)?.version === a.version('several'))
      expect(samples.findLast(({ at }) => at > settled)?.version ?? a.version('several')).toBe(
        a.version('several'),
      )
    }
  })
})

describe('trust', () => {
  test('is lost when the listening connection is terminated, and comes back with what was missed', async () => {
    const [a, b] = [await start(), await start()]
    const changes: boolean[] = []
    a.onTrust((trusted) => changes.push(trusted))
    await b.database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'myoserve cache'`
    await later(() => changes.length > 0)
    expect(changes[0]).toBe(false)
    await bumpAndSettle(b, ['missed'])
    expect(a.isTrusted() && a.version('missed') === 0).toBe(false)
    await later(() => a.isTrusted())
    expect(a.version('missed')).toBe(b.version('missed'))
  })

  test('ends where the network falls silent, before a bump is settled without that node', async () => {
    const a = await start()
    const { node: b, proxy } = await startBehindProxy()
    await bumpAndSettle(a, ['silent'])
    const old = b.version('silent')
    expect(old).toBe(a.version('silent'))
    proxy.hold = 'all'
    const silent = performance.now()
    const waited = await timed(bumpAndSettle(a, ['silent']))
    expect(b.isTrusted()).toBe(false)
    expect(b.version('silent')).toBe(old)
    expect(waited).toBeLessThan(SETTLED_MS)
    expect(waited).toBeGreaterThan(500)
    proxy.hold = 'nothing'
    await later(() => b.isTrusted())
    expect(b.version('silent')).toBe(a.version('silent'))
    expect(performance.now() - silent).toBeLessThan(4000)
  })

  test('is not brought back by a canary that comes late', async () => {
    const a = await start()
    const { node: b, proxy } = await startBehindProxy()
    await bumpAndSettle(a, ['late'])
    const old = b.version('late')
    // So that the answer to its confirmation is not among what is held.
    await Bun.sleep(50)
    proxy.hold = 'answers'
    await Bun.sleep(500)
    const before = proxy.held
    await bumpAndSettle(a, ['late'])
    // They were sent before the bump, and say nothing of it.
    proxy.release(before)
    await Bun.sleep(50)
    expect([b.version('late'), b.isTrusted()]).toEqual([old, false])
    proxy.hold = 'nothing'
    await later(() => b.isTrusted())
    expect(b.version('late')).toBe(a.version('late'))
  })

  test('is not given before all is known that was bumped while it connected', async () => {
    const [a, b] = [await start(), await start()]
    let begun = 0
    let done = false
    const bumped: string[] = []
    const bumping = async (): Promise<void> => {
      while (!done) {
        const tag = `gap:${begun++}`
        await a.bump([tag])
        bumped.push(tag)
      }
    }
    const all = Promise.all([bumping(), bumping(), bumping()])
    const missed: string[] = []
    for (let i = 0; i < 8; i++) {
      await later(() => b.isTrusted())
      const committed = [...bumped]
      await Bun.sleep(50)
      missed.push(...committed.filter((tag) => b.version(tag) === 0))
      await a.database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'myoserve cache'`
      await later(() => !b.isTrusted())
    }
    done = true
    await all
    await later(() => b.isTrusted())
    const rows = await a.database.sql`select tag, version from myoserve.cache_tags where tag like 'gap:%'`
    expect(rows).toHaveLength(bumped.length)
    expect(missed).toEqual([])
    expect(rows.filter(({ tag, version }) => b.version(tag) !== Number(version))).toEqual([])
    expect(bumped.length).toBeGreaterThan(100)
  })

  test('comes back on another connection where the silent one never answers again', async () => {
    const a = await start()
    const { node: b, proxy } = await startBehindProxy()
    proxy.hold = 'all'
    await later(() => !b.isTrusted())
    await bumpAndSettle(a, ['lost'])
    // The first connection is given up while all is still silent; what it was sent never arrives.
    await Bun.sleep(3500)
    proxy.cut()
    proxy.hold = 'nothing'
    await later(() => b.isTrusted())
    expect(b.version('lost')).toBe(a.version('lost'))
    await bumpAndSettle(b, ['lost'])
    expect(a.version('lost')).toBe(b.version('lost'))
  })

  test('ends while the server is frozen, and comes back with it; who settles waits, and no longer', async () => {
    const [a, b] = [await start(), await start()]
    const bump = await a.bump(['ice'])
    const thaw = databases.freeze()
    let waited: number
    try {
      waited = await timed(bump.settled())
      await later(() => !a.isTrusted() && !b.isTrusted(), 2000)
    } finally {
      thaw()
    }
    expect(waited).toBeLessThan(SETTLED_MS)
    const thawed = performance.now()
    await later(() => a.isTrusted() && b.isTrusted())
    expect(performance.now() - thawed).toBeLessThan(3000)
    expect(b.version('ice')).toBe(a.version('ice'))
    expect((await registered(a)).toSorted()).toEqual([a.id, b.id].toSorted())
  })

  test('a bump alone on a frozen server is given up in time', async () => {
    const a = await start()
    const thaw = databases.freeze()
    try {
      expect(await timed(a.bump(['stuck']).catch(() => undefined))).toBeLessThan(6000)
    } finally {
      thaw()
    }
    await later(() => a.isTrusted())
  })

  test('a crash of the server loses no bump, and nobody from the list', async () => {
    const [a, b] = [await start(), await start()]
    await bumpAndSettle(a, ['crash'])
    const version = a.version('crash')
    const feed = a.database.dedicated({
      max: 1,
      fetch_types: false,
      connection: { synchronous_commit: 'off' },
    })
    const gone = crypto.randomUUID()
    await register(feed.sql, gone, 1)
    const [backend] = await feed.sql<[{ pid: number }]>`select pg_backend_pid() as pid`
    process.kill(backend.pid, 'SIGKILL')
    await later(() => !a.isTrusted() && !b.isTrusted(), 1000)
    await later(() => a.isTrusted() && b.isTrusted())
    expect([a.version('crash'), b.version('crash')]).toEqual([version, version])
    expect(await registered(a)).toContain(gone)
    await later(async () => !(await registered(a)).includes(gone))
    feed.destroy()
    await bumpAndSettle(b, ['crash'])
    expect(a.version('crash')).toBe(b.version('crash'))
  })

  test('has run out for who held the event loop up, and is back soon after', async () => {
    const [a, b] = [await start(), await start()]
    const end = performance.now() + 1300
    while (performance.now() < end);
    expect([a.isTrusted(), b.isTrusted()]).toEqual([false, false])
    await later(() => a.isTrusted() && b.isTrusted(), 1000)
  })

  test('a node that was removed from the list by mistake enters itself again', async () => {
    const a = await start()
    await a.database.sql`delete from myoserve.cache_nodes`
    await later(async () => (await registered(a)).includes(a.id))
    await later(() => a.isTrusted())
  })
})

test('a broadcast reaches the others before it is settled, and must be small', async () => {
  const [a, b, c] = [await start(), await start(), await start()]
  const heard: string[] = []
  for (const [name, node] of Object.entries({ a, b, c }))
    node.onMessage((text) => heard.push(`${name} ${text}`))
  await (await a.broadcast('phase: "redis-only"')).settled()
  expect(heard.toSorted()).toEqual(['b phase: "redis-only"', 'c phase: "redis-only"'])
  await expect(a.broadcast('x'.repeat(7000))).rejects.toThrow(RangeError)
})

describe('pruning', () => {
  test('forgets on every node what was not bumped for long, and nothing else', async () => {
    const [a, b] = [await start(), await start()]
    await bumpAndSettle(a, ['old', 'new'])
    const version = a.version('old')
    await a.database
      .sql`update myoserve.cache_tags set bumped_at = now() - interval '9 days' where tag = 'old'`
    await a.prune()
    await bumpAndSettle(a, ['fence'])
    for (const node of [a, b]) {
      expect(node.version('old')).toBe(0)
      expect(node.version('new')).toBeGreaterThan(0)
    }
    await bumpAndSettle(b, ['old'])
    expect(a.version('old')).toBeGreaterThan(version)
    expect(b.version('old')).toBe(a.version('old'))
  })

  test('does nothing while the clock of the server is far from ours', async () => {
    const a = await start()
    await a.bump(['skewed'])
    await a.database
      .sql`update myoserve.cache_tags set bumped_at = now() - interval '9 days' where tag = 'skewed'`
    const database = a.database
    const clocks = { monotonic: () => performance.now(), wall: () => Date.now() + 7_200_000 }
    const skewed = createPostgresInvalidation({ database, log: createLog('silent'), clocks })
    await skewed.prune()
    expect(await database.sql`select 1 from myoserve.cache_tags where tag = 'skewed'`).toHaveLength(1)
    await skewed.close()
  })

  test('never brings an entry back that was outdated: in any order of loads, bumps, days and prunings', async () => {
    const a = await start()
    const keptMs = 7 * 86_400_000
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('load', 'prune') },
      { weight: 1, arbitrary: fc.constant('bump') },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
    )
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const tag = `model:${++round}`
        // Days pass by making everything older.
        let age = 0
        let bumps = 0
        const entries: Array<{ version: number; bumps: number; loadedAt: number }> = []
        const pass = async (days: number): Promise<void> => {
          age += days * 86_400_000
          await a.database.sql`
            update myoserve.cache_tags set bumped_at = bumped_at - make_interval(days => ${days}) where tag = ${tag}`
        }
        for (const each of steps) {
          if (each === 'load') entries.push({ version: a.version(tag), bumps, loadedAt: age })
          if (each === 'bump') {
            await bumpAndSettle(a, [tag])
            bumps++
          }
          if (typeof each === 'number') await pass(each)
          if (each === 'prune') {
            await a.prune()
            await bumpAndSettle(a, ['fence'])
          }
          for (const entry of entries) {
            const served = age - entry.loadedAt < keptMs && entry.version === a.version(tag)
            if (served) expect(entry.bumps).toBe(bumps)
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})

test('nothing that was settled is served again: two nodes, cuts, silence, terminations, at random', async () => {
  const near = await start()
  const { node: far, proxy } = await startBehindProxy()
  const cluster = [near, far]
  const settledValue = new Map<number, number>()
  const caches = cluster.map(() => new Map<number, { value: number; version: number }>())
  const counts = { served: 0, stale: 0, loads: 0, writes: 0 }
  const end = performance.now() + 9000
  const running = () => performance.now() < end

  async function write(): Promise<void> {
    const node = cluster[Math.random() < 0.7 ? 0 : 1] as Node
    while (running()) {
      const id = 1 + Math.floor(Math.random() * 20)
      let value = 0
      // Only the feed goes through the proxy: what else is cut there is not what this is about.
      const bump = await near.database.db.transaction(async (tx) => {
        const [row] = await tx.execute<{ value: number }>(
          sql`update truth set value = value + 1 where id = ${id} returning value`,
        )
        value = row?.value ?? 0
        return node.bump([`truth:${id}`], tx)
      })
      await bump.settled()
      counts.writes++
      settledValue.set(id, Math.max(settledValue.get(id) ?? 0, value))
      await Bun.sleep(Math.random() * 10)
    }
  }

  async function read(i: number): Promise<void> {
    const node = cluster[i] as Node
    const cache = caches[i] as Map<number, { value: number; version: number }>
    while (running()) {
      const id = 1 + Math.floor(Math.random() * 20)
      const tag = `truth:${id}`
      const least = settledValue.get(id) ?? 0
      const entry = cache.get(id)
      if (entry && node.isTrusted() && entry.version === node.version(tag)) {
        counts.served++
        if (entry.value < least) counts.stale++
        await Bun.sleep(Math.random() < 0.01 ? 1 : 0)
        continue
      }
      const version = node.version(tag)
      // The truth is asked for directly, so that what is loaded does not depend on the proxy.
      const [row] = await near.database.sql<[{ value: number }]>`select value from truth where id = ${id}`
      counts.loads++
      cache.set(id, { value: row.value, version })
    }
  }

  async function disturb(): Promise<void> {
    while (running()) {
      await Bun.sleep(300 + Math.random() * 700)
      const kind = Math.floor(Math.random() * 4)
      if (kind === 0) proxy.cut()
      if (kind === 1) {
        proxy.hold = 'all'
        await Bun.sleep(Math.random() * 2000)
        proxy.hold = 'nothing'
      }
      if (kind === 2) {
        await near.database.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'myoserve cache'`
      }
    }
    proxy.hold = 'nothing'
  }

  await Promise.all([write(), write(), write(), read(0), read(0), read(1), read(1), disturb()])
  console.log('two nodes:', JSON.stringify(counts))
  expect(counts.stale).toBe(0)
  expect(counts.served).toBeGreaterThan(1000)
  expect(counts.writes).toBeGreaterThan(20)
})

test('a bump costs the same at 100,000 tags and entries as at few; all tags are read in seconds', async () => {
  const [a] = [await start(), await start()]
  const measure = async () => {
    const bumps: number[] = []
    const settles: number[] = []
    for (let i = 0; i < 200; i++) {
      const begun = performance.now()
      const bump = await a.bump([`cost:${i % 20}`])
      bumps.push(performance.now() - begun)
      settles.push(await timed(bump.settled()))
    }
    return { bump: median(bumps), settled: median(settles) }
  }
  await measure()
  const few = await measure()
  await a.database.sql`
    insert into myoserve.cache_tags
    select 'many:' || i, 1700000000000000 + i, now() from generate_series(1, 100000) i`
  await a.database.sql`
    insert into myoserve.analytics_cache
    select 'k:' || i, 'n', 'json', '1', null, jsonb_build_object('many:' || i, 1), null, now(), now(),
      now() + interval '1 h', false, 1, '' from generate_series(1, 100000) i`
  const begun = performance.now()
  const anew = await start()
  const load = performance.now() - begun
  expect(anew.version('many:100000')).toBe(1700000000100000)
  const many = await measure()
  console.log('bump, ms:', JSON.stringify({ few, many, load }))
  expect(load).toBeLessThan(5000)
  expect(many.bump + many.settled).toBeLessThan(2 * (few.bump + few.settled) + 2)
})
