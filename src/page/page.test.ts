/** The files of the page, as a browser gets them. */
import { describe, expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import pino from 'pino'
import { createNode } from '../cache/fixtures.ts'
import { createApp } from '../http/app.ts'
import type { PageFile } from './bundle.ts'
import { entriesOf, pageFiles } from './files.ts'
import { pageRoutes } from './routes.ts'

/** What an old computer in a clinic has to load at most, packed. */
const MOST_SCRIPT_BYTES = 150_000

const app = createApp({
  routes: pageRoutes(),
  log: pino({ level: 'silent' }),
  cache: createNode(),
  release: 'test',
})

const get = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  app.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1', ...headers } })

const html = await (await get('/')).text()
const script = /src="(\/page\/[^"]+\.js)"/.exec(html)?.[1] as string
const style = /href="(\/page\/[^"]+\.css)"/.exec(html)?.[1] as string
const icon = /href="(\/page\/[^"]+\.svg)"/.exec(html)?.[1] as string

describe('the page', () => {
  test('names files of this server alone, and holds no script itself', async () => {
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
    expect(addresses).toEqual([icon, style, script])
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=/)
    for (const [path, type] of [
      [script, 'text/javascript; charset=utf-8'],
      [style, 'text/css; charset=utf-8'],
      [icon, 'image/svg+xml'],
    ] as const) {
      const answer = await get(path)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, type])
    }
  })

  test('may still run its own script when it was loaded again, and had not changed', async () => {
    const first = await get('/')
    const again = await get('/', { 'if-none-match': first.headers.get('etag') as string })
    expect(again.status).toBe(304)
    for (const name of ['content-security-policy', 'x-frame-options'])
      expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)])
  })

  test('is packed as the browser takes it, and the same when unpacked', async () => {
    const plain = Buffer.from(await (await get(script)).arrayBuffer())
    const unpacked = { br: brotliDecompressSync, gzip: gunzipSync }
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip, deflate', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['br;q=0.8, gzip;q=0', 'br'],
    ] as const) {
      const answer = await get(script, { 'accept-encoding': accepted })
      const body = Buffer.from(await answer.arrayBuffer())
      expect([accepted, answer.headers.get('content-encoding')]).toEqual([accepted, encoding])
      expect(answer.headers.get('vary')).toContain('accept-encoding')
      expect(unpacked[encoding](body).equals(plain)).toBe(true)
    }
    for (const accepted of ['', 'identity', 'gzip;q=0, br;q=0.0', 'brotli']) {
      const answer = await get(script, { 'accept-encoding': accepted })
      expect([accepted, answer.headers.get('content-encoding')]).toEqual([accepted, null])
    }
  })

  test('is asked for anew each time, and its files never again', async () => {
    const page = await get('/')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const again = await get('/', { 'if-none-match': page.headers.get('etag') as string })
    expect(again.status).toBe(304)
    expect((await get(script)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('has no other file', async () => {
    for (const path of ['/page/index.htm', '/page/page-00000000.js', '/page/constructor.js']) {
      const answer = await get(path)
      expect([path, answer.status]).toEqual([path, 404])
    }
    expect((await get('/page/..%2fmain.tsx')).status).toBe(400)
  })

  /** Names of the scripts that one script has loaded before it runs, itself among them. */
  const loadedBy = (name: string, files: Awaited<ReturnType<typeof pageFiles>>): Set<string> => {
    const all = new Set<string>()
    const follow = (each: string): void => {
      if (all.has(each)) return
      all.add(each)
      const text = new TextDecoder().decode(files.get(each)?.plain)
      for (const [, other = ''] of text.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)) follow(other)
    }
    follow(name)
    return all
  }

  test(`loads scripts of less than ${MOST_SCRIPT_BYTES / 1000} kB for any view, packed by gzip`, async () => {
    const files = await pageFiles()
    const sizeOf = (names: Iterable<string>): number =>
      [...names].reduce((sum, name) => sum + (files.get(name) as PageFile).gzip.byteLength, 0)
    const first = loadedBy(script.replace('/page/', ''), files)
    const text = [...files.values()].map(({ plain }) => new TextDecoder().decode(plain)).join()
    const parts = new Set(
      [...text.matchAll(/import\("\.\/([\w-]+\.js)"\)/g)].map(([, name]) => name as string),
    )
    expect(parts.size).toBeGreaterThanOrEqual(5)
    expect(sizeOf(first)).toBeGreaterThan(5000)
    // What everybody waits for leaves room for the views that come with it.
    expect(sizeOf(first)).toBeLessThan(MOST_SCRIPT_BYTES / 2)
    for (const part of parts) {
      const bytes = sizeOf(new Set([...first, ...loadedBy(part, files)]))
      expect([part, bytes, bytes < MOST_SCRIPT_BYTES]).toEqual([part, bytes, true])
    }
  })

  test('has one style sheet, with the styles of the views that come later', async () => {
    const sheets = [...(await pageFiles()).values()].filter(({ name }) => name.endsWith('.css'))
    expect(sheets.map(({ name }) => `/page/${name}`)).toEqual([style])
    const text = new TextDecoder().decode(sheets[0]?.plain)
    for (const name of ['.frame', '.session-', '.cache-', '.u-wrap']) expect(text).toContain(name)
  })

  test('is carried whole by an archive', async () => {
    const files = [...(await pageFiles()).values()]
    const archive = new Bun.Archive(entriesOf(files))
    const entries = await new Bun.Archive(await archive.bytes()).files()
    expect([...entries.keys()].toSorted()).toEqual(
      files.flatMap(({ name }) => [name, `${name}.br`, `${name}.gz`]).toSorted(),
    )
  })
})
