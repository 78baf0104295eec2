/** Events reach each handler exactly when the change is committed, and nobody is written to who does not listen. */
import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { event, on } from '../../src/jobs/event.ts'
import { checkJobs } from '../../src/jobs/queue.ts'
import { jobCount, openNode, type TestNode, until } from './node.ts'

const measured = event({ name: 'grip.measured', schema: v.object({ newtons: v.number() }) })

export function testEvents(at: TestNode): void {
  const emitter = { name: 'grip', emits: [measured] }

  describe('an event', () => {
    test('is written for nobody where nobody listens', async () => {
      const before = await at.node.database.sql`select count(*)::int as n from pgboss.job`
      const { events } = at.node.system.open(emitter)
      await at.node.database.db.transaction((tx) => events.emit(measured, { newtons: 1 }, tx))
      expect(await at.node.database.sql`select count(*)::int as n from pgboss.job`).toEqual(before)
    })

    test('reaches each handler once when it is committed, and none when it is rolled back', async () => {
      const heard: string[] = []
      const listener = (name: string, fails: boolean) => ({
        name,
        on: [
          on(measured, ({ newtons }, service: { readonly id: string }, { attempt }) => {
            heard.push(`${name} ${service.id} ${newtons} ${attempt}`)
            if (fails && attempt === 1) throw new Error('not yet')
          }),
        ],
      })
      const { events } = at.node.system.open(emitter)
      const running = [
        await at.node.run(listener('left', false), { id: 'l' }),
        await at.node.run(listener('right', true), { id: 'r' }),
      ]
      const broken = at.node.database.db.transaction(async (tx) => {
        await events.emit(measured, { newtons: 1 }, tx)
        throw new Error('no')
      })
      await expect(broken).rejects.toThrow('no')
      await at.node.database.db.transaction((tx) => events.emit(measured, { newtons: 2 }, tx))
      await until(() => heard.length === 3)
      expect(heard.toSorted()).toEqual(['left l 2 1', 'right r 2 1', 'right r 2 2'])
      for (const each of running) {
        await each.end()
        each.close()
      }
      expect([await jobCount(at.node, 'left'), await jobCount(at.node, 'right')]).toEqual([1, 1])
    })

    test('waits for a handler that does not run, and is not kept for one that has left', async () => {
      const heard: number[] = []
      const slow = { name: 'sleeper', on: [on(measured, ({ newtons }) => void heard.push(newtons))] }
      const { events } = at.node.system.open(emitter)
      const emit = (newtons: number) =>
        at.node.database.db.transaction((tx) => events.emit(measured, { newtons }, tx))
      const { close } = at.node.system.open(slow)
      await emit(1)
      close()
      await emit(2)
      const running = await at.node.run(slow)
      await emit(3)
      await until(() => heard.length === 2)
      expect(heard.toSorted()).toEqual([1, 3])
      await running.end()
      running.close()
    })

    test('is heard on another server than the one that has emitted it', async () => {
      await using other = await openNode(at.url)
      const heard: number[] = []
      const listener = { name: 'afar', on: [on(measured, ({ newtons }) => void heard.push(newtons))] }
      const { events } = at.node.system.open(emitter)
      const { close } = at.node.system.open(listener)
      await other.run(listener)
      await at.node.database.db.transaction((tx) => events.emit(measured, { newtons: 7 }, tx))
      await until(() => heard.length === 1)
      close()
    })

    test('is refused where it is not declared, or does not fit', async () => {
      const { db } = at.node.database
      const { close } = at.node.system.open({ name: 'strict-ear', on: [on(measured, () => undefined)] })
      const { events } = at.node.system.open(emitter)
      const stranger = event({ name: 'grip.lost', schema: v.object({}) })
      await expect(events.emit(stranger, {}, db)).rejects.toThrow(
        /grip does not declare the event grip\.lost/,
      )
      await expect(events.emit(measured, { newtons: 'x' as never }, db)).rejects.toThrow(
        /the payload of grip\.measured does not fit its schema at "newtons"/,
      )
      close()
    })
  })

  test.each([
    [{ jobs: [{ name: 'Not Kebab' }] }, 'its job "Not Kebab" is not in kebab-case'],
    [{ jobs: [{ name: 'a' }, { name: 'a' }] }, 'it declares a twice among its jobs and handlers'],
    [{ emits: [{ name: 'stored' }] }, 'its event "stored" is not of the form noun.verb'],
    [{ on: [{ event: measured }, { event: measured }] }, 'it declares on.grip.measured twice'],
    [{ jobs: [{ name: 'a', retries: -1 }] }, 'its job a cannot be tried so: retries are whole, 0 to 100'],
    [{ jobs: [{ name: 'a', timeoutMs: 0 }] }, 'its time limit is whole ms'],
    [{ jobs: [{ name: 'a', concurrency: 1000 }] }, 'concurrency is 1 to 100'],
    [{ jobs: [{ name: 'a', backoff: { firstS: 9, mostS: 1 } }] }, 'the first no more than the most'],
  ])('a declaration %j is refused', (declaration, sentence) => {
    expect(checkJobs({ name: 'grip', ...declaration } as never)).toContain(sentence)
  })
}
