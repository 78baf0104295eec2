/** Makes up a value of a JSON Schema, where that can be done by looking at it. */
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'

type Json = Readonly<Record<string, unknown>>

/** Texts that patterns and formats mostly ask for; the first that fits is taken. */
const TEXTS = [
  'P001',
  '0190a3f0-7c1e-7b4a-9d2e-3f5a6b7c8d9e',
  'word',
  'Word',
  'kebab-case',
  'snake_case',
  'noun:verb',
  '1',
  '50',
  '2024-01-15T12:00:00.000Z',
  '2024-01-15',
  '12:00',
  'a@example.org',
  'https://example.org/a',
  '127.0.0.1',
  '1.0.0',
  'a'.repeat(64),
  '0123456789abcdef'.repeat(2),
  'YQ==',
  'en',
  'text/plain',
  '#aabbcc',
]

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '0190a3f0-7c1e-7b4a-9d2e-3f5a6b7c8d9e',
  'date-time': '2024-01-15T12:00:00.000Z',
  date: '2024-01-15',
  time: '12:00:00',
  email: 'a@example.org',
  uri: 'https://example.org/a',
  ipv4: '127.0.0.1',
  ipv6: '::1',
}

/** No sample can be made up. */
export class NoSample extends Error {
  override readonly name = 'NoSample'
}

function textOf({ format, pattern, minLength = 0, maxLength = 1e6 }: Json): string {
  if (typeof format === 'string' && FORMATS[format] !== undefined) return FORMATS[format]
  const fitting = TEXTS.find(
    (text) =>
      text.length >= Number(minLength) &&
      text.length <= Number(maxLength) &&
      (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text)),
  )
  if (fitting !== undefined) return fitting
  if (pattern === undefined) return 'x'.repeat(Math.max(Number(minLength), Math.min(1, Number(maxLength))))
  throw new NoSample(`no text is known that matches ${pattern}`)
}

function numberOf(schema: Json): number {
  const least = Number(schema.minimum ?? schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY)
  const most = Number(schema.maximum ?? schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY)
  const middle = Number.isFinite(least) && Number.isFinite(most) ? (least + most) / 2 : undefined
  const whole = schema.type === 'integer' || schema.multipleOf !== undefined
  const step = Number(schema.multipleOf ?? 1)
  const fits = (value: number): boolean =>
    value >= least &&
    value <= most &&
    value !== schema.exclusiveMinimum &&
    value !== schema.exclusiveMaximum &&
    (!whole || value % step === 0)
  const found = [
    1,
    0.5,
    0,
    step,
    least,
    least + step,
    most,
    most - step,
    middle,
    Math.round(middle ?? 0),
  ].find((value) => value !== undefined && Number.isFinite(value) && fits(value))
  if (found === undefined) throw new NoSample(`no number is known from ${least} to ${most}`)
  return found
}

/** Of choices, the first that a sample can be made of. */
function firstOf<T>(choices: readonly T[], make: (choice: T) => unknown): unknown {
  for (const choice of choices) {
    try {
      return make(choice)
    } catch (error) {
      if (!(error instanceof NoSample)) throw error
    }
  }
  throw new NoSample('of none of its choices')
}

/** Whatever is deeper is left out where it may be. */
const DEEPEST = 12

function objectOf(schema: Json, root: Json, depth: number): unknown {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Json>
    required?: string[]
  }
  const entries = Object.entries(properties).flatMap(([name, each]) => {
    try {
      return [[name, sampleOf(each, root, depth + 1)] as const]
    } catch (error) {
      if (!(error instanceof NoSample) || required.includes(name)) throw error
      return []
    }
  })
  return Object.fromEntries(entries)
}

function arrayOf(schema: Json, root: Json, depth: number): unknown[] {
  const {
    prefixItems = [],
    items,
    minItems = 0,
    maxItems = 2,
  } = schema as {
    prefixItems?: Json[]
    items?: Json
    minItems?: number
    maxItems?: number
  }
  const first = prefixItems.map((each) => sampleOf(each, root, depth + 1))
  if (typeof items !== 'object') return first
  const count = Math.max(minItems - first.length, depth < DEEPEST ? Math.min(1, maxItems - first.length) : 0)
  return [...first, ...Array.from({ length: count }, () => sampleOf(items, root, depth + 1))]
}

/**
 * A value that the schema accepts, as far as it can be told from the schema.
 *
 * @param root where `$ref` points into
 * @throws {NoSample}
 */
export function sampleOf(schema: Json, root: Json = schema, depth = 0): unknown {
  if (depth > DEEPEST * 2) throw new NoSample('it goes on for ever')
  const next = (each: Json): unknown => sampleOf(each, root, depth + 1)
  if (typeof schema.$ref === 'string') {
    const place = schema.$ref.split('/').slice(1)
    const target = place.reduce<unknown>((at, name) => (at as Json | undefined)?.[name], root)
    if (typeof target !== 'object' || target === null) throw new NoSample(`${schema.$ref} leads nowhere`)
    return next(target as Json)
  }
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return firstOf(choices as Json[], next)
  if (Array.isArray(schema.allOf)) {
    const { allOf, ...own } = schema
    return next(Object.assign({}, own, ...(allOf as Json[])) as Json)
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'string') return textOf(schema)
  if (type === 'number' || type === 'integer') return numberOf(schema)
  if (type === 'boolean') return true
  if (type === 'array') return arrayOf(schema, root, depth)
  if (type === 'object' || schema.properties) return objectOf(schema, root, depth)
  return null
}

/** A schema of valibot as JSON Schema: of what it takes, or of what it gives. */
export function describe(schema: v.GenericSchema, typeMode: 'input' | 'output'): Json {
  return toJsonSchema(schema, { target: 'draft-2020-12', typeMode, errorMode: 'ignore' }) as Json
}
