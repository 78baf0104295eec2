import { beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { AnalysisCatalogue } from '../../../api/shapes.ts'
import { chosenLanguage } from '../../../language/language.ts'
import {
  baseValue,
  type Changes,
  changed,
  readValues,
  requestOf,
  spellValues,
  targetInForce,
} from './changes.ts'
import { bandEnd, type NumberField, parseField, sectionsFor, shownValue } from './fields.ts'

beforeAll(() => {
  chosenLanguage.value = 'en'
})

const parameters = {
  bandPass: { lowHz: 20, highHz: 450 },
  notch: null,
  detection: { method: 'threshold', options: { onsetSd: 6 }, mergeGapMs: 200 },
}
const catalogue = {
  defaultPreset: 'clinical',
  presets: [{ id: 'clinical', parameters }],
  detectors: [
    {
      id: 'threshold',
      defaults: { onsetSd: 8, order: 2 },
      parameters: {
        properties: {
          onsetSd: { type: 'number', exclusiveMinimum: 0 },
          order: { type: 'integer', minimum: 1, maximum: 10 },
          curve: { type: 'array' },
        },
      },
    },
    {
      id: 'tkeo',
      defaults: { onsetSd: 15, useIt: true },
      parameters: { properties: { onsetSd: { type: 'number' }, useIt: { type: 'boolean' } } },
    },
  ],
} as unknown as AnalysisCatalogue
const targets = { mvcPercent: 75, durationMs: 2000, contractions: null, channels: [] }
const stored = { targets, channels: [] }
const none: Changes = { preset: 'clinical', values: {} }
const field = (path: string, method = 'threshold') =>
  sectionsFor(catalogue, method)
    .flatMap(({ fields }) => fields)
    .find((each) => each.path === path)

describe('the form', () => {
  test('has a field for each option of the detector that a field can take', () => {
    const options = sectionsFor(catalogue, 'threshold').find(({ id }) => id === 'options')
    expect(options?.fields.map(({ path }) => path)).toEqual([
      'detection.options.onsetSd',
      'detection.options.order',
    ])
    expect(field('detection.options.useIt', 'tkeo')).toEqual({
      kind: 'choice',
      path: 'detection.options.useIt',
      values: [true, false],
    })
  })

  test('reads numbers with a comma or a point, and says what is wrong with others', () => {
    const low = field('bandPass.lowHz') as NumberField
    expect(parseField(low, ' 30,5 ')).toEqual({ value: 30.5 })
    expect(parseField(low, '30.5')).toEqual({ value: 30.5 })
    expect(parseField(low, '0')).toEqual({ problem: 'too small' })
    expect(parseField(low, '1,000')).toEqual({ problem: 'not a number' })
    expect(parseField(low, '1e3')).toEqual({ problem: 'not a number' })
    expect(parseField(low, '')).toEqual({ problem: 'missing' })
    expect(parseField(field('bandPass.highHz') as NumberField, '')).toEqual({ value: null })
    expect(parseField(field('detection.options.order') as NumberField, '2.5')).toEqual({
      problem: 'not whole',
    })
    expect(parseField(field('detection.options.order') as NumberField, '11')).toEqual({
      problem: 'too large',
    })
    expect(parseField(field('targets.durationMs') as NumberField, '1,1')).toEqual({ value: 1100 })
  })

  test('knows where the band ends at a sampling rate', () => {
    const channels = [{ rate: 2000 }, { rate: 990 }]
    expect(bandEnd(channels, null, 450)).toBe(445.5)
    expect(bandEnd(channels, null, 300)).toBe(300)
    expect(bandEnd(channels, null, null)).toBe(495)
    expect(bandEnd(channels, 1000, 600)).toBe(450)
    expect(bandEnd([], undefined, 450)).toBeNull()
  })

  test('takes no bound that is not its own', () => {
    const share = { ...(field('bandPass.lowHz') as NumberField), most: 1, isOpenAbove: true }
    expect(parseField(share, '1')).toEqual({ problem: 'too large' })
    expect(parseField(share, '0.5')).toEqual({ value: 0.5 })
  })

  test('shows a value so that it is read as the same', () => {
    const duration = field('targets.durationMs') as NumberField
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_600_000 }), (ms) => {
        expect(parseField(duration, shownValue(duration, ms))).toEqual({ value: ms })
      }),
    )
  })
})

describe('changes', () => {
  test('are laid over the preset, its options over those of the detector', () => {
    expect(baseValue('bandPass.lowHz', none, catalogue, stored)).toBe(20)
    expect(baseValue('notch', none, catalogue, stored)).toBeNull()
    expect(baseValue('targets.durationMs', none, catalogue, stored)).toBe(2000)
    expect(baseValue('detection.options.onsetSd', none, catalogue, stored)).toBe(6)
    expect(baseValue('detection.options.order', none, catalogue, stored)).toBe(2)
    const other = { ...none, values: { 'detection.method': 'tkeo' } }
    expect(baseValue('detection.options.onsetSd', other, catalogue, stored)).toBe(15)
  })

  test('of targets are laid over what holds for the channels, where that is one', () => {
    const channel = (targetPercent: number | null, durationMs: number) => ({
      mvc: targetPercent === null ? null : ({ targetPercent } as never),
      target: { durationMs, contractions: 12 },
    })
    const own = { targets, channels: [channel(60, 600), channel(null, 800)] }
    expect(targetInForce('targets.mvcPercent', own)).toBe(60)
    expect(targetInForce('targets.contractions', own)).toBe(12)
    expect(targetInForce('targets.durationMs', own)).toBeUndefined()
    expect(changed(none, 'targets.durationMs', 2000, undefined).values).toEqual({
      'targets.durationMs': 2000,
    })
  })

  test('back to what the preset has are none', () => {
    const once = changed(none, 'bandPass.lowHz', 30, 20)
    expect(once.values).toEqual({ 'bandPass.lowHz': 30 })
    expect(changed(once, 'bandPass.lowHz', 20, 20)).toEqual(none)
  })

  test('of the detector forget the options of the last one', () => {
    const some = { preset: 'clinical', values: { 'detection.options.onsetSd': 5, notch: 50 } }
    expect(changed(some, 'detection.method', 'tkeo', 'threshold').values).toEqual({
      'detection.method': 'tkeo',
      notch: 50,
    })
  })

  test('ask for what differs, and for nothing where nothing does', () => {
    expect(requestOf(none, 'clinical')).toBeNull()
    expect(requestOf(none, 'ghostly')).toEqual({ preset: 'clinical' })
    const values = { 'bandPass.lowHz': 30, 'bandPass.highHz': null, notch: 50, 'targets.durationMs': null }
    expect(requestOf({ preset: 'clinical', values }, 'clinical')).toEqual({
      parameters: {
        bandPass: { lowHz: 30, highHz: null },
        notch: { frequencyHz: 50, harmonics: 3, qualityFactor: 30 },
      },
      targets: { durationMs: null },
    })
  })

  test('from an address reach nothing but the request', () => {
    const values = readValues('constructor.prototype.hurt:1,a.__proto__.hurt:1,__proto__.hurt:1')
    requestOf({ preset: 'clinical', values }, 'clinical')
    expect(({} as { hurt?: unknown }).hurt).toBeUndefined()
  })

  test('are read from an address as they were written into it', () => {
    expect(spellValues({})).toBeUndefined()
    const values = {
      'bandPass.lowHz': 30.5,
      notch: null,
      'gaps.mask': false,
      'detection.method': 'hodges-bui',
    }
    expect(spellValues(values)).toBe(
      'bandPass.lowHz:30.5,notch:none,gaps.mask:no,detection.method:hodges-bui',
    )
    expect(readValues(spellValues(values) ?? null)).toEqual(values)
    expect(readValues('x,__proto__:1,:2,a:')).toEqual({ a: '' })
    expect(readValues(null)).toEqual({})
  })
})
