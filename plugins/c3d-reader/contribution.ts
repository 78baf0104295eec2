/** What plugins add to registries: from whom each is, and whether it has the shape that no compiler has seen to. */
import * as v from 'valibot'
import type { Borrower } from '../../src/sdk.ts'

/** The plugin that a contribution is from. It may be quarantined at any time, so that is asked, not kept. */
export type Owner = Omit<Borrower, 'onLeave'>

/** A plugin that comes with the executable, and is never quarantined while the server runs. */
export const builtInOwner = (name: string, version: string): Owner => ({
  name,
  version,
  origin: 'built-in',
  quarantined: () => undefined,
})

/** A plugin as results name it. */
export const PluginStampSchema = v.object({
  name: v.string(),
  version: v.string(),
  hash: v.pipe(
    v.nullable(v.string()),
    v.description('Hash of the content of an external plugin; null: it came with the executable'),
  ),
})

/** Name, version and content of a plugin: other code is another stamp, whatever its author calls it. */
export type PluginStamp = v.InferOutput<typeof PluginStampSchema>

/** The stamp of a plugin that has added something. */
export const stampOf = ({ name, version, hash }: Owner): PluginStamp => ({
  name,
  version,
  hash: hash ?? null,
})

/** Why nothing of a plugin is run. */
export const quarantineSentence = (name: string, reason: string): string =>
  `plugin ${name} is quarantined: ${reason}`

/** Text of one line, as lists show it. */
export const Line = v.pipe(
  v.string(),
  v.check((text) => text.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(text), 'expected one line of text'),
  v.maxLength(500),
)

/**
 * Holds a contribution against its shape.
 *
 * @param what it is, such as `metric "x"`
 * @throws {RangeError} one sentence that names the place
 */
export function requireShape(schema: v.GenericSchema, contribution: unknown, what: string): void {
  const result = v.safeParse(schema, contribution)
  if (result.success) return
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  throw new RangeError(`the ${what} is malformed${path === null ? '' : ` at "${path}"`}: ${issue.message}`)
}

/** What a contribution calls itself, for sentences: it may be anything. */
export const idOf = (contribution: unknown): string =>
  typeof contribution === 'object' && contribution !== null && 'id' in contribution
    ? String(contribution.id).slice(0, 64)
    : ''
