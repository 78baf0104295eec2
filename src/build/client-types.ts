/** The types of the page's requests, written from the OpenAPI document: a request that no route takes does not compile. */

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
}

interface Operation {
  readonly parameters?: ReadonlyArray<{ in: string; name: string; required?: boolean; schema: Schema }>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
}

/** What the types are made from: the part of an OpenAPI 3.1 document that says what is asked and answered. */
export interface ClientDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const JSON_TYPE = 'application/json'

/** Shorter ones are written where they are used. */
const SHORTEST_SHARED = 60

const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text)
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
const key = (text: string): string => (isName(text) ? text : quoted(text))
const literal = (value: unknown): string =>
  typeof value === 'string' ? quoted(value) : JSON.stringify(value)
const union = (parts: readonly string[]): string => [...new Set(parts)].join(' | ')
const grouped = (type: string): string => (/[|&]/.test(type) ? `(${type})` : type)

/** Types as text; what is used more than once has a name. */
function writer() {
  const uses = new Map<string, number>()
  const names = new Map<string, string>()
  const shared: string[] = []

  function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
    const fields = Object.entries(properties).map(
      ([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
    )
    if (fields.length > 0) return shareable(`{ ${fields.join('; ')} }`)
    const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'
    return `Record<string, ${values}>`
  }

  function shareable(text: string): string {
    if (text.length < SHORTEST_SHARED) return text
    const name = names.get(text)
    if (name !== undefined) return name
    const seen = (uses.get(text) ?? 0) + 1
    uses.set(text, seen)
    return text
  }

  function typeOf(schema: Schema | undefined): string {
    if (!schema) return 'unknown'
    const { type, anyOf, oneOf, allOf, items, prefixItems } = schema
    if (schema.enum) return union(schema.enum.map(literal))
    if ('const' in schema) return literal(schema.const)
    const any = anyOf ?? oneOf
    if (any) return union(any.map(typeOf))
    if (allOf) return allOf.map((each) => grouped(typeOf(each))).join(' & ')
    if (prefixItems) return `[${prefixItems.map(typeOf).join(', ')}]`
    if (type === 'array') return `${grouped(typeOf(items))}[]`
    if (type === 'object' || schema.properties) return objectOf(schema)
    if (type === 'integer' || type === 'number') return 'number'
    return type === 'string' || type === 'boolean' || type === 'null' ? type : 'unknown'
  }

  return {
    typeOf,
    /** Names what was used twice so far, from the inside out; returns whether there was any. */
    share(): boolean {
      const twice = [...uses].filter(([text, n]) => n > 1 && !names.has(text))
      const least = Math.min(...twice.map(([text]) => text.length))
      for (const [text] of twice.filter(([each]) => each.length === least)) {
        names.set(text, `Shared${names.size + 1}`)
        shared.push(`type ${names.get(text)} = ${text}`)
      }
      uses.clear()
      return twice.length > 0
    },
    shared,
  }
}

const jsonOf = (content: Operation['requestBody'] | Operation['responses'][string]): Schema | undefined =>
  content?.content?.[JSON_TYPE]?.schema

/** The answer of a request that went well. */
const answered = ({ responses }: Operation): Schema | undefined =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, response]) => jsonOf(response))
    .find((schema) => schema !== undefined)

/**
 * One interface, `Operations`, with an entry a method and path: `path`, `query`, `body` and `answer`. What neither takes
 * nor gives JSON has `body` or `answer` unknown.
 *
 * @returns a TypeScript module, unformatted
 */
export function clientTypes({ paths }: ClientDocument): string {
  const write = writer()
  const entries = (): string[] =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const among = (place: string): Schema => {
          const found = (operation.parameters ?? []).filter((each) => each.in === place)
          return {
            type: 'object',
            properties: Object.fromEntries(found.map(({ name, schema }) => [name, schema])),
            required: found.filter(({ required }) => required).map(({ name }) => name),
          }
        }
        const parts = [
          ...(['path', 'query'] as const).map((place) => {
            const schema = among(place)
            return Object.keys(schema.properties ?? {}).length > 0 ? `${place}: ${write.typeOf(schema)}` : ''
          }),
          operation.requestBody ? `body: ${write.typeOf(jsonOf(operation.requestBody))}` : '',
          `answer: ${write.typeOf(answered(operation))}`,
        ]
        return `  ${quoted(`${method.toUpperCase()} ${path}`)}: { ${parts.filter(Boolean).join('; ')} }`
      }),
    )
  entries()
  while (write.share()) entries()
  return [
    '/** Written from the OpenAPI document by `bun test/house/pages/write.ts`: what each request takes and answers. */',
    ...write.shared,
    `export interface Operations {\n${entries().join('\n')}\n}`,
    '',
  ].join('\n')
}
