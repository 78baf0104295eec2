/** Checks path and query of a request against the schemas of its route. */
import * as v from 'valibot'
import { Problem } from './problem.ts'

/**
 * @throws {Problem} 400 INVALID_REQUEST naming each place that is wrong
 */
export function validated<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  place: 'path' | 'query' | 'body',
): v.InferOutput<S> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const errors = result.issues.map((issue) => ({
    path: [place, v.getDotPath(issue)].filter(Boolean).join('.'),
    message: issue.message,
  }))
  const first = errors[0]
  throw new Problem(400, 'INVALID_REQUEST', `${first?.path}: ${first?.message}`, { errors })
}
