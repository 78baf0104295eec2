import { describe, expect, test } from 'bun:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import pino from 'pino'
import * as v from 'valibot'
import { createNode } from '../cache/fixtures.ts'
import { createApp } from './app.ts'
import { openApiDocument } from './openapi.ts'
import { Problem } from './problem.ts'
import { type Route, route } from './route.ts'

const echo = route({
  method: 'get',
  path: '/api/echo/{id}',
  summary: 'Echo',
  policy: 'public',
  params: v.object({ id: v.pipe(v.string(), v.uuid()) }),
  query: v.object({ limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number)), '5') }),
  answers: { 200: { description: 'What came', schema: v.object({ id: v.string(), limit: v.number() }) } },
  handle: ({ params, query }) => ({ ...params, ...query }),
})
const fails = (path: string, error: unknown): Route =>
  route({
    method: 'post',
    path,
    summary: 'Fails',
    policy: 'public',
    answers: {},
    handle: () => {
      throw error
    },
  })
const routes = [
  echo,
  fails('/api/teapot', new Problem(409, 'TAKEN', 'It is taken.')),
  fails('/api/bug', new Error('secret detail')),
  fails('/api/gone', new Error('query failed', { cause: Object.assign(new Error('fk'), { code: '23503' }) })),
  fails(
    '/api/away',
    new Error('query failed', { cause: Object.assign(new Error(), { code: 'CONNECTION_CLOSED' }) }),
  ),
]
const lines: string[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
const app = createApp({ routes, log, cache: createNode(), release: '1' })

const ask = (path: string, init: RequestInit = {}) =>
  app.fetch(
    new Request(`http://127.0.0.1:8080${path}`, {
      ...init,
      headers: { host: '127.0.0.1:8080', ...init.headers },
    }),
  )
const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  return (await answer.json()) as Record<string, unknown>
}
const ID = '0192f0c1-2d3e-7a4b-8c5d-6e7f8a9b0c1d'

describe('a route', () => {
  test('gets validated input and answers JSON', async () => {
    const answer = await ask(`/api/echo/${ID}?limit=7`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ id: ID, limit: 7 })
  })

  test('applies the defaults of its schema', async () => {
    expect(await (await ask(`/api/echo/${ID}`)).json()).toEqual({ id: ID, limit: 5 })
  })

  test('answers a problem that names what is wrong', async () => {
    const answer = await ask('/api/echo/7?limit=x')
    const problem = await problemOf(answer)
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST', title: 'Bad Request' })
    expect(problem.errors).toEqual([{ path: 'path.id', message: expect.stringContaining('UUID') }])
  })

  test('has an id of the request in the answer, the client’s own where it sent one', async () => {
    expect((await ask(`/api/echo/${ID}`)).headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/)
    const own = await ask('/api/nothing', { headers: { 'x-request-id': 'visit-42' } })
    expect((await problemOf(own)).requestId).toBe('visit-42')
  })
})

describe('errors', () => {
  test('a problem keeps its status and code', async () => {
    const answer = await ask('/api/teapot', { method: 'POST' })
    expect(answer.status).toBe(409)
    expect(await problemOf(answer)).toMatchObject({
      code: 'TAKEN',
      detail: 'It is taken.',
      type: 'about:blank',
    })
  })

  test('a fault of ours is logged and tells the client nothing', async () => {
    const answer = await ask('/api/bug', { method: 'POST' })
    expect(answer.status).toBe(500)
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL_ERROR' })
    expect(text).not.toContain('secret')
    expect(lines.at(-1)).toContain('secret detail')
  })

  test('a database that is away is 503 with Retry-After', async () => {
    const answer = await ask('/api/away', { method: 'POST' })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await problemOf(answer)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  })

  test('a record that went while it was referred to is 409, and logged', async () => {
    const answer = await ask('/api/gone', { method: 'POST' })
    expect(await problemOf(answer)).toMatchObject({ status: 409, code: 'CHANGED_MEANWHILE' })
    expect(lines.join('')).toContain('/api/gone')
  })

  test('an unknown address is 404, a known one with another method 405 with Allow', async () => {
    expect(await problemOf(await ask('/api/nothing'))).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    const answer = await ask(`/api/echo/${ID}`, { method: 'DELETE' })
    expect(answer.headers.get('allow')).toBe('GET')
    expect(await problemOf(answer)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' })
  })

  test('a body for a route that takes none is refused past 64 KiB', async () => {
    const answer = await ask('/api/teapot', { method: 'POST', body: 'x'.repeat(65 * 1024) })
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' })
  })
})

describe('requests that a page of elsewhere could make', () => {
  test.each(['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', '10.0.0.1', ''])(
    'a Host of %p is refused',
    async (host) => {
      expect((await ask(`/api/echo/${ID}`, { headers: { host } })).status).toBe(421)
    },
  )

  test.each(['localhost:8080', '127.0.0.1', '[::1]:8080', '127.8.9.1:1'])(
    'a Host of %p is served',
    async (host) => {
      expect((await ask(`/api/echo/${ID}`, { headers: { host } })).status).toBe(200)
    },
  )

  test('another origin is refused, our own is served', async () => {
    expect((await ask(`/api/echo/${ID}`, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await ask(`/api/echo/${ID}`, { headers: { origin: 'null' } })).status).toBe(403)
    expect((await ask(`/api/echo/${ID}`, { headers: { origin: 'http://127.0.0.1:8080' } })).status).toBe(200)
  })
})

describe('openApiDocument', () => {
  const document = openApiDocument(routes)

  test('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true })
  })

  test('has parameters, answers and the policy of a route', () => {
    const { get } =
      (document.paths as Record<string, { get: Record<string, unknown> }>)['/api/echo/{id}'] ?? {}
    expect(get).toMatchObject({ 'x-policy': 'public', operationId: 'getApiEchoId', tags: ['echo'] })
    expect(get?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'string', pattern: '^\\d+$', default: '5' },
      },
    ])
    expect(Object.keys(get?.responses as object)).toEqual(['200', '500'])
  })
})
