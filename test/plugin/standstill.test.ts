/** Plugins whose code holds the server itself up: it is started anew without them, and answers again. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { startTestServer, type TestServer } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { type PluginsFolder, pluginsFolder, source } from './folder.ts'
import { pinAll } from './pin.ts'

setDefaultTimeout(60_000)

const ROUTE = (name: string, handle: string) =>
  `routes: () => [route({ method: 'get', path: '/api/plugins/${name}', summary: 's', policy: 'public', answers: {}, handle: ${handle} })],`

const HANGING: Readonly<Record<string, string>> = {
  // In a worker no database is there: it loops nowhere else than in the server.
  beginner: 'setup({ db }) { try { db.select } catch { return {} } for (;;); },',
  starter: 'start() { for (;;); },',
  router: ROUTE('router', '() => { for (;;); }'),
  later: ROUTE('later', 'async () => { await Bun.sleep(1); for (;;); }'),
}
const SAID = 'its code held the server up for 2 s, so that the server was started anew without it'

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: PluginsFolder
  let server: TestServer

  beforeAll(async () => {
    folder = await pluginsFolder(target)
    await folder.write('plugins/good/index.ts', source('good', ROUTE('good', '() => ({ here: true })')))
    for (const [name, parts] of Object.entries(HANGING)) {
      await folder.write(`plugins/${name}/index.ts`, source(name, parts))
    }
    await pinAll(folder.plugins, ['good', ...Object.keys(HANGING)])
    // The port shall be the same afterwards.
    const probe = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
    const port = `${probe.port}`
    await probe.stop(true)
    server = await startTestServer(target, {
      data: join(folder.root, 'data'),
      args: ['--port', port],
      env: { MYOSERVE_PLUGINS: folder.plugins, PLUGIN_TIME_LIMIT: '2s', LOG_LEVEL: 'error' },
    })
  })
  afterAll(async () => {
    expect(await server?.kill()).toBe(0)
    await folder?.[Symbol.asyncDispose]()
  })

  const states = async (): Promise<Record<string, string>> => {
    const { plugins } = (await (await fetch(`${server.url}/health`)).json()) as {
      plugins: Array<{ name: string; state: string; reason?: string }>
    }
    return Object.fromEntries(plugins.map(({ name, state, reason }) => [name, reason ?? state]))
  }
  /** Asks until somebody answers. @returns what, and after how many ms */
  async function answered(path: string): Promise<{ body: unknown; ms: number }> {
    const begun = performance.now()
    for (;;) {
      try {
        const answer = await fetch(`${server.url}${path}`)
        return { body: await answer.json(), ms: performance.now() - begun }
      } catch (error) {
        if (performance.now() - begun > 20_000) throw new Error(server.log(), { cause: error })
        await Bun.sleep(20)
      }
    }
  }

  test('a setup and a start that loop in the server alone cost a start each', async () => {
    expect(await states()).toMatchObject({
      beginner: SAID,
      starter: SAID,
      good: 'running',
      router: 'running',
    })
  })

  test.each(['router', 'later'])('a route that loops: %s', async (name) => {
    const lost = fetch(`${server.url}/api/plugins/${name}`).catch((error: Error) => error)
    expect(await lost).toBeInstanceOf(Error)
    const { body, ms } = await answered('/api/plugins/good')
    expect(body).toEqual({ here: true })
    expect(ms).toBeLessThan(15_000)
    expect(await states()).toMatchObject({ [name]: SAID, beginner: SAID, starter: SAID, good: 'running' })
    const refused = await fetch(`${server.url}/api/plugins/${name}`)
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'PLUGIN_QUARANTINED' }])
  })

  test('the server is the same process, and keeps what it is to run without to itself', async () => {
    expect(() => process.kill(server.pid, 0)).not.toThrow()
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(server.log().match(/"plugin quarantined"/g)?.length).toBeGreaterThanOrEqual(4)
  })
})
