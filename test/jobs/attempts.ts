/** What becomes of attempts: retries, what is given up and tried again, cancellation, limits, progress. */
import { describe, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import * as v from 'valibot'
import { Problem } from '../../src/http/problem.ts'
import type { JobInfo } from '../../src/jobs/contract.ts'
import { type Job, JobFailure, JobLost, type JobRun, job, type Trying } from '../../src/jobs/job.ts'
import { QUEUE_CHANNEL } from '../../src/jobs/line.ts'
import { openNode, type TestNode, until } from './node.ts'

const Anything = v.object({})
export function testAttempts(at: TestNode): void {
  let plugins = 0

  /** A job in a plugin of its own. */
  function jobOf(run: (run: JobRun) => void | Promise<void>, trying: Trying = {}) {
    const work = job({ name: 'work', schema: Anything, run, ...trying })
    return { work, plugin: { name: `plugin-${++plugins}`, jobs: [work] } }
  }

  async function enqueued(run: (run: JobRun) => void | Promise<void>, trying: Trying = {}) {
    const { work, plugin } = jobOf(run, trying)
    const running = await at.node.run(plugin)
    return { ...running, work, id: await running.jobs.enqueue(work, {}) }
  }

  /** A run that goes on until it is asked to end. */
  const untilAborted = ({ signal }: JobRun): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

  describe('a failed attempt', () => {
    test('is followed by others, each after twice as long and by chance more, then given up with its code', async () => {
      const { id } = await enqueued(
        () => {
          throw new JobFailure('GRIP_SLIPPED', 'P001 slipped')
        },
        { retries: 2, backoff: { firstS: 8, mostS: 60 } },
      )
      /** Seconds until the next attempt, which is then made at once. */
      const waitAfter = async (attempts: number): Promise<number> => {
        await until(async () => {
          const info = await at.node.system.operator.get(id)
          return info?.attempts === attempts && info.state === 'waiting'
        })
        const [row] = await at.node.database.sql`
          update pgboss.job j set start_after = now() from pgboss.job before
          where j.id = ${id} and before.id = j.id
          returning extract(epoch from before.start_after - now())::float8 as wait`
        await at.node.database.sql`select pg_notify(${QUEUE_CHANNEL}, ${`plugin-${plugins}.work`})`
        return row?.wait
      }
      expect(await waitAfter(1)).toBeWithin(7, 16)
      expect(await waitAfter(2)).toBeWithin(15, 32)
      const given = await at.node.reach(id, 'failed')
      expect(given).toMatchObject({ attempts: 3, errorCode: 'GRIP_SLIPPED' })
      expect(JSON.stringify(given)).not.toContain('P001')
    })

    test('is shown among those that were given up, and is tried once more when somebody asks', async () => {
      let isBroken = true
      const { id, plugin } = {
        ...(await enqueued(
          () => {
            if (isBroken) throw new Error('broken')
          },
          { retries: 0 },
        )),
        plugin: `plugin-${plugins}`,
      }
      await at.node.reach(id, 'failed')
      const { operator } = at.node.system
      expect((await operator.list({ plugin, state: 'failed' }, 10)).map((each) => each.id)).toEqual([id])
      expect(await operator.retry(id)).toBe('done')
      await until(async () => (await operator.get(id))?.attempts === 2)
      await at.node.reach(id, 'failed')
      isBroken = false
      expect(await operator.retry(id)).toBe('done')
      expect(await at.node.reach(id, 'completed')).toMatchObject({ attempts: 3, errorCode: null })
      expect(await operator.retry(id)).toBe('refused')
      expect(await operator.retry(crypto.randomUUID())).toBe('absent')
    })

    test.each([
      [
        'a failure that is not worth it',
        () => new JobFailure('C3D_TRUNCATED', 'short', { retry: false }),
        'C3D_TRUNCATED',
      ],
      ['a problem of the client', () => new Problem(422, 'NOT_A_RECORDING', 'no'), 'NOT_A_RECORDING'],
    ])('is the last one for %s', async (_, error, code) => {
      const { id } = await enqueued(
        () => {
          throw error()
        },
        { retries: 5 },
      )
      expect(await at.node.reach(id, 'failed')).toMatchObject({ attempts: 1, errorCode: code })
    })

    test('is the last one for an input of another release that does not fit', async () => {
      const { work, plugin } = jobOf(() => undefined)
      const { jobs } = at.node.system.open(plugin)
      const id = await jobs.enqueue(work, {})
      const stricter: Job = { ...work, schema: v.object({ side: v.string() }) }
      await at.node.run({ name: plugin.name, jobs: [stricter] })
      expect(await at.node.reach(id, 'failed')).toMatchObject({ attempts: 1, errorCode: 'JOB_INPUT_INVALID' })
    })

    test('does not keep the key from a newer job, and then cannot be tried again beside it', async () => {
      const { work, plugin } = jobOf(
        () => {
          throw new Error('broken')
        },
        { retries: 0 },
      )
      const { jobs, end } = await at.node.run(plugin)
      const first = await jobs.enqueue(work, {}, { key: 'one' })
      await at.node.reach(first, 'failed')
      await end()
      const second = await jobs.enqueue(work, {}, { key: 'one' })
      expect(second).not.toBe(first)
      expect(await at.node.system.operator.retry(first)).toBe('refused')
    })
  })

  describe('a cancelled job', () => {
    test('is not run where it waits', async () => {
      let runs = 0
      const { work, plugin } = jobOf(() => void runs++)
      const { jobs } = at.node.system.open(plugin)
      const id = await jobs.enqueue(work, {})
      expect(await at.node.system.operator.cancel(id)).toBe('done')
      await at.node.system.work(plugin.name, {})
      await jobs.enqueue(work, {})
      await until(() => runs === 1)
      expect(await at.node.system.operator.get(id)).toMatchObject({ state: 'cancelled', attempts: 0 })
      expect(await at.node.system.operator.cancel(id)).toBe('refused')
      expect(await at.node.system.operator.cancel(crypto.randomUUID())).toBe('absent')
    })

    test('hears of it where it runs, from another server too, and what it does afterwards is lost', async () => {
      await using other = await openNode(at.url)
      let reason: unknown
      const lost = Promise.withResolvers<unknown>()
      const { id } = await enqueued(async (run) => {
        await untilAborted(run).catch((error) => {
          reason = error
        })
        const late = at.node.database.db.transaction(async (tx) => {
          await tx.execute(sql`create table late (n int)`)
          await run.complete(tx)
        })
        lost.resolve(await late.catch((error: unknown) => error))
      })
      await at.node.reach(id, 'running')
      const asked = performance.now()
      expect(await other.system.operator.cancel(id)).toBe('done')
      expect(await lost.promise).toBeInstanceOf(JobLost)
      expect(performance.now() - asked).toBeLessThan(1000)
      expect(reason).toBeInstanceOf(JobLost)
      const [row] = await at.node.database.sql`select to_regclass('late') as late`
      expect(row?.late).toBeNull()
      expect(await at.node.system.operator.get(id)).toMatchObject({ state: 'cancelled', attempts: 1 })
      await until(
        async () =>
          (await at.node.database.sql`select from myoserve.job_runs where job = ${id}`).length === 0,
      )
    })
  })

  describe('limits', () => {
    test('a job that takes too long has failed, though it never ends, and makes room for the next', async () => {
      let runs = 0
      const { id, jobs, work } = await enqueued(
        () => {
          runs++
          return runs === 1 ? new Promise<never>(() => undefined) : undefined
        },
        { timeoutMs: 200, retries: 0 },
      )
      expect(await at.node.reach(id, 'failed', 2000)).toMatchObject({ errorCode: 'JOB_TIMEOUT' })
      await at.node.reach(await jobs.enqueue(work, {}), 'completed', 2000)
    })

    test('of one kind no more run at once on a server than it says, and two servers share them', async () => {
      await using other = await openNode(at.url)
      const ran = [0, 0]
      const now = [0, 0]
      const most = [0, 0]
      const busy = (i: 0 | 1) => async () => {
        now[i] = (now[i] as number) + 1
        most[i] = Math.max(most[i] as number, now[i] as number)
        await Bun.sleep(15)
        now[i] = (now[i] as number) - 1
        ran[i] = (ran[i] as number) + 1
      }
      const { work, plugin } = jobOf(busy(0), { concurrency: 3 })
      const { jobs } = await at.node.run(plugin)
      await other.run({ ...plugin, jobs: [{ ...work, run: busy(1) }] })
      const ids = await Promise.all(Array.from({ length: 60 }, () => jobs.enqueue(work, {})))
      await until(() => (ran[0] as number) + (ran[1] as number) >= ids.length)
      expect(most).toEqual([3, 3])
      expect(Math.min(...ran)).toBeGreaterThan(5)
      await Bun.sleep(50)
      expect((ran[0] as number) + (ran[1] as number)).toBe(ids.length)
    })
  })

  test('progress is seen as it comes, by percent and a few words, and is bounded', async () => {
    const go = Promise.withResolvers<void>()
    const { id } = await enqueued(async ({ progress }) => {
      progress(0, 'begins')
      await Bun.sleep(300)
      progress(40.7, 'x'.repeat(1000))
      await go.promise
      expect(() => progress(101)).toThrow(RangeError)
    })
    const seen: JobInfo[] = []
    for await (const info of at.node.system.operator.follow(id, AbortSignal.timeout(5000))) {
      seen.push(info)
      if (info.progress?.percent === 40) go.resolve()
    }
    const steps = seen.flatMap(({ progress }) => progress ?? [])
    expect(steps).toContainEqual({ percent: 0, note: 'begins' })
    expect(steps).toContainEqual({ percent: 40, note: 'x'.repeat(200) })
    expect(seen.at(-1)).toMatchObject({ state: 'completed', progress: null })
  })

  describe('a server that stops', () => {
    test('lets what runs end', async () => {
      const own = await openNode(at.url)
      const { work, plugin } = jobOf(() => Bun.sleep(400))
      const { jobs } = await own.run(plugin)
      const id = await jobs.enqueue(work, {})
      await at.node.reach(id, 'running')
      await own[Symbol.asyncDispose]()
      expect(await at.node.system.operator.get(id)).toMatchObject({ state: 'completed', attempts: 1 })
    })

    test('hands back what does not end in time, heard or not, and it costs no retry', async () => {
      const own = await openNode(at.url)
      const { work, plugin } = jobOf(() => new Promise<never>(() => undefined), {
        retries: 0,
        concurrency: 2,
      })
      const heard: Job = { ...work, name: 'heard', run: untilAborted }
      const declaration = { ...plugin, jobs: [work, heard] }
      const { jobs } = await own.run(declaration)
      const ids = [await jobs.enqueue(work, {}), await jobs.enqueue(heard, {})]
      for (const id of ids) await at.node.reach(id, 'running')
      const began = performance.now()
      await own[Symbol.asyncDispose]()
      expect(performance.now() - began).toBeLessThan(6000)
      for (const id of ids) expect(await at.node.system.operator.get(id)).toMatchObject({ state: 'waiting' })
      const done = { run: () => undefined }
      await at.node.run({
        ...plugin,
        jobs: [
          { ...work, ...done },
          { ...heard, ...done },
        ],
      })
      for (const id of ids) expect(await at.node.reach(id, 'completed')).toMatchObject({ attempts: 2 })
    })
  })

  test('a job whose plugin is gone waits and says so, and is run when it is there again', async () => {
    const { work, plugin } = jobOf(() => undefined)
    const { jobs, close } = at.node.system.open(plugin)
    const id = await jobs.enqueue(work, {})
    expect(await at.node.system.operator.get(id)).toMatchObject({
      held: `the plugin ${plugin.name} has no such job, or does not run`,
    })
    close()
    expect(await at.node.system.operator.get(id)).toMatchObject({ held: `there is no plugin ${plugin.name}` })
    at.node.system.explain((name) => (name === plugin.name ? 'it is quarantined: it loops' : undefined))
    expect(await at.node.system.operator.get(id)).toMatchObject({ held: 'it is quarantined: it loops' })
    await at.node.run(plugin)
    expect(await at.node.reach(id, 'completed')).toMatchObject({ held: null })
  })
}
