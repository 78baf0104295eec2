/** Cache namespaces: a key pattern with typed parameters, a lifetime, tags, and the shape of the value. */
import type * as v from 'valibot'
import { type Duration, milliseconds } from '../config/duration.ts'

/** The parameters in a pattern: `'session:{sessionId}:metadata'` has `sessionId`. */
export type KeyParams<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & KeyParams<Rest>
  : unknown

/** Which shared tiers hold entries beside memory. */
export type Sharing = 'all' | 'redis' | 'none'

/** What a plugin declares under `caches`; see {@link namespace}. */
export interface CacheNamespace<Pattern extends string = string, Value = unknown> {
  /** Segments parted by colons; a segment is a literal or one `{parameter}`. */
  readonly key: Pattern
  /** How long an entry is fresh. */
  readonly ttlMs: number
  /** How long after that it may be served stale, while it is loaded anew or where loading fails. */
  readonly graceMs: number
  /** How long it is known that there is nothing; 0: that is not remembered. */
  readonly negativeMs: number
  /** Longest that a load may take. */
  readonly deadlineMs: number
  /** Patterns of tags, with the parameters of the key. */
  readonly tags: readonly string[]
  /** Parameters that name a person; they stand in keys and tags as keyed hashes. */
  readonly personal: readonly string[]
  /** Longest value of each parameter, escaped. */
  readonly lengths: Readonly<Record<string, number>>
  readonly sharing: Sharing
  /** Larger values are not kept. */
  readonly maxBytes: number
  /** Validates what a shared tier hands back. */
  readonly schema: v.GenericSchema<unknown, Value>
}

/** Namespaces by the names that their plugin has for them. */
export type CacheNamespaces = Readonly<Record<string, CacheNamespace>>

/** A key may not be longer than this, prefix and parameters included. */
export const MAX_KEY_LENGTH = 250

/** What stands before the pattern on the wire: `myoserve:`, the generation and a colon. */
export const PREFIX_LENGTH = 'myoserve:'.length + 16 + 1

/** Longest value of a parameter for which no length is declared: a UUID, a hash in hex. */
const USUAL_LENGTH = 64

/** What a keyed hash takes: see key.ts. */
const HASH_LENGTH = 22

/** Entries over this are refused unless a namespace allows more or less. */
const USUAL_MAX_BYTES = 16 * 2 ** 20
const LARGEST_MAX_BYTES = 100 * 2 ** 20

const SEGMENT = /^(?:[a-z0-9_.-]+|\{[a-zA-Z][a-zA-Z0-9]*\})$/

/** The parameters of a pattern, in order. */
export const parametersOf = (pattern: string): string[] =>
  [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

function checkSegments(key: string): void {
  const malformed = key.split(':').find((segment) => !SEGMENT.test(segment))
  if (malformed !== undefined) {
    throw new RangeError(`cache key "${key}": "${malformed}" is neither a word nor one {parameter}`)
  }
  const parameters = parametersOf(key)
  if (new Set(parameters).size !== parameters.length) {
    throw new RangeError(`cache key "${key}" names a parameter twice`)
  }
}

/** The longest key there can be is known from the declaration. */
function checkLength(key: string, lengthOf: (parameter: string) => number): void {
  const longest = parametersOf(key).reduce(
    (sum, name) => sum - (name.length + 2) + lengthOf(name),
    PREFIX_LENGTH + key.length,
  )
  if (longest > MAX_KEY_LENGTH) {
    throw new RangeError(
      `cache key "${key}" can be ${longest} characters long; ${MAX_KEY_LENGTH} is the most`,
    )
  }
}

/**
 * Declares a cache namespace.
 *
 * @throws {RangeError} when the pattern is malformed, repeats a parameter or can become longer than 250 characters,
 * or when tags, personal parameters or lengths name a parameter that the key has not
 * @example
 * namespace({
 *   key: 'patient:{patientCode}:mvc_values',
 *   ttl: '24h',
 *   tags: ['mvc.changed:{patientCode}'],
 *   personal: ['patientCode'],
 *   schema: MvcValues,
 * })
 */
export function namespace<const Pattern extends string, Value>(declaration: {
  readonly key: Pattern
  readonly ttl: Duration
  /** As long as it is fresh, where absent. */
  readonly grace?: Duration
  /** Absent: that there is nothing is not remembered. */
  readonly negativeTtl?: Duration
  /** 30 s where absent. */
  readonly deadline?: Duration
  readonly tags?: readonly string[]
  readonly personal?: readonly string[]
  /** Longest value of each parameter in characters, 64 where absent. */
  readonly lengths?: Readonly<Record<string, number>>
  readonly sharing?: Sharing
  readonly maxBytes?: number
  readonly schema: v.GenericSchema<unknown, Value>
}): CacheNamespace<Pattern, Value> {
  const { key, tags = [], personal = [], lengths = {}, maxBytes = USUAL_MAX_BYTES } = declaration
  checkSegments(key)
  const known = new Set(parametersOf(key))
  const named = [...tags.flatMap(parametersOf), ...personal, ...Object.keys(lengths)]
  const unknown = named.find((name) => !known.has(name))
  if (unknown !== undefined) throw new RangeError(`cache key "${key}" has no parameter ${unknown}`)
  checkLength(key, (name) => (personal.includes(name) ? HASH_LENGTH : (lengths[name] ?? USUAL_LENGTH)))
  if (!(maxBytes > 0 && maxBytes <= LARGEST_MAX_BYTES)) {
    throw new RangeError(`cache key "${key}": maxBytes may be up to ${LARGEST_MAX_BYTES}`)
  }
  const ttlMs = milliseconds(declaration.ttl)
  return {
    key,
    ttlMs,
    graceMs: declaration.grace === undefined ? ttlMs : milliseconds(declaration.grace),
    negativeMs: declaration.negativeTtl === undefined ? 0 : milliseconds(declaration.negativeTtl),
    deadlineMs: milliseconds(declaration.deadline ?? '30s'),
    tags,
    personal,
    lengths: Object.fromEntries(
      [...known].map((name) => [
        name,
        personal.includes(name) ? HASH_LENGTH : (lengths[name] ?? USUAL_LENGTH),
      ]),
    ),
    sharing: declaration.sharing ?? 'all',
    maxBytes,
    schema: declaration.schema,
  }
}

/** Whether some key could belong to both patterns. */
export function patternsCollide(a: string, b: string): boolean {
  const left = a.split(':')
  const right = b.split(':')
  if (left.length !== right.length) return false
  return left.every((segment, i) => {
    const other = right[i] as string
    return segment === other || segment.startsWith('{') || other.startsWith('{')
  })
}
