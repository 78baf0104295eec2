/** The parameters of an analysis that are worth changing at the page, each with what it takes. */
import type { AnalysisCatalogue } from '../../../api/shapes.ts'
import { typedNumber } from '../../../language/amounts.ts'
import { isAmbiguous } from '../../../language/number-of.ts'

/** A value of a field: null is “none”. */
export type Value = number | string | boolean | null

export interface NumberField {
  readonly kind: 'number'
  /** Place within `parameters`, or within `targets` behind `targets.`. */
  readonly path: string
  readonly unit: string
  /** Exclusive where `isOpen` holds. */
  readonly least: number
  /** Exclusive where `isOpenAbove` holds. */
  readonly most: number
  readonly isOpen: boolean
  readonly isOpenAbove: boolean
  readonly isWhole: boolean
  /** Whether it may be left empty, which is null. */
  readonly mayBeNone: boolean
  /** What one has to multiply the value by that the API takes, for what is shown: 0.001 for ms as s. */
  readonly shownBy: number
}

export interface ChoiceField {
  readonly kind: 'choice'
  readonly path: string
  readonly values: readonly Value[]
}

export type Field = NumberField | ChoiceField

const number = (path: string, unit: string, changes: Partial<NumberField> = {}): NumberField => ({
  kind: 'number',
  path,
  unit,
  least: 0,
  most: 3_600_000,
  isOpen: true,
  isOpenAbove: false,
  isWhole: false,
  mayBeNone: false,
  shownBy: 1,
  ...changes,
})

const choice = (path: string, values: readonly Value[]): ChoiceField => ({ kind: 'choice', path, values })

/** Of which part of the form a field is one. */
export interface Section {
  readonly id: 'targets' | 'filters' | 'detection' | 'options' | 'more'
  readonly fields: readonly Field[]
}

/** Fields that hold for every detector, above those of the detector and below them. */
const TARGETS: readonly Field[] = [
  number('targets.mvcPercent', '%', { most: 200 }),
  number('targets.durationMs', 's', { isOpen: false, mayBeNone: true, shownBy: 0.001 }),
  number('targets.contractions', '', {
    least: 1,
    most: 10_000,
    isOpen: false,
    isWhole: true,
    mayBeNone: true,
  }),
]
const FILTERS: readonly Field[] = [
  number('bandPass.lowHz', 'Hz', { most: 50_000 }),
  number('bandPass.highHz', 'Hz', { most: 50_000, mayBeNone: true }),
  choice('notch', [null, 50, 60]),
  number('envelope.cutoffHz', 'Hz', { most: 50_000 }),
]
const MORE: readonly Field[] = [
  choice('gaps.mask', [true, false]),
  number('gaps.dropoutMs', 'ms'),
  choice('mvcMethod', ['rms-500', 'p95-envelope']),
  number('rateOverride', 'Hz', { least: 10, most: 100_000, isOpen: false, mayBeNone: true }),
]

/** What a JSON schema says of one option of a detector. */
interface OptionSchema {
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly enum?: readonly Value[]
}

/** Unit by how the name ends, as parameters say it. */
const unitOf = (name: string): string =>
  name.endsWith('Ms') ? 'ms' : name.endsWith('Hz') ? 'Hz' : name.endsWith('Sd') ? 'SD' : ''

function optionField(name: string, schema: OptionSchema): Field | null {
  const path = `detection.options.${name}`
  if (schema.enum) return choice(path, schema.enum)
  if (schema.type === 'boolean') return choice(path, [true, false])
  if (schema.type !== 'number' && schema.type !== 'integer') return null
  return number(path, unitOf(name), {
    least: schema.exclusiveMinimum ?? schema.minimum ?? Number.NEGATIVE_INFINITY,
    most: schema.maximum ?? schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY,
    isOpen: schema.exclusiveMinimum !== undefined,
    isOpenAbove: schema.maximum === undefined && schema.exclusiveMaximum !== undefined,
    isWhole: schema.type === 'integer',
  })
}

/** The form for a detector; options that no field can take are left out. */
export function sectionsFor(catalogue: AnalysisCatalogue, method: string): Section[] {
  const detector = catalogue.detectors.find(({ id }) => id === method)
  const properties = (detector?.parameters as { properties?: Record<string, OptionSchema> } | undefined)
    ?.properties
  return [
    { id: 'targets', fields: TARGETS },
    { id: 'filters', fields: FILTERS },
    {
      id: 'detection',
      fields: [
        choice(
          'detection.method',
          catalogue.detectors.map(({ id }) => id),
        ),
        number('detection.minimumDurationMs', 'ms'),
        number('detection.mergeGapMs', 'ms'),
        number('detection.bridgeGapMs', 'ms'),
      ],
    },
    {
      id: 'options',
      fields: Object.entries(properties ?? {}).flatMap(([name, schema]) => optionField(name, schema) ?? []),
    },
    { id: 'more', fields: MORE },
  ]
}

/** The upper corner of a band-pass is at most this share of half the sampling rate. @see docs/analysis.md */
const MOST_OF_NYQUIST = 0.9

/**
 * Where the band of the filter ends in Hz, at the lowest sampling rate of some channels or at another one that is tried:
 * the lower corner and that of the envelope have to lie below.
 *
 * @param high the upper corner that is asked for; null: none
 * @returns null of no channel
 */
export function bandEnd(
  channels: readonly { readonly rate: number }[],
  rateOverride: Value | undefined,
  high: Value | undefined,
): number | null {
  const rates = typeof rateOverride === 'number' ? [rateOverride] : channels.map(({ rate }) => rate)
  if (rates.length === 0) return null
  const nyquist = Math.min(...rates) / 2
  return typeof high === 'number' ? Math.min(high, MOST_OF_NYQUIST * nyquist) : nyquist
}

export type FieldProblem = 'not a number' | 'not whole' | 'too small' | 'too large' | 'missing'

/** Reads what somebody has typed, with a comma or a point. */
export function parseField(
  field: NumberField,
  text: string,
): { readonly value: number | null } | { readonly problem: FieldProblem } {
  const typed = text.trim().replace(/\s/g, '').replace(',', '.')
  if (typed === '') return field.mayBeNone ? { value: null } : { problem: 'missing' }
  const isNumber = !isAmbiguous(text) && /^-?(\d+\.?\d*|\.\d+)$/.test(typed)
  const shown = isNumber ? Number(typed) : Number.NaN
  if (!Number.isFinite(shown)) return { problem: 'not a number' }
  // To twelve digits, so that 1.1 s is 1100 ms and nothing beside.
  const value = Number((shown / field.shownBy).toPrecision(12))
  if (field.isWhole && !Number.isInteger(value)) return { problem: 'not whole' }
  if (value < field.least || (field.isOpen && value === field.least)) return { problem: 'too small' }
  const isTooLarge = value > field.most || (field.isOpenAbove && value === field.most)
  return isTooLarge ? { problem: 'too large' } : { value }
}

/** A value as it stands in its field, in the unit that is shown. */
export const shownValue = (field: NumberField, value: Value | undefined): string =>
  typeof value === 'number' ? typedNumber(Number((value * field.shownBy).toPrecision(12))) : ''
