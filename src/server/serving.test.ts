import { describe, expect, test } from 'bun:test'
import pino from 'pino'
import * as v from 'valibot'
import { createCacheSystem } from '../cache/system.ts'
import { openAccess } from '../http/guard.ts'
import { route } from '../http/route.ts'
import type { Plugin } from '../plugin/define.ts'
import { createTestedHost, plugin } from '../plugin/fixtures.ts'
import { createServing } from './serving.ts'

const get = (path: string, handle: () => unknown, rest: object = {}) =>
  route({
    method: 'get',
    path,
    summary: 's',
    policy: 'public',
    answers: { 200: { description: 'd', schema: v.looseObject({}) } },
    handle,
    ...rest,
  })
const answering = (name: string, handle: () => unknown, rest: object = {}) =>
  plugin(name, { routes: () => [get(`/api/plugins/${name}`, handle, rest)] })

async function serve(...outside: readonly Plugin[]) {
  const cache = createCacheSystem({ memoryBytes: 1e6, secret: 'test' })
  const host = await createTestedHost([], outside, { cache })
  await host.start()
  const serving = createServing({
    host,
    database: async () => ({ kind: 'embedded', status: 'ok', latencyMs: 0 }),
    cache,
    identify: openAccess.identify,
    log: pino({ level: 'silent' }),
  })
  const ask = async (path: string) => {
    const request = new Request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } })
    const answer = await serving.fetch(request)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const reload = (leaving: readonly string[], load: () => Promise<readonly Plugin[]>) =>
    host.change({
      leaving,
      load: async () => ({ plugins: await load(), refused: [] }),
      migrate: async () => new Map(),
    })
  return { host, ask, reload }
}

describe('a plugin that is quarantined', () => {
  test('answers 503 where it answered before, though an answer of it is kept, and on every path below', async () => {
    const grip = answering('grip', () => ({ grip: 1 }), { cache: { ttl: '1h' } })
    const { host, ask } = await serve(
      grip,
      answering('fine', () => ({})),
    )
    expect(await ask('/api/plugins/grip')).toEqual({ status: 200, body: { grip: 1 } })
    host.quarantine('grip', 'its code did not end within 5 s.')
    for (const path of ['/api/plugins/grip', '/api/plugins/grip/elsewhere']) {
      expect(await ask(path)).toMatchObject({
        status: 503,
        body: {
          code: 'PLUGIN_QUARANTINED',
          detail: 'The plugin grip is quarantined: its code did not end within 5 s.',
        },
      })
    }
    expect((await ask('/api/plugins/fine')).status).toBe(200)
    expect((await ask('/api/plugins/gripper')).status).toBe(404)
    expect((await ask('/api/openapi.json')).body.paths).toMatchObject({
      '/api/plugins/grip': { get: { responses: { 503: {} } } },
    })
  })

  test('from its setup on answers 503 too', async () => {
    const { ask } = await serve(plugin('grip', { setup: () => Promise.reject(new Error('no electrode')) }))
    expect(await ask('/api/plugins/grip/any')).toMatchObject({
      status: 503,
      body: { detail: 'The plugin grip is quarantined: its setup failed: no electrode.' },
    })
  })
})

describe('while a plugin is reloaded', () => {
  test('requests for it wait, those for others do not', async () => {
    const { ask, reload } = await serve(
      answering('grip', () => ({ grip: 'old' })),
      answering('fine', () => ({ fine: true })),
    )
    const { promise, resolve } = Promise.withResolvers<void>()
    const fresh = plugin('grip', {
      setup: () => promise,
      routes: () => [get('/api/plugins/grip', () => ({ grip: 'new' }))],
    })
    const reloaded = reload(['grip'], async () => [fresh])
    await Bun.sleep(5)
    let answered = false
    const waiting = ask('/api/plugins/grip').finally(() => {
      answered = true
    })
    expect((await ask('/api/plugins/fine')).body).toEqual({ fine: true })
    expect(answered).toBe(false)
    resolve()
    expect(await waiting).toEqual({ status: 200, body: { grip: 'new' } })
    await reloaded
  })

  test('a request that is under way ends as it began', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const old = answering('grip', async () => {
      await promise
      return { grip: 'old' }
    })
    const { ask, reload } = await serve(old)
    const under = ask('/api/plugins/grip')
    await Bun.sleep(1)
    const reloaded = reload(['grip'], async () => [answering('grip', () => ({ grip: 'new' }))])
    await Bun.sleep(5)
    resolve()
    expect((await under).body).toEqual({ grip: 'old' })
    await reloaded
    expect((await ask('/api/plugins/grip')).body).toEqual({ grip: 'new' })
  })

  test('the former one answers until the new one has been loaded', async () => {
    const { ask, reload } = await serve(answering('grip', () => ({ grip: 'old' })))
    const { promise, resolve } = Promise.withResolvers<readonly Plugin[]>()
    const reloaded = reload(['grip'], () => promise)
    await Bun.sleep(5)
    expect((await ask('/api/plugins/grip')).body).toEqual({ grip: 'old' })
    resolve([answering('grip', () => ({ grip: 'new' }))])
    await reloaded
    expect((await ask('/api/plugins/grip')).body).toEqual({ grip: 'new' })
  })
})
