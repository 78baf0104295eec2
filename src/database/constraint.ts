/** Which constraint of the database a statement ran into. */

/** The name of the violated constraint, for SQLSTATE class 23; undefined for any other error. */
export function violatedConstraint(error: unknown): string | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    const { code, constraint_name: name } = each as Error & { code?: unknown; constraint_name?: unknown }
    if (typeof code === 'string' && code.startsWith('23') && typeof name === 'string') return name
  }
  return undefined
}
