/** A figure of a score: its value or why there is none, and the calculation it came from. */
import * as v from 'valibot'

const Explanation = v.object({
  formula: v.pipe(v.string(), v.description('The expression; its names are the keys of `values`')),
  values: v.pipe(v.record(v.string(), v.nullable(v.number())), v.description('What stood for each name')),
  working: v.pipe(
    v.nullable(v.string()),
    v.description('The expression with its values in it, to 6 digits, and its result; null without one'),
  ),
})

const explained = {
  reason: v.pipe(v.nullable(v.string()), v.description('Why there is no value; null where there is one')),
  explanation: Explanation,
}

/** A part of a whole, 0 to 1. */
export const RateSchema = v.object({
  value: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  unit: v.pipe(v.literal('1'), v.description('A ratio, 0 to 1')),
  ...explained,
})

/** A score, 0 to 100. */
export const PercentSchema = v.object({
  value: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  unit: v.pipe(v.literal('%'), v.description('0 to 100')),
  ...explained,
})

/** A ratio of 0 to 1, or null with the reason. */
export type Rate = v.InferOutput<typeof RateSchema>
/** A score of 0 to 100, or null with the reason. */
export type Percent = v.InferOutput<typeof PercentSchema>

/** Why there is nothing to compute from, where a signal could not be analysed. */
export const UNCOUNTED = 'the contractions could not be counted'

type Unit = '1' | '%'
type Figure<U extends Unit> = U extends '1' ? Rate : Percent

const shown = (value: number): string => String(Number(value.toPrecision(6)))

/** @returns the formula with each name that has a value replaced by it */
const insert = (formula: string, values: Readonly<Record<string, number>>): string =>
  formula.replace(/[A-Za-z_]\w*/g, (name) => {
    const value = values[name]
    return value === undefined ? name : shown(value)
  })

/** A figure that has a value. */
export const figure = <U extends Unit>(
  unit: U,
  formula: string,
  values: Readonly<Record<string, number>>,
  value: number,
): Figure<U> =>
  ({
    value,
    unit,
    reason: null,
    explanation: { formula, values, working: `${insert(formula, values)} = ${shown(value)}` },
  }) as Figure<U>

/** A figure that has none, and says why. */
export const missing = <U extends Unit>(
  unit: U,
  formula: string,
  values: Readonly<Record<string, number | null>>,
  reason: string,
): Figure<U> => ({ value: null, unit, reason, explanation: { formula, values, working: null } }) as Figure<U>
