/** An analysis is the same to the byte in a worker as in the process itself, by every preset. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sampleRecordings } from '../../plugins/c3d-reader/samples/index.ts'
import { registry } from '../support/analysis.ts'
import { runCli } from '../support/cli.ts'
import { SHARED, sharedNote } from '../support/shared.ts'
import { TARGETS } from '../support/targets.ts'
import { type PluginsFolder, pluginsFolder, source } from './folder.ts'
import { pinAll } from './pin.ts'

setDefaultTimeout(60_000)

/**
 * Adds a metric that no preset has computed: it has the analysis run in a worker, and takes no part in it. Where it is
 * asked for, it says whether that is so.
 */
const IDLE = source(
  'idle',
  `needs: { analyzer },
   setup({ needs }) {
     const rms = needs.analyzer.registry.metrics.require('rms')
     needs.analyzer.registry.metrics.add({
       ...rms, id: 'idle', compute: () => Number(process.argv.includes('worker')),
     })
   },`,
  "import analyzer from 'myoserve/plugins/emg-analyzer'",
)

describe.each(TARGETS.filter(({ missing }) => missing === undefined))('$name', (target) => {
  let folder: PluginsFolder
  beforeAll(async () => {
    folder = await pluginsFolder(target)
    await folder.write('plugins/idle/index.ts', IDLE)
    await pinAll(folder.plugins, ['idle'])
    for (const { fileName, bytes } of sampleRecordings())
      await Bun.write(join(folder.root, fileName), bytes())
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  async function expectSame(preset: string, files: readonly string[]): Promise<void> {
    const args = ['analyze', '--json', '--preset', preset, ...files]
    const inProcess = await runCli(target, args, { cwd: folder.root })
    const inWorker = await folder.run(...args)
    expect([inProcess.stderr, inWorker.stderr]).toEqual(['', ''])
    expect(inProcess.stdout.length).toBeGreaterThan(1000 * files.length)
    expect(inWorker.stdout === inProcess.stdout).toBe(true)
  }

  test('what is compared with is from a worker', async () => {
    const metrics = { idle: { metric: 'idle', over: 'recording' } }
    await folder.write('request.json', JSON.stringify({ parameters: { metrics } }))
    const { stdout } = await folder.run(
      'analyze',
      '--json',
      '--request',
      'request.json',
      'knee-extension.c3d',
    )
    const [channel] = JSON.parse(stdout).channels
    expect(channel.metrics.idle.value).toBe(1)
  })

  const presets = registry.presets.list().map(({ id }) => id)

  test.each(presets)('%s of the samples', (preset) =>
    expectSame(
      preset,
      sampleRecordings().map(({ fileName }) => fileName),
    ),
  )

  const recordings = SHARED ? join(SHARED, 'data/c3d/ghostly') : ''
  test.skipIf(!SHARED).each(presets)(`%s of recordings of a game${sharedNote}`, (preset) =>
    expectSame(
      preset,
      readdirSync(recordings).map((name) => join(recordings, name)),
    ),
  )

  test('pictures and tables too', async () => {
    for (const form of [[], ['--csv']]) {
      const args = ['analyze', 'knee-extension.c3d', ...form]
      const inProcess = await runCli(target, args, { cwd: folder.root })
      expect(await folder.run(...args)).toEqual(inProcess)
      expect(inProcess.stdout).toContain('VL')
    }
  })
})
