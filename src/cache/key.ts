/** Keys from patterns: segments escaped, personal parameters hashed, lengths checked. */
import { createHmac } from 'node:crypto'
import type { CacheNamespace } from './namespace.ts'

type Params = Readonly<Record<string, string>>

/** Tag of all entries of a namespace; its version is the generation in their keys. */
export const generationTag = (name: string): string => `namespace:${name}`

/** What stands before every key of a generation. */
export const prefixOf = (generation: number): string => `myoserve:${generation}:`

/** Characters that stand for themselves in a segment. */
const PLAIN = /^[\w.-]+$/

/** Percent-encodes what could be mistaken for structure, so that no two parameter sets share a key. */
function escapeSegment(value: string): string {
  if (PLAIN.test(value)) return value
  checkText(value)
  return encodeURIComponent(value).replace(/[*~!'()]/g, percent)
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** 128 bits of HMAC-SHA-256 in base64url: 22 characters that name nobody to whom the secret is not known. */
export function personalHash(secret: string, value: string): string {
  checkText(value)
  return createHmac('sha256', secret).update(value).digest().subarray(0, 16).toString('base64url')
}

/** @throws {RangeError} for text that is not well-formed Unicode, which could be mistaken for other text */
function checkText(value: string): void {
  if (!value.isWellFormed()) throw new RangeError('a cache parameter is no well-formed text')
}

/** Builds the keys and tags of one namespace. */
export interface KeyBuilder {
  /** @param prefix of the generation @throws {RangeError} when a parameter is missing, empty or too long */
  key(prefix: string, params: Params): string
  tags(params: Params): string[]
}

/** A pattern, cut into literals and the parameters between them. */
interface Cut {
  readonly literals: readonly string[]
  readonly names: readonly string[]
}

function cut(pattern: string): Cut {
  const literals: string[] = []
  const names: string[] = []
  let from = 0
  for (const match of pattern.matchAll(/\{(\w+)\}/g)) {
    literals.push(pattern.slice(from, match.index))
    names.push(match[1] as string)
    from = match.index + match[0].length
  }
  return { literals: [...literals, pattern.slice(from)], names }
}

/** Hashes that are kept: those of the patients of a day, so that a hit hashes nothing. */
const REMEMBERED = 10_000

export function createKeyBuilder(space: CacheNamespace, secret: string): KeyBuilder {
  const personal = new Set(space.personal)
  const hashes = new Map<string, string>()

  function hashed(value: string): string {
    const known = hashes.get(value)
    if (known !== undefined) return known
    if (hashes.size >= REMEMBERED) hashes.clear()
    const hash = personalHash(secret, value)
    hashes.set(value, hash)
    return hash
  }

  const key = cut(space.key)
  /** All before the first parameter, in one piece: a text of pieces is put together anew for each key that has it. */
  let start = ''
  let startOf: string | null = null
  const parameters = key.names.map((name) => ({
    name,
    isPersonal: personal.has(name),
    most: space.lengths[name] as number,
  }))

  function segment({ name, isPersonal, most }: (typeof parameters)[number], params: Params): string {
    const value = params[name]
    if (!value) throw new RangeError(`cache key "${space.key}": parameter ${name} is empty`)
    const text = isPersonal ? hashed(value) : escapeSegment(value)
    if (text.length > most) {
      throw new RangeError(`cache key "${space.key}": parameter ${name} is longer than ${most} characters`)
    }
    return text
  }

  /** The literals and places of each tag: where its parameters stand among those of the key. */
  const tags = space.tags.map((tag) => {
    const { literals, names } = cut(tag)
    return { literals, places: names.map((name) => key.names.indexOf(name)) }
  })

  return {
    key(prefix, params) {
      if (prefix !== startOf) {
        start = [prefix, key.literals[0]].join('')
        startOf = prefix
      }
      let text = start
      for (let i = 0; i < parameters.length; i++) {
        text +=
          segment(parameters[i] as (typeof parameters)[number], params) + (key.literals[i + 1] as string)
      }
      return text
    },
    tags(params) {
      if (tags.length === 0) return []
      const segments = parameters.map((parameter) => segment(parameter, params))
      return tags.map(({ literals, places }) =>
        places.reduce(
          (text, place, i) => text + (segments[place] as string) + (literals[i + 1] as string),
          literals[0] as string,
        ),
      )
    },
  }
}

/**
 * One tag from its pattern, as those who make entries outdated name it.
 *
 * @param personal parameters that stand for persons
 */
export function buildTag(
  pattern: string,
  params: Params,
  personal: ReadonlySet<string>,
  secret: string,
): string {
  const { literals, names } = cut(pattern)
  return names.reduce((text, name, i) => {
    const value = params[name]
    if (!value) throw new RangeError(`tag "${pattern}": parameter ${name} is empty`)
    return text + (personal.has(name) ? personalHash(secret, value) : escapeSegment(value)) + literals[i + 1]
  }, literals[0] as string)
}
