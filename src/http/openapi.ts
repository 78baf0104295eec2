/** The OpenAPI 3.1 document, from the same declarations that the app is mounted from. */
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { PRODUCT, VERSION } from '../version.ts'
import { ProblemBody } from './problem.ts'
import type { Route, RouteAnswer } from './route.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 schemas are JSON Schema 2020-12; what a client sends is the schema's input. */
function jsonSchema(schema: v.GenericSchema, typeMode: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode,
    errorMode: 'ignore',
  }) as Json
  return rest
}

function parameters(schema: Route['params'], place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }))
}

function answer({ description, schema, mediaType }: RouteAnswer, status: number): Json {
  if (status >= 400) {
    const problem = { $ref: '#/components/schemas/Problem' }
    return { description, content: { 'application/problem+json': { schema: problem } } }
  }
  if (mediaType) return { description, content: { [mediaType]: { schema: {} } } }
  if (!schema) return { description }
  return { description, content: { 'application/json': { schema: jsonSchema(schema, 'output') } } }
}

/** Whoever has one of them may ask; what for, their permissions say. */
const ANY_PROOF = [{ login: [] }, { key: [] }]

const SECURITY_SCHEMES = {
  login: {
    type: 'apiKey',
    in: 'cookie',
    name: 'myoserve_session',
    description: 'Set by POST /api/login; over TLS its name begins with `__Host-`',
  },
  key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'myo_ID_SECRET',
    description: 'A key of lab software, made by POST /api/keys or `myoserve key add`',
  },
}

function operation(route: Route): Json {
  const declared = { 500: { description: 'The server failed' }, ...route.answers }
  const answers = Object.entries(declared).map(([status, each]) => [status, answer(each, Number(status))])
  const content = Object.entries(route.body ?? {}).map(([type, schema]) => [type, { schema }])
  return {
    operationId: `${route.method}${route.path.replace(/[/{}.-]+(\w?)/g, (_, next) => next.toUpperCase())}`,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'system'],
    'x-policy': route.policy,
    security: route.policy === 'public' ? [] : ANY_PROOF,
    ...(route.concerns === undefined ? {} : { 'x-concerns': route.concerns }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(content.length ? { requestBody: { required: true, content: Object.fromEntries(content) } } : {}),
    responses: Object.fromEntries(answers),
  }
}

/** @param routes every route of the server, plugins' included */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const each of routes) paths[each.path] = { ...paths[each.path], [each.method]: operation(each) }
  return {
    openapi: '3.1.0',
    info: {
      title: PRODUCT,
      version: VERSION,
      description: 'EMG analysis server for rehabilitation clinics.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { Problem: jsonSchema(ProblemBody, 'output') },
      securitySchemes: SECURITY_SCHEMES,
    },
  }
}
