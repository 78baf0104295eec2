/** Plugins from outside that are broken, changed or hostile: one clear sentence each, and the rest runs. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { appendFile, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startTestServer, type TestServer } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { type PluginsFolder, pluginsFolder, source } from './folder.ts'
import { pinAll } from './pin.ts'

setDefaultTimeout(60_000)

const ROUTE = (path: string, policy: string) =>
  `routes: () => [route({ method: 'get', path: '${path}', summary: 's', ${policy} answers: {}, handle: () => ({ here: true }) })],`

/** What `add` refuses: name of the plugin, its source, and what is said. */
const REFUSED: ReadonlyArray<readonly [what: string, name: string, text: string, sentence: RegExp]> = [
  ['code that throws', 'thrower', "throw new Error('no luck')", /cannot be imported: no luck$/],
  [
    'code that is none',
    'garbage',
    'export default {{',
    /index\.ts cannot be read as code|cannot be imported/,
  ],
  ['code that never ends', 'waiter', 'await new Promise(() => {})', /its code did not end within 2 s$/],
  ['code that loops', 'looper', 'for (;;);', /its code did not end within 2 s$/],
  ['code that ends the process', 'quitter', 'process.exit(0)', /its code ended its process \(exit code 0\)$/],
  [
    'a setup that loops',
    'loops',
    source('loops', 'setup() { for (;;); },'),
    /its code did not end within 2 s$/,
  ],
  [
    'a setup that never ends',
    'waits',
    source('waits', 'setup: () => new Promise(() => {}),'),
    /its code did not end within 2 s$/,
  ],
  [
    'a setup that takes all memory',
    'grows',
    source('grows', 'setup() { for (const all = []; ; ) all.push(new Uint8Array(2 ** 23).fill(1)) },'),
    /its code took more than 512 MiB of memory$/,
  ],
  ['no plugin', 'number', 'export default 42', /it exports no plugin/],
  [
    'a setup that throws',
    'setup',
    source('setup', "setup() { throw new Error('no luck') },"),
    /its setup failed: no luck$/,
  ],
  [
    'a wrong host range',
    'newer',
    source('newer', "host: '^2',"),
    /wants plugin contract \^2, and this server has 1\./,
  ],
  [
    'a host range that is none',
    'range',
    source('range', "host: 'any day',"),
    /its host "any day" is not a range/,
  ],
  [
    'the name of a built-in plugin',
    'mvc',
    source('mvc-cascade'),
    /another plugin is called mvc-cascade already/,
  ],
  ['the name of a setting', 'port', source('port'), /a setting of the host is called port already/],
  ['the name of the host', 'host', source('host'), /a setting of the host is called host already/],
  [
    'a cache key of another plugin',
    'key',
    source(
      'key',
      "caches: { x: namespace({ key: 'session:{id}:emg_analysis', ttl: '1h', schema: v.string() }) },",
    ),
    /its cache key "session:\{id\}:emg_analysis" collides with "session:\{sessionId\}:emg_analysis" of emg-analyzer/,
  ],
  [
    'a route that is taken',
    'route',
    source('route', ROUTE('/api/recordings', "policy: 'public',")),
    /its route GET \/api\/recordings is outside \/api\/plugins\/route/,
  ],
  [
    'the same route twice',
    'twice',
    source(
      'twice',
      `routes: () => ['{a}', '{b}'].map((p) => route({ method: 'get', path: '/api/plugins/twice/' + p, summary: 's', policy: 'public', answers: {}, handle: () => 1 })),`,
    ),
    /its route GET \/api\/plugins\/twice\/\{b\} is taken by twice/,
  ],
  [
    'a route without a policy',
    'open',
    source('open', ROUTE('/api/plugins/open', '')),
    /its route GET \/api\/plugins\/open names no policy/,
  ],
  [
    'a route with a permission that it does not declare',
    'guard',
    source('guard', ROUTE('/api/plugins/guard', "policy: 'records:read',")),
    /is guarded by records:read, which it does not declare/,
  ],
  ['routes that are no list', 'list', source('list', 'routes: () => 42,'), /its setup failed: /],
  ['needs of itself', 'self', source('self', "needs: { self: { name: 'self' } },"), /a circle: self -> self/],
  ['needs that are null', 'null', source('null', 'needs: { x: null },'), /malformed at "needs\.x"/],
  [
    'a need that is not there',
    'needy',
    source('needy', "needs: { x: { name: 'ghost' } },"),
    /it needs ghost, which is not installed/,
  ],
  ['migrations of numbers', 'sql', source('sql', 'migrations: [1],'), /malformed at "migrations\.0"/],
  [
    'a setting that is none',
    'setting',
    source('setting', 'config: v.object({ x: v.string() }),'),
    /its settings are malformed: .*"x" is not declared with setting/,
  ],
  [
    'a command of the host',
    'command',
    source(
      'command',
      "commands: () => [{ name: 'serve', summary: 's', usage: '', options: {}, run: async () => 0 }],",
    ),
    /its command serve is taken by the host/,
  ],
  [
    'a command of another plugin',
    'analyze',
    source(
      'analyze',
      "commands: () => [{ name: 'analyze', summary: 's', usage: '', options: {}, run: async () => 0 }],",
    ),
    /its command analyze is taken by emg-analyzer/,
  ],
  [
    'metrics that break the rules',
    'metrics',
    source('metrics', "metrics: () => [{ name: 'x', help: 'h', type: 'gauge', samples: [] }],"),
    /its metrics are left out: /,
  ],
  [
    'an import from outside',
    'outside',
    source('outside', '', "import '../other.ts'"),
    /imports \.\.\/other\.ts, which is not pinned/,
  ],
  [
    'an import of a hidden file',
    'hidden',
    source('hidden', '', "import './.x/y.ts'"),
    /imports \.\/\.x\/y\.ts, which is not pinned/,
  ],
  [
    'a package that is not there',
    'lodash',
    source('lodash', '', "import 'left-pad'"),
    /imports left-pad, which is not offered/,
  ],
]

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name: add refuses', (target) => {
  let folder: PluginsFolder
  beforeAll(async () => {
    folder = await pluginsFolder(target)
    await folder.write('other.ts', '')
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  test.each(REFUSED)('%s', async (_, name, text, sentence) => {
    await folder.write(`${name}/index.ts`, text)
    const { exitCode, stdout, stderr } = await folder.run('plugin', 'add', name)
    expect(stderr.trimEnd()).toMatch(sentence)
    expect(stderr).toMatch(/^myoserve: .*\n$/)
    expect([exitCode, stdout]).toEqual([65, ''])
    expect(await Bun.file(join(folder.plugins, 'plugins.lock.json')).exists()).toBe(false)
  })

  test('a symbolic link, inside and as the plugin itself', async () => {
    await folder.write('linked/index.ts', source('linked'))
    await symlink(join(folder.root, 'other.ts'), join(folder.root, 'linked/other.ts'))
    await symlink(join(folder.root, 'linked'), join(folder.root, 'link'))
    expect((await folder.run('plugin', 'add', 'linked')).stderr).toMatch(/other\.ts is a symbolic link/)
    expect((await folder.run('plugin', 'add', 'link')).stderr).toMatch(/it is a symbolic link/)
  })

  test('what is not there, and what is no code', async () => {
    await folder.write('note.txt', 'hello')
    await mkdir(join(folder.root, 'empty'))
    expect((await folder.run('plugin', 'add', 'nowhere')).stderr).toMatch(/there is nothing at /)
    expect((await folder.run('plugin', 'add', 'note.txt')).stderr).toMatch(/neither a folder nor a \.ts/)
    expect((await folder.run('plugin', 'add', 'empty')).stderr).toMatch(/neither an index\.ts nor/)
  })
})

/** What is wrong with plugins that an older release, or a careless person, may have pinned. */
const SMUGGLED: ReadonlyArray<readonly [name: string, parts: string]> = [
  ['ping', "needs: { other: { name: 'pong' } },"],
  ['pong', "needs: { other: { name: 'ping' } },"],
  ['thrower', "setup() { throw new Error('no luck') },"],
  ['too-new', "host: '^2',"],
  ['unguarded', ROUTE('/api/plugins/unguarded', '')],
  ['outsider', ROUTE('/api/recordings', "policy: 'public',")],
  ['thief', "caches: { x: namespace({ key: 'session:{id}:emg_analysis', ttl: '1h', schema: v.string() }) },"],
  ['vital', "essential: true, setup() { throw new Error('no luck') },"],
  ['renamed', "name: 'emg-analyzer',"],
]

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name: at start', (target) => {
  let folder: PluginsFolder
  let server: TestServer
  const add = async (name: string, ...parts: string[]): Promise<void> => {
    await folder.write(`${name}/index.ts`, source(name, ...parts))
    const { stderr, exitCode } = await folder.run('plugin', 'add', name)
    expect([stderr, exitCode]).toEqual(['', 0])
  }

  beforeAll(async () => {
    folder = await pluginsFolder(target)
    await add('good', ROUTE('/api/plugins/good', "policy: 'public',"))
    await add(
      'moaner',
      "commands: () => [{ name: 'moan', summary: 's', usage: '', options: {}, async run() { throw new Error('no luck') } }],",
    )
    await add('edited')
    await add('gone')
    await add('grown')
    await add('linked')
    await add('asleep', 'config: undefined,')
    await add('rider', "needs: { edited: { name: 'edited' } },")
    await add('bad-sql', "migrations: [{ id: '0000', sql: 'create nonsense' }],")
    await add('bad-start', "start() { throw new Error('no luck') },")
    await add('bad-health', "health() { throw new Error('unwell') }, links() { throw new Error('none') },")
    await appendFile(join(folder.plugins, 'edited/index.ts'), '\n')
    await rm(join(folder.plugins, 'gone'), { recursive: true })
    await folder.write('plugins/grown/.more.ts', '')
    await symlink('index.ts', join(folder.plugins, 'linked/other.ts'))
    await folder.run('plugin', 'disable', 'asleep')
    await folder.write('plugins/stranger.ts', "throw new Error('I was run')")
    await symlink(join(folder.root, 'good'), join(folder.plugins, 'pointer'))
    // Pinned behind the back of `add`, which would have refused each.
    for (const [name, parts] of SMUGGLED) {
      await folder.write(`plugins/${name}/index.ts`, source(name, parts))
    }
    await pinAll(
      folder.plugins,
      SMUGGLED.map(([name]) => name),
    )
    server = await startTestServer(target, {
      data: join(folder.root, 'data'),
      env: { MYOSERVE_PLUGINS: folder.plugins },
    })
  })
  afterAll(async () => {
    expect(await server.kill()).toBe(0)
    await folder[Symbol.asyncDispose]()
  })

  const EXPECTED: ReadonlyArray<readonly [name: string, state: string, reason: RegExp]> = [
    ['good', 'running', /^$/],
    ['edited', 'quarantined', /changed after they were pinned; `myoserve plugin add \S+edited` pins them as/],
    ['gone', 'quarantined', /its files are missing from .*; `myoserve plugin remove gone` forgets it/],
    ['grown', 'quarantined', /changed after they were pinned/],
    ['linked', 'quarantined', /other\.ts is a symbolic link, and links are not pinned/],
    ['stranger', 'quarantined', /it is not pinned; `myoserve plugin add \S+stranger\.ts` pins it/],
    ['pointer', 'quarantined', /it is not pinned/],
    ['rider', 'quarantined', /it needs edited, which is quarantined/],
    ['bad-sql', 'quarantined', /migration bad-sql\/0000 failed and was rolled back: /],
    ['bad-start', 'quarantined', /its start failed: no luck/],
    ['bad-health', 'running', /unwell/],
    ['ping', 'quarantined', /its needs go in a circle: ping -> pong -> ping/],
    ['pong', 'quarantined', /its needs go in a circle: pong -> ping -> pong/],
    ['thrower', 'quarantined', /its setup failed: no luck/],
    ['too-new', 'quarantined', /wants plugin contract \^2, and this server has 1\./],
    ['unguarded', 'quarantined', /its route GET \/api\/plugins\/unguarded names no policy/],
    ['outsider', 'quarantined', /its route GET \/api\/recordings is outside \/api\/plugins\/outsider/],
    ['thief', 'quarantined', /its cache key .* collides with .* of emg-analyzer/],
    ['vital', 'quarantined', /its setup failed: no luck/],
    [
      'renamed',
      'quarantined',
      /it calls itself emg-analyzer, but is pinned as renamed; `myoserve plugin remove/,
    ],
    ['emg-analyzer', 'running', /^$/],
  ]

  test.each(EXPECTED)('%s is %s', async (name, state, reason) => {
    const health = (await (await fetch(`${server.url}/health`)).json()) as {
      status: string
      plugins: Array<{ name: string; state: string; reason?: string }>
    }
    const found = health.plugins.find((plugin) => plugin.name === name)
    expect(found?.state).toBe(state)
    expect(found?.reason ?? '').toMatch(reason)
    expect(health.status).toBe('degraded')
  })

  test('the server answers for the others', async () => {
    const answers = await Promise.all(
      ['/api/plugins/good', '/api/recordings', '/readyz', '/api/openapi.json'].map(
        async (path) => (await fetch(`${server.url}${path}`)).status,
      ),
    )
    expect(answers).toEqual([200, 200, 200, 200])
    expect(await (await fetch(`${server.url}/api/plugins/good`)).json()).toEqual({ here: true })
    expect(server.log()).not.toContain('I was run')
  })

  test('a disabled one is not loaded, and is again when it is enabled', async () => {
    expect((await folder.states()).asleep?.state).toBe('disabled')
    await folder.run('plugin', 'enable', 'asleep')
    expect((await folder.states()).asleep?.state).toBe('ready')
  })

  test('the command that the sentence names helps', async () => {
    for (const name of ['edited', 'stranger.ts']) {
      if (name === 'stranger.ts') await writeFile(join(folder.plugins, name), source('stranger'))
      const { stderr } = await folder.run('plugin', 'add', join(folder.plugins, name))
      expect(stderr).toBe('')
    }
    await folder.run('plugin', 'remove', 'gone')
    const states = await folder.states()
    expect(states.edited?.state).toBe('ready')
    expect(states.rider?.state).toBe('ready')
    expect(states.stranger?.state).toBe('ready')
    expect(states.gone).toBeUndefined()
  })

  test('a command that throws is the fault of its plugin, in one sentence', async () => {
    const { exitCode, stderr } = await folder.run('moan')
    expect([exitCode, stderr]).toEqual([70, 'myoserve: plugin moaner: its command moan failed: no luck\n'])
  })

  test('a lock file that is none has no plugin loaded, and the rest runs', async () => {
    const lock = join(folder.plugins, 'plugins.lock.json')
    const text = await readFile(lock, 'utf8')
    await writeFile(lock, text.slice(0, 40))
    const states = await folder.states()
    expect(states.good?.state).toBe('quarantined')
    expect(states.good?.reason).toMatch(/plugins\.lock\.json is no lock file of plugins/)
    expect(states['emg-analyzer']?.state).toBe('ready')
    const { exitCode, stderr } = await folder.run('plugin', 'add', 'good')
    expect([exitCode, stderr]).toEqual([78, expect.stringMatching(/^myoserve: .* is no lock file/)])
    await writeFile(lock, text)
  })

  test('a plugins folder that somebody has named and that is not there', async () => {
    const { stdout } = await folder.run('plugin', 'list', '--plugins', join(folder.root, 'nowhere'))
    expect(stdout).toMatch(/nowhere +quarantined +cannot read the plugins folder .*ENOENT/)
    expect((await folder.run('plugin', 'remove', 'constructor')).stderr).toMatch(/there is no plugin "constr/)
  })

  test('its section of the configuration may stay when a plugin is disabled or removed', async () => {
    const config = `import { setting, wholeNumber } from 'myoserve/sdk'`
    await add(
      'set',
      "config: v.object({ n: setting(wholeNumber(0, 9), 1, { summary: 's', allowed: 'a digit' }) }),",
      config,
    )
    await folder.write('myoserve.config.json', JSON.stringify({ set: { n: 5 } }))
    const n = async () => JSON.parse((await folder.run('config', '--json')).stdout)['set.n']
    expect(await n()).toMatchObject({ value: 5, origin: 'file', env: 'SET_N', flag: '--set.n' })
    await folder.run('plugin', 'disable', 'set')
    expect(await n()).toBeUndefined()
    await folder.run('plugin', 'enable', 'set')
    await rename(join(folder.plugins, 'set'), join(folder.root, 'away'))
    expect(await n()).toBeUndefined()
    await cp(join(folder.root, 'away'), join(folder.plugins, 'set'), { recursive: true })
    expect(await n()).toMatchObject({ value: 5 })
    await folder.run('plugin', 'remove', 'set')
    expect(await n()).toBeUndefined()
    const removed = await startTestServer(target, {
      data: join(folder.root, 'other'),
      args: ['--config', join(folder.root, 'myoserve.config.json')],
      env: { MYOSERVE_PLUGINS: folder.plugins, LOG_LEVEL: 'warn' },
    })
    expect(removed.log()).toMatch(
      /sets \\"set\\", a plugin that was removed; `myoserve config` lists what is read/,
    )
    expect(await removed.kill()).toBe(0)
    // What was never pinned is a mistake still.
    await folder.write('myoserve.config.json', JSON.stringify({ sett: { n: 5 } }))
    const { exitCode, stderr } = await folder.run('config')
    expect([exitCode, stderr]).toEqual([78, expect.stringMatching(/sets "sett", which is no setting/)])
  })
})
