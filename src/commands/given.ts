/** What is given on the command line, checked. */
import * as v from 'valibot'
import { EXIT, Failure } from '../exit.ts'

/** @throws {Failure} 64 with what is wrong */
export function valid<S extends v.GenericSchema>(what: string, schema: S, input: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  throw new Failure(EXIT.usage, `${what}: ${result.issues[0].message}`)
}

/** Words with commas between. */
export const words = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
