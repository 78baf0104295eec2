import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { namespace } from '../cache/namespace.ts'
import { createCacheSystem } from '../cache/system.ts'
import type { Borrower } from './define.ts'
import { change, createTestedHost, get, plugin, reasons, traced } from './fixtures.ts'

const space = (key: string) => namespace({ key, ttl: '1h', schema: v.string() })

describe('a change', () => {
  test('has those leave that need what leaves, in reverse, and come back in the order of needs', async () => {
    const calls: string[] = []
    const built = traced('built', calls)
    const a = traced('a', calls)
    const b = traced('b', calls, { needs: { a } })
    const other = traced('other', calls)
    const host = await createTestedHost([built], [a, b, other])
    await host.start()
    calls.length = 0
    await change(host, ['a'], [b, a])
    expect(calls).toEqual(['stop b', 'stop a', 'setup a', 'setup b', 'start a', 'start b'])
    expect(reasons(host)).toEqual({ built: 'running', other: 'running', a: 'running', b: 'running' })
  })

  test('hands those that come the services that were there before, the very same', async () => {
    const service = { id: Symbol('service') }
    const built = plugin('built', { setup: () => service })
    const got: unknown[] = []
    const user = () =>
      plugin('user', {
        needs: { built },
        setup: ({ needs }: { needs: { built: unknown } }) => void got.push(needs.built),
      })
    const host = await createTestedHost([built], [user()])
    await change(host, ['user'], [user()])
    expect(got).toEqual([service, service])
    expect(got[0]).toBe(got[1])
  })

  test('takes back what a plugin has added to others, the latest first', async () => {
    const undone: string[] = []
    const registry = plugin('registry', { lend: (_: unknown, borrower: Borrower) => borrower })
    const user = plugin('user', {
      needs: { registry },
      setup({ needs }: { needs: { registry: Borrower } }) {
        needs.registry.onLeave(() => void undone.push('first'))
        needs.registry.onLeave(() => {
          throw new Error('not this one')
        })
        needs.registry.onLeave(() => void undone.push('last'))
      },
      stop: () => void undone.push('stop'),
    })
    const host = await createTestedHost([registry], [user])
    await host.start()
    await change(host, ['user'], [])
    expect(undone).toEqual(['stop', 'last', 'first'])
    expect(reasons(host)).toEqual({ registry: 'running' })
  })

  test('frees routes, cache keys, commands and warmings for others', async () => {
    const cache = createCacheSystem({ memoryBytes: 1e6, secret: 'test' })
    const greedy = (name: string) =>
      plugin(name, {
        caches: { x: space('grip:{id}') },
        commands: () => [{ name: 'grip', summary: '', usage: '', options: {}, run: async () => 0 }],
        warm: () => [
          {
            name: 'all',
            summary: '',
            priority: 1,
            concurrency: 1,
            items: async () => [],
            load: async () => 0,
          },
        ],
      })
    const host = await createTestedHost([], [greedy('first'), greedy('second')], { cache })
    await host.start()
    expect(reasons(host)).toEqual({
      first: 'running',
      second: 'its cache key "grip:{id}" collides with "grip:{id}" of first',
    })
    // Nobody asks for it: it is tried again, since it was others that it was refused for.
    await change(host, ['first'], [greedy('second')])
    expect(reasons(host)).toEqual({ second: 'running' })
    expect(host.commands().map(({ name }) => name)).toEqual(['grip'])
    expect(cache.namespaces().map(({ name }) => name)).not.toContain('first.x')
    expect(cache.namespaces().map(({ name }) => name)).toContain('second.x')
  })

  test('leaves nothing of a plugin that leaves in memory', async () => {
    const cache = createCacheSystem({ memoryBytes: 1e6, secret: 'test' })
    type Caches = { caches: { x: { set(params: object, value: string): Promise<void> } } }
    const keeper = plugin('keeper', {
      caches: { x: space('kept:{id}') },
      setup: ({ caches }: Caches) => caches.x,
      start: (x: Caches['caches']['x']) => x.set({ id: '1' }, 'value'),
    })
    const host = await createTestedHost([], [keeper], { cache })
    await host.start()
    expect([...cache.memory.keys()]).toHaveLength(1)
    await change(host, ['keeper'], [])
    expect([...cache.memory.keys()]).toEqual([])
    expect([...cache.statistics.all().keys()]).not.toContain('keeper.x')
  })

  test('brings a plugin back that lacked what comes', async () => {
    const need = plugin('need')
    const user = plugin('user', { needs: { need } })
    const host = await createTestedHost([], [user])
    await host.start()
    expect(reasons(host)).toEqual({ user: 'it needs need, which is not installed' })
    await change(host, [], [user, need])
    expect(reasons(host)).toEqual({ need: 'running', user: 'running' })
    await change(host, ['need'], [user])
    expect(reasons(host)).toEqual({ user: 'it needs need, which is not installed' })
  })

  test('that brings a plugin that fails quarantines it, and nothing of the former is left', async () => {
    const undone: string[] = []
    const good = plugin('grip', {
      routes: () => [get('/api/plugins/grip')],
      stop: () => void undone.push('stop'),
    })
    const bad = plugin('grip', {
      version: '2.0.0',
      start: () => Promise.reject(new Error('no electrode')),
      routes: () => [get('/api/plugins/grip')],
    })
    const host = await createTestedHost([plugin('fine')], [good])
    await host.start()
    await change(host, ['grip'], [bad])
    expect(undone).toEqual(['stop'])
    expect(reasons(host)).toEqual({ fine: 'running', grip: 'its start failed: no electrode' })
    expect(host.states()[1]?.version).toBe('2.0.0')
  })

  test('that cannot be prepared changes nothing', async () => {
    const host = await createTestedHost([], [plugin('grip')])
    await host.start()
    const failed = host.change({
      leaving: ['grip'],
      load: () => Promise.reject(new Error('no disk')),
      migrate: async () => new Map(),
    })
    await expect(failed).rejects.toThrow('no disk')
    expect(reasons(host)).toEqual({ grip: 'running' })
    await change(host, ['grip'], [])
    expect(reasons(host)).toEqual({})
  })

  test('bars a plugin whose tables could not be made', async () => {
    const grip = plugin('grip')
    const host = await createTestedHost([], [])
    await host.start()
    await host.change({
      leaving: [],
      load: async () => ({ plugins: [grip], refused: [] }),
      migrate: async () => new Map([[grip, 'its migration 0000 failed']]),
    })
    expect(reasons(host)).toEqual({ grip: 'its migration 0000 failed' })
  })

  test('waits for the change before it, and a stop for both', async () => {
    const calls: string[] = []
    const slow = traced('slow', calls, {
      setup: async () => {
        await Bun.sleep(10)
        calls.push('setup slow')
      },
    })
    const host = await createTestedHost([], [])
    await host.start()
    const both = [change(host, [], [slow]), change(host, ['slow'], [])]
    await host.stop()
    expect(calls).toEqual(['setup slow', 'start slow', 'stop slow'])
    await Promise.all(both)
    expect(reasons(host)).toEqual({})
  })

  test('lets requests end that are under way, before the plugin is stopped', async () => {
    const calls: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const grip = traced('grip', calls, {
      routes: () => [
        get('/api/plugins/grip', async () => {
          await promise
          calls.push('answered')
        }),
      ],
    })
    const host = await createTestedHost([], [grip])
    await host.start()
    const answer = host.routes()[0]?.handle({} as never)
    const leaving = change(host, ['grip'], [])
    await Bun.sleep(20)
    expect(calls).toEqual(['setup grip', 'start grip'])
    resolve()
    await Promise.all([answer, leaving])
    expect(calls).toEqual(['setup grip', 'start grip', 'answered', 'stop grip'])
  })
})
