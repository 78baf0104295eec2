/** All parameters of an analysis as lines of a table: a path and a value, as the API names them. */

/** A path such as `bandPass.lowHz`, and its value. */
export interface ParameterLine {
  readonly path: string
  readonly value: number | string | boolean | null
}

/** Lists of plain values stand in one line; everything else is taken apart. */
export function parameterLines(tree: unknown, path = ''): ParameterLine[] {
  if (tree === null || typeof tree !== 'object') return [{ path, value: tree as ParameterLine['value'] }]
  if (Array.isArray(tree)) return [{ path, value: tree.join(', ') }]
  return Object.entries(tree).flatMap(([name, value]) =>
    parameterLines(value, path === '' ? name : `${path}.${name}`),
  )
}
