import { describe, expect, test } from 'bun:test'
import { dsp, isPluginFault, Problem } from '../../../src/sdk.ts'
import { builtInOwner } from '../../c3d-reader/index.ts'
import { channelOf, evenly, recordingOf, resolve, synth } from './fixtures.ts'
import type { Metric } from './metrics/metric.ts'
import { planAnalysis } from './presets.ts'
import { analyzeRecording, examineRecording } from './recording.ts'
import { createRegistry, type Registry } from './registry.ts'
import { OtherPlugins, openTools, selectTools } from './tools.ts'

/** A plugin from outside, that may be set aside and may leave. */
function outsider(name: string, hash = `sha256-${name}`) {
  const undo: Array<() => void> = []
  const state: { reason?: string } = {}
  const borrower = {
    name,
    version: '2.0.0',
    origin: 'external' as const,
    hash,
    quarantined: () => state.reason,
    onLeave: (each: () => void) => void undo.push(each),
  }
  return { borrower, state, leave: () => undo.reverse().forEach((each) => void each()) }
}

const metric = (id: string, compute: Metric['compute']): Metric => ({
  type: 'metric',
  id,
  summary: 's',
  unit: '{unit}',
  reference: 'r',
  compute,
})

const figures = (...ids: string[]) => ({
  metrics: Object.fromEntries(ids.map((id) => [id, { metric: id, over: 'recording' as const }])),
})
const { samples } = synth({ bursts: evenly(5, 5000, 2500, 2e-4) })
const recording = recordingOf(channelOf(samples, { label: 'L VL', name: 'L VL' }))

const analyze = (registry: Registry, ...ids: string[]) =>
  analyzeRecording(recording, planAnalysis(registry, 'clinical', figures(...ids)), registry, resolve)

const faultOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (isPluginFault(error)) return `${error.plugin}: ${error.reason}`
    throw error
  }
  return 'none'
}

describe('a plugin that is lent the registry', () => {
  test('adds what is its own, which is gone again with it', () => {
    const registry = createRegistry()
    const { borrower, leave } = outsider('p')
    registry.lendTo(borrower).metrics.add(metric('two', () => 2))
    expect(registry.metrics.ownerOf('two').name).toBe('p')
    expect(registry.metrics.ownerOf('rms').name).toBe('emg-analyzer')
    leave()
    expect(registry.metrics.list().map(({ id }) => id)).not.toContain('two')
  })

  test.each([
    [{}, 'the metric "" is malformed at "type": '],
    [null, 'the metric "" is malformed: '],
    [{ ...metric('x', () => 1), compute: 1 }, 'the metric "x" is malformed at "compute": '],
    [{ ...metric('x', () => 1), unit: undefined }, 'the metric "x" is malformed at "unit": '],
    [
      { ...metric('x', () => 1), summary: 'a\nb' },
      'the metric "x" is malformed at "summary": expected one line',
    ],
    [metric('x y', () => 1), 'the metric "x y" is malformed at "id": expected up to 64 letters'],
    [metric('rms', () => 1), 'there is a metric "rms" already'],
  ])('is refused %j', (added, sentence) => {
    expect(() =>
      createRegistry()
        .lendTo(outsider('p').borrower)
        .metrics.add(added as Metric),
    ).toThrow(sentence)
  })

  test('is refused presets of parameters that are none, and detectors whose defaults are none', () => {
    const registry = createRegistry().lendTo(outsider('p').borrower)
    const clinical = registry.presets.require('clinical')
    const parameters = { ...clinical.parameters, minimumRateHz: -1 }
    expect(() => registry.presets.add({ ...clinical, id: 'x', parameters })).toThrow(
      'the preset "x" is malformed at "parameters.minimumRateHz"',
    )
    const threshold = registry.detectors.require('threshold')
    expect(() => registry.detectors.add({ ...threshold, id: 'x', defaults: { cutoffHz: -1 } })).toThrow(
      'the defaults of the detector "x" are no parameters of it',
    )
  })

  test('cannot change a preset that it has added', () => {
    const registry = createRegistry()
    const preset = { ...structuredClone(registry.presets.require('clinical')), id: 'own' }
    registry.lendTo(outsider('p').borrower).presets.add(preset)
    Object.assign(preset.parameters, { minimumRateHz: 1e6 })
    expect(registry.presets.require('own').parameters.minimumRateHz).toBe(200)
  })
})

describe('an analysis with plugins from outside', () => {
  test('is that of built-in ones where these do the same, in the same order', () => {
    const registry = createRegistry()
    const p = registry.lendTo(outsider('p').borrower)
    const q = registry.lendTo(outsider('q').borrower)
    p.metrics.add({ ...registry.metrics.require('mav'), id: 'first' })
    q.metrics.add({ ...registry.metrics.require('medianFrequency'), id: 'second' })
    p.checks.add({ ...registry.checks.require('length'), id: 'third' })
    const { channels, plugins } = analyze(registry, 'second', 'rms', 'first')
    const [own] = analyze(createRegistry(), 'medianFrequency', 'rms', 'mav').channels
    const [channel] = channels
    expect(Object.entries(channel?.metrics ?? {})).toEqual([
      ['second', own?.metrics.medianFrequency],
      ['rms', own?.metrics.rms],
      ['first', own?.metrics.mav],
    ] as never)
    expect(Object.keys(channel?.quality.checks ?? {}).at(-1)).toBe('third')
    expect(channel?.quality.checks.third).toEqual(own?.quality.checks.length)
    expect(plugins).toEqual([
      { name: 'emg-analyzer', version: '1.0.0', hash: null },
      { name: 'p', version: '2.0.0', hash: 'sha256-p' },
      { name: 'q', version: '2.0.0', hash: 'sha256-q' },
    ])
  })

  test('takes windows and pairs from them too', () => {
    const registry = createRegistry()
    const { metrics } = registry.lendTo(outsider('p').borrower)
    metrics.add({ ...registry.metrics.require('rms'), id: 'own' })
    const both = recordingOf(
      ...['L VL', 'R VL'].map((label, index) => channelOf(samples, { index, label, name: label })),
    )
    const windows = (id: string) => ({ lengthMs: 1000, overlap: 0.5, metrics: ['mav', id] })
    const made = (id: string) => {
      const overrides = { metrics: { activeRms: { metric: id, over: 'contractions' } }, windows: windows(id) }
      return analyzeRecording(both, planAnalysis(registry, 'clinical', overrides), registry, resolve)
    }
    const [outside, inside] = [made('own'), made('rms')]
    expect(outside.pairs).toEqual(inside.pairs)
    expect(outside.pairs[0]).toMatchObject({ leftValue: expect.any(Number) })
    expect(outside.channels[0]?.windows?.own).toEqual(inside.channels[0]?.windows?.rms as never)
    expect(Object.keys(outside.channels[0]?.windows ?? {})).toEqual(['mav', 'own'])
  })

  test('has the one to blame that wrote, not the one that read after', () => {
    const registry = createRegistry()
    const reader = registry.lendTo(outsider('a-reader').borrower)
    const writer = registry.lendTo(outsider('b-writer').borrower)
    reader.metrics.add(metric('read', ({ signal }) => dsp.rms(signal)))
    writer.metrics.add(metric('write', ({ signal }) => signal.fill(0).length))
    expect(faultOf(() => analyze(registry, 'write', 'read'))).toBe(
      'b-writer: it wrote into the samples that it was handed',
    )
  })

  test('does not let one that keeps an envelope change the pairs of its channel', () => {
    const both = recordingOf(
      ...['L VL', 'L BF'].map((label, index) => channelOf(samples, { index, label, name: label })),
    )
    const kept: Array<{ fill(value: number): unknown }> = []
    const made = (compute: Metric['compute']) => {
      const registry = createRegistry()
      registry.lendTo(outsider('p').borrower).metrics.add(metric('own', compute))
      const plan = planAnalysis(registry, 'clinical', figures('own'))
      return analyzeRecording(both, plan, registry, resolve)
    }
    const late = made(({ envelope }) => {
      // By now its first channel is done, and nobody looks at what it was handed.
      for (const each of kept.splice(0)) each.fill(0)
      kept.push(envelope as Float64Array)
      return 1
    })
    expect(late.pairs).toEqual(made(() => 1).pairs)
    expect(late.pairs).toMatchObject([{ kind: 'co-contraction', rudolph: { value: expect.any(Number) } }])
  })

  test('does not show what a detector does to its copies', () => {
    const registry = createRegistry()
    const threshold = registry.detectors.require('threshold')
    const { detectors } = registry.lendTo(outsider('p').borrower)
    detectors.add({
      ...threshold,
      id: 'own',
      detect(input, options) {
        const found = threshold.detect(input, options)
        input.filtered.fill(1)
        input.envelope.fill(1)
        Object.assign(options, { cutoffHz: 1 })
        return found
      },
    })
    const made = (method: string) => {
      const plan = planAnalysis(registry, 'clinical', { detection: { method } })
      return analyzeRecording(recording, plan, registry, resolve)
    }
    expect(made('own').channels).toEqual(made('threshold').channels)
    expect(made('own').parameters.detection.options).toEqual(made('threshold').parameters.detection.options)
  })
})

describe('what is quarantined', () => {
  const withTwo = () => {
    const registry = createRegistry()
    const plugin = outsider('p')
    const lent = registry.lendTo(plugin.borrower)
    lent.metrics.add(metric('two', () => 2))
    lent.checks.add({ ...registry.checks.require('length'), id: 'own' })
    lent.detectors.add({ ...registry.detectors.require('threshold'), id: 'own' })
    return { registry, ...plugin }
  }

  test('gives null with the reason for a metric and a check, and takes no part', () => {
    const { registry, state } = withTwo()
    state.reason = 'it is tired'
    const { channels, plugins } = analyze(registry, 'two', 'rms')
    const reason = 'plugin p is quarantined: it is tired'
    expect(channels[0]?.metrics.two).toEqual({
      value: null,
      unit: 'V',
      over: 'recording',
      n: samples.length,
      reason,
    })
    expect(channels[0]?.quality.checks.own).toEqual({ status: 'unknown', value: null, unit: 's', reason })
    expect(plugins.map(({ name }) => name)).toEqual(['emg-analyzer'])
  })

  test('refuses the analysis by a detector, and of a format', () => {
    const { registry, state } = withTwo()
    const plan = planAnalysis(registry, 'clinical', { detection: { method: 'own' } })
    const format = { ...builtInOwner('f', '1.0.0'), quarantined: () => 'it is old' }
    const refusal = (work: () => unknown) => {
      try {
        work()
      } catch (error) {
        if (error instanceof Problem) return `${error.status} ${error.code}: ${error.message}`
      }
      return 'none'
    }
    expect(refusal(() => selectTools(registry, plan))).toBe('none')
    state.reason = 'it is tired'
    expect(refusal(() => selectTools(registry, plan))).toBe(
      '503 PLUGIN_QUARANTINED: The detector "own" cannot be had: plugin p is quarantined: it is tired.',
    )
    const usual = planAnalysis(registry, 'clinical')
    expect(refusal(() => selectTools(registry, usual, { format }))).toBe(
      '503 PLUGIN_QUARANTINED: The format of the recording cannot be had: plugin f is quarantined: it is old.',
    )
  })

  test('needs not be there where the analysis is made', () => {
    const { registry } = withTwo()
    const plan = planAnalysis(registry, 'clinical', figures('two'))
    const selection = selectTools(registry, plan, { failed: new Map([['p', 'it is tired']]) })
    const elsewhere = createRegistry()
    const { questions, complete } = examineRecording(
      recording,
      plan,
      openTools(elsewhere, plan, structuredClone(selection)),
    )
    const [channel] = complete(questions.map(resolve)).channels
    expect(channel?.metrics.two).toMatchObject({ reason: 'plugin p is quarantined: it is tired', unit: 'V' })
    expect(channel?.quality.checks.own).toMatchObject({ status: 'unknown' })
  })

  test('other code of the same version elsewhere is another plugin', () => {
    const { registry } = withTwo()
    const plan = planAnalysis(registry, 'clinical', figures('two'))
    const selection = selectTools(registry, plan)
    expect(() => openTools(createRegistry(), plan, selection)).toThrow(OtherPlugins)
    const other = createRegistry()
    const lent = other.lendTo(outsider('p', 'sha256-other').borrower)
    lent.metrics.add(metric('two', () => 2))
    lent.checks.add({ ...other.checks.require('length'), id: 'own' })
    expect(() => openTools(other, plan, selection)).toThrow(OtherPlugins)
  })
})
