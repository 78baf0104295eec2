/** Which points of a series are joined: never over a missing one, never between figures that do not compare. */

/**
 * Stretches of points to be joined, as first and last index; one point alone is a stretch of its own.
 *
 * @param apart for each point in what it differs from the newest; lines break where that changes
 * @example runs([1, 2, null, 4]) // [[0, 1], [3, 3]]
 */
export function runs(
  values: readonly (number | null | undefined)[],
  apart: readonly (string | null)[] = [],
): [number, number][] {
  const found: [number, number][] = []
  let open: [number, number] | undefined
  for (const [i, value] of values.entries()) {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      open = undefined
    } else if (open && (apart[i] ?? null) === (apart[i - 1] ?? null)) {
      open[1] = i
    } else {
      open = [i, i]
      found.push(open)
    }
  }
  return found
}
