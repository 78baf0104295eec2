/** The weighted mean of what is there: the weight of what is missing goes to the rest, in proportion. */

/** How far from 1 the weights of a configuration may add up to. */
export const WEIGHT_TOLERANCE = 1e-3

/** One part of a weighted mean. */
export interface Weighted<Id extends string = string> {
  readonly id: Id
  readonly weight: number
  readonly value: number | null
}

/** What {@link weightedMean} answers. */
export interface WeightedMean<Id extends string = string> {
  /** Null when no part that carries weight has a value. */
  readonly value: number | null
  /** Share of the whole weight that the parts with a value carry, 0 to 1. */
  readonly coverage: number
  /** The weight each part acts with: 0 for a missing one; they add up to 1 where there is a value. */
  readonly effective: Readonly<Record<Id, number>>
  /** The calculation, in the names `w_id` and `id` of the parts that are there. */
  readonly formula: string
  readonly values: Readonly<Record<string, number>>
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)

/**
 * @param parts weights of 0 or more; only their proportions matter
 * @example weightedMean([{ id: 'a', weight: 3, value: 50 }, { id: 'b', weight: 1, value: null }]).value // 50
 */
export function weightedMean<Id extends string>(parts: readonly Weighted<Id>[]): WeightedMean<Id> {
  const present = parts.flatMap(({ id, weight, value }) =>
    value !== null && weight > 0 ? [{ id, weight, value }] : [],
  )
  const carried = sum(present.map(({ weight }) => weight))
  const whole = sum(parts.map(({ weight }) => weight))
  const weightOf = new Map(present.map(({ id, weight }) => [id, weight / carried]))
  const top = present.map(({ id }) => `w_${id} * ${id}`).join(' + ')
  const bottom = present.map(({ id }) => `w_${id}`).join(' + ')
  const all = present.map(({ value }) => value)
  // Rounding may carry the quotient past the values it lies between.
  const between = (value: number): number => Math.min(Math.max(value, Math.min(...all)), Math.max(...all))
  return {
    value:
      present.length > 0 ? between(sum(present.map(({ weight, value }) => weight * value)) / carried) : null,
    coverage: whole > 0 ? carried / whole : 0,
    effective: Object.fromEntries(parts.map(({ id }) => [id, weightOf.get(id) ?? 0])) as Record<Id, number>,
    formula: `(${top}) / (${bottom})`,
    values: Object.fromEntries(
      present.flatMap(({ id, weight, value }) => [
        [`w_${id}`, weight],
        [id, value],
      ]),
    ),
  }
}
