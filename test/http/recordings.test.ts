/** `/api/recordings` of a running server, from source and as the executable. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { builtInPlugins } from '../../src/built-in.ts'
import { findPostmaster } from '../../src/database/embedded/postmaster.ts'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'

setDefaultTimeout(60_000)

interface Resource {
  readonly id: string
  readonly sha256: string
  readonly fileName: string
  readonly description: Record<string, unknown>
}

const [knee, gait, faulty] = sampleRecordings().map(({ bytes }) => bytes()) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
]
const sha256 = (bytes: Uint8Array) => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
const NOWHERE = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let server: TestServer
  beforeAll(async () => {
    folder = await temporaryFolder()
    server = await startTestServer(target, { data: folder.path, env: { MAX_RECORDING_BYTES: '2MB' } })
  })
  afterAll(async () => {
    expect([await server.kill('SIGTERM'), server.log()]).toEqual([0, expect.not.stringContaining('error')])
    await folder[Symbol.asyncDispose]()
  })

  const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init)
  const upload = (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}, query = '') =>
    ask(`/api/recordings${query}`, { method: 'POST', body, headers })
  const json = async <T>(answer: Response) => (await answer.json()) as T
  const problem = async (answer: Response) => {
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    return json<{ status: number; code: string; detail: string }>(answer)
  }
  const stray = () => readdir(join(folder.path, 'tmp'))

  test('a recording comes in as the raw body, and out again byte for byte', async () => {
    const answer = await upload(knee, { 'content-type': 'application/octet-stream' }, '?fileName=knee.c3d')
    expect(answer.status).toBe(201)
    const resource = await json<Resource>(answer)
    expect(answer.headers.get('location')).toBe(`/api/recordings/${resource.id}`)
    expect(resource).toMatchObject({
      fileName: 'knee.c3d',
      sha256: sha256(knee),
      size: knee.length,
      format: 'c3d',
    })
    expect(resource.description).toMatchObject({ analogs: 2, analogRate: 1000, framesPresent: 3000 })
    const file = await ask(`/api/recordings/${resource.id}/file`)
    expect(sha256(await file.bytes())).toBe(sha256(knee))
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''knee.c3d")
    expect(await json(await ask(`/api/recordings/${resource.id}`))).toEqual(resource)
  })

  test('a recording comes in as a form; the same bytes again are the same recording', async () => {
    const form = () => {
      const data = new FormData()
      data.set('note', 'visit 4')
      data.set('file', new File([gait], 'Gehen Süd (2).c3d'))
      return data
    }
    const first = await upload(form())
    expect(first.status).toBe(201)
    const resource = await json<Resource>(first)
    expect(resource.fileName).toBe('Gehen Süd (2).c3d')
    const again = await upload(form())
    expect(again.status).toBe(200)
    expect(await json(again)).toEqual(resource)
    expect((await ask(`/api/recordings/${resource.id}/file`)).headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Gehen%20S%C3%BCd%20%282%29.c3d",
    )
  })

  test('the same bytes ten times at once are one recording', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(faulty)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201])
    const ids = await Promise.all(answers.map(async (answer) => (await json<Resource>(answer)).id))
    expect(new Set(ids).size).toBe(1)
    expect(await stray()).toEqual([])
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\data\\walk.c3d', 'walk.c3d'],
    ['a\u0000b\u202ec.c3d', 'abc.c3d'],
    ['x'.repeat(300), 'x'.repeat(255)],
  ])('a file name of %p is kept as %p', async (given, kept) => {
    const other = Uint8Array.from(knee)
    other[other.length - 1] = kept.length
    const answer = await upload(other, {}, `?fileName=${encodeURIComponent(given)}`)
    const { fileName } = await json<Resource>(answer)
    if (answer.status === 201) expect(fileName).toBe(kept)
    expect(fileName).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u)
  })

  test.each([
    ['nothing', () => upload(new Uint8Array()), 400, 'NO_FILE'],
    ['a form without a file', () => upload(Object.assign(new FormData(), {})), 400, 'BAD_FORM'],
    [
      'a form without a boundary',
      () => upload('x', { 'content-type': 'multipart/form-data' }),
      400,
      'BAD_FORM',
    ],
    [
      'a form that breaks off',
      () =>
        upload('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc', {
          'content-type': 'multipart/form-data; boundary=b',
        }),
      400,
      'BAD_FORM',
    ],
    ['text', () => upload('hello '.repeat(200)), 422, 'NOT_C3D'],
    ['too few bytes', () => upload(knee.subarray(0, 100)), 422, 'TOO_SHORT'],
    ['too many bytes', () => upload(new Uint8Array(2_000_001)), 413, 'RECORDING_TOO_LARGE'],
  ])('%s is refused with a code, and leaves nothing behind', async (_, send, status, code) => {
    const before = await json<{ items: unknown[] }>(await ask('/api/recordings?limit=200'))
    const answer = await send()
    expect(answer.status).toBe(status)
    expect(await problem(answer)).toMatchObject({ status, code })
    expect(await stray()).toEqual([])
    expect(await json(await ask('/api/recordings?limit=200'))).toEqual(before)
  })

  test('an upload that breaks off leaves nothing behind', async () => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.write(
      `POST /api/recordings HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 100000\r\n\r\n`,
    )
    socket.write(knee.subarray(0, 50_000))
    await Bun.sleep(200)
    expect(await stray()).toHaveLength(1)
    socket.destroy()
    for (let i = 0; i < 100 && (await stray()).length > 0; i++) await Bun.sleep(50)
    expect(await stray()).toEqual([])
  })

  test('the list comes in pages, newest first, and loses nothing', async () => {
    const all = (await json<{ items: Resource[] }>(await ask('/api/recordings?limit=200'))).items
    const paged: Resource[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: Resource[]; nextCursor: string | null } = await json(
        await ask(`/api/recordings?limit=2${cursor && `&cursor=${cursor}`}`),
      )
      expect(page.items.length).toBeLessThanOrEqual(2)
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged).toEqual(all)
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    )
    for (const limit of ['0', '201', 'x', '-1'])
      expect((await ask(`/api/recordings?limit=${limit}`)).status).toBe(400)
  })

  test('the list finds what stands in a file name as it stands there, in capitals or not', async () => {
    const bytes = (last: number) => Uint8Array.from(knee, (byte, i) => (i === knee.length - 1 ? last : byte))
    const names = ['Ghostly_100%_A.c3d', 'Ghostly_100xB.c3d']
    const ids = await Promise.all(
      names.map(async (name, i) => {
        const answer = await upload(bytes(200 + i), {}, `?fileName=${encodeURIComponent(name)}`)
        return (await json<Resource>(answer)).id
      }),
    )
    const found = async (text: string) => {
      const answer = await ask(`/api/recordings?fileName=${encodeURIComponent(text)}`)
      return new Set((await json<{ items: Resource[] }>(answer)).items.map(({ id }) => id))
    }
    expect(await found('gHOSTLY_100')).toEqual(new Set(ids))
    expect(await found('100%_')).toEqual(new Set([ids[0] as string]))
    expect(await found('\\')).toEqual(new Set())
    expect((await ask('/api/recordings?fileName=')).status).toBe(400)
  })

  test('an analysis is computed once and then served from memory, with an ETag', async () => {
    const { id } = await json<Resource>(await upload(knee))
    const first = await ask(`/api/recordings/${id}/analysis?rate=1000`)
    expect(first.headers.get('x-cache')).toBe('MISS; tier=loader; age=0')
    const second = await ask(`/api/recordings/${id}/analysis?rate=1000`)
    expect(second.headers.get('x-cache')).toStartWith('HIT; tier=memory')
    const [a, b] = [await first.text(), await second.text()]
    expect(a).toBe(b)
    const { channels, recording } = JSON.parse(a)
    expect(channels.map((each: { contractions: unknown[] }) => each.contractions.length)).toEqual([12, 10])
    expect(recording.analogs).toBe(2)
    const etag = first.headers.get('etag') ?? ''
    const unchanged = await ask(`/api/recordings/${id}/analysis?rate=1000`, {
      headers: { 'if-none-match': etag },
    })
    expect(unchanged.status).toBe(304)
    const other = await ask(`/api/recordings/${id}/analysis?rate=2000`)
    expect(other.headers.get('x-cache')).toStartWith('MISS')
    expect(other.headers.get('etag')).not.toBe(etag)
  })

  test('what is not there is 404, what is malformed 400', async () => {
    for (const path of ['', '/file', '/analysis']) {
      expect(await problem(await ask(`/api/recordings/${NOWHERE}${path}`))).toMatchObject({
        status: 404,
        code: 'RECORDING_NOT_FOUND',
      })
      expect(await problem(await ask(`/api/recordings/7${path}`))).toMatchObject({
        status: 400,
        code: 'INVALID_REQUEST',
      })
    }
    const { id } = await json<Resource>(await upload(knee))
    for (const query of ['preset=best', 'rate=fast', 'rate=0', 'rate=-1', 'rate=1e9']) {
      expect((await ask(`/api/recordings/${id}/analysis?${query}`)).status).toBe(400)
    }
  })

  test('health, readiness and the document say how things are', async () => {
    expect(await json(await ask('/livez'))).toEqual({ alive: true })
    expect(await json(await ask('/readyz'))).toEqual({ ready: true })
    expect(await json(await ask('/health'))).toMatchObject({
      status: 'ok',
      database: { kind: 'embedded', status: 'ok' },
      plugins: builtInPlugins.map(({ name }) => ({ name, state: 'running', status: 'ok' })),
    })
    const document = await json<Record<string, unknown>>(await ask('/api/openapi.json'))
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
  })

  test('the documentation page loads nothing from elsewhere', async () => {
    const page = await (await ask('/api/docs')).text()
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
    expect(loaded).toHaveLength(3)
    for (const path of loaded) {
      expect(path).toStartWith('/api/docs/')
      expect((await ask(path)).status).toBe(200)
    }
  })
})

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name starts and stops', (target) => {
  test.each([
    ['refuses to listen beyond loopback', ['--host', '0.0.0.0'], /ACCESS=open lets everybody in/],
    ['refuses a data folder that cannot be', ['--data', '/dev/null/x'], /cannot use the data folder/],
  ])(
    '%s',
    async (_, args, sentence) => {
      await using folder = await temporaryFolder()
      await expect(startTestServer(target, { data: folder.path, args })).rejects.toThrow(sentence)
    },
    30_000,
  )

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s twice stops it cleanly, its database too',
    async (signal) => {
      await using folder = await temporaryFolder()
      const server = await startTestServer(target, { data: folder.path })
      process.kill(server.pid, signal)
      await Bun.sleep(20)
      expect(await server.kill(signal)).toBe(0)
      expect(findPostmaster(join(folder.path, 'postgres/cluster'))).toBeUndefined()
    },
    60_000,
  )

  test('refuses a second start on one data folder, and on a port that is taken', async () => {
    await using folder = await temporaryFolder()
    await using other = await temporaryFolder()
    const server = await startTestServer(target, { data: folder.path })
    await expect(startTestServer(target, { data: folder.path })).rejects.toThrow(
      new RegExp(`Another Myoserve \\(process ${server.pid}\\) is using the data folder`),
    )
    const { port } = new URL(server.url)
    await expect(startTestServer(target, { data: other.path, args: ['--port', port] })).rejects.toThrow(
      new RegExp(`port ${port} of 127\\.0\\.0\\.1 is in use`),
    )
    expect(await server.kill()).toBe(0)
  })
})
