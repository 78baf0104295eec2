/** Requests that a route may get: as declared, and as nobody should send them. */
import type { Route } from '../../../http/route.ts'
import { describe, NoSample, sampleOf } from './sample.ts'

export interface HostileRequest {
  /** What is sent, for sentences. */
  readonly what: string
  readonly path: string
  readonly init: RequestInit
  /** Whether no route can take it. */
  readonly refused: boolean
}

type Json = Readonly<Record<string, unknown>>

/** Texts in places of a path or query. */
const TEXTS: ReadonlyArray<readonly [what: string, text: string]> = [
  ['nothing', ''],
  ['a NUL', '\0'],
  ['a NUL within', 'a\0b'],
  ['dots', '..'],
  ['a path', '../../etc/passwd'],
  ['10,000 letters', 'x'.repeat(10_000)],
  ['a negative number', '-1'],
  ['half', '0.5'],
  ['a number past all', '1e999'],
  ['NaN', 'NaN'],
  ['a number past 64 bits', '99999999999999999999'],
  ['a quote', `' or 1=1 --`],
  ['__proto__', '__proto__'],
  ['a pattern', '%_*{}[]'],
  ['text beyond ASCII', 'ä💥\u202e'],
  ['a time that is none', '2024-13-45T99:99:99Z'],
  ['a time before all', '-271821-04-20T00:00:00.000Z'],
  ['an id that nothing has', '0190a3f0-7c1e-7b4a-9d2e-3f5a6b7c8d9e'],
  ['an object', '{"a":1}'],
]

/** Values in places of a body. */
const VALUES: ReadonlyArray<readonly [what: string, value: unknown]> = [
  ['null', null],
  ['a list', []],
  ['an object', {}],
  ['a text', 'x'],
  ['no text', ''],
  ['a NUL', 'a\0b'],
  ['10,000 letters', 'x'.repeat(10_000)],
  ['half a character', '\ud800'],
  ['a negative number', -1],
  ['half', 0.5],
  ['a number past 64 bits', 1e20],
  ['a large number', 1e308],
  ['2147483648', 2_147_483_648],
  ['true', true],
  ['an id that nothing has', '0190a3f0-7c1e-7b4a-9d2e-3f5a6b7c8d9e'],
]

/** Bodies that are no JSON object. */
const NO_OBJECTS: ReadonlyArray<readonly [what: string, body: string | Uint8Array]> = [
  ['no body', ''],
  ['half a body', '{"a":'],
  ['null as its body', 'null'],
  ['a list as its body', '[]'],
  ['a text as its body', '"x"'],
  ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
  ['100,000 brackets', '['.repeat(100_000)],
]

const sample = (schema: Json): unknown => {
  try {
    return sampleOf(schema)
  } catch (error) {
    if (error instanceof NoSample) return undefined
    throw error
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? 'x'))

const samplesOf = (schema: Route['params']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(((schema && describe(schema, 'input').properties) ?? {}) as Record<string, Json>).map(
      ([name, each]) => [name, textOf(sample(each))],
    ),
  )

/** The path with its parameters; a segment of dots would be resolved away, and is sent encoded. */
const pathOf = (route: Route, params: Readonly<Record<string, string>>): string =>
  route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? 'x').replaceAll('.', '%2E'),
  )

const search = (query: Readonly<Record<string, string>>): string => {
  const text = new URLSearchParams(query).toString()
  return text && `?${text}`
}

interface Base {
  readonly route: Route
  readonly path: string
  readonly body: RequestInit
}

const json = (body: unknown): RequestInit => ({
  body:
    typeof body === 'string' || body instanceof Uint8Array
      ? (body as NonNullable<RequestInit['body']>)
      : JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

const isJson = (type: string): boolean => /[/+]json$/.test(type)

/** The bodies of a route that takes JSON. */
function* jsonBodies({ route, path }: Base, schema: Json): Generator<HostileRequest> {
  const { method } = route
  const made = (sample(schema) ?? {}) as Json
  for (const [what, body] of NO_OBJECTS) {
    yield {
      what,
      path,
      init: { method, ...json(body) },
      refused: schema.type === 'object' || what !== 'a list as its body',
    }
  }
  yield {
    what: 'another type of body',
    path,
    init: { method, body: '{}', headers: { 'content-type': 'text/plain' } },
    refused: true,
  }
  yield { what: 'a body of 2 MB', path, init: { method, ...json({ a: 'x'.repeat(2e6) }) }, refused: true }
  yield { what: 'an empty object', path, init: { method, ...json({}) }, refused: false }
  yield {
    what: '__proto__ in its body',
    path,
    init: { method, ...json('{"__proto__":{"a":1},"constructor":1}') },
    refused: false,
  }
  yield { what: 'a body as declared', path, init: { method, ...json(made) }, refused: false }
  for (const name of Object.keys((schema.properties ?? made) as Json)) {
    for (const [what, value] of VALUES) {
      yield {
        what: `${what} as ${name}`,
        path,
        init: { method, ...json({ ...made, [name]: value }) },
        refused: false,
      }
    }
  }
}

/** The bodies of a route that takes bytes. */
function* rawBodies({ route, path }: Base, type: string): Generator<HostileRequest> {
  const { method } = route
  const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 2_654_435_761) >>> 24)
  const headers = { 'content-type': type.replace('*', 'x') }
  for (const [what, body] of [
    ['no bytes', new Uint8Array(0)],
    ['zeros', new Uint8Array(1024)],
    ['noise', noise],
  ] as const) {
    yield { what, path, init: { method, headers, body }, refused: false }
  }
  yield {
    what: 'a form that never ends',
    path,
    init: {
      method,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\n',
    },
    refused: false,
  }
}

/** A request as the route declares it, as far as samples can be made up. */
export function plainRequest(route: Route): Pick<HostileRequest, 'path' | 'init'> {
  const [type, schema] = Object.entries(route.body ?? {})[0] ?? []
  const made = schema && type && isJson(type) ? (sample(schema as Json) ?? {}) : undefined
  const path = pathOf(route, samplesOf(route.params))
  return { path, init: { method: route.method, ...(made === undefined ? {} : json(made)) } }
}

/** All of them for one route, in an order that leaves the one as declared to the end: it may change something. */
export function* hostileRequests(route: Route): Generator<HostileRequest> {
  const { method } = route
  const params = samplesOf(route.params)
  const query = samplesOf(route.query)
  const types = Object.entries(route.body ?? {})
  const { path, init } = plainRequest(route)
  const { method: _, ...body } = init
  const base: Base = { route, path, body }

  for (const name of Object.keys(params)) {
    for (const [what, text] of TEXTS) {
      if (text === '') continue
      const path = pathOf(route, { ...params, [name]: text })
      yield { what: `${what} as ${name}`, path, init: { method, ...body }, refused: false }
    }
    for (const [what, raw] of [
      ['an escape cut short', '%'],
      ['bytes that are no UTF-8', '%FF%FE'],
      ['half a character', '%ED%A0%80'],
    ] as const) {
      const path = base.path.replace(encodeURIComponent(params[name] ?? 'x').replaceAll('.', '%2E'), raw)
      yield { what: `${what} as ${name}`, path, init: { method, ...body }, refused: false }
    }
  }
  for (const name of Object.keys(query)) {
    for (const [what, text] of TEXTS) {
      yield {
        what: `${what} as ${name}`,
        path: base.path + search({ ...query, [name]: text }),
        init: { method, ...body },
        refused: false,
      }
      // What else is asked for may hide what is wrong with this.
      yield {
        what: `${what} as ${name} alone`,
        path: base.path + search({ [name]: text }),
        init: { method, ...body },
        refused: false,
      }
    }
    yield {
      what: `${name} twice`,
      path: `${base.path}?${name}=a&${name}=b`,
      init: { method, ...body },
      refused: false,
    }
  }
  yield {
    what: 'a parameter that there is not',
    path: `${base.path}?nobody-declared-this=1`,
    init: { method, ...body },
    refused: false,
  }
  for (const [header, value] of [
    ['if-none-match', '"x", *'],
    ['if-match', 'x'],
    ['range', 'bytes=9-1'],
    ['content-type', '\u00ff'],
    ['accept', 'x/y;q=9'],
  ] as const) {
    yield {
      what: `a strange ${header}`,
      path: base.path,
      init: {
        method,
        ...body,
        headers: { ...body.headers, [header]: value } as NonNullable<RequestInit['headers']>,
      },
      refused: false,
    }
  }
  if (types.length === 0 && method !== 'get') {
    yield {
      what: 'a body that it does not take',
      path: base.path,
      init: { method, ...json({ a: 1 }) },
      refused: false,
    }
  }
  for (const [each, described] of types) {
    yield* isJson(each) ? jsonBodies(base, described as Json) : rawBodies(base, each)
  }
  yield {
    what: 'what it asks for',
    path: base.path + search(query),
    init: { method, ...body },
    refused: false,
  }
}
