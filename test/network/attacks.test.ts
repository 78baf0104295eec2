/** Hostile requests to a running server: paths, hosts, headers, bodies, slowness. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { request, sendRaw } from './raw.ts'

setDefaultTimeout(60_000)

/** What steps out of a folder, where somebody makes a path of it. */
const TRAVERSALS = [
  '..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%252f..%252fetc%252fpasswd',
  '..%5c..%5cetc%5cpasswd',
  '%2fetc%2fpasswd',
  '..%c0%af..%c0%afetc%c0%afpasswd',
  'x%00.c3d',
  '%0d%0aset-cookie:%20a=b',
  '%ff%fe',
  '%',
  '..;',
] as const

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let server: TestServer
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  beforeAll(async () => {
    folder = await temporaryFolder()
    server = await startTestServer(target, {
      data: folder.path,
      env: { BODY_SILENCE: '300ms', BODY_LEAST_RATE: '1000', REQUESTS_AT_ONCE_ADDRESS: '64' },
    })
  })
  afterAll(async () => {
    expect(await server.kill()).toBe(0)
    expect(server.log()).not.toContain('"error"')
    await folder[Symbol.asyncDispose]()
  })
  const raw = (method: string, path: string, lines: readonly string[] = []) =>
    sendRaw(server.url, request(method, path, lines))

  test('no route with a parameter of its path gives anything of the machine, or fails over it', async () => {
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Document
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      path.includes('{')
        ? Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path }))
        : [],
    )
    expect(routes.length).toBeGreaterThan(40)
    const wrong: string[] = []
    for (const { method, path } of routes) {
      const answers = await Promise.all(
        TRAVERSALS.map((hostile) => raw(method, path.replaceAll(/\{\w+\}/g, hostile), ['Content-Length: 0'])),
      )
      for (const [i, { status, text }] of answers.entries()) {
        const isRefusal = status >= 400 && status < 500
        if (!isRefusal || /root:|^set-cookie: a=b/im.test(text))
          wrong.push(`${method} ${path} ${TRAVERSALS[i]}: ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('dots that are no parameter lead nowhere either', async () => {
    for (const path of [
      '/../../etc/passwd',
      '/api/docs/../../etc/passwd',
      '/api/docs/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
    ]) {
      expect((await raw('GET', path)).status).toBe(404)
    }
  })

  test('a Host that is not ours is refused, however it is said', async () => {
    const hosts = [
      'evil.example',
      'localhost.evil.example',
      'localhost@evil.example',
      'a/b?c',
      'localhost, evil.example',
    ]
    for (const host of hosts) {
      const { status, text } = await sendRaw(server.url, `GET /health HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      expect([host, status]).toEqual([host, 421])
      expect(text).toContain('HOST_NOT_ALLOWED')
    }
    const twice = await sendRaw(
      server.url,
      'GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
    )
    expect(twice.status).toBe(421)
    const none = await sendRaw(server.url, 'GET /health HTTP/1.1\r\n\r\n')
    expect(none.status).toBe(400)
    // RFC 9112 section 3.2.2 lets the target win; ours does not read it.
    const absolute = await sendRaw(
      server.url,
      'GET http://evil.example/health HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    )
    expect(absolute.status).toBe(421)
  })

  test('forwarded headers change nothing where no proxy is trusted', async () => {
    const lines = [
      'X-Forwarded-Proto: https',
      'X-Forwarded-Host: evil.example',
      'Forwarded: for=1.2.3.4;proto=https',
    ]
    const { status, text } = await raw('GET', '/health', lines)
    expect(status).toBe(200)
    expect(text.toLowerCase()).not.toContain('strict-transport-security')
  })

  test('a request that two servers would part differently is refused', async () => {
    const both = await raw('POST', '/api/recordings', ['Content-Length: 5', 'Transfer-Encoding: chunked'])
    expect(both.status).toBe(400)
    const lengths = await raw('POST', '/api/recordings', ['Content-Length: 5', 'Content-Length: 6'])
    expect(lengths.status).toBe(400)
  })

  test('headers without number or measure are refused', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `X-${i}: 1`)
    expect((await raw('GET', '/health', many)).status).toBe(431)
    expect((await raw('GET', '/health', [`X-Long: ${'a'.repeat(20_000)}`])).status).toBe(431)
    expect((await raw('GET', `/health?${'a'.repeat(9000)}`)).status).toBe(414)
    expect((await raw('GET', `/health?${'a'.repeat(40_000)}`)).status).toBe(431)
  })

  test('a body that trickles, stops, or is packed is refused, and its connection closed', async () => {
    const head = 'POST /api/recordings HTTP/1.1\r\nHost: localhost\r\n'
    const long = `${head}Content-Length: 100000\r\n\r\n`
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`
    const [trickled, dripped, stopped] = await Promise.all([
      sendRaw(server.url, long, { drip: 'a', everyMs: 50 }),
      sendRaw(server.url, chunked, { drip: '1\r\na\r\n', everyMs: 50 }),
      sendRaw(server.url, `${long}abc`, { untilClosed: true }),
    ])
    for (const answer of [trickled, dripped, stopped]) {
      expect(answer.status).toBe(408)
      expect(answer.text).toContain('BODY_TOO_SLOW')
      expect(answer.closedMs).toBeLessThan(3000)
    }
    expect(
      (await raw('POST', '/api/recordings', ['Content-Encoding: gzip', 'Content-Length: 0'])).status,
    ).toBe(415)
  })

  test('no route unpacks what is sent, be it small and grow by a thousandfold', async () => {
    const bomb = {
      gzip: Bun.gzipSync(new Uint8Array(2 ** 24)),
      zstd: Bun.zstdCompressSync(new Uint8Array(2 ** 24)),
    }
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Document
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) =>
        requestBody
          ? [{ method: method.toUpperCase(), path, type: Object.keys(requestBody.content)[0] }]
          : [],
      ),
    )
    expect(routes.length).toBeGreaterThan(20)
    for (const { method, path, type = '' } of routes) {
      for (const [encoding, body] of Object.entries(bomb)) {
        const url = `${server.url}${path.replaceAll(/\{\w+\}/g, 'x')}`
        const headers = { 'content-type': type, 'content-encoding': encoding }
        const { status } = await fetch(url, { method, headers, body })
        expect([method, path, encoding, status]).toEqual([method, path, encoding, 415])
      }
    }
  })

  test('connections that send half a body leave room for others', async () => {
    const half = 'POST /api/recordings HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc'
    const holding = Array.from({ length: 80 }, () => sendRaw(server.url, half))
    const statuses = (await Promise.all(holding)).map(({ status }) => status)
    expect(statuses.every((status) => status === 408 || status === 503)).toBe(true)
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(16)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })

  test('a file name cannot add a header, nor leave its quotes', async () => {
    const bytes = sampleRecordings()[0]?.bytes() as Uint8Array<ArrayBuffer>
    for (const name of [
      'a\r\nset-cookie: evil=1\r\n.c3d',
      'a"; filename="evil.html',
      '../../../etc/passwd',
      'ä\u2028\u202e.c3d',
    ]) {
      const sent = Uint8Array.from(bytes)
      const made = await fetch(`${server.url}/api/recordings?fileName=${encodeURIComponent(name)}`, {
        method: 'POST',
        body: sent,
      })
      const { id } = (await made.json()) as { id?: string }
      if (id === undefined) {
        expect(made.status).toBe(400)
        continue
      }
      const { headers } = await fetch(`${server.url}/api/recordings/${id}/file`)
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%!#$&+^`|~-]*$/)
      const table = await fetch(`${server.url}/api/recordings/${id}/export?format=csv`)
      expect(table.status).toBe(200)
      expect(table.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/)
      expect(table.headers.get('set-cookie')).toBeNull()
    }
  })

  test('every page says what it may load, and no script stands in it', async () => {
    const bytes = sampleRecordings()[0]?.bytes() as Uint8Array<ArrayBuffer>
    const made = await fetch(`${server.url}/api/recordings`, { method: 'POST', body: bytes })
    const { id } = (await made.json()) as { id: string }
    for (const path of ['/', '/api/docs', '/setup', `/api/recordings/${id}/report`]) {
      const answer = await fetch(`${server.url}${path}`)
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.headers.get('content-type')).toStartWith('text/html')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("base-uri 'none'")
      expect(policy).not.toContain('unsafe')
      expect(policy).toContain('frame-ancestors ')
      expect(policy.match(/script-src[^;]*/)?.[0] ?? "script-src 'self'").toBe("script-src 'self'")
      const page = await answer.text()
      expect(page.match(/<script(?![^>]*\ssrc="\/)[^>]*>/g)).toBeNull()
      expect(page.match(/\son\w+\s*=\s*["']|javascript:/gi)).toBeNull()
    }
  })
})
