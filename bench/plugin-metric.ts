/**
 * What it costs that a metric is a plugin's: the same function as a built-in metric and as that of a plugin from
 * outside, over one channel of 173,370 samples, by turns in one run.
 *
 * `bun bench/plugin-metric.ts` prints a table, `--json` rows of `{name, ours, peer, ratio, unit}`: ours is the plugin's
 * in ms, peer the built-in one's, the ratio peer over ours, so that 0.91 is 10 % more. Both have to give the same value
 * first. "a call" is the function with mark and checks around it, as in a worker. What a plugin is handed is sealed, and
 * held against the seal when it is done, once a channel for all of its metrics: "alone on a channel" is a call that bears
 * that by itself, "in an analysis" is what it comes to in all, and "in a worker" that with a process around both. The last row is not of
 * plugins: ours is an analysis in a worker, peer the same in this process, both from the file on.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { c3dFormat } from '../plugins/c3d-reader/c3d-format.ts'
import { builtInOwner } from '../plugins/c3d-reader/contribution.ts'
import { createFormats } from '../plugins/c3d-reader/formats.ts'
import { synthesiseEmg } from '../plugins/c3d-reader/samples/index.ts'
import { createHandouts } from '../plugins/emg-analyzer/analysis/foreign/handouts.ts'
import {
  createRegistry,
  planAnalysis,
  type RecordingAnalysis,
  selectTools,
  WITHOUT_CONTEXT,
} from '../plugins/emg-analyzer/analysis/index.ts'
import type { Metric, MetricInput } from '../plugins/emg-analyzer/analysis/metrics/metric.ts'
import { type Analysed, type AnalysisJob, runJob } from '../plugins/emg-analyzer/job/job.ts'
import { resolveMvc } from '../plugins/mvc-cascade/index.ts'
import { dsp, PluginFault, writeC3d } from '../src/sdk.ts'
import { recordMarks } from '../src/workers/marked.ts'
import { createMarkRecorder, MARKS_BYTES } from '../src/workers/marks.ts'
import { createWorkerPool } from '../src/workers/pool.ts'
import { pinAll } from '../test/plugin/pin.ts'

const RATE = 1000
const SAMPLES = 173_370
const METRICS = ['rms', 'waveformLength', 'medianFrequency'] as const
const PLUGIN = 'bench-metrics'
const pluginsOwn = (id: string): string => `${id}Outside`

interface Row {
  readonly name: string
  readonly ours: number
  readonly peer: number
  readonly ratio: number
  readonly unit: 'ms'
}

const median = (times: readonly number[]): number => dsp.median(times)

/** Runs both by turns, which of them is first by turns too. @returns medians in ms */
async function sideBySide(
  name: string,
  rounds: number,
  ours: () => unknown,
  peer: () => unknown,
  times = 1,
): Promise<Row> {
  const time = async (work: () => unknown): Promise<number> => {
    const start = performance.now()
    for (let i = 0; i < times; i++) await work()
    return (performance.now() - start) / times
  }
  for (let i = 0; i < 5; i++) await Promise.all([time(ours), time(peer)])
  const [all, theirs]: [number[], number[]] = [[], []]
  for (let i = 0; i < rounds; i++) {
    if (i % 2) theirs.push(await time(peer))
    all.push(await time(ours))
    if (i % 2 === 0) theirs.push(await time(peer))
  }
  const [a, b] = [median(all), median(theirs)]
  return { name, ours: a, peer: b, ratio: b / a, unit: 'ms' }
}

await using disposal = new AsyncDisposableStack()
const folder = await mkdtemp(join(tmpdir(), 'myoserve-bench-'))
disposal.defer(() => rm(folder, { recursive: true, force: true }))

const { samples } = synthesiseEmg({
  seed: 1,
  rate: RATE,
  durationS: SAMPLES / RATE,
  baselineRms: 3e-6,
  bursts: Array.from({ length: 40 }, (_, i) => ({
    startMs: 1000 + i * 4000,
    endMs: 3000 + i * 4000,
    rms: 150e-6,
  })),
})
const file = join(folder, 'bench.c3d')
await Bun.write(
  file,
  writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: RATE / 10,
    samplesPerFrame: 10,
    points: [],
    analogs: [{ label: 'R VL', unit: 'V', samples: samples.subarray(0, SAMPLES) }],
  }),
)

/** The marks of a worker, so that a call costs what it costs there. */
const marks = join(folder, 'marks')
await writeFile(marks, new Uint8Array(MARKS_BYTES))
recordMarks(createMarkRecorder(marks, 5000, (plugin) => new PluginFault(plugin, 'it is late')))

const registry = createRegistry()
const formats = createFormats(c3dFormat)
const outsider = { ...builtInOwner(PLUGIN, '1.0.0'), origin: 'external' as const, onLeave() {} }
for (const id of METRICS) {
  const own = registry.metrics.require(id)
  registry.lendTo(outsider).metrics.add({ ...own, id: pluginsOwn(id) })
}

/** A job with one figure: the built-in metric, or the same of the plugin. */
function jobOf(metric: string, plugins?: AnalysisJob['selection']['plugins']): AnalysisJob {
  const plan = planAnalysis(registry, 'clinical', { metrics: { figure: { metric, over: 'recording' } } })
  const selection = selectTools(registry, plan, { format: formats.ownerOf('c3d') })
  return {
    path: file,
    format: 'c3d',
    plan,
    selection: plugins ? { ...selection, plugins } : selection,
    context: WITHOUT_CONTEXT,
    byLabels: false,
    show: { description: false, envelopes: false },
  }
}

const answer: Parameters<typeof runJob>[2] = async (questions) =>
  questions.map(({ metadata, calculated }) =>
    resolveMvc({
      candidates: { records: { unavailable: 'there is no database' }, metadata, calculated },
      at: new Date(0),
      limits: { validityDays: 90, defaultValue: null },
    }),
  )

const here = async (job: AnalysisJob): Promise<RecordingAnalysis> => {
  const outcome = await runJob(job, { formats, registry }, answer)
  if (outcome.kind !== 'analysed') throw new Error(outcome.kind)
  return outcome.analysis
}

await mkdir(join(folder, 'plugins', PLUGIN), { recursive: true })
await writeFile(
  join(folder, 'plugins', PLUGIN, 'index.ts'),
  `import analyzer from 'myoserve/plugins/emg-analyzer'
   import { definePlugin } from 'myoserve/sdk'
   export default definePlugin({
     name: '${PLUGIN}', version: '1.0.0', host: '^1', summary: 'For a benchmark', needs: { analyzer },
     setup({ needs: { analyzer: { registry: { metrics } } } }) {
       for (const id of ${JSON.stringify(METRICS)}) metrics.add({ ...metrics.require(id), id: id + 'Outside' })
     },
   })`,
)
await pinAll(join(folder, 'plugins'), [PLUGIN])
const pins = (await Bun.file(join(folder, 'plugins/plugins.lock.json')).json()) as {
  readonly plugins: Readonly<Record<string, { readonly hash: string }>>
}
const main = join(import.meta.dir, '../src/main.ts')
const pool = createWorkerPool({
  command: [process.execPath, main, 'worker', '--plugins', join(folder, 'plugins'), '--data', folder],
  size: 1,
  memoryBytes: 2 ** 30,
  timeLimitMs: 60_000,
  pluginTimeLimitMs: 5000,
  startLimitMs: 60_000,
})
disposal.use(pool)
const workers = pool.of('emg-analyzer')
const there = async (job: AnalysisJob): Promise<RecordingAnalysis> => {
  const outcome = await workers.run<Analysed | { readonly kind: string }>('analyze', job, {
    answer: (questions) => answer(questions as Parameters<typeof answer>[0]),
  })
  if ('analysis' in outcome) return outcome.analysis
  throw new Error(outcome.kind)
}

const figureOf = ({ channels: [channel] }: RecordingAnalysis): number => {
  const value = channel?.metrics.figure?.value
  if (typeof value !== 'number') throw new Error(`no value: ${JSON.stringify(channel?.metrics.figure)}`)
  return value
}

/** What a metric is handed, in a call alone. */
const input: MetricInput = {
  signal: samples.subarray(0, SAMPLES),
  envelope: samples.slice(0, SAMPLES),
  rate: RATE,
  spectra: { band: null, dimitrovBand: null, medianFrequency: 'interpolated' },
  spectrum: () => ({ spectrum: null, reason: 'not needed here' }),
}

const rows: Row[] = []
for (const id of METRICS) {
  const [builtIn, outside] = [jobOf(id), jobOf(pluginsOwn(id))]
  const pinned = outside.selection.plugins.map((each) =>
    each.name === PLUGIN ? { ...each, hash: pins.plugins[PLUGIN]?.hash ?? null } : each,
  )
  const inWorker = jobOf(pluginsOwn(id), pinned)
  const values = [await here(builtIn), await here(outside), await there(builtIn), await there(inWorker)].map(
    figureOf,
  )
  if (new Set(values).size !== 1) throw new Error(`${id}: ${values.join(', ')}`)
  const [own, plugins]: [Metric, Metric] = [
    registry.metrics.require(id),
    registry.metrics.require(pluginsOwn(id)),
  ]
  if (id !== 'medianFrequency') {
    const call = () => own.compute(input)
    const alone = (): unknown => {
      const handouts = createHandouts()
      const value = plugins.compute(handouts.stretch(input))
      handouts.verify(PLUGIN)
      return value
    }
    rows.push(await sideBySide(`${id}, a call`, 201, () => plugins.compute(input), call, 10))
    rows.push(await sideBySide(`${id}, alone on a channel`, 201, alone, call, 10))
  }
  rows.push(
    await sideBySide(
      `${id}, in an analysis`,
      41,
      () => here(outside),
      () => here(builtIn),
    ),
  )
  rows.push(
    await sideBySide(
      `${id}, in a worker`,
      41,
      () => there(inWorker),
      () => there(builtIn),
    ),
  )
}
const usual = jobOf('rms')
rows.push(
  await sideBySide(
    'analysis in a worker, beside in this process',
    41,
    () => there(usual),
    () => here(usual),
  ),
)

if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
else {
  console.table(
    rows.map(({ name, ours, peer, ratio }) => ({
      [`${SAMPLES} samples`]: name,
      'plugin ms': ours.toFixed(3),
      'built-in ms': peer.toFixed(3),
      'built-in / plugin': ratio.toFixed(2),
    })),
  )
}
