import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { type CacheableRequest, requestKey } from './request-key.ts'

const PATH = '/api/echo/{id}'
/** Everything that could be mistaken for structure. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', '"', ',', '[', ']', '\\', ':', '&', '=', '?', '%', 'é', '\u0000'),
})
const pairs = fc.dictionary(fc.constantFrom('a', 'b', 'id', '"]'), text, { maxKeys: 3 })
const request = fc.record({ subject: text, params: pairs, query: pairs })

/** Takes any query, so that all of it counts. */
const open = { path: PATH, query: v.record(v.string(), v.string()) }
const shuffled = (record: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(record).toReversed())
const same = (a: CacheableRequest, b: CacheableRequest): boolean => Bun.deepEquals(a, b)

describe('requestKey', () => {
  test('is one for what is the same, in whatever order, and another for anything else', () => {
    fc.assert(
      fc.property(request, request, (a, b) => {
        expect(requestKey(open, a) === requestKey(open, b)).toBe(same(a, b))
        expect(requestKey(open, { ...a, query: shuffled(a.query), params: shuffled(a.params) })).toBe(
          requestKey(open, a),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('is never shared by two subjects, nor by two routes', () => {
    fc.assert(
      fc.property(request, text, text, (each, subject, path) => {
        fc.pre(subject !== each.subject && path !== PATH)
        expect(requestKey(open, { ...each, subject })).not.toBe(requestKey(open, each))
        expect(requestKey({ ...open, path }, each)).not.toBe(requestKey(open, each))
      }),
    )
  })

  test('leaves out what the route does not take', () => {
    const query = v.object({ limit: v.optional(v.string()) })
    const of = (given: Record<string, string>, schema?: typeof query) =>
      requestKey(
        { path: PATH, ...(schema ? { query: schema } : {}) },
        { subject: 's', params: {}, query: given },
      )
    expect(of({ limit: '5', utm: 'x' }, query)).toBe(of({ limit: '5' }, query))
    expect(of({ limit: '5' }, query)).not.toBe(of({ limit: '6' }, query))
    expect(of({ limit: '5' }, query)).not.toBe(of({}, query))
    expect(of({ any: 'thing' })).toBe(of({}))
  })
})
