import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { type AnalysisParameters, AnalysisParametersSchema } from './parameters.ts'
import { BadParameters, clinical, type ParameterOverrides, planAnalysis } from './presets.ts'
import { createRegistry, UnknownName } from './registry.ts'

const registry = createRegistry()
const presets = registry.presets.list().map(({ id }) => id)
const detectors = registry.detectors.list().map(({ id }) => id)
const plan = (overrides?: ParameterOverrides, preset = 'clinical') =>
  planAnalysis(registry, preset, overrides).parameters

function refusal(overrides: ParameterOverrides): string {
  try {
    plan(overrides)
  } catch (error) {
    if (error instanceof BadParameters) return error.message
    throw error
  }
  throw new Error('these overrides were taken')
}

describe('planAnalysis', () => {
  test.each(presets)('%s is whole, and its detector is given every option', (preset) => {
    const { parameters } = registry.presets.require(preset)
    const planned = plan({}, preset)
    const { defaults } = registry.detectors.require(parameters.detection.method)
    const options = { ...defaults, ...parameters.detection.options }
    expect(planned).toEqual({ ...parameters, detection: { ...parameters.detection, options } })
    expect(v.parse(AnalysisParametersSchema, JSON.parse(JSON.stringify(planned)))).toEqual(planned)
  })

  test('what is laid over replaces values, and leaves what it does not name', () => {
    const { bandPass, ...rest } = plan({ bandPass: { lowHz: 30 } })
    const { bandPass: own, ...others } = plan()
    expect(bandPass).toEqual({ ...own, lowHz: 30 })
    expect(rest).toEqual(others)
  })

  test('choices between shapes are replaced whole', () => {
    expect(plan({ spectra: { segment: { samples: 256 } } }).spectra).toEqual({
      ...plan().spectra,
      segment: { samples: 256 },
    })
    const metrics = { rms: { metric: 'rms', over: 'recording' } } as const
    expect(plan({ metrics }).metrics).toEqual(metrics)
    const notch = { frequencyHz: 50, harmonics: 3, qualityFactor: 30 } as const
    expect(plan({ notch }).notch).toEqual(notch)
    expect(plan({ fatigue: null }).fatigue).toBeNull()
  })

  test('options are of the method: another method has its own defaults', () => {
    const { defaults } = registry.detectors.require('bonato')
    expect(plan({ detection: { method: 'bonato' } }).detection).toEqual({
      ...plan().detection,
      method: 'bonato',
      options: defaults,
    })
    const given = plan({ detection: { method: 'bonato', options: { windowCount: 7 } } }).detection.options
    expect(given).toEqual({ ...defaults, windowCount: 7 })
    expect(plan({ detection: { options: { onsetSd: 5 } } }).detection.options).toMatchObject({
      onsetSd: 5,
      boundarySd: 3,
    })
  })

  test('laying over nothing of it, or what stands there already, changes nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...presets),
        fc.subarray(Object.keys(clinical.parameters) as Array<keyof AnalysisParameters>),
        (preset, keys) => {
          const planned = plan({}, preset)
          const same = Object.fromEntries(keys.map((key) => [key, planned[key]]))
          expect(plan(same, preset)).toEqual(planned)
        },
      ),
    )
  })

  test.each([
    [{ foo: 1 }, 'foo: there is no such parameter'],
    [{ constructor: 1 }, 'constructor: there is no such parameter'],
    [JSON.parse('{"__proto__":{"a":1}}'), '__proto__: there is no such parameter'],
    [{ bandPass: { low: 3 } }, 'bandPass.low: there is no such parameter'],
    [{ bandPass: { lowHz: '20' } }, 'bandPass.lowHz: Invalid type: Expected number but received "20"'],
    [{ bandPass: { lowHz: 0 } }, 'bandPass.lowHz: Invalid value: Expected >0 but received 0'],
    [{ bandPass: { lowHz: 500, highHz: 20 } }, 'bandPass: expected the lower corner below the upper one'],
    [{ bandPass: null }, 'bandPass: Invalid type: Expected Object but received null'],
    [{ notch: { frequencyHz: 50 } }, 'notch.harmonics: it is missing'],
    [{ notch: { frequencyHz: 55, harmonics: 1, qualityFactor: 30 } }, 'notch.frequencyHz: '],
    [
      { detection: { method: 'guess' } },
      'detection.method: there is no detector "guess"; there are threshold, ',
    ],
    [{ detection: { options: { kSd: 3 } } }, 'detection.options.kSd: there is no such parameter'],
    [{ detection: { options: { onsetSd: -1 } } }, 'detection.options.onsetSd: '],
    [
      { detection: { method: 'bonato', options: { onsetSd: 5 } } },
      'detection.options.onsetSd: there is no such',
    ],
    [
      { metrics: { a: { metric: 'b', over: 'recording' } } },
      'metrics.a.metric: there is no metric "b"; there are ',
    ],
    [{ metrics: { a: { metric: 'rms', over: 'rest' } } }, 'metrics.a.over: '],
    [
      { windows: { lengthMs: 1000, overlap: 0.5, metrics: ['rms', 'b'] } },
      'windows.metrics.1: there is no metric',
    ],
    [
      { windows: { lengthMs: 1000, overlap: 0, metrics: ['rms', 'rms'] } },
      'windows.metrics: expected each metric once',
    ],
    [{ windows: { lengthMs: 1000, overlap: 1, metrics: [] } }, 'windows.overlap: '],
    [{ rateOverride: 1e9 }, 'rateOverride: '],
    [{ rateOverride: Number.NaN }, 'rateOverride: '],
  ])('%j is refused, and the place named', (overrides, message) => {
    expect(refusal(overrides as ParameterOverrides)).toStartWith(message)
  })

  test('a preset that there is not is refused by those that there are', () => {
    expect(() => plan({}, 'guess')).toThrow(
      new UnknownName('there is no preset "guess"; there are clinical, ghostly'),
    )
  })

  test.each(detectors)('%s takes its own defaults, and no option that is none of its', (method) => {
    expect(plan({ detection: { method } }).detection.options).toEqual(
      registry.detectors.require(method).defaults,
    )
    expect(refusal({ detection: { method, options: { nonsense: 1 } } })).toBe(
      'detection.options.nonsense: there is no such parameter',
    )
  })

  test('whatever is laid over, there is a plan of the schema or a sentence', () => {
    const keys = [...Object.keys(clinical.parameters), 'options', 'method', 'lowHz', 'foo']
    const overrides = fc.dictionary(
      fc.constantFrom(...keys),
      fc.oneof(
        fc.constantFrom(null, 0, -1, 20, true, 'rms', 'bonato', Number.POSITIVE_INFINITY),
        fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()),
        fc.jsonValue(),
      ),
    )
    fc.assert(
      fc.property(overrides, (laid) => {
        try {
          expect(v.is(AnalysisParametersSchema, plan(laid))).toBe(true)
        } catch (error) {
          if (!(error instanceof BadParameters)) throw error
          expect(error.message).toMatch(/: \w/)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('createRegistry', () => {
  test.each(['metrics', 'detectors', 'checks', 'presets'] as const)(
    '%s: a name is given once, and kept',
    (kind) => {
      const own = createRegistry()
      const shelf = own[kind] as { list(): readonly { id: string }[]; add(item: object): void }
      const [first] = shelf.list()
      const count = shelf.list().length
      expect(() => shelf.add({ ...first, id: first?.id })).toThrow(`"${first?.id}" already`)
      shelf.add({ ...first, id: 'another' })
      expect(shelf.list()).toHaveLength(count + 1)
      expect(own[kind].require('another')).toMatchObject({ id: 'another' })
      expect(() => own[kind].require('none')).toThrow('another')
      expect(registry[kind].list()).toHaveLength(count)
    },
  )

  test('a preset and a metric that are added can be planned', () => {
    const own = createRegistry()
    const [metric] = own.metrics.list()
    own.metrics.add({ ...(metric as NonNullable<typeof metric>), id: 'mine' })
    own.presets.add({
      ...clinical,
      id: 'ours',
      parameters: { ...clinical.parameters, metrics: { mine: { metric: 'mine', over: 'contractions' } } },
    })
    expect(planAnalysis(own, 'ours').parameters.metrics).toEqual({
      mine: { metric: 'mine', over: 'contractions' },
    })
  })
})
