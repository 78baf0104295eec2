/** Rules of scores as a form holds them: every figure as text, until it is known to be one. */
import type { Body } from '../../../api/client.ts'
import { decimalOf } from '../../../language/number-of.ts'

export type Rules = Body<'POST /api/scoring/configurations'>['rules']

/** How far from 1 weights may add up; the server holds them to the same. */
const TOLERANCE = 0.001

const RATINGS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const

/** A figure of the rules: where it stands, in what range, and in which unit people enter it. */
export interface Entry {
  readonly path: readonly [keyof Rules] | readonly [keyof Rules, string]
  readonly least: number
  readonly most: number
  /** Neither the bound itself. */
  readonly isAboveLeast?: boolean
  readonly isWhole?: boolean
  /** What is entered, as a multiple of what is sent: 0.001 s a ms. */
  readonly scale?: number
}

const share = (path: Entry['path']): Entry => ({ path, least: 0, most: 1 })
const points = (path: Entry['path']): Entry => ({ path, least: 0, most: 100 })

/** Every figure by the name of its field. */
export const ENTRIES = {
  compliance: share(['weights', 'compliance']),
  symmetry: share(['weights', 'symmetry']),
  effort: share(['weights', 'effort']),
  game: share(['weights', 'game']),
  completion: share(['muscleWeights', 'completion']),
  intensity: share(['muscleWeights', 'intensity']),
  duration: share(['muscleWeights', 'duration']),
  rpe0: points(['rpeScores', '0']),
  rpe1: points(['rpeScores', '1']),
  rpe2: points(['rpeScores', '2']),
  rpe3: points(['rpeScores', '3']),
  rpe4: points(['rpeScores', '4']),
  rpe5: points(['rpeScores', '5']),
  rpe6: points(['rpeScores', '6']),
  rpe7: points(['rpeScores', '7']),
  rpe8: points(['rpeScores', '8']),
  rpe9: points(['rpeScores', '9']),
  rpe10: points(['rpeScores', '10']),
  bfrLow: points(['bfrWindow', 'lowPercent']),
  bfrHigh: points(['bfrWindow', 'highPercent']),
  contractions: { path: ['targets', 'contractions'], least: 1, most: 10_000, isWhole: true },
  contractionSeconds: {
    path: ['targets', 'durationMs'],
    least: 0,
    most: 600,
    isAboveLeast: true,
    scale: 0.001,
  },
  mvcPercent: { path: ['targets', 'mvcPercent'], least: 0, most: 100, isAboveLeast: true },
  minimumCoverage: share(['minimumCoverage']),
} as const satisfies Record<string, Entry>

export type FieldName = keyof typeof ENTRIES
export type Draft = Readonly<Record<FieldName, string>>

export const FIELDS = Object.keys(ENTRIES) as readonly FieldName[]
export const WEIGHTS = ['compliance', 'symmetry', 'effort', 'game'] as const
export const MUSCLE_WEIGHTS = ['completion', 'intensity', 'duration'] as const
export const RPE_FIELDS = RATINGS.map((rating) => `rpe${rating}` as const)

/** In what range a figure has to be. */
export const entryOf = (name: FieldName): Entry => ENTRIES[name]

/** What a figure of the rules is. */
export function figureIn(rules: Rules, name: FieldName): number {
  const [group, part] = entryOf(name).path
  const value: unknown = rules[group]
  return part === undefined
    ? (value as number)
    : ((value as Readonly<Record<string, number>>)[part] as number)
}

/** Twelve digits: what a product such as 2300 × 0.001 adds of its own stands further behind. */
const tidy = (value: number): string => String(Number(value.toPrecision(12)))

/**
 * The form that shows these rules.
 *
 * @param point what stands before decimals in the language of the page
 */
export const draftOf = (rules: Rules, point = '.'): Draft =>
  Object.fromEntries(
    FIELDS.map((name) => [
      name,
      tidy(figureIn(rules, name) * (entryOf(name).scale ?? 1)).replace('.', point),
    ]),
  ) as Draft

/** The sum of weights as they stand in the form; null while one of them is no number. */
export function weightSum(draft: Draft, names: readonly FieldName[]): number | null {
  const weights = names.map((name) => decimalOf(draft[name]))
  return weights.some((each) => each === null)
    ? null
    : Number(weights.reduce<number>((total, each) => total + (each ?? 0), 0).toPrecision(12))
}

/** Whether weights add up to 1, as the server counts: the slack of 1e-9 is for binary fractions. */
export const addsUp = (sum: number | null): boolean => sum !== null && Math.abs(sum - 1) <= TOLERANCE + 1e-9

/** What is wrong with a field. */
export type Fault = 'noNumber' | 'notWhole' | 'outOfRange' | 'windowEndsFirst'

function faultOf(name: FieldName, draft: Draft): Fault | undefined {
  const { least, most, isAboveLeast, isWhole } = entryOf(name)
  const value = decimalOf(draft[name])
  if (value === null) return 'noNumber'
  if (isWhole && !Number.isInteger(value)) return 'notWhole'
  if (value < least || value > most || (isAboveLeast && value === least)) return 'outOfRange'
  if (name === 'bfrHigh' && value < (decimalOf(draft.bfrLow) ?? 0)) return 'windowEndsFirst'
  return undefined
}

/** Faults by field; none where each figure is one that may stand there. The sums are a matter of their own. */
export const faultsOf = (draft: Draft): Readonly<Partial<Record<FieldName, Fault>>> =>
  Object.fromEntries(
    FIELDS.flatMap((name) => {
      const fault = faultOf(name, draft)
      return fault ? [[name, fault]] : []
    }),
  )

/** The rules that the form says; undefined while something is wrong with it. */
export function rulesOf(draft: Draft): Rules | undefined {
  const isRight =
    Object.keys(faultsOf(draft)).length === 0 &&
    addsUp(weightSum(draft, WEIGHTS)) &&
    addsUp(weightSum(draft, MUSCLE_WEIGHTS))
  if (!isRight) return undefined
  const rules: Record<string, unknown> = {}
  for (const name of FIELDS) {
    const { path, scale = 1 } = entryOf(name)
    const [group, part] = path
    const value = Number(tidy((decimalOf(draft[name]) ?? 0) / scale))
    rules[group] = part === undefined ? value : { ...(rules[group] as object | undefined), [part]: value }
  }
  return rules as Rules
}

/** Whether two forms say the same. */
export const isSame = (a: Draft, b: Draft): boolean => FIELDS.every((name) => a[name] === b[name])

/** The fields in which two rules differ. */
export const differences = (a: Rules, b: Rules): readonly FieldName[] =>
  FIELDS.filter((name) => figureIn(a, name) !== figureIn(b, name))
