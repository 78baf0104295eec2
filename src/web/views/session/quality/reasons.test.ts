import { beforeAll, describe, expect, test } from 'bun:test'
import type { AnalysedChannel } from '../../../api/shapes.ts'
import { chosenLanguage } from '../../../language/language.ts'
import { checkName, checkValue, plainReasons, worstVerdict } from './reasons.ts'
import { words } from './words.ts'

beforeAll(() => {
  chosenLanguage.value = 'en'
})

const MASKED = { leavesGapsOut: true }

interface Fault {
  readonly check: string
  readonly status?: 'usable' | 'poor'
  readonly value?: number | null
  readonly details?: unknown
}

const channel = (faults: readonly Fault[], unit = 'V') =>
  ({
    unit,
    quality: {
      verdict: 'usable',
      reasons: faults.map(({ check, status = 'usable' }) => ({
        check,
        status,
        message: `The server on ${check}.`,
      })),
      checks: Object.fromEntries(
        faults.map(({ check, value = null, details }) => [
          check,
          { status: 'usable', value, unit: '', details },
        ]),
      ),
      dropouts: { count: 2, totalMs: 545.4, blocks: [] },
      clippedPercent: 0.004,
      nonFinite: 3,
    },
  }) as unknown as Pick<AnalysedChannel, 'quality' | 'unit'>
const sentence = (fault: Fault, unit?: string) =>
  plainReasons(words(), channel([fault], unit), MASKED)[0]?.sentence

describe('reasons', () => {
  test('are told with their figures, in units for people', () => {
    expect(sentence({ check: 'dropouts' })).toBe('The signal broke off 2 times, 0.55\u202fs in all.')
    expect(sentence({ check: 'clipping' })).toContain('<\u202f0.01\u202f% of it is cut off')
    expect(sentence({ check: 'nonFinite' })).toContain('3')
    expect(sentence({ check: 'baselineNoise', value: 0.0142 }, 'mV')).toContain('14.2\u202fµV')
    expect(sentence({ check: 'signalToNoise', value: 20 })).toContain('10 times as large')
    const line = { check: 'powerLine', value: 20, details: { fundamentalHz: 50, powerPercent: 12.34 } }
    expect(sentence(line)).toContain('50\u202fHz makes up 12.3\u202f%')
  })

  test('say whether a scale is too large or too small', () => {
    expect(sentence({ check: 'scale', value: 12 }, 'mV')).toContain('no muscle')
    expect(sentence({ check: 'scale', value: 1e-9 }, 'V')).toContain('less than any electrode')
  })

  test('tell contractions that are heartbeats from heartbeats alone', () => {
    expect(sentence({ check: 'ecg', value: 72, details: { takenForContractions: 0 } })).toBe(
      'Heartbeats show, 72 a minute.',
    )
    expect(sentence({ check: 'ecg', value: 72, details: { takenForContractions: 1 } })).toContain(
      '1 contraction is nothing else',
    )
  })

  test('that are not known here, or lack what their words need, are the sentences of the server', () => {
    for (const check of ['of-a-plugin', 'constructor', 'powerLine', 'length', 'scale'])
      expect([check, sentence({ check })]).toEqual([check, `The server on ${check}.`])
    expect(plainReasons(words(), channel([{ check: 'of-a-plugin' }]), MASKED)[0]).not.toHaveProperty('means')
    expect(checkName(words(), 'constructor')).toBe('constructor')
    expect(checkName(words(), 'ecg')).toBe('Heartbeats')
  })

  test('stand the worst first', () => {
    const found = plainReasons(
      words(),
      channel([{ check: 'dropouts' }, { check: 'clipping', status: 'poor' }]),
      MASKED,
    )
    expect(found.map(({ status }) => status)).toEqual(['poor', 'usable'])
  })

  test('are told in French with decimal commas', () => {
    chosenLanguage.value = 'fr'
    expect(sentence({ check: 'dropouts' })).toBe('Le signal s’est interrompu 2 fois, 0,55\u202fs en tout.')
    chosenLanguage.value = 'en'
  })
})

test('the verdict on some channels is the worst, and of none there is none', () => {
  const of = (verdict: string) => ({ unit: 'V', quality: { verdict } }) as ReturnType<typeof channel>
  expect(worstVerdict([])).toBeNull()
  expect(worstVerdict([of('good'), of('poor'), of('usable')])).toBe('poor')
  expect(worstVerdict([of('good')])).toBe('good')
})

test('values of checks stay on their own side of what they are held against', () => {
  expect(sentence({ check: 'length', value: 2.96 })).toContain('2.96\u202fs')
  expect(sentence({ check: 'samplingRate', value: 899.8 })).toContain('899.8\u202fHz')
  expect(sentence({ check: 'signalToNoise', value: 14.97 })).toContain('14.97\u202fdB')
  const shown = [
    checkValue('dropouts', 5.004, '%'),
    checkValue('signalToNoise', 9.99, 'dB'),
    checkValue('baselineNoise', 0.00999, 'mV'),
    checkValue('samplingRate', 1482, 'Hz'),
    checkValue('of-a-plugin', 0.0123456, 'V'),
    checkValue('signalToNoise', null, 'dB'),
  ]
  expect(shown).toEqual([
    '5.004\u202f%',
    '9.99\u202fdB',
    '9.99\u202fµV',
    '1,482\u202fHz',
    '12.3\u202fmV',
    '–',
  ])
})

test('dropouts that the parameters leave in are not said to be left out', () => {
  const means = (leavesGapsOut: boolean) =>
    plainReasons(words(), channel([{ check: 'dropouts' }]), { leavesGapsOut })[0]?.means
  expect(means(true)).toBe('These moments are left out of every figure.')
  expect(means(false)).toContain('leave them in')
})
