import { describe, expect, test } from 'bun:test'
import pino from 'pino'
import * as v from 'valibot'
import { createNode } from '../cache/fixtures.ts'
import { inRanges } from '../config/address.ts'
import { HostConfig } from '../config/schema.ts'
import { type Identity, NOBODY, OPEN } from '../identity/identity.ts'
import { openLimits } from '../limits/limits.ts'
import { createApp } from './app.ts'
import { type Client, clientOf } from './client.ts'
import { createEventStreams } from './event-stream.ts'
import type { Network } from './network.ts'
import { route } from './route.ts'

const seen = (method: 'get' | 'post', path: string, policy: string) =>
  route({
    method,
    path,
    summary: 'Who asks',
    policy,
    concerns: 'nothing',
    answers: { 200: { description: 'The client' } },
    handle: ({ c }) => clientOf(c),
  })
const streams = createEventStreams()
const routes = [
  seen('get', '/api/me', 'me:read'),
  seen('post', '/api/me', 'me:write'),
  seen('post', '/api/login', 'public'),
  seen('get', '/api/public', 'public'),
  route({
    method: 'post',
    path: '/api/body',
    summary: 'Counts a body',
    policy: 'public',
    body: { 'application/octet-stream': {} },
    answers: { 200: { description: 'Its length' } },
    handle: async ({ c }) => ({ bytes: (await c.req.raw.bytes()).length }),
  }),
  route({
    method: 'get',
    path: '/api/events',
    summary: 'A stream',
    policy: 'me:read',
    concerns: 'nothing',
    answers: { 200: { description: 'Events', mediaType: 'text/event-stream' } },
    handle: ({ c }) =>
      streams.open(
        'tick',
        async function* (signal) {
          yield 1
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
        },
        c.req.raw.signal,
      ),
  }),
]

const USER: Identity = { ...OPEN, id: 'user:1', name: 'Ann', proof: 'cookie' }
const KEY: Identity = { ...OPEN, id: 'key:1', name: 'lab', proof: 'key' }

interface Setting {
  readonly identity?: Identity
  readonly network?: Network
  readonly settings?: v.InferInput<typeof HostConfig>
  readonly peer?: string
  readonly secure?: boolean
}

function asking({ identity = KEY, network = {}, settings, peer = '192.0.2.7', secure = false }: Setting) {
  const limits = settings && openLimits({ settings: v.parse(HostConfig, settings), open: false, secret: 's' })
  const app = createApp({
    routes,
    log: pino({ level: 'silent' }),
    cache: createNode(),
    release: '1',
    network,
    limits,
    access: { identify: () => identity, records: new Map() },
  })
  return async (path: string, init: RequestInit = {}, from = peer) =>
    app.fetch(
      new Request(`http://localhost${path}`, {
        ...init,
        headers: { host: 'localhost:8080', ...init.headers },
      }),
      { connection: { address: from, secure } },
    )
}
const codeOf = async (answer: Response | Promise<Response>) => {
  const { code } = (await (await answer).json()) as { code?: string }
  return `${(await answer).status} ${code ?? ''}`.trim()
}

describe('Host', () => {
  const ask = asking({ network: { names: ['0.0.0.0', 'EMG.clinic.example', '2001:db8::5', '10.0.0.5'] } })

  test.each([
    'emg.clinic.example',
    'EMG.Clinic.Example:8443',
    'emg.clinic.example.',
    '[2001:DB8:0::5]:80',
    '10.0.0.5:1',
    'localhost',
    '[::1]',
  ])('%s is ours', async (host) => expect((await ask('/api/me', { headers: { host } })).status).toBe(200))

  test.each([
    'evil.example',
    'emg.clinic.example.evil.example',
    'emg.clinic.example@evil.example',
    'localhost, evil.example',
    'localhost:8080:1',
    'localhost/../evil',
    'localhost#',
    '10.0.0.6',
    '127.0.0.1.nip.io',
    '2130706433',
    '',
  ])('%p is not', async (host) => {
    expect(await codeOf(ask('/api/me', { headers: { host } }))).toBe('421 HOST_NOT_ALLOWED')
  })
})

describe('a server that only its proxy shall reach', () => {
  const trust = { isTrusted: inRanges(['10.0.0.0/24']), header: 'x-forwarded' } as const
  const ask = asking({ network: { trust, proxiesOnly: true } })

  test.each(['192.0.2.7', '2001:db8::1', '::ffff:192.0.2.7', '10.0.1.1'])('turns %s away', async (peer) => {
    expect(await codeOf(ask('/api/public', {}, peer))).toBe('403 PROXY_REQUIRED')
  })

  test('answers the proxy, and this machine', async () => {
    for (const peer of ['10.0.0.9', '::ffff:10.0.0.9', '127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect((await ask('/api/public', {}, peer)).status).toBe(200)
    }
  })

  test('knows by it who asks, and says HSTS where the client speaks TLS', async () => {
    const headers = { 'x-forwarded-for': '1.1.1.1, 203.0.113.4', 'x-forwarded-proto': 'https' }
    const answer = await ask('/api/me', { headers }, '10.0.0.9')
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect((await answer.json()) as Client).toEqual({
      address: '203.0.113.4',
      secure: true,
      host: 'localhost:8080',
    })
  })
})

describe('requests that a page has a browser send', () => {
  const own = { origin: 'http://localhost:8080' }
  const foreign = { origin: 'https://evil.example' }
  type Case = [
    name: string,
    identity: Identity,
    method: string,
    headers: Record<string, string>,
    status: number,
  ]
  const cases: Case[] = [
    ['a change by a login from our page', USER, 'POST', own, 200],
    ['… that the browser says is ours', USER, 'POST', { 'sec-fetch-site': 'same-origin' }, 200],
    ['… that somebody typed', USER, 'POST', { 'sec-fetch-site': 'none' }, 200],
    ['… from another page', USER, 'POST', foreign, 403],
    ['… from a page without an origin', USER, 'POST', { origin: 'null' }, 403],
    ['… from another program of this host', USER, 'POST', { origin: 'http://localhost:9090' }, 403],
    ['… from a subdomain of ours', USER, 'POST', { 'sec-fetch-site': 'same-site' }, 403],
    ['… across sites', USER, 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
    ['… of which nothing is said', USER, 'POST', {}, 403],
    ['… with an empty origin', USER, 'POST', { origin: '' }, 403],
    ['… whose origin begins like ours', USER, 'POST', { origin: 'http://localhost:8080.evil.example' }, 403],
    ['… with two origins', USER, 'POST', { origin: 'http://localhost:8080, https://evil.example' }, 403],
    ['what a login reads', USER, 'GET', foreign, 200],
    ['a change by a key, from anywhere', KEY, 'POST', foreign, 200],
    ['a change by a key of a program', KEY, 'POST', {}, 200],
    ['a change where access is open, from our page', OPEN, 'POST', own, 200],
    ['… by a program', OPEN, 'POST', {}, 200],
    ['… from another page', OPEN, 'POST', foreign, 403],
    ['… across sites', OPEN, 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
    ['what another page reads where access is open', OPEN, 'GET', foreign, 403],
    ['a link to us where access is open', OPEN, 'GET', { 'sec-fetch-site': 'cross-site' }, 200],
  ]
  test.each(cases)('%s', async (_, identity, method, headers, status) => {
    expect((await asking({ identity })('/api/me', { method, headers })).status).toBe(status)
  })

  test('nobody is logged in by another page', async () => {
    const ask = asking({ identity: NOBODY })
    expect(await codeOf(ask('/api/login', { method: 'POST', headers: foreign }))).toBe(
      '403 ORIGIN_NOT_ALLOWED',
    )
    expect((await ask('/api/login', { method: 'POST', headers: own })).status).toBe(200)
    expect((await ask('/api/login', { method: 'POST' })).status).toBe(200)
  })

  test('where we speak TLS, a page of ours that came without it is another one', async () => {
    const ask = asking({ identity: USER, secure: true })
    expect((await ask('/api/me', { method: 'POST', headers: own })).status).toBe(403)
    expect(
      (await ask('/api/me', { method: 'POST', headers: { origin: 'https://localhost:8080' } })).status,
    ).toBe(200)
  })
})

describe('CORS', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: { origin: 'https://lab.example', 'access-control-request-method': 'POST' },
  }
  const allowing = asking({ identity: USER, network: { corsOrigins: ['https://lab.example'] } })

  test('is off unless it is configured', async () => {
    const ask = asking({ identity: KEY })
    expect((await ask('/api/me', preflight)).status).toBe(405)
    const answer = await ask('/api/me', { headers: { origin: 'https://lab.example' } })
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('lets exactly the configured origins in, with what they read', async () => {
    const answer = await allowing('/api/me', preflight)
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://lab.example')
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin')
    const change = await allowing('/api/me', { method: 'POST', headers: { origin: 'https://lab.example' } })
    expect(change.status).toBe(200)
    expect(change.headers.get('access-control-expose-headers')).toContain('retry-after')
  })

  test.each(['https://evil.example', 'http://lab.example', 'https://lab.example.evil.example', 'null'])(
    'says nothing to %s',
    async (origin) => {
      const answer = await allowing('/api/me', { ...preflight, headers: { ...preflight.headers, origin } })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect((await allowing('/api/me', { method: 'POST', headers: { origin } })).status).toBe(403)
    },
  )

  test('lets a page of an allowed origin read why it was refused', async () => {
    const answer = await allowing('/api/nothing', { headers: { origin: 'https://lab.example' } })
    expect(answer.status).toBe(404)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://lab.example')
  })

  test('takes no wildcard and no address for an origin', () => {
    for (const origin of [
      '*',
      'https://*.lab.example',
      'https://lab.example/',
      'lab.example',
      'null',
      'file:///x',
    ]) {
      expect(v.safeParse(HostConfig, { corsOrigins: origin }).success).toBe(false)
    }
    expect(
      v.parse(HostConfig, { corsOrigins: 'https://a.example, http://b.example:81' }).corsOrigins,
    ).toHaveLength(2)
  })
})

describe('headers of every answer', () => {
  test.each(['/api/me', '/api/nothing', '/api/public'])(
    '%s can be run, framed and guessed at by nobody',
    async (path) => {
      const { headers } = await asking({})(path)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(headers.get('strict-transport-security')).toBeNull()
    },
  )

  test('what takes a permission is kept by no browser and no proxy', async () => {
    expect((await asking({})('/api/me')).headers.get('cache-control')).toBe('private, no-store')
    expect((await asking({})('/api/public')).headers.get('cache-control')).toBe('no-cache')
    expect((await asking({ identity: NOBODY })('/api/me')).headers.get('cache-control')).toBe('no-store')
  })

  test('HSTS is said where we speak TLS', async () => {
    const { headers } = await asking({ secure: true })('/api/nothing')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  })
})

describe('limits', () => {
  test('of requests by identity are told in every answer, and refuse with Retry-After', async () => {
    const ask = asking({ settings: { rateLimit: 3, rateLimitAddress: 0 } })
    expect((await ask('/api/me')).headers.get('ratelimit-policy')).toBe('"identity";q=3;w=60')
    expect((await ask('/api/me')).headers.get('ratelimit')).toMatch(/^"identity";r=1;t=\d+$/)
    await ask('/api/me')
    const refused = await ask('/api/me')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('ratelimit')).toMatch(/^"identity";r=0;t=\d+$/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await codeOf(refused)).toBe('429 RATE_LIMITED')
  })

  test('of nobody go by address, and another address is somebody else', async () => {
    const ask = asking({ identity: NOBODY, settings: { rateLimit: 2 } })
    const statuses = []
    for (const from of ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2']) {
      statuses.push((await ask('/api/public', {}, from)).status)
    }
    expect(statuses).toEqual([200, 200, 429, 200])
  })

  test('of an address behind a proxy go by the client, who cannot choose another one', async () => {
    const trust = { isTrusted: inRanges(['10.0.0.1']), header: 'x-forwarded' } as const
    const ask = asking({
      identity: NOBODY,
      peer: '10.0.0.1',
      network: { trust },
      settings: { rateLimitLogin: 2 },
    })
    const login = async (way: string) =>
      (await ask('/api/login', { method: 'POST', headers: { 'x-forwarded-for': way } })).status
    expect([await login('9.9.9.1, 192.0.2.1'), await login('9.9.9.2, 192.0.2.1')]).toEqual([200, 200])
    expect(await login('9.9.9.3, 192.0.2.1')).toBe(429)
    expect(await login('192.0.2.2')).toBe(200)
  })

  test('of requests at once turn the next away, and let it in when one has ended', async () => {
    const ask = asking({ settings: { requestsAtOnceAddress: 1 } })
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const first = ask('/api/body', { method: 'POST', body: readable })
    await Bun.sleep(5)
    const refused = await ask('/api/me')
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await codeOf(refused)).toBe('503 TOO_MANY_AT_ONCE')
    expect((await ask('/api/me', {}, '192.0.2.9')).status).toBe(200)
    await writable.close()
    expect(await (await first).json()).toEqual({ bytes: 0 })
    expect((await ask('/api/me')).status).toBe(200)
  })

  test('of event streams count until one is closed', async () => {
    const ask = asking({ settings: { eventStreams: 2 } })
    const open = [await ask('/api/events'), await ask('/api/events')]
    expect(await codeOf(ask('/api/events'))).toBe('503 TOO_MANY_STREAMS')
    await open[0]?.body?.cancel()
    const third = await ask('/api/events')
    expect(third.status).toBe(200)
    for (const each of [open[1], third]) await each?.body?.cancel()
  })

  test('of an address refuse one that is too long', async () => {
    const ask = asking({ settings: {} })
    expect(await codeOf(ask(`/api/me?x=${'a'.repeat(8192)}`))).toBe('414 URI_TOO_LONG')
    expect((await ask(`/api/me?x=${'a'.repeat(8000)}`)).status).toBe(200)
  })
})

describe('bodies', () => {
  const slow = asking({ network: { pace: { silenceMs: 100, leastRate: 10_000 } } })
  const send = (chunks: number, bytes: number, pauseMs: number) => {
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (chunks-- === 0) return controller.close()
        await Bun.sleep(pauseMs)
        controller.enqueue(new Uint8Array(bytes))
      },
    })
    return slow('/api/body', { method: 'POST', body })
  }

  test.each(['gzip', 'zstd', 'identity, br', 'x'])('that are packed by %s are refused', async (encoding) => {
    const init = { method: 'POST', body: 'x', headers: { 'content-encoding': encoding } }
    expect(await codeOf(slow('/api/body', init))).toBe('415 CONTENT_ENCODING_NOT_ALLOWED')
  })

  test('that come at a pace are read', async () => {
    expect(await (await send(30, 1000, 10)).json()).toEqual({ bytes: 30_000 })
  })

  test('that stop, or trickle, are given up, with their connection', async () => {
    const started = performance.now()
    const stopped = await send(2, 1000, 5000)
    expect(stopped.headers.get('connection')).toBe('close')
    expect(await codeOf(stopped)).toBe('408 BODY_TOO_SLOW')
    expect(await codeOf(send(1000, 1, 20))).toBe('408 BODY_TOO_SLOW')
    expect(performance.now() - started).toBeLessThan(1500)
  })
})
