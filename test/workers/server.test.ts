/** A server beside plugins that loop, exit or grow, in their setup and in tasks: what they break is theirs alone. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { type Pin, readPins, writePins } from '../../src/plugin/external/lock.ts'
import { type PluginsFolder, pluginsFolder, source } from '../plugin/folder.ts'
import { pinAll } from '../plugin/pin.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { endsWithin } from './ends.ts'

setDefaultTimeout(60_000)

const SLOW = /^its code did not end within 0\.8 s$/

/** What is wrong with plugins that were pinned behind the back of `add`, and what is said of them. */
const SMUGGLED: ReadonlyArray<readonly [name: string, text: string, reason: RegExp]> = [
  ['import-loops', 'for (;;);', SLOW],
  ['setup-loops', source('setup-loops', 'setup() { for (;;); },'), SLOW],
  ['setup-waits', source('setup-waits', 'setup: () => new Promise(() => {}),'), SLOW],
  ['import-exits', 'process.exit(0)', /^its code ended its process \(exit code 0\)$/],
  [
    'rider',
    source('rider', "needs: { x: { name: 'setup-loops' } },"),
    /^it needs setup-loops, which is quarantined$/,
  ],
]

/** Has a route that runs each of its tasks. */
const TASKS = source(
  'tasks',
  `setup: ({ workers }) => ({ workers }),
  tasks: () => ({
    pid: () => process.pid,
    loop: () => { for (;;); },
    blame: () => attributed('victim', () => { for (;;); }),
    grow: () => attributed('glutton', () => { for (const all = []; ; ) all.push(new Uint8Array(2 ** 23).fill(1)) }),
  }),
  routes: ({ workers }) => [
    route({
      method: 'get', path: '/api/plugins/tasks/{task}', summary: 's', policy: 'public',
      params: v.object({ task: v.string() }),
      answers: { 200: { description: 'd', schema: v.object({}) } },
      async handle({ params }) {
        try {
          return { value: await workers.run(params.task, null, { timeoutMs: 1500 }) }
        } catch ({ name, message, plugin = null }) {
          return { name, message, plugin }
        }
      },
    }),
  ],`,
  "import { attributed } from 'myoserve/sdk'",
)

const HELLO = (name: string): string =>
  source(
    name,
    `routes: () => [route({ method: 'get', path: '/api/plugins/${name}', summary: 's', policy: 'public', answers: {}, handle: () => ({}) })],`,
  )

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: PluginsFolder
  let server: TestServer
  const start = () =>
    startTestServer(target, {
      data: join(folder.root, 'data'),
      env: {
        MYOSERVE_PLUGINS: folder.plugins,
        PLUGIN_TIME_LIMIT: '800ms',
        WORKER_MEMORY: '300MiB',
        WORKERS: '2',
      },
    })
  const get = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${server.url}${path}`)).json()) as Record<string, unknown>
  const run = (task: string) => get(`/api/plugins/tasks/${task}`)
  const stateOf = async (name: string): Promise<{ state: string; reason?: string } | undefined> =>
    ((await get('/health')).plugins as Array<{ name: string; state: string }>).find(
      (each) => each.name === name,
    )

  beforeAll(async () => {
    folder = await pluginsFolder(target)
    const plugins = [
      ...SMUGGLED.map(([name, text]) => [name, text] as const),
      ['tasks', TASKS] as const,
      ...['victim', 'glutton', 'neighbour'].map((name) => [name, HELLO(name)] as const),
    ]
    for (const [name, text] of plugins) await folder.write(`plugins/${name}/index.ts`, text)
    await pinAll(
      folder.plugins,
      plugins.map(([name]) => name),
    )
    server = await start()
  })
  afterAll(async () => {
    await server.kill()
    await folder[Symbol.asyncDispose]()
  })

  test.each(SMUGGLED)('%s is never imported by the server', async (name, _, reason) => {
    const state = await stateOf(name)
    expect(state?.state).toBe('quarantined')
    expect(state?.reason).toMatch(reason)
  })

  test('the others run', async () => {
    expect((await stateOf('neighbour'))?.state).toBe('running')
    expect((await fetch(`${server.url}/api/plugins/neighbour`)).status).toBe(200)
    expect(await run('pid')).toEqual({ value: expect.any(Number) })
  })

  test('a task that does not end is nobody’s fault by name, and no request waits for it', async () => {
    const looping = run('loop')
    const begun = performance.now()
    expect((await fetch(`${server.url}/api/plugins/neighbour`)).status).toBe(200)
    expect(performance.now() - begun).toBeLessThan(1000)
    expect(await looping).toEqual({
      name: 'TaskTimeout',
      message: 'task tasks.loop did not end within 1.5 s',
      plugin: null,
    })
    expect((await stateOf('tasks'))?.state).toBe('running')
  })

  test.each([
    ['blame', 'victim', 'its code did not end within 0.8 s'],
    ['grow', 'glutton', 'its code took more than 300 MiB of memory'],
  ])(
    '%s: the plugin that breaks a limit is set aside while the server runs',
    async (task, plugin, reason) => {
      expect((await fetch(`${server.url}/api/plugins/${plugin}`)).status).toBe(200)
      expect(await run(task)).toMatchObject({ name: 'PluginFault', plugin })
      expect(await stateOf(plugin)).toMatchObject({ state: 'quarantined', reason })
      const answer = await fetch(`${server.url}/api/plugins/${plugin}`)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        503,
        'PLUGIN_QUARANTINED',
      ])
      expect((await stateOf('tasks'))?.state).toBe('running')
    },
  )

  test('workers end with the server, though one loops: when it is stopped, and when it is killed', async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const pid = (await run('pid')).value as number
      const looping = run('loop').catch(() => undefined)
      await Bun.sleep(50)
      const exitCode = await server.kill(signal)
      await looping
      expect([signal, exitCode]).toEqual([signal, signal === 'SIGTERM' ? 0 : null])
      expect(await endsWithin(pid, 2000)).toBe(true)
      if (signal === 'SIGKILL') continue
      const { tasks } = await readPins(folder.plugins)
      await writePins(folder.plugins, { tasks: tasks as Pin })
      server = await start()
    }
  })
})
