/** What is kept of answers, what is not, and whom they are given to. */
import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import pino from 'pino'
import * as v from 'valibot'
import { createClock, createFakeTier, createNode } from '../cache/fixtures.ts'
import { createApp } from './app.ts'
import { matchesTag, packResponse, unpackResponse } from './packed-response.ts'
import { Problem } from './problem.ts'
import { type CachedInput, type ResponseCaching, type Route, route } from './route.ts'

type Input = CachedInput<{ id: string }, { limit?: string | undefined }>

const served = (
  handle: (input: Input) => unknown,
  cache: Partial<ResponseCaching<{ id: string }, unknown>> = {},
): Route =>
  route({
    method: 'get',
    path: '/api/thing/{id}',
    summary: 'A thing',
    policy: 'public',
    params: v.object({ id: v.string() }),
    query: v.object({ limit: v.optional(v.string()) }),
    answers: {},
    cache: {
      ttl: '1h',
      tags: ({ params }) => [['thing.changed:{thingId}', { thingId: params.id }]],
      ...cache,
    },
    handle,
  })

function serve(
  handle: (input: Input) => unknown,
  options: Parameters<typeof createNode>[0] = {},
  release = '1',
) {
  const node = createNode(options)
  const app = createApp({ routes: [served(handle)], log: pino({ level: 'silent' }), cache: node, release })
  const ask = (path = '/api/thing/1', headers: Record<string, string> = {}, init: RequestInit = {}) =>
    app.fetch(new Request(`http://127.0.0.1${path}`, { ...init, headers: { host: '127.0.0.1', ...headers } }))
  const change = async (thingId: string) =>
    (await node.announce([['thing.changed:{thingId}', { thingId }]])).settled()
  return { node, ask, change }
}

/** A handler that counts. */
function counting(answer: (n: number, input: Input) => unknown = (n) => ({ n })) {
  const handle = Object.assign((input: Input) => answer(++handle.count, input), { count: 0 })
  return handle
}

const cacheOf = (answer: Response) => answer.headers.get('x-cache')?.split(';')[0] ?? null

describe('a cached answer', () => {
  test('is made once, and then served as the very same bytes', async () => {
    const handle = counting(() => ({ z: 1, a: [1.0, 'é'] }))
    const { ask } = serve(handle)
    const first = await ask()
    expect(first.headers.get('x-cache')).toBe('MISS; tier=loader; age=0')
    const second = await ask()
    expect(second.headers.get('x-cache')).toBe('HIT; tier=memory; age=0')
    expect(await second.text()).toBe(await first.text())
    for (const name of ['content-type', 'etag']) {
      expect(second.headers.get(name)).toBe(first.headers.get(name))
    }
    expect(second.headers.get('content-type')).toBe('application/json')
    expect(second.headers.get('cache-control')).toBe('private, no-cache')
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
    expect(handle.count).toBe(1)
  })

  test('is another one for other parameters and another query, and the same for what the route does not take', async () => {
    const handle = counting((_, { params, query }) => ({ ...params, ...query }))
    const { ask } = serve(handle)
    for (const path of ['/api/thing/1', '/api/thing/2', '/api/thing/1?limit=5', '/api/thing/1?limit=6']) {
      expect(cacheOf(await ask(path))).toBe('MISS')
    }
    expect(await (await ask('/api/thing/1?limit=6&utm=x')).json()).toEqual({ id: '1', limit: '6' })
    expect(handle.count).toBe(4)
  })

  test('is not sent to whom has it', async () => {
    const { ask } = serve(counting())
    const etag = (await ask()).headers.get('etag') as string
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
    for (const given of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await ask('/api/thing/1', { 'if-none-match': given })
      expect([answer.status, await answer.text()]).toEqual([304, ''])
      expect(answer.headers.get('etag')).toBe(etag)
      expect(answer.headers.get('cache-control')).toBe('private, no-cache')
      expect(cacheOf(answer)).toBe('HIT')
    }
    expect((await ask('/api/thing/1', { 'if-none-match': '"x"' })).status).toBe(200)
  })

  test('is made anew when what it shows has changed, and no other is', async () => {
    const { ask, change } = serve(counting())
    await ask()
    await ask('/api/thing/2')
    await change('1')
    expect(cacheOf(await ask())).toBe('MISS')
    expect(cacheOf(await ask('/api/thing/2'))).toBe('HIT')
  })

  test('is made anew as well where its id came in capitals', async () => {
    const node = createNode()
    const id = '01a1fecd-733e-7505-9aae-2eb0a994cf71'
    const seen: string[] = []
    const shown = served(({ params }) => ({ n: seen.push(params.id) }))
    const routes = [{ ...shown, params: v.object({ id: v.pipe(v.string(), v.uuid()) }) } as Route]
    const app = createApp({ routes, log: pino({ level: 'silent' }), cache: node, release: '1' })
    const ask = () =>
      app.request(`http://127.0.0.1/api/thing/${id.toUpperCase()}`, { headers: { host: '127.0.0.1' } })
    await ask()
    expect(cacheOf(await ask())).toBe('HIT')
    await (await node.announce([['thing.changed:{thingId}', { thingId: id }]])).settled()
    expect(cacheOf(await ask())).toBe('MISS')
    expect(seen).toEqual([id, id])
  })

  test('is served stale while it is made anew', async () => {
    const clock = createClock()
    const { node, ask } = serve(counting(), { now: clock.now })
    await ask()
    clock.pass(3_600_001)
    const stale = await ask()
    expect(stale.headers.get('x-cache')).toBe('STALE; tier=memory; age=3600')
    expect(await stale.json()).toEqual({ n: 1 })
    await node.settle()
    expect(await (await ask()).json()).toEqual({ n: 2 })
  })

  test('goes from node to node over Redis, and to no other release', async () => {
    const redis = createFakeTier('redis')
    const options = { tiers: { redis }, phase: 'redis-only' } as const
    const one = serve(counting(), options)
    await one.ask()
    await one.node.settle()
    const other = await serve(counting(), options).ask()
    expect(other.headers.get('x-cache')).toStartWith('HIT; tier=redis')
    expect(await other.json()).toEqual({ n: 1 })
    expect(cacheOf(await serve(counting(), options, '2').ask())).toBe('MISS')
    expect([...redis.entries.keys()].join()).not.toContain('thing')
  })

  test('that somebody spoilt is none', async () => {
    const redis = createFakeTier('redis')
    const options = { tiers: { redis }, phase: 'redis-only' } as const
    const one = serve(counting(), options)
    await one.ask()
    await one.node.settle()
    const [entry] = redis.entries.values()
    // Without the tag that says that this schema has accepted it: bytes that were written keep it, and their checksum.
    const versions = Object.fromEntries(
      Object.entries(entry?.meta.versions ?? {}).filter(([tag]) => !tag.startsWith('shape:')),
    )
    for (const body of [
      '{}',
      new Uint8Array(0),
      new Uint8Array([255, 255, 255, 255, 1]),
      Buffer.from('\x02\0\0\0[]'),
    ]) {
      if (entry) redis.entries.set(entry.key, { ...entry, meta: { ...entry.meta, versions }, body })
      const other = serve(counting(), options)
      expect(cacheOf(await other.ask())).toBe('MISS')
      expect(other.node.statistics.of('http.responses').invalid).toBe(1)
      await other.node.settle()
    }
  })

  test('answers HEAD without a body', async () => {
    const { ask } = serve(counting())
    await ask()
    const answer = await ask('/api/thing/1', {}, { method: 'HEAD' })
    expect([answer.status, await answer.text(), cacheOf(answer)]).toEqual([200, '', 'HIT'])
  })

  test('of many who ask at once is made once', async () => {
    const handle = counting(async (n) => {
      await Bun.sleep(5)
      return { n }
    })
    const { ask } = serve(handle)
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask()))
    expect(new Set(await Promise.all(answers.map((answer) => answer.text())))).toEqual(new Set(['{"n":1}']))
    expect(handle.count).toBe(1)
  })
})

describe('is not kept:', () => {
  const never = async (answer: (n: number) => unknown, status: number) => {
    const handle = counting(answer)
    const { ask, node } = serve(handle)
    const [first, second] = [await ask(), await ask()]
    expect([first.status, second.status, handle.count]).toEqual([status, status, 2])
    expect([cacheOf(first), cacheOf(second), node.memory.count]).toEqual([null, null, 0])
    return { first, second }
  }

  test('a problem', async () => {
    const { second } = await never(() => {
      throw new Problem(404, 'NOT_FOUND', 'It is not there.')
    }, 404)
    expect(await second.json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a fault of ours', async () => {
    await never(() => {
      throw new Error('bug')
    }, 500)
  })

  test('an answer of another status', async () => {
    await never(() => Response.json({ a: 1 }, { status: 202 }), 202)
  })

  test('a cookie, and what says that it is not to be stored', async () => {
    await never(() => new Response('x', { headers: { 'set-cookie': 'a=b' } }), 200)
    await never(() => new Response('x', { headers: { 'cache-control': 'private, no-store' } }), 200)
  })

  test('a stream of events, which begins before it ends', async () => {
    const stream = () =>
      new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array([65])) }), {
        headers: { 'content-type': 'text/event-stream', etag: '"no"' },
      })
    const { first, second } = await never(stream, 200)
    for (const { body } of [first, second]) await body?.cancel()
  })

  test('an answer over the limit, which comes whole', async () => {
    const body = 'x'.repeat(3 * 2 ** 20)
    const { first, second } = await never(() => new Response(body), 200)
    expect([(await first.text()) === body, (await second.text()) === body]).toEqual([true, true])
    const { ask, node } = serve(counting(() => ({ body })))
    expect(((await (await ask()).json()) as { body: string }).body).toBe(body)
    expect([cacheOf(await ask()), node.memory.count]).toEqual(['MISS', 0])
  })

  test('but each who waits gets an answer of their own', async () => {
    const handle = counting(async (n) => {
      await Bun.sleep(5)
      return new Response(`${n}`, { headers: { 'cache-control': 'no-store' } })
    })
    const { ask } = serve(handle)
    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await ask()).text()))
    expect(answers.toSorted()).toEqual(['1', '2', '3', '4', '5'])
  })
})

test('an answer of another type keeps its headers and its own ETag', async () => {
  const { ask } = serve(
    counting(
      () => new Response('a;b', { headers: { 'content-type': 'text/csv', etag: '"own"', 'x-mine': '1' } }),
    ),
  )
  await ask()
  const answer = await ask()
  expect(cacheOf(answer)).toBe('HIT')
  expect(['content-type', 'etag', 'x-mine'].map((name) => answer.headers.get(name))).toEqual([
    'text/csv',
    '"own"',
    '1',
  ])
  expect(await answer.text()).toBe('a;b')
})

describe('packResponse', () => {
  test('gives back any bytes with their headers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.stringMatching(/^[a-z0-9 ;=/-]*$/), (body, value) => {
        const unpacked = unpackResponse(packResponse(body, new Headers({ 'x-any': value, age: '5' })))
        expect([...unpacked.body]).toEqual([...body])
        expect(unpacked.headers.get('x-any')).toBe(value.trim())
        expect(unpacked.headers.has('age')).toBe(false)
      }),
    )
  })

  test('is undone of nothing else: whatever is cut off is refused, or leaves the head whole', () => {
    const packed = packResponse(new Uint8Array(10), new Headers())
    for (let length = 0; length < packed.byteLength - 10; length++) {
      expect(() => unpackResponse(packed.subarray(0, length))).toThrow()
    }
  })

  test('makes tags that clients send back', () => {
    expect(matchesTag(undefined, '"a"')).toBe(false)
    expect(matchesTag('"b", W/"a"', '"a"')).toBe(true)
    expect(matchesTag('a', '"a"')).toBe(false)
  })
})
