/** Its cache namespaces: keys that fit, parameters that are told apart, values that survive. */
import * as v from 'valibot'
import { createKeyBuilder } from '../../../cache/key.ts'
import {
  type CacheNamespace,
  MAX_KEY_LENGTH,
  namespace,
  PREFIX_LENGTH,
  parametersOf,
} from '../../../cache/namespace.ts'
import { messageOf } from '../../../exit.ts'
import type { ContractCase } from './case.ts'
import { describe, NoSample, sampleOf } from './sample.ts'

type Named = readonly [name: string, space: CacheNamespace]

/** Values that could be mistaken for structure or for each other. */
const AWKWARD = ['a:b', 'a%3Ab', 'a{b}', '*', '../x', 'ä', 'a b', 'a\nb', '__proto__']

const spacesOf = (caches: Readonly<Record<string, CacheNamespace>> = {}): Named[] => Object.entries(caches)

function keyFaults([name, space]: Named): string[] {
  const faults: string[] = []
  const { key, personal, lengths, tags, schema } = space
  const names = parametersOf(key)
  try {
    // Declared by hand, not by `namespace`, it has been checked by nobody.
    const own = Object.fromEntries(Object.entries(lengths).filter(([each]) => !personal.includes(each)))
    namespace({ key, ttl: '1min', tags, personal, lengths: own, maxBytes: space.maxBytes, schema })
  } catch (error) {
    return [`caches.${name}: ${messageOf(error)}`]
  }
  const builder = createKeyBuilder(space, 'contract')
  const keyOf = (value: (parameter: string) => string): string =>
    builder.key('', Object.fromEntries(names.map((each) => [each, value(each)])))
  const longest = PREFIX_LENGTH + keyOf((each) => 'x'.repeat(lengths[each] ?? 1)).length
  if (longest > MAX_KEY_LENGTH) {
    faults.push(`caches.${name}: a key can be ${longest} characters long; ${MAX_KEY_LENGTH} is the most`)
  }
  const open = names.filter((each) => personal.includes(each) || (lengths[each] ?? 0) >= 16)
  for (const parameter of open) {
    const keys = AWKWARD.map((value) => keyOf((each) => (each === parameter ? value : 'x')))
    if (new Set(keys).size < keys.length)
      faults.push(`caches.${name}: two values of ${parameter} share a key`)
    if (keys.some((each) => /[^\x21-\x7e]/.test(each) || each.split(':').length !== key.split(':').length)) {
      faults.push(`caches.${name}: a value of ${parameter} breaks the key`)
    }
  }
  if (space.negativeMs > 0 && !v.safeParse(schema, null).success) {
    faults.push(`caches.${name}: it remembers that there is nothing, and its schema refuses null`)
  }
  return faults
}

export const fittingKeys: ContractCase = {
  title: 'the keys of its caches fit, and no two sets of parameters share one',
  examine: async ({ plugin }) => spacesOf(plugin.caches).flatMap(keyFaults),
}

function valueFaults(
  [name, { schema, maxBytes }]: Named,
  values: Readonly<Record<string, unknown>>,
): string[] {
  const given = Object.hasOwn(values, name)
  let sample: unknown
  try {
    sample = given ? values[name] : sampleOf(describe(schema, 'output'))
  } catch (error) {
    if (!(error instanceof NoSample)) throw error
    return [
      `caches.${name}: no value can be made up for it (${error.message}); give one: contractSuite(plugin, { values: { ${name}: … } })`,
    ]
  }
  const loaded = v.safeParse(schema, sample)
  if (!loaded.success) {
    // What is made up by its description alone is no proof against a schema that asks for more.
    return given ? [`caches.${name}: its schema refuses the value given: ${loaded.issues[0].message}`] : []
  }
  if (loaded.output instanceof Uint8Array) return []
  const text = JSON.stringify(loaded.output)
  if (text === undefined) return [`caches.${name}: its values are no JSON`]
  if (text.length > maxBytes) return [`caches.${name}: a value of it is larger than it allows`]
  const read = v.safeParse(schema, JSON.parse(text))
  if (!read.success)
    return [`caches.${name}: its schema refuses what it gave itself, after JSON: ${read.issues[0].message}`]
  return Bun.deepEquals(read.output, loaded.output, true)
    ? []
    : [`caches.${name}: a value comes back from a shared tier as another one`]
}

export const survivingValues: ContractCase = {
  title: 'the values of its caches come back from a shared tier as they were',
  examine: async ({ plugin, values }) => spacesOf(plugin.caches).flatMap((each) => valueFaults(each, values)),
}
