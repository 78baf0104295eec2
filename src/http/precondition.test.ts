import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import { type Expected, ifMatch, requireVersion, versionTag } from './precondition.ts'

async function read(header?: string): Promise<Expected | undefined> {
  let found: Expected | undefined
  const app = new Hono().get('/', (c) => {
    found = ifMatch(c)
    return c.body(null)
  })
  await app.request('/', header === undefined ? {} : { headers: { 'if-match': header } })
  return found
}

const passes = async (header: string | undefined, version: number): Promise<boolean> => {
  const expected = await read(header)
  try {
    requireVersion(expected, version)
    return true
  } catch (error) {
    expect(error).toMatchObject({
      status: 412,
      code: 'VERSION_MISMATCH',
      extra: { headers: { etag: '"v3"' } },
    })
    return false
  }
}

test.each([
  [undefined, true],
  ['*', true],
  ['"v3"', true],
  ['"v2", "v3"', true],
  ['"v2","v3"', true],
  ['"v2"', false],
  ['W/"v3"', false],
  ['v3', false],
  ['"v3', false],
  ['', false],
  ['"a,b", "v4"', false],
])('If-Match: %s lets version 3 be changed: %p', async (header, expected) => {
  expect(await passes(header, 3)).toBe(expected)
})

test('the tag of a version is strong', () => {
  expect(versionTag(3)).toBe('"v3"')
})
