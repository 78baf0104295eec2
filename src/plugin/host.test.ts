import { describe, expect, test } from 'bun:test'
import { Failure } from '../exit.ts'
import { route } from '../http/route.ts'
import { hostOf, plugin } from './fixtures.ts'

const get = (path: string, policy = 'public') =>
  route({ method: 'get', path, summary: '', policy, answers: {}, handle: () => ({}) })
const withRoutes = (name: string, ...routes: ReturnType<typeof get>[]) =>
  plugin(name, { routes: () => routes, permissions: ['grip:read'] })
const reasons = (host: Awaited<ReturnType<typeof hostOf>>) =>
  Object.fromEntries(host.states().map(({ name, state, reason }) => [name, reason ?? state]))

describe('life of plugins', () => {
  test('sets up and starts in the order of needs, stops in reverse', async () => {
    const calls: string[] = []
    const traced = (name: string, rest = {}) =>
      plugin(name, {
        setup: () => void calls.push(`setup ${name}`),
        start: () => void calls.push(`start ${name}`),
        stop: () => void calls.push(`stop ${name}`),
        ...rest,
      })
    const a = traced('a')
    const host = await hostOf(traced('b', { needs: { a } }), a)
    await host.start()
    await host.stop()
    expect(calls).toEqual(['setup a', 'setup b', 'start a', 'start b', 'stop b', 'stop a'])
  })

  test('hands a plugin the services it needs, under its own names', async () => {
    const reader = plugin('reader', { setup: () => ({ read: () => 'bytes' }) })
    let got: unknown
    const user = plugin('user', {
      needs: { source: reader },
      setup: ({ needs }: { needs: { source: { read(): string } } }) => {
        got = needs.source.read()
      },
    })
    await hostOf(user, reader)
    expect(got).toBe('bytes')
  })

  test('one that fails to stop does not keep the others running', async () => {
    const stopped: string[] = []
    const host = await hostOf(
      plugin('a', { stop: () => void stopped.push('a') }),
      plugin('b', {
        stop: () => {
          throw new Error('stuck')
        },
      }),
    )
    await host.start()
    await host.stop()
    expect(stopped).toEqual(['a'])
    expect(reasons(host)).toEqual({ a: 'stopped', b: 'stopped' })
  })
})

describe('quarantine', () => {
  const broken = plugin('broken', {
    setup: () => {
      throw new Error('no electrode')
    },
    routes: () => [get('/api/broken')],
  })

  test('a plugin that throws in setup is set aside with its reason, its dependants with it', async () => {
    const host = await hostOf(
      broken,
      plugin('user', { needs: { broken } }),
      withRoutes('fine', get('/api/fine')),
    )
    await host.start()
    expect(reasons(host)).toEqual({
      broken: 'its setup failed: no electrode',
      user: 'it needs broken, which is quarantined',
      fine: 'running',
    })
    expect(host.routes().map((each) => each.path)).toEqual(['/api/fine'])
  })

  test('a plugin that throws in start takes those along that were set up on it', async () => {
    const late = plugin('late', { start: () => Promise.reject(new Error('no disk')) })
    const host = await hostOf(late, plugin('user', { needs: { late } }), plugin('fine'))
    await host.start()
    expect(reasons(host)).toEqual({
      late: 'its start failed: no disk',
      user: 'it needs late, which is quarantined',
      fine: 'running',
    })
  })

  test('an essential plugin that fails stops the start', async () => {
    const essential = plugin('reader', { essential: true, host: '^9' })
    const failure = await hostOf(essential).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    expect((failure as Failure).message).toMatch(/^plugin reader cannot run: it wants plugin contract \^9/)
  })

  test('the health of a quarantined plugin is its reason; a failing check is a failure', async () => {
    const sick = plugin('sick', {
      health: () => {
        throw new Error('no answer')
      },
    })
    const host = await hostOf(broken, sick, plugin('fine'))
    const health = Object.fromEntries((await host.health()).map((each) => [each.name, each.health]))
    expect(health).toEqual({
      broken: { status: 'failed', reason: 'its setup failed: no electrode' },
      sick: { status: 'failed', reason: 'no answer' },
      fine: { status: 'ok' },
    })
  })
})

describe('routes', () => {
  test.each([
    [
      'the same route of another plugin',
      get('/api/grip/{name}'),
      'its route GET /api/grip/{name} is taken by first',
    ],
    ['a path outside /api', get('/grip'), 'its route GET /grip is not of the form /api/word/{parameter}'],
    ['no policy', get('/api/x', ''), 'its route GET /api/x names no policy'],
    [
      'a policy it does not declare',
      get('/api/x', 'users:write'),
      'its route GET /api/x is guarded by users:write, which it does not declare',
    ],
  ])('%s quarantines', async (_, own, reason) => {
    const host = await hostOf(
      withRoutes('first', get('/api/grip/{id}', 'grip:read')),
      withRoutes('second', own),
    )
    expect(reasons(host)).toEqual({ first: 'ready', second: reason })
    expect(host.routes()).toHaveLength(1)
  })

  test('one route twice in one plugin quarantines', async () => {
    const host = await hostOf(withRoutes('a', get('/api/x'), get('/api/x')))
    expect(reasons(host).a).toBe('its route GET /api/x is taken by a')
  })
})
