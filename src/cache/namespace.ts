/** Cache namespaces: a key pattern with typed parameters, a lifetime, and the shape of the value. */
import type * as v from 'valibot'
import { type Duration, milliseconds } from './duration.ts'

/** The parameters in a pattern: `'session:{sessionId}:metadata'` has `sessionId`. */
export type KeyParams<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & KeyParams<Rest>
  : unknown

/** What a plugin declares under `caches`. */
export interface CacheNamespace<Pattern extends string = string, Value = unknown> {
  /** Segments parted by colons; a segment is a literal or one `{parameter}`. */
  readonly key: Pattern
  /** How long an entry is fresh, in milliseconds. */
  readonly ttlMs: number
  /** Validates what a shared tier hands back. */
  readonly schema: v.GenericSchema<unknown, Value>
}

export type CacheNamespaces = Readonly<Record<string, CacheNamespace>>

/** A key may not be longer than this, parameters included. */
export const MAX_KEY_LENGTH = 250

const SEGMENT = /^(?:[a-z0-9_-]+|\{[a-zA-Z][a-zA-Z0-9]*\})$/

/**
 * Declares a cache namespace.
 *
 * @throws {RangeError} when the pattern is malformed, repeats a parameter or is too long
 * @example
 * const analysis = namespace({ key: 'c3d:{fileHash}:processed_data', ttl: '24h', schema: AnalysisSchema })
 */
export function namespace<const Pattern extends string, Value>(declaration: {
  readonly key: Pattern
  readonly ttl: Duration
  readonly schema: v.GenericSchema<unknown, Value>
}): CacheNamespace<Pattern, Value> {
  const segments = declaration.key.split(':')
  const malformed = segments.find((segment) => !SEGMENT.test(segment))
  if (malformed !== undefined) {
    throw new RangeError(
      `cache key "${declaration.key}": "${malformed}" is neither a word nor one {parameter}`,
    )
  }
  const parameters = segments.filter((segment) => segment.startsWith('{'))
  if (new Set(parameters).size !== parameters.length) {
    throw new RangeError(`cache key "${declaration.key}" names a parameter twice`)
  }
  if (declaration.key.length > MAX_KEY_LENGTH) {
    throw new RangeError(`cache key "${declaration.key}" is longer than ${MAX_KEY_LENGTH} characters`)
  }
  return { key: declaration.key, ttlMs: milliseconds(declaration.ttl), schema: declaration.schema }
}

/** Percent-encodes what could be mistaken for structure, so that no two parameter sets share a key. */
const escapeSegment = (value: string): string => encodeURIComponent(value).replaceAll('*', '%2A')

/**
 * The key of one entry.
 *
 * @throws {RangeError} when a parameter is missing or empty, or the key gets too long
 */
export function buildKey(pattern: string, params: Readonly<Record<string, string>>): string {
  const key = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (!value) throw new RangeError(`cache key "${pattern}": parameter ${name} is empty`)
    return escapeSegment(value)
  })
  if (key.length > MAX_KEY_LENGTH) {
    throw new RangeError(`a key of "${pattern}" is longer than ${MAX_KEY_LENGTH} characters`)
  }
  return key
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
