/** Plugins from outside whose analysis code misbehaves: one clear sentence each, and the server answers all others. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import type { RecordingAnalysis } from '../../plugins/emg-analyzer/index.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { TARGETS } from '../support/targets.ts'
import { type PluginsFolder, pluginsFolder, source } from './folder.ts'
import { pinAll } from './pin.ts'

setDefaultTimeout(60_000)

const ANALYZER = "import analyzer from 'myoserve/plugins/emg-analyzer'"
const READER = "import c3dReader from 'myoserve/plugins/c3d-reader'"

/** A plugin with one metric of its own name. */
const metric = (name: string, compute: string, before = ''): string =>
  source(
    name,
    `needs: { analyzer },
     setup({ needs }) {
       needs.analyzer.registry.metrics.add({
         type: 'metric', id: '${name}', summary: 's', unit: '{unit}', reference: 'r', compute: ${compute},
       })
     },`,
    `${ANALYZER}\n${before}`,
  )

const detectorOf = (name: string, detect: string): string =>
  source(
    name,
    `needs: { analyzer },
     setup({ needs }) {
       needs.analyzer.registry.detectors.add({
         type: 'detector', id: '${name}', summary: 's', reference: 'r', finished: true,
         parameters: v.object({}), defaults: {}, detect: ${detect},
       })
     },`,
    ANALYZER,
  )

const format = (name: string, bytes: string, read: string): string =>
  source(
    name,
    `needs: { c3dReader },
     setup({ needs }) {
       needs.c3dReader.formats.add({
         type: 'recording-format', id: '${name}', summary: 's', reference: 'r', mediaType: 'text/plain',
         extensions: ['.txt'], signatures: [{ bytes: '${bytes}' }], read: ${read},
       })
     },`,
    READER,
  )

/** A plugin with a metric: its name, the code of the metric, why it is set aside, and what stands before. */
const METRICS: ReadonlyArray<
  readonly [what: string, name: string, compute: string, reason: RegExp, before?: string]
> = [
  ['throws', 'thrower', "() => { throw new Error('no luck') }", /^its code failed: no luck$/],
  ['answers NaN', 'nan', '() => 0 / 0', /^its metric "nan" answered NaN$/],
  ['answers a promise', 'later', 'async () => 1', /^its metric "later" answered a promise$/],
  [
    'writes into its input',
    'writer',
    '({ signal }) => { signal[7] += 1e-12; return 1 }',
    /^it wrote into the samples that it was handed$/,
  ],
  [
    'takes its input away',
    'taker',
    '({ signal }) => (structuredClone(0, { transfer: [signal.buffer] }), 1)',
    /^it wrote into the samples that it was handed$/,
  ],
  [
    'changes what else it was handed',
    'changer',
    '(input) => { input.spectra.band = null; return 1 }',
    /^its code failed: .*read.?only/,
  ],
  ['never ends', 'forever', '() => { for (;;) {} }', /^its code did not end within 1\.2 s$/],
  ['ends the process', 'quitter', '() => process.exit(0)', /^its code ended its process/],
  [
    'takes a gigabyte',
    'hoarder',
    '() => { const all = []; for (let i = 0; i < 64; i++) all.push(new Uint8Array(2 ** 24).fill(i)); return all.length }',
    /^its code took more than 400 MiB of memory$/,
  ],
  [
    'keeps what it takes',
    'keeper',
    '() => { for (let i = 0; i < 16; i++) kept.push(new Uint8Array(2 ** 24).fill(i)); return kept.length }',
    /^its code took more than 400 MiB of memory$/,
    'const kept = []',
  ],
]

const DETECTORS: ReadonlyArray<readonly [what: string, name: string, detect: string, reason: RegExp]> = [
  [
    'runs out of order',
    'disorder',
    '() => ({ runs: [{ start: 50, end: 60 }, { start: 10, end: 20 }], thresholds: {} })',
    /^its detector "disorder" answered a run from 10 to 20, though the one before ends at 60/,
  ],
  [
    'runs beyond the end',
    'beyond',
    '({ rate }) => ({ runs: [{ start: 0, end: 1e9 }], thresholds: { rate } })',
    /^its detector "beyond" answered a run from 0 to 1000000000 of \d+ samples/,
  ],
]

const knee = Uint8Array.from(
  sampleRecordings()
    .find(({ fileName }) => fileName.startsWith('knee'))
    ?.bytes() ?? [],
)

interface Answer {
  readonly status: number
  readonly cache: string | null
  readonly body: RecordingAnalysis & { readonly code: string; readonly detail: string }
}

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: PluginsFolder
  let server: TestServer
  let recording: string

  const ask = async (path: string, body: object | Uint8Array<ArrayBuffer>): Promise<Answer> => {
    const bytes = body instanceof Uint8Array
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': bytes ? 'application/octet-stream' : 'application/json' },
      body: bytes ? body : JSON.stringify(body),
    })
    return {
      status: response.status,
      cache: response.headers.get('x-cache'),
      body: (await response.json()) as Answer['body'],
    }
  }
  const analyze = (parameters: object) => ask(`/api/recordings/${recording}/analysis`, { parameters })
  const withMetric = (name: string) =>
    analyze({
      metrics: { own: { metric: 'rms', over: 'recording' }, [name]: { metric: name, over: 'recording' } },
    })
  const reasonOf = async (name: string): Promise<string> => {
    const health = (await (await fetch(`${server.url}/health`)).json()) as {
      plugins: Array<{ name: string; state: string; reason?: string }>
    }
    const found = health.plugins.find((plugin) => plugin.name === name)
    expect([name, found?.state]).toEqual([name, 'quarantined'])
    return found?.reason ?? ''
  }
  /** How long others wait while something is under way: the longest of many requests, in ms. */
  async function patienceDuring(work: Promise<unknown>): Promise<number> {
    let longest = 0
    let over = false
    void work.finally(() => {
      over = true
    })
    while (!over) {
      const start = performance.now()
      expect((await fetch(`${server.url}/livez`)).status).toBe(200)
      longest = Math.max(longest, performance.now() - start)
      await Bun.sleep(5)
    }
    return longest
  }

  beforeAll(async () => {
    folder = await pluginsFolder(target)
    const sources: Record<string, string> = {
      ...Object.fromEntries(
        METRICS.map(([, name, compute, , before]) => [name, metric(name, compute, before)]),
      ),
      ...Object.fromEntries(DETECTORS.map(([, name, detect]) => [name, detectorOf(name, detect)])),
      'bad-check': source(
        'bad-check',
        `needs: { analyzer },
         setup({ needs }) {
           needs.analyzer.registry.checks.add({
             type: 'quality-check', id: 'badCheck', summary: 's', unit: '%', reference: 'r',
             assess: () => ({ status: 'excellent', value: 1 }),
           })
         },`,
        ANALYZER,
      ),
      'bad-shape': source(
        'bad-shape',
        "needs: { analyzer }, setup({ needs }) { needs.analyzer.registry.metrics.add({ id: 'x', compute: () => 1 }) },",
        ANALYZER,
      ),
      'bad-id': source(
        'bad-id',
        `needs: { analyzer },
         setup({ needs }) {
           needs.analyzer.registry.metrics.add({ ...needs.analyzer.registry.metrics.require('rms') })
         },`,
        ANALYZER,
      ),
      changing: metric('changing', '() => 1'),
      'slow-format': format('slow-format', 'SLOW', '() => { for (;;) {} }'),
      'lying-format': format(
        'lying-format',
        'LIES',
        `() => ({
           format: 'lying-format', durationS: 1, warnings: [], describe: () => ({}),
           channels: [{ index: 0, label: 'a', name: 'a', description: '', unit: 'V', rate: Infinity, length: 1, forcePlate: false, samples: () => new Float64Array(1) }],
         })`,
      ),
    }
    for (const [name, text] of Object.entries(sources)) await folder.write(`plugins/${name}/index.ts`, text)
    await pinAll(folder.plugins, Object.keys(sources))
    server = await startTestServer(target, {
      data: join(folder.root, 'data'),
      env: {
        MYOSERVE_PLUGINS: folder.plugins,
        PLUGIN_TIME_LIMIT: '1200ms',
        WORKER_MEMORY: '400MiB',
        WORKERS: '2',
        LOG_LEVEL: 'silent',
      },
    })
    const { body } = await ask('/api/recordings', knee)
    recording = (body as unknown as { id: string }).id
  })
  afterAll(async () => {
    expect(await server.kill()).toBe(0)
    await folder[Symbol.asyncDispose]()
  })

  test.each([
    ['bad-shape', /^its setup failed: the metric "x" is malformed at "type": /],
    ['bad-id', /^its setup failed: there is a metric "rms" already$/],
  ])('%s is refused in its setup', async (name, reason) => {
    expect(await reasonOf(name)).toMatch(reason)
  })

  test('a quality check of nonsense is left out of the first analysis already', async () => {
    const { status, body } = await analyze({})
    expect(status).toBe(200)
    const reason = await reasonOf('bad-check')
    expect(reason).toMatch(/^its quality check "badCheck" answered what is wrong at "status": /)
    for (const { quality } of body.channels) {
      expect(quality.checks.badCheck).toEqual({
        status: 'unknown',
        value: null,
        unit: '%',
        reason: `plugin bad-check is quarantined: ${reason}`,
      })
    }
    expect(body.plugins.map(({ name }) => name)).toEqual([
      'c3d-reader',
      'emg-analyzer',
      'performance-scoring',
    ])
  })

  test.each(METRICS)('a metric that %s', async (_, name, __, sentence) => {
    const analysed = withMetric(name)
    const longest = await patienceDuring(analysed)
    const { status, body } = await analysed
    expect(status).toBe(200)
    const reason = await reasonOf(name)
    expect(reason).toMatch(sentence)
    expect(body.channels.length).toBeGreaterThan(0)
    for (const { metrics } of body.channels) {
      expect(metrics[name]).toMatchObject({ value: null, reason: `plugin ${name} is quarantined: ${reason}` })
      expect(metrics.own?.value).toBeGreaterThan(0)
    }
    expect(body.plugins.map((each) => each.name)).not.toContain(name)
    // All that is measured here is that nobody waits for the plugin; the machine may be slow.
    expect(longest).toBeLessThan(1000)
    // And so it stays, without asking the plugin again.
    expect((await withMetric(name)).body.channels).toEqual(body.channels)
  })

  test.each(DETECTORS)('a detector that answers %s', async (_, name, __, sentence) => {
    const { status, body } = await analyze({ detection: { method: name } })
    const reason = await reasonOf(name)
    expect(reason).toMatch(sentence)
    expect([status, body.code]).toEqual([503, 'PLUGIN_QUARANTINED'])
    expect(body.detail).toBe(
      `The detector "${name}" cannot be had: plugin ${name} is quarantined: ${reason}.`,
    )
  })

  test.each([
    ['never ends', 'slow-format', 'SLOW', /^its code did not end within 1\.2 s$/],
    [
      'reads what is no recording',
      'lying-format',
      'LIES',
      /^its format "lying-format" read a recording in which "channels\.0\.rate" is wrong: /,
    ],
  ])('a format that %s', async (_, name, text, sentence) => {
    const uploaded = ask('/api/recordings', new TextEncoder().encode(text))
    expect(await patienceDuring(uploaded)).toBeLessThan(1000)
    const { status, body } = await uploaded
    const reason = await reasonOf(name)
    expect(reason).toMatch(sentence)
    expect([status, body.code]).toEqual([503, 'PLUGIN_QUARANTINED'])
    expect(body.detail).toContain(reason)
  })

  test('a plugin of other code makes its results invalid, and no others', async () => {
    const usual = async () => {
      const response = await fetch(`${server.url}/api/recordings/${recording}/analysis`)
      await response.arrayBuffer()
      return response.headers.get('x-cache')
    }
    const changing = async () => {
      const { cache, body } = await withMetric('changing')
      const [channel] = body.channels
      const hash = body.plugins.find(({ name }) => name === 'changing')?.hash
      return { cache: cache?.split(';')[0], value: channel?.metrics.changing?.value, hash }
    }
    await usual()
    expect(await usual()).toStartWith('HIT')
    const first = await changing()
    expect(first).toMatchObject({ value: 1, cache: 'MISS' })
    expect(await changing()).toEqual({ ...first, cache: 'HIT' })
    await folder.write('plugins/changing/index.ts', metric('changing', '() => 2'))
    await pinAll(folder.plugins, ['changing'])
    let then = await changing()
    for (const deadline = Date.now() + 10_000; then.hash === first.hash && Date.now() < deadline; ) {
      await Bun.sleep(50)
      then = await changing()
    }
    // Under the other name nothing was kept, whatever was asked for in between.
    expect(then).toMatchObject({ value: 2, hash: expect.stringMatching(/^sha256-/) })
    expect(then.hash).not.toBe(first.hash)
    expect(await usual()).toStartWith('HIT')
  })

  test('the command analyses without what fails, and says what it cannot do', async () => {
    await Bun.write(join(folder.root, 'knee.c3d'), knee)
    const run = async (parameters: object) => {
      await folder.write('request.json', JSON.stringify({ parameters }))
      return folder.run('analyze', '--json', '--request', 'request.json', 'knee.c3d')
    }
    const found = await run({ metrics: { nan: { metric: 'nan', over: 'recording' } } })
    expect(found.exitCode).toBe(0)
    expect(JSON.parse(found.stdout).channels[0].metrics.nan).toMatchObject({
      value: null,
      reason: 'plugin nan is quarantined: its metric "nan" answered NaN',
    })
    const { exitCode, stdout, stderr } = await run({ detection: { method: 'disorder' } })
    expect([exitCode, stdout]).toEqual([69, ''])
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'PLUGIN_QUARANTINED',
      message: expect.stringMatching(
        /^The detector "disorder" cannot be had: plugin disorder is quarantined: /,
      ),
      file: 'knee.c3d',
    })
  })

  test('the server answers while twenty analyses run, and all of them', async () => {
    const many = Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        analyze({ bandPass: { lowHz: 20 + i } }).then(({ status }) => status),
      ),
    )
    expect(await patienceDuring(many)).toBeLessThan(1000)
    expect(await many).toEqual(Array(20).fill(200))
  })
})
