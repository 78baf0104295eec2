/** Jobs are there exactly when their transaction is committed, once for each key, and are run in their order. */
import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { absentJobs } from '../../src/jobs/absent.ts'
import { job } from '../../src/jobs/job.ts'
import { jobCount, openNode, type TestNode, until } from './node.ts'

const Numbered = v.object({ n: v.number() })

/** A job that notes what it was run with. */
function noting(name: string, rest: object = {}) {
  const seen: number[] = []
  const note = job({
    name: 'note',
    schema: Numbered,
    run: ({ input }) => void seen.push(input.n),
    ...rest,
  })
  return { seen, note, plugin: { name, jobs: [note] } }
}

export function testEnqueue(at: TestNode): void {
  describe('a job', () => {
    test('is never there when its transaction is rolled back', async () => {
      const { seen, note, plugin } = noting('rolled')
      const { jobs } = await at.node.run(plugin)
      const broken = at.node.database.db.transaction(async (tx) => {
        await jobs.enqueue(note, { n: 1 }, { tx })
        await jobs.enqueue(note, { n: 2 }, { tx, key: 'k' })
        throw new Error('no')
      })
      await expect(broken).rejects.toThrow('no')
      const id = await jobs.enqueue(note, { n: 3 }, { key: 'k' })
      await at.node.reach(id, 'completed')
      expect(await jobCount(at.node, 'rolled')).toBe(1)
      expect(seen).toEqual([3])
    })

    test('is not run before its transaction is committed, and at once after', async () => {
      const { seen, note, plugin } = noting('committed')
      const { jobs } = await at.node.run(plugin)
      const held = Promise.withResolvers<void>()
      const enqueued = Promise.withResolvers<string>()
      const transaction = at.node.database.db.transaction(async (tx) => {
        enqueued.resolve(await jobs.enqueue(note, { n: 1 }, { tx }))
        await held.promise
      })
      const id = await enqueued.promise
      await Bun.sleep(100)
      expect(await at.node.system.operator.get(id)).toBeNull()
      held.resolve()
      await transaction
      await until(() => seen.length === 1, 1000)
    })

    test('starts within 100 ms of its commit, the middle one of twenty', async () => {
      const started: number[] = []
      const quick = job({ name: 'quick', schema: Numbered, run: () => void started.push(performance.now()) })
      const { jobs } = await at.node.run({ name: 'latency', jobs: [quick] })
      const waits: number[] = []
      for (let n = 0; n < 20; n++) {
        await jobs.enqueue(quick, { n })
        const committed = performance.now()
        await until(() => started.length > n)
        waits.push((started[n] as number) - committed)
      }
      expect(waits.toSorted((a, b) => a - b)[10]).toBeLessThan(100)
    })

    test('with a key is there once while it waits or runs, and again when it has ended', async () => {
      const go = Promise.withResolvers<void>()
      const { note, plugin } = noting('keyed', { run: () => go.promise })
      const { jobs } = await at.node.run(plugin)
      const first = await jobs.enqueue(note, { n: 1 }, { key: 'a' })
      await at.node.reach(first, 'running')
      expect(await jobs.enqueue(note, { n: 2 }, { key: 'a' })).toBe(first)
      const other = await jobs.enqueue(note, { n: 3 }, { key: 'b' })
      expect(other).not.toBe(first)
      go.resolve()
      await at.node.reach(first, 'completed')
      expect(await jobs.enqueue(note, { n: 4 }, { key: 'a' })).not.toBe(first)
    })

    test('with a key is there once though twenty enqueue it at once', async () => {
      const { note, plugin } = noting('crowd')
      const { jobs } = at.node.system.open(plugin)
      const all = Array.from({ length: 20 }, (_, n) =>
        at.node.database.db.transaction((tx) => jobs.enqueue(note, { n }, { tx, key: 'one' })),
      )
      expect(new Set(await Promise.all(all)).size).toBe(1)
      expect(await jobCount(at.node, 'crowd')).toBe(1)
    })

    test('of a higher priority is run first, and those of the same in their order', async () => {
      const { seen, note, plugin } = noting('ordered')
      const { jobs } = at.node.system.open(plugin)
      for (const [n, priority] of [0, 0, 5, -5, 5].entries()) await jobs.enqueue(note, { n }, { priority })
      await at.node.system.work('ordered', {})
      await until(() => seen.length === 5)
      expect(seen).toEqual([2, 4, 0, 1, 3])
    })

    test('is run when it is time, not before and not long after', async () => {
      const started: number[] = []
      const timed = job({ name: 'timed', schema: Numbered, run: () => void started.push(Date.now()) })
      const { jobs } = await at.node.run({ name: 'later', jobs: [timed] })
      const due = Date.now() + 1200
      const id = await jobs.enqueue(timed, { n: 1 }, { startAfter: new Date(due) })
      expect(await at.node.system.operator.get(id)).toMatchObject({
        state: 'waiting',
        attempts: 0,
        held: null,
      })
      await at.node.reach(id, 'completed')
      expect((started[0] as number) - due).toBeWithin(-5, 300)
    })

    test('that does not fit its schema, or is not declared, is refused', async () => {
      const { note, plugin } = noting('strict')
      const { jobs } = at.node.system.open(plugin)
      await expect(jobs.enqueue(note, { n: 'x' as never })).rejects.toThrow(
        /the input of strict\.note does not fit its schema at "n"/,
      )
      const stranger = job({ name: 'stranger', schema: Numbered, run: () => undefined })
      await expect(jobs.enqueue(stranger, { n: 1 })).rejects.toThrow(
        /strict does not declare the job stranger/,
      )
      expect(await jobCount(at.node, 'strict')).toBe(0)
    })

    test('takes a running server: without one it is refused in one sentence', async () => {
      const { note, plugin } = noting('offline')
      const { jobs } = absentJobs().open(plugin)
      await expect(jobs.enqueue(note, { n: 1 })).rejects.toThrow(
        'jobs and events take a running server: this command has none',
      )
    })
  })

  test('of several servers that start at once on an empty database, one makes the tables and all run', async () => {
    const empty = await at.databases.create()
    const nodes = await Promise.all([1, 2, 3, 4].map(() => openNode(empty)))
    const { seen, note, plugin } = noting('together')
    const opened = await Promise.all(nodes.map((each) => each.run(plugin)))
    await Promise.all(opened.map(({ jobs }, n) => jobs.enqueue(note, { n })))
    await until(() => seen.length === 4)
    await Promise.all(nodes.map((each) => each[Symbol.asyncDispose]()))
  })
}
