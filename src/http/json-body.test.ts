import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import * as v from 'valibot'
import { readJson } from './json-body.ts'
import { isProblem } from './problem.ts'

const Body = v.object({ any: v.unknown() })
const app = new Hono().post('/', async (c) => c.json(await readJson(c, Body)))
app.onError((error) =>
  isProblem(error) ? error.toResponse('test') : Response.json(`${error}`, { status: 500 }),
)

/** @param any JSON of it */
const send = (any: string): Response | Promise<Response> =>
  app.request('/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"any":${any},"left out":"\\u0000"}`,
  })

test.each(['"a\\u0000b"', '"\\ud800"', '["\\uDFFF\\ud800"]', '{"\\u0000":1}', '"\\\\\\u0000"'])(
  '%s is refused, since no database takes it',
  async (any) => {
    const answer = await send(any)
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'INVALID_REQUEST' }])
  },
)

test.each(['"\\ud83d\\ude00"', '"\\\\u0000"', '"\\\\\\\\ud800"', '"a\\nb"', '{"a":[null,1]}'])(
  '%s is taken as it is',
  async (any) => {
    const answer = await send(any)
    expect([answer.status, await answer.json()]).toEqual([200, { any: JSON.parse(any) }])
  },
)

test('what is nested as deep as fits is taken or refused', async () => {
  const answers = [
    '['.repeat(32_000) + ']'.repeat(32_000),
    '{"a":'.repeat(10_000) + 1 + '}'.repeat(10_000),
  ].map(send)
  for (const { status } of await Promise.all(answers)) expect([200, 400]).toContain(status)
})
