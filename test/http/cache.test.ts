/** The cache of a running server, as operators and programs see it. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { parseMetrics } from '../../src/observe/fixtures.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

const NOWHERE = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'
const cacheOf = ({ headers }: Response) => headers.get('x-cache')

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let server: TestServer
  let id = ''
  const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init)
  const get = async <T>(path: string): Promise<T> => {
    const answer = await ask(path)
    expect([path, answer.status]).toEqual([path, 200])
    return (await answer.json()) as T
  }
  const post = async <T>(path: string) => {
    const answer = await ask(path, { method: 'POST' })
    return { status: answer.status, body: (await answer.json()) as T }
  }
  const upload = async (bytes: Uint8Array) =>
    ((await (await ask('/api/recordings', { method: 'POST', body: bytes })).json()) as { id: string }).id
  const metrics = async () => {
    const answer = await ask('/metrics')
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    return parseMetrics(await answer.text())
  }

  beforeAll(async () => {
    folder = await temporaryFolder()
    server = await startTestServer(target, { data: folder.path })
    id = await upload(sampleRecordings()[0]?.bytes() as Uint8Array)
  })
  afterAll(async () => {
    expect([await server.kill('SIGTERM'), server.log()]).toEqual([0, expect.not.stringContaining('error')])
    await folder[Symbol.asyncDispose]()
  })

  describe('kept answers', () => {
    test('of a recording are the same bytes, and 304 for whom has them', async () => {
      const path = `/api/recordings/${id}`
      const first = await ask(path)
      expect(cacheOf(first)).toBe('MISS; tier=loader; age=0')
      const second = await ask(`${path}?utm=x`)
      expect(cacheOf(second)).toStartWith('HIT; tier=memory')
      expect(await second.text()).toBe(await first.text())
      expect(second.headers.get('cache-control')).toBe('private, no-cache')
      const etag = second.headers.get('etag') as string
      const third = await ask(path, { headers: { 'if-none-match': etag } })
      expect([third.status, await third.text(), third.headers.get('etag')]).toEqual([304, '', etag])
    })

    test('are made anew once the recording has changed', async () => {
      await ask(`/api/recordings/${id}`)
      await post(`/api/cache/invalidate?tag=recording.changed:${NOWHERE}`)
      expect(cacheOf(await ask(`/api/recordings/${id}`))).toStartWith('HIT')
      await post(`/api/cache/invalidate?tag=recording.changed:${id}`)
      expect(cacheOf(await ask(`/api/recordings/${id}`))).toStartWith('MISS')
    })

    test('are none where there is no recording', async () => {
      for (const _ of [1, 2]) {
        const answer = await ask(`/api/recordings/${NOWHERE}`)
        expect([answer.status, cacheOf(answer)]).toEqual([404, null])
      }
    })

    test('of the OpenAPI document are the document', async () => {
      const [first, second] = [await ask('/api/openapi.json'), await ask('/api/openapi.json')]
      expect(cacheOf(second)).toStartWith('HIT; tier=memory')
      const body = await second.text()
      expect(body).toBe(await first.text())
      expect(Object.keys((JSON.parse(body) as { paths: object }).paths)).toContain('/api/cache/health')
    })
  })

  test('health names each check with its threshold', async () => {
    const { status, checks } = await get<{ status: string; checks: Array<{ id: string }> }>(
      '/api/cache/health',
    )
    expect(status).toBe('ok')
    expect(checks.map(({ id: check }) => check)).toEqual([
      'memory',
      'hitRate',
      'invalidation',
      'tier:postgres',
      'connectionFailures:postgres',
      'latency:postgres',
    ])
    expect(checks[0]).toMatchObject({ status: 'ok', threshold: 0.8, reason: null })
  })

  test('stats count what was asked, by namespace and tier', async () => {
    interface Stats {
      readonly phase: string
      readonly totals: { readonly reads: number; readonly hits: { readonly memory: number } }
      readonly namespaces: ReadonlyArray<{ readonly namespace: string; readonly reads: number }>
      readonly tiers: ReadonlyArray<{ readonly id: string; readonly operations: object }>
    }
    const readsOf = ({ namespaces }: Stats) =>
      namespaces.find(({ namespace }) => namespace === 'http.responses')?.reads ?? 0
    const before = await get<Stats>('/api/cache/stats')
    await ask(`/api/recordings/${id}`)
    const after = await get<Stats>('/api/cache/stats')
    expect(readsOf(after)).toBe(readsOf(before) + 1)
    expect(after).toMatchObject({ phase: 'database', isTrusted: true, tiers: [{ id: 'postgres' }] })
    expect(Object.keys(after.tiers[0]?.operations ?? {})).toContain('get')
  })

  test('the dashboard and the namespaces show what is declared', async () => {
    const dashboard = await get<Record<string, unknown>>('/api/cache/dashboard')
    expect(Object.keys(dashboard).toSorted()).toEqual([
      'health',
      'history',
      'namespaces',
      'snapshot',
      'warming',
    ])
    const { items } = await get<{ items: Array<Record<string, unknown>> }>('/api/cache/namespaces')
    expect(items.find(({ name }) => name === 'mvc-cascade.values')).toMatchObject({
      ttlMs: 86_400_000,
      personal: ['patientCode'],
    })
  })

  describe('keys', () => {
    interface Page {
      readonly items: ReadonlyArray<{
        readonly key: string
        readonly namespace: string
        readonly tier: string
      }>
      readonly nextCursor: string | null
    }

    test('are listed page by page, and name nobody', async () => {
      await ask(`/api/recordings/${id}/analysis`)
      await ask(`/api/recordings/${id}/analysis?rate=900`)
      const found: Page['items'][number][] = []
      let cursor: string | null = null
      do {
        const page: Page = await get(`/api/cache/keys?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`)
        found.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(found.length).toBeGreaterThan(2)
      expect(new Set(found.map(({ tier }) => tier))).toEqual(new Set(['memory', 'postgres']))
      expect(found.some(({ key }) => key.startsWith('c3d:'))).toBe(true)
      expect(JSON.stringify(found)).not.toContain('/api/')
      const { items } = await get<Page>('/api/cache/keys?prefix=c3d:')
      expect(items.every(({ key }) => key.startsWith('c3d:'))).toBe(true)
    })

    test.each([
      ['an unknown cursor', 'cursor=x'],
      ['a page of none', 'limit=0'],
      ['too long a page', 'limit=501'],
      ['too long a prefix', `prefix=${'x'.repeat(251)}`],
    ])('%s is refused', async (_, query) => {
      const answer = await ask(`/api/cache/keys?${query}`)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'INVALID_REQUEST' })
    })
  })

  describe('invalidation', () => {
    test('by pattern reaches every tier, and says how much', async () => {
      const analysis = `/api/recordings/${id}/analysis`
      await ask(analysis)
      expect(cacheOf(await ask(analysis))).toStartWith('HIT')
      const { status, body } = await post<{ removed: Record<string, number>; cleared: string[] }>(
        '/api/cache/invalidate?pattern=c3d:*',
      )
      expect(status).toBe(200)
      expect(body.removed.memory).toBeGreaterThan(0)
      expect(body.removed.postgres).toBeGreaterThan(0)
      const { items } = await get<{ items: Array<{ name: string; key: string }> }>('/api/cache/namespaces')
      const meant = items.filter(({ key }) => key.startsWith('c3d:')).map(({ name }) => name)
      expect(body.cleared.toSorted()).toEqual(meant.toSorted())
      expect(cacheOf(await ask(analysis))).toStartWith('MISS')
    })

    test('by namespace and by key', async () => {
      await ask(`/api/recordings/${id}`)
      expect(await post('/api/cache/invalidate?namespace=http.responses')).toMatchObject({
        status: 200,
        body: { cleared: ['http.responses'] },
      })
      expect(cacheOf(await ask(`/api/recordings/${id}`))).toStartWith('MISS')
      const { items } = await get<{ items: Array<{ key: string }> }>('/api/cache/keys?prefix=http:response:')
      const key = encodeURIComponent(items[0]?.key ?? '')
      expect(await post(`/api/cache/invalidate?key=${key}`)).toMatchObject({
        body: { removed: { memory: 1 } },
      })
      expect(cacheOf(await ask(`/api/recordings/${id}`))).toStartWith('MISS')
    })

    test.each([
      ['', 400, 'INVALID_REQUEST'],
      ['?pattern=a*&tag=b', 400, 'INVALID_REQUEST'],
      ['?pattern=', 400, 'INVALID_REQUEST'],
      ['?pattern=a%00*', 400, 'INVALID_REQUEST'],
      ['?namespace=nothing', 404, 'NOTHING_TO_INVALIDATE'],
      ['?key=no:such:key', 404, 'NOTHING_TO_INVALIDATE'],
    ])('%p is refused', async (query, status, code) => {
      expect(await post(`/api/cache/invalidate${query}`)).toMatchObject({ status, body: { code } })
    })
  })

  test('warming says how far it is, and refuses what there is not', async () => {
    const { status, body } = await post<{ steps: object[] }>('/api/cache/warm')
    expect([status, Array.isArray(body.steps)]).toEqual([202, true])
    const state = await get<{ available: object[] }>('/api/cache/warm')
    expect(Array.isArray(state.available)).toBe(true)
    expect(await post('/api/cache/warm?name=nothing')).toMatchObject({
      status: 400,
      body: { code: 'NOTHING_TO_WARM' },
    })
  })

  test('the benchmark measures every tier within its bounds, one at a time', async () => {
    const begun = performance.now()
    const [one, other] = await Promise.all(
      [1, 2].map(() => post<Record<string, unknown>>('/api/cache/benchmark?entries=100&bytes=500&seconds=3')),
    )
    expect(performance.now() - begun).toBeLessThan(8000)
    const done = one?.status === 200 ? one : other
    const refused = one?.status === 200 ? other : one
    expect(refused).toMatchObject({ status: 409, body: { code: 'BENCHMARK_RUNNING' } })
    expect(done?.body).toMatchObject({
      entries: 100,
      memory: { hit: { count: 100 } },
      tiers: { postgres: { read: { count: 100 } } },
    })
    expect((await post('/api/cache/benchmark?entries=5001')).status).toBe(400)
  })

  describe('the stream', () => {
    const openStreams = async () =>
      (await metrics()).get('myoserve_cache_metrics_open_streams')?.samples[0]?.value

    test('sends snapshots until the client goes', async () => {
      const controller = new AbortController()
      const answer = await ask('/api/cache/stream?interval=0.5', { signal: controller.signal })
      expect(answer.headers.get('content-type')).toBe('text/event-stream')
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
      const decoder = new TextDecoder()
      let text = ''
      while (text.split('\n\n').length < 4)
        text += decoder.decode((await reader.read()).value, { stream: true })
      const events = text.split('\n\n').slice(0, 3)
      for (const event of events) {
        const [, json = ''] = /^event: snapshot\ndata: (.*)$/.exec(event) ?? []
        expect(JSON.parse(json)).toMatchObject({ status: 'ok', phase: 'database', isTrusted: true })
      }
      expect(await openStreams()).toBe(1)
      controller.abort()
      await reader.read().catch(() => undefined)
      for (let i = 0; i < 100 && (await openStreams()) !== 0; i++) await Bun.sleep(50)
      expect(await openStreams()).toBe(0)
    })

    test('does not keep the server from stopping', async () => {
      await using data = await temporaryFolder()
      const other = await startTestServer(target, { data: data.path })
      const answer = await fetch(`${other.url}/api/cache/stream?interval=60`)
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
      await reader.read()
      const begun = performance.now()
      expect(await other.kill('SIGTERM')).toBe(0)
      // The listener alone would wait for 5 s.
      expect(performance.now() - begun).toBeLessThan(4000)
    })
  })

  test('metrics are valid, and count what was asked', async () => {
    const hits = async () =>
      (await metrics())
        .get('myoserve_cache_hits_total')
        ?.samples.find(({ labels }) => labels.namespace === 'http.responses' && labels.tier === 'memory')
        ?.value ?? 0
    await ask(`/api/recordings/${id}`)
    const before = await hits()
    await ask(`/api/recordings/${id}`)
    expect(await hits()).toBe(before + 1)
    const families = await metrics()
    for (const name of [
      'myoserve_cache_misses_total',
      'myoserve_cache_stale_reads_total',
      'myoserve_cache_loads_total',
      'myoserve_cache_loaded_bytes_total',
      'myoserve_cache_latency_seconds',
      'myoserve_cache_memory_bytes',
      'myoserve_cache_tier_breaker_state',
      'myoserve_cache_tier_calls_total',
      'process_start_time_seconds',
    ]) {
      expect([name, families.get(name)?.samples.length ?? 0]).not.toEqual([name, 0])
    }
  })
})
