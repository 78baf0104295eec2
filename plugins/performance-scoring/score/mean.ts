/** The mean, to the bit the same in whatever order the values come. */

/** @returns null of no values */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0
    ? null
    : values.toSorted((a, b) => a - b).reduce((total, each) => total + each, 0) / values.length
