import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import type { Borrower } from './define.ts'
import { change, createTestedHost, get, plugin, reasons, traced } from './fixtures.ts'

describe('quarantine at run time', () => {
  test('ends what the plugin has begun, and what needs it with it; contributions stay until it leaves', async () => {
    const calls: string[] = []
    let borrower: Borrower | undefined
    const registry = plugin('registry', { lend: (_: unknown, each: Borrower) => each })
    const grip = traced('grip', calls, {
      needs: { registry },
      setup({ needs }: { needs: { registry: Borrower } }) {
        borrower = needs.registry
        borrower.onLeave(() => void calls.push('undone'))
      },
      metrics: () => [],
      links: () => [{ label: 'Grip', path: '/grip' }],
    })
    const user = traced('user', calls, { needs: { grip } })
    const host = await createTestedHost([registry], [grip, user])
    await host.start()
    calls.length = 0
    let changes = 0
    host.onChange(() => changes++)
    expect(host.quarantine('grip', 'its code did not end')).toBe(true)
    expect(changes).toBe(1)
    expect(borrower?.quarantined()).toBe('its code did not end')
    await Bun.sleep(1)
    expect(calls.toSorted()).toEqual(['stop grip', 'stop user'])
    expect(reasons(host)).toEqual({
      registry: 'running',
      grip: 'its code did not end',
      user: 'it needs grip, which is quarantined',
    })
    expect(await host.links()).toEqual([])
    expect(host.quarantined('grip')).toBe('its code did not end')
    expect(host.quarantined('registry')).toBeUndefined()
    expect(host.quarantine('grip', 'again')).toBe(false)
    await change(host, ['grip'], [grip, user])
    expect(calls).toContain('undone')
    expect(reasons(host)).toEqual({ registry: 'running', grip: 'running', user: 'running' })
  })

  test('has its routes answer 503, without a look at its cache or its schemas', async () => {
    const schema = v.custom<{ id: string }>(() => {
      throw new Error('code of the plugin')
    })
    const grip = plugin('grip', {
      routes: () => [
        { ...get('/api/plugins/grip/{id}'), params: schema, query: schema, cache: { ttl: '1h' } },
      ],
    })
    const host = await createTestedHost([], [grip])
    await host.start()
    host.quarantine('grip', 'it failed')
    const [refused] = host.routes()
    expect(refused?.path).toBe('/api/plugins/grip/{id}')
    expect(refused?.cache).toBeUndefined()
    expect(v.safeParse(refused?.params as v.GenericSchema, { id: 'x' }).success).toBe(true)
    expect(() => refused?.handle({} as never)).toThrow('The plugin grip is quarantined: it failed.')
  })

  test('is not for one that the server is nothing without, nor for what such a one needs', async () => {
    const need = plugin('need')
    const essential = plugin('reader', { essential: true, needs: { need } })
    const host = await createTestedHost([need, essential])
    await host.start()
    expect([
      host.quarantine('reader', 'x'),
      host.quarantine('need', 'x'),
      host.quarantine('ghost', 'x'),
    ]).toEqual([false, false, false])
    expect(reasons(host)).toEqual({ need: 'running', reader: 'running' })
  })

  test('while it starts, ends it once it has', async () => {
    const calls: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const grip = traced('grip', calls, { start: () => promise })
    const host = await createTestedHost([], [grip])
    const started = host.start()
    await Bun.sleep(1)
    host.quarantine('grip', 'it failed')
    resolve()
    await started
    expect(calls).toEqual(['setup grip', 'stop grip'])
    expect(reasons(host)).toEqual({ grip: 'it failed' })
  })
})
