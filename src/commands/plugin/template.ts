/** The files of a new plugin: a metric, the plugin that adds it, and their tests. */

/** Has an editor find what `myoserve plugin types` writes. */
export const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'ESNext',
      module: 'Preserve',
      moduleResolution: 'bundler',
      lib: ['ESNext'],
      types: ['./.myoserve/node_modules/bun-types'],
      strict: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
      paths: {
        'myoserve/sdk': ['./.myoserve/myoserve/src/sdk.d.ts'],
        'myoserve/test': ['./.myoserve/myoserve/src/test-kit.d.ts'],
        'myoserve/plugins/*': ['./.myoserve/myoserve/plugins/*/index.d.ts'],
        hono: ['./.myoserve/node_modules/hono'],
        valibot: ['./.myoserve/node_modules/valibot'],
        'drizzle-orm': ['./.myoserve/node_modules/drizzle-orm'],
        'drizzle-orm/pg-core': ['./.myoserve/node_modules/drizzle-orm/pg-core'],
      },
    },
    include: ['**/*.ts'],
    exclude: ['.myoserve'],
  },
  null,
  2,
)}\n`

const METRIC = `/** The metric: data with a function. */
import type { Metric } from 'myoserve/plugins/emg-analyzer'
import { dsp } from 'myoserve/sdk'

export const METRIC: Metric = {
  type: 'metric',
  id: 'ID',
  summary: 'Largest absolute value over the root mean square: how spiky a signal is',
  unit: '1',
  reference: 'IEC 60469:2013',
  compute({ signal }) {
    const rms = dsp.rms(signal)
    if (rms === 0) return { reason: 'the signal is zero' }
    let most = 0
    for (const sample of signal) most = Math.max(most, Math.abs(sample))
    return most / rms
  },
}
`

const INDEX = `/** Adds the metric ID, a preset that has it computed, and a route that says what it is. */
import analyzer from 'myoserve/plugins/emg-analyzer'
import { definePlugin, route } from 'myoserve/sdk'
import * as v from 'valibot'
import { METRIC } from './metric.ts'

export default definePlugin({
  name: 'NAME',
  version: '1.0.0',
  host: '^1',
  summary: 'Adds the metric ID to analyses',
  needs: { analyzer },
  // That of the analyzer: who reads analyses may ask.
  permissions: ['analysis:read'],
  setup({ needs }) {
    const { metrics, presets } = needs.analyzer.registry
    metrics.add(METRIC)
    const clinical = presets.require('clinical')
    presets.add({
      ...clinical,
      id: 'NAME',
      summary: 'As clinical, with ID',
      parameters: {
        ...clinical.parameters,
        metrics: { ...clinical.parameters.metrics, ID: { metric: METRIC.id, over: 'contractions' } },
      },
    })
    return { asked: 0 }
  },
  routes: (service) => [
    route({
      method: 'get',
      path: '/api/plugins/NAME',
      summary: 'What ID is',
      policy: 'analysis:read',
      concerns: 'nothing',
      answers: { 200: { description: 'One line', schema: v.object({ summary: v.string() }) } },
      handle() {
        service.asked++
        return { summary: METRIC.summary }
      },
    }),
  ],
  metrics: (service) => [
    {
      name: 'myoserve_SNAKE_asked_total',
      help: 'How often it was asked what ID is.',
      type: 'counter',
      samples: [{ value: service.asked }],
    },
  ],
})
`

const TEST = `import { expect, test } from 'bun:test'
import analyzer from 'myoserve/plugins/emg-analyzer'
import { writeC3d } from 'myoserve/sdk'
import { contractSuite, createTestHost, type TestRequest } from 'myoserve/test'
import plugin from './index.ts'
import { METRIC } from './metric.ts'

contractSuite(plugin)

const RATE = 1000

/** A sine of 80 Hz that is loud in every other second. */
const samples = Float64Array.from(
  { length: 10 * RATE },
  (_, i) => Math.sin((2 * Math.PI * 80 * i) / RATE) * (Math.floor(i / RATE) % 2 ? 2e-4 : 2e-6),
)

const over = (signal: Float64Array) =>
  METRIC.compute({
    signal,
    envelope: signal,
    rate: RATE,
    spectrum: () => ({ spectrum: null, reason: 'not needed here' }),
    spectra: { band: null, dimitrovBand: null, medianFrequency: 'interpolated' },
  })

test('a square wave has 1, a sine the square root of 2, silence a reason', () => {
  expect(over(Float64Array.of(1, -1, 1, -1))).toBe(1)
  expect(over(samples.subarray(RATE, 2 * RATE))).toBeCloseTo(Math.SQRT2, 2)
  expect(over(new Float64Array(8))).toEqual({ reason: 'the signal is zero' })
})

test('it stands in an analysis by the preset, and its route is counted', async () => {
  await using host = await createTestHost({ plugins: [plugin] })
  const { recordings, plan, analyze } = host.service(analyzer)
  const file = writeC3d({
    processor: 'intel',
    storage: 'float',
    pointRate: RATE / 10,
    samplesPerFrame: 10,
    points: [],
    analogs: [{ label: 'EMG1', unit: 'V', samples }],
  })
  const analysis = await analyze(recordings.formats.read(file), plan({ preset: 'NAME' }))
  expect(analysis.channels[0]?.metrics.ID).toMatchObject({ unit: '1', over: 'contractions' })
  const answer = await host.fetch('/api/plugins/NAME')
  expect(await answer.json()).toEqual({ summary: METRIC.summary })
  expect(host.service(plugin).asked).toBe(1)
})

test('its route answers who reads analyses, and nobody else', async () => {
  await using host = await createTestHost({ plugins: [plugin] })
  const ask = async (as: TestRequest['as']) => (await host.fetch('/api/plugins/NAME', { as })).status
  expect(await ask({ roles: ['therapist'] })).toBe(200)
  expect(await ask({ permissions: ['reports:read'] })).toBe(403)
  expect(await ask('nobody')).toBe(401)
})
`

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Texts by path. @param name of the plugin, in kebab-case */
export function templateFiles(name: string): Record<string, string> {
  const fill = (text: string): string =>
    text
      .replaceAll('METRIC', `${camel(name)}Metric`)
      .replaceAll('NAME', name)
      .replaceAll('SNAKE', name.replaceAll('-', '_'))
      .replaceAll(/\bID\b/g, camel(name))
  return {
    'index.ts': fill(INDEX),
    'metric.ts': fill(METRIC),
    'index.test.ts': fill(TEST),
    'tsconfig.json': TSCONFIG,
  }
}
