/** Servers that are killed, and a database that goes away: each effect comes exactly once, and nothing is left. */
import { describe, expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { connectDatabase } from '../../src/database/connection.ts'
import { isServiceFailure } from '../../src/http/failures.ts'
import { openJobs } from '../../src/jobs/open.ts'
import { handBack } from '../../src/jobs/statements.ts'
import { createLog } from '../../src/observe/log.ts'
import { effectPlugin, makeEffects } from './effects.ts'
import { openNode, type TestNode, until } from './node.ts'

const PROCESS = fileURLToPath(new URL('process.ts', import.meta.url))
const JOBS = 300
const KILLS = 20

/** Kills come in this distance on average. */
const KILL_EVERY_MS = 150

interface Killable {
  readonly ready: Promise<void>
  kill(): Promise<void>
}

function startProcess(url: string): Killable {
  const child = Bun.spawn([process.execPath, PROCESS, url], { stdout: 'pipe', stderr: 'inherit' })
  const reader = child.stdout.getReader()
  return {
    ready: reader.read().then(({ done }) => {
      if (done) throw new Error('the process has ended before it was ready')
    }),
    async kill() {
      child.kill('SIGKILL')
      await child.exited
    },
  }
}

export function testKills(at: TestNode): void {
  describe('exactly once', () => {
    test(`${JOBS} effects, though servers are killed ${KILLS} times in the middle of them`, async () => {
      const url = await at.databases.create()
      await using own = await openNode(url)
      await makeEffects(own.database.sql)
      const { jobs } = own.system.open(effectPlugin)
      const [effect] = effectPlugin.jobs
      await own.database.db.transaction(async (tx) => {
        for (let n = 0; n < JOBS; n++) await jobs.enqueue(effect, { n }, { tx })
      })
      const processes = [startProcess(url), startProcess(url)]
      await Promise.all(processes.map(({ ready }) => ready))
      for (let kills = 0; kills < KILLS; kills++) {
        const i = kills % 2
        await Bun.sleep(KILL_EVERY_MS * (0.5 + Math.random()))
        await processes[i]?.kill()
        processes[i] = startProcess(url)
        await processes[i]?.ready
      }
      const { sql } = own.database
      const effects = async () => {
        const [row] = await sql`select count(*)::int as n, count(distinct n)::int as distinct from effects`
        return row
      }
      await until(async () => (await effects())?.n >= JOBS, 30_000)
      await until(
        async () => (await own.system.operator.list({ state: 'completed' }, JOBS + 1)).length === JOBS,
      )
      expect(await effects()).toEqual({ n: JOBS, distinct: JOBS })
      expect(await sql`select from myoserve.job_runs`).toHaveLength(0)
      const [tries] = await sql`select count(*)::int as n from tries`
      const attempts = (await own.system.operator.list({}, JOBS)).map((each) => each.attempts)
      // The kills have hit: some were begun more often than they were ended.
      expect(tries?.n).toBeGreaterThan(JOBS)
      expect(Math.max(...attempts)).toBeGreaterThan(1)
      for (const each of processes) await each.kill()
    })

    test('a job that is committed runs though the server that has enqueued it dies at once', async () => {
      const url = await at.databases.create()
      await using own = await openNode(url)
      await makeEffects(own.database.sql)
      const enqueuer = Bun.spawn([process.execPath, PROCESS, url, 'enqueue-and-die'], { stderr: 'inherit' })
      await enqueuer.exited
      expect(enqueuer.signalCode).toBe('SIGKILL')
      await own.run(effectPlugin, own.database)
      await until(async () => (await own.database.sql`select n from effects`).length === 1)
    })
  })

  test('a job that ends its server each time is given up in the end', async () => {
    const url = await at.databases.create()
    await using own = await openNode(url)
    const { jobs } = own.system.open(effectPlugin)
    const id = await jobs.enqueue(effectPlugin.jobs[0], { n: 1 })
    const { sql } = own.database
    const ghost = crypto.randomUUID()
    for (let deaths = 0; deaths <= 26; deaths++) {
      const [row] = await sql`
        update pgboss.job set state = 'active', retry_count = retry_count + (started_on is not null)::int,
          started_on = now() where id = ${id} and state < 'active' returning retry_count`
      if (!row) break
      await sql`insert into myoserve.job_runs (job, queue, attempt, node)
        values (${id}, 'effects.effect', ${row.retry_count}, ${ghost})`
      await handBack(own.database.db, ghost)
    }
    expect(await own.system.operator.get(id)).toMatchObject({
      state: 'failed',
      attempts: 26,
      errorCode: 'JOB_INTERRUPTED',
    })
  })

  test('a claim that was committed though nobody was told of it is handed back', async () => {
    const url = await at.databases.create()
    await using own = await openNode(url)
    await makeEffects(own.database.sql)
    let isCut = true
    const { db } = own.database
    const losing = new Proxy(db, {
      get(base, name, receiver) {
        if (name !== 'transaction' || !isCut) return Reflect.get(base, name, receiver)
        return async (work: Parameters<typeof db.transaction>[0]) => {
          const claimed = await db.transaction(work)
          if (!Array.isArray(claimed) || claimed.length === 0) return claimed
          isCut = false
          throw Object.assign(new Error('cut'), { code: 'CONNECTION_CLOSED' })
        }
      },
    })
    const system = await openJobs({ database: { ...own.database, db: losing }, log: createLog('silent') })
    const { jobs } = system.open(effectPlugin)
    const id = await jobs.enqueue(effectPlugin.jobs[0], { n: 1 })
    await system.work(effectPlugin.name, own.database)
    await until(() => !isCut)
    expect(await own.reach(id, 'completed')).toMatchObject({ attempts: 2 })
    await system.close()
  })

  test('a transaction whose connection is cut fails as a query does, and costs the pool nothing', async () => {
    const url = await at.databases.create()
    const database = connectDatabase({ url })
    // The end of a connection comes in steps, and the transaction goes on before, between and after them.
    for (let cuts = 0; cuts < 48; cuts++) {
      const cut = database.db.transaction(async (tx) => {
        const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
        await at.node.database.sql`select pg_terminate_backend(${row?.pid ?? 0})`
        await Bun.sleep((cuts % 12) * 0.4)
        await tx.execute(sql`select 1`)
      })
      expect(isServiceFailure(await cut.catch((error: unknown) => error))).toBe(true)
    }
    const all = Array.from({ length: 30 }, (_, n) => database.sql`select ${n}::int as n, pg_sleep(0.005)`)
    expect((await Promise.all(all)).map(([row]) => row?.n)).toEqual(all.map((_, n) => n))
    const closing = performance.now()
    await database.close()
    expect(performance.now() - closing).toBeLessThan(2000)
  })

  test('jobs go on after all connections were cut, those that ran included', async () => {
    const url = await at.databases.create()
    await using own = await openNode(url)
    await makeEffects(own.database.sql)
    const { jobs } = await own.run(effectPlugin, own.database)
    const [effect] = effectPlugin.jobs
    for (let n = 0; n < 40; n++) await jobs.enqueue(effect, { n })
    for (let cuts = 0; cuts < 3; cuts++) {
      await Bun.sleep(40)
      // From another database, as no connection of ours survives it.
      await at.node.database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity where datname = ${new URL(url).pathname.slice(1)}`
    }
    const settled = async () => {
      const done = await own.system.operator.list({ state: 'completed' }, 100).catch(() => [])
      return done.length === 40
    }
    await until(settled, 15_000)
    // A connection of the pool may be dead, and tell so only when it is used.
    const effects = () => own.database.sql<Array<{ n: number }>>`select n from effects`.catch(() => undefined)
    let rows: Awaited<ReturnType<typeof effects>>
    await until(async () => {
      rows = await effects()
      return rows !== undefined
    })
    expect(new Set(rows?.map(({ n }) => n)).size).toBe(40)
    expect(rows).toHaveLength(40)
    await until(() => own.system.operator.trouble() === undefined)
  })

  test('while the database hangs nothing is lost, and jobs go on when it does', async () => {
    const url = await at.databases.create()
    await using own = await openNode(url)
    await makeEffects(own.database.sql)
    const { jobs } = await own.run(effectPlugin, own.database)
    const [effect] = effectPlugin.jobs
    for (let n = 0; n < 10; n++) await jobs.enqueue(effect, { n })
    const thaw = at.databases.freeze()
    try {
      await until(() => own.system.operator.trouble() !== undefined)
    } finally {
      thaw()
    }
    await until(async () => (await own.database.sql`select n from effects`).length === 10, 15_000)
    const late = await jobs.enqueue(effect, { n: 10 })
    await own.reach(late, 'completed')
  })
}
