/** TLS by files that change while the server runs, and where a server refuses to listen. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import pino from 'pino'
import { listen } from '../../src/http/listen.ts'
import { type Certificates, makeCertificates, OPENSSL, opensslNote } from '../support/certificates.ts'
import { type FirstAdmin, makeFirstAdmin } from '../support/first-admin.ts'
import { until } from '../support/redis.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

const REQUIRED = { ACCESS: 'required' }

/** The serial number of the certificate that a new connection is shown. */
const serialOf = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(url)
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.on('error', reject)
  })

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  const opened = new AsyncDisposableStack()
  let pairs: Certificates[] = []
  let files: { cert: string; key: string }
  let server: TestServer
  let admin: FirstAdmin
  /** Puts another pair in place, as a renewal does. */
  const renew = async (pair: Certificates): Promise<void> => {
    await copyFile(pair.key, files.key)
    await copyFile(pair.cert, files.cert)
  }
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const ca = await Promise.all(pairs.map((pair) => Bun.file(pair.ca).text()))
    return fetch(url, { ...init, tls: { ca } })
  }
  beforeAll(async () => {
    if (!OPENSSL) return
    pairs = await Promise.all([makeCertificates(), makeCertificates()])
    const folder = opened.use(await temporaryFolder())
    files = { cert: join(folder.path, 'server.crt'), key: join(folder.path, 'server.key') }
    await renew(pairs[0] as Certificates)
    server = await startTestServer(target, {
      data: join(folder.path, 'data'),
      args: ['--host', '0.0.0.0'],
      env: { ...REQUIRED, TLS_CERT_FILE: files.cert, TLS_KEY_FILE: files.key },
    })
    Object.assign(server, { url: server.url.replace('0.0.0.0', '127.0.0.1') })
    admin = await makeFirstAdmin(server, send)
  })
  afterAll(async () => {
    await server?.kill()
    await Promise.all(pairs.map((pair) => pair.remove()))
    await opened.disposeAsync()
  })

  test.skipIf(!OPENSSL)(
    `is spoken on all addresses, with HSTS, and nothing else is${opensslNote}`,
    async () => {
      expect(server.url).toStartWith('https://')
      const answer = await send(`${server.url}/health`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
      await expect(fetch(server.url.replace('https:', 'http:'))).rejects.toThrow()
      await expect(fetch(`${server.url}/health`)).rejects.toThrow(/certificate/i)
    },
  )

  test.skipIf(!OPENSSL)(
    `keeps the cookie of a login to itself, and to pages of ours${opensslNote}`,
    async () => {
      expect(admin.setCookie).toMatch(/^__Host-myoserve_session=/)
      for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/'])
        expect(admin.setCookie).toContain(attribute)
      const change = (headers: Record<string, string>) =>
        send(`${server.url}/api/patients`, {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json', cookie: admin.cookie, ...headers },
        })
      expect((await change({ origin: server.url })).status).toBe(201)
      expect((await change({ origin: server.url.replace('https', 'http') })).status).toBe(403)
      expect((await change({ origin: 'https://evil.example' })).status).toBe(403)
      expect((await change({})).status).toBe(403)
      expect(await (await change({ 'sec-fetch-site': 'cross-site' })).json()).toMatchObject({
        code: 'ORIGIN_NOT_ALLOWED',
      })
    },
  )

  test.skipIf(!OPENSSL)(
    `takes another certificate without dropping what is under way${opensslNote}`,
    async () => {
      const before = await serialOf(server.url)
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
      const upload = send(`${server.url}/api/recordings`, {
        method: 'POST',
        body: readable,
        headers: { cookie: admin.cookie, origin: server.url },
      })
      const writer = writable.getWriter()
      await writer.write(new Uint8Array(1000))
      await renew(pairs[1] as Certificates)
      // A connection that comes in the very moment of the change may be reset, and is made again.
      const shown = (): Promise<string> => serialOf(server.url).catch(() => before)
      await until(async () => (await shown()) !== before, 8000, 'the new certificate')
      expect((await send(`${server.url}/health`)).status).toBe(200)
      await writer.close()
      // It was read to its end, and is no recording.
      expect((await upload).status).toBe(422)
    },
  )

  test.skipIf(!OPENSSL)(
    `stays with the former certificate where the new one is of no use${opensslNote}`,
    async () => {
      const before = await serialOf(server.url)
      await writeFile(files.cert, 'no certificate')
      await until(
        () => server.log().includes('the files have changed and are of no use'),
        8000,
        'the warning',
      )
      expect(await serialOf(server.url)).toBe(before)
      expect(server.log()).not.toContain('PRIVATE KEY')
    },
  )
})

test.skipIf(!OPENSSL)(`a port has one server, with TLS or without${opensslNote}`, async () => {
  const { cert: certFile, key: keyFile, remove } = await makeCertificates()
  const log = pino({ level: 'silent' })
  const app = { fetch: () => new Response('here') }
  for (const tls of [undefined, { certFile, keyFile }]) {
    const first = await listen(app, { host: '127.0.0.1', port: 0, tls }, log)
    const port = Number(new URL(first.url).port)
    for (const other of [undefined, { certFile, keyFile }]) {
      await expect(listen(app, { host: '127.0.0.1', port, tls: other }, log)).rejects.toThrow(/is in use/)
    }
    await first.stop()
    const next = await listen(app, { host: '127.0.0.1', port, tls }, log)
    expect(next.url).toBe(first.url)
    await next.stop()
  }
  await remove()
})

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name refuses to start', (target) => {
  const starting = async (args: readonly string[], env: Record<string, string>): Promise<unknown> => {
    await using folder = await temporaryFolder()
    const started = startTestServer(target, { data: join(folder.path, 'data'), args, env })
    return started.then(
      async (server) => server.kill(),
      (error: unknown) => (error as Error).message,
    )
  }

  test.each([
    [
      'beyond loopback without TLS',
      ['--host', '0.0.0.0'],
      REQUIRED,
      /HOST is 0\.0\.0\.0, which takes TLS_CERT_FILE/,
    ],
    [
      'beyond loopback where access is open',
      ['--host', '0.0.0.0', '--insecure-http'],
      {},
      /ACCESS=open lets everybody in/,
    ],
    [
      'with a certificate that is not there',
      [],
      { ...REQUIRED, TLS_CERT_FILE: '/none', TLS_KEY_FILE: '/none' },
      /TLS_CERT_FILE cannot be read/,
    ],
  ])('%s', async (_, args, env, sentence) => {
    const said = String(await starting(args, env))
    expect(said).toContain('ended with 78')
    expect(said).toMatch(sentence)
  })
})
