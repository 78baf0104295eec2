/** Every route of the OpenAPI document, asked for what its schemas allow and for what they do not: none answers 500. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import fc from 'fast-check'
import { TARGETS } from '../support/targets.ts'
import { type Asker, type Clinic, openClinic } from './matrix-world.ts'

setDefaultTimeout(120_000)

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly format?: string
}
interface Operation {
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string; readonly schema: Schema }>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, unknown>>
}

/** Text that programs stumble over. */
const nasty = fc.constantFrom(
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '%2e%2e%2f',
  '%00',
  "';drop table patients;--",
  '=1+1',
  '__proto__',
  'a\r\nset-cookie: x=y',
  '💪'.repeat(200),
  'x'.repeat(5000),
)
const nastyJson = fc.oneof(
  nasty,
  fc.constantFrom(null, 0, -1, 1e308, [], {}, true, { __proto__: null }),
  fc.jsonValue(),
)

/** Mostly what a schema allows, at times something else. */
function arbitraryOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const proper = (): fc.Arbitrary<unknown> => {
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return fc.oneof(...choices.map((each) => arbitraryOf(each, depth + 1)))
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
    if (type === 'integer') return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 5000 })
    if (type === 'number') return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9 })
    if (type === 'boolean') return fc.boolean()
    if (type === 'null') return fc.constant(null)
    if (type === 'array') {
      return depth > 4
        ? fc.constant([])
        : fc.array(arbitraryOf(schema.items ?? {}, depth + 1), { maxLength: 4 })
    }
    if (type === 'object') {
      if (!schema.properties) return fc.dictionary(fc.oneof(nasty, fc.string()), nastyJson, { maxKeys: 3 })
      const entries = Object.entries(schema.properties)
      const model = Object.fromEntries(entries.map(([name, each]) => [name, arbitraryOf(each, depth + 1)]))
      return fc.record(model, { requiredKeys: [...(schema.required ?? [])].filter((name) => name in model) })
    }
    if (schema.format === 'uuid') return fc.uuid()
    if (schema.format === 'date-time') {
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
    }
    return fc.oneof(fc.constantFrom('P001', 'P002', 'csv', '2026-01-01', 'Soleus'), fc.string(), nasty)
  }
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(null).chain(proper) },
    { weight: 1, arbitrary: nastyJson },
  )
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** What cannot be asked over and over: it would log the asker out, or not end. */
const LEFT_OUT = ['POST /api/logout', 'DELETE /api/me/sessions', 'POST /api/cache/benchmark']

describe('whatever a client sends', () => {
  let clinic: Clinic
  let routes: Array<readonly [route: string, operation: Operation]>
  const target = TARGETS.find(({ missing }) => missing === undefined) as (typeof TARGETS)[number]
  beforeAll(async () => {
    clinic = await openClinic(target)
    const { body } = await clinic.ask('nobody', 'GET', '/api/openapi.json')
    const { paths } = JSON.parse(body) as { paths: Record<string, Record<string, Operation>> }
    routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, each]) => [`${method.toUpperCase()} ${path}`, each] as const),
    )
  })
  afterAll(() => clinic[Symbol.asyncDispose]())

  /** A request of a route: its parameters and its body. */
  function requestOf([route, { parameters = [], requestBody }]: (typeof routes)[number]) {
    const place = (where: string) =>
      fc.record(
        Object.fromEntries(
          parameters
            .filter((each) => each.in === where)
            .map(({ name, schema }) => [name, arbitraryOf(schema)]),
        ),
        where === 'query' ? { requiredKeys: [] } : {},
      )
    const ids = fc.constantFrom(...Object.values(clinic.ids))
    const [, path = ''] = route.split(' ')
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const inPath = fc.record(
      Object.fromEntries(
        names.map((name) => [name, fc.oneof({ weight: 4, arbitrary: ids }, nasty, fc.string())]),
      ),
    )
    const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
    const body =
      type === 'application/json'
        ? fc.oneof(
            {
              weight: 8,
              arbitrary: arbitraryOf(content?.schema ?? {}).map((each) => JSON.stringify(each) ?? ''),
            },
            fc.string(),
          )
        : fc.oneof(fc.constant(undefined), fc.string())
    return fc.record({
      inPath,
      query: place('query'),
      body,
      version: fc.constantFrom(undefined, '"1"', '"2"', '*', 'x'),
    })
  }

  for (const asker of ['admin', 'owner', 'researcher', 'key', 'nobody'] as const satisfies readonly Asker[]) {
    test(`as ${asker}, no route fails`, async () => {
      for (const entry of routes) {
        const [route] = entry
        if (LEFT_OUT.some((each) => route.startsWith(each))) continue
        const [method = '', path = ''] = route.split(' ')
        await fc.assert(
          fc.asyncProperty(requestOf(entry), async ({ inPath, query, body, version }) => {
            const text = (value: unknown) => encodeURIComponent(asText(value).toWellFormed())
            const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => text(inPath[name]))
            const search = Object.entries(query).map(([name, value]) => `${name}=${text(value ?? '')}`)
            const full = [filled, search.join('&')].filter(Boolean).join('?')
            const sent = method === 'GET' ? undefined : body?.toWellFormed()
            const answer = await clinic.ask(asker, method, full, sent, version)
            const isFine = answer.status < 500 || answer.status === 503
            expect([route, full.slice(0, 300), sent?.slice(0, 300), isFine ? 'fine' : answer.body]).toEqual([
              route,
              full.slice(0, 300),
              sent?.slice(0, 300),
              'fine',
            ])
          }),
          { numRuns: asker === 'admin' ? 12 : 4 },
        )
      }
    })
  }
})
