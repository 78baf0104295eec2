/** What the host gives to whoever collects metrics, and what plugins declare for the cache. */
import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import * as v from 'valibot'
import { namespace } from '../cache/namespace.ts'
import type { CacheOperator } from '../cache/operator.ts'
import { parseMetrics } from '../observe/fixtures.ts'
import { metricsText } from '../observe/metrics.ts'
import { hostOf, plugin } from './fixtures.ts'

const gauge = (name: string, value = 1) => ({ name, help: 'It.', type: 'gauge', samples: [{ value }] })

describe('metrics', () => {
  test('of the process, the cache and the plugins make one valid text', async () => {
    const host = await hostOf(
      plugin('grip-strength', { metrics: () => [gauge('myoserve_grip_strength_n', 7)] }),
    )
    const families = parseMetrics(metricsText(await host.metrics()))
    expect(families.get('myoserve_grip_strength_n')?.samples).toEqual([
      { name: 'myoserve_grip_strength_n', labels: {}, value: 7 },
    ])
    for (const name of [
      'process_resident_memory_bytes',
      'myoserve_build_info',
      'myoserve_cache_hits_total',
    ]) {
      expect(families.has(name)).toBe(true)
    }
  })

  test('of a plugin that fails, or breaks the rules, are left out; those of others are there', async () => {
    const host = await hostOf(
      plugin('good', { metrics: async () => [gauge('myoserve_good_x')] }),
      plugin('thrower', {
        metrics: () => {
          throw new Error('no')
        },
      }),
      plugin('late', { metrics: () => new Promise(() => undefined) }),
      plugin('stranger', { metrics: () => [gauge('myoserve_good_y')] }),
      plugin('cache', { metrics: () => [gauge('myoserve_cache_memory_bytes')] }),
    )
    const families = parseMetrics(metricsText(await host.metrics()))
    expect(families.has('myoserve_good_x')).toBe(true)
    expect(families.has('myoserve_good_y')).toBe(false)
    const up = families.get('myoserve_plugin_metrics_up')?.samples
    expect(up?.map(({ labels, value }) => [labels.plugin, value])).toEqual([
      ['good', 1],
      ['thrower', 0],
      ['late', 0],
      ['stranger', 0],
      ['cache', 0],
    ])
  })
})

describe('warming', () => {
  test('begins with the start, for what plugins declare', async () => {
    const warmed: number[] = []
    let operator: CacheOperator | undefined
    const host = await hostOf(
      plugin('warm', {
        setup: (context: { cacheOperator: CacheOperator }) => {
          operator = context.cacheOperator
          return {}
        },
        warm: () => [
          {
            name: 'numbers',
            summary: 'Numbers',
            priority: 1,
            concurrency: 1,
            items: async () => [1, 2, 3],
            load: async (item: number) => void warmed.push(item),
          },
        ],
      }),
    )
    expect(warmed).toEqual([])
    await host.start()
    while (operator?.warming().running) await Bun.sleep(1)
    expect(warmed).toEqual([1, 2, 3])
    expect(operator?.warming().steps).toMatchObject([{ name: 'warm.numbers', state: 'done', done: 3 }])
    await host.stop()
  })
})

test('a plugin may not take the keys of the host', async () => {
  const caches = { mine: namespace({ key: 'cache:{kind}:{x}', ttl: '1h', schema: v.string() }) }
  const host = await hostOf(plugin('greedy', { caches }))
  expect(host.states()[0]).toMatchObject({
    state: 'quarantined',
    reason: expect.stringContaining('collides with "cache:benchmark:{entry}"'),
  })
})

test('docs/cache.md names every metric of the host, and no other', async () => {
  const page = await Bun.file(join(import.meta.dir, '../../docs/cache.md')).text()
  const named = [...page.matchAll(/`((?:myoserve|process)_[a-z_]*[a-z])`/g)].map(([, name = '']) => name)
  // One is of the plugin cache-metrics, and needs it.
  const own = named.filter((name) => name !== 'myoserve_cache_metrics_open_streams')
  const host = await hostOf()
  const names = (await host.metrics()).map(({ name }) => name)
  expect([...new Set(own)].toSorted()).toEqual(names.toSorted())
})
