import { expect, test } from 'bun:test'
import * as v from 'valibot'
import { withCanonicalIds } from './ids.ts'

const Id = v.pipe(v.string(), v.uuid())

test('ids are in small letters, wherever a schema has them, and nothing else is touched', () => {
  const schema = v.object({
    id: Id,
    described: v.pipe(Id, v.description('of it')),
    perhaps: v.optional(v.pipe(Id, v.description('of it'))),
    absent: v.optional(Id),
    name: v.string(),
    code: v.pipe(v.string(), v.regex(/^[A-Z]\d+$/)),
  })
  const id = '01A1FECD-733E-7505-9AAE-2EB0A994CF71'
  const small = id.toLowerCase()
  const rest = { name: id, code: 'P001', unknown: id }
  expect(withCanonicalIds(schema, { id, described: id, perhaps: id, ...rest })).toEqual({
    id: small,
    described: small,
    perhaps: small,
    ...rest,
  })
})

test('a schema that is no object is left alone', () => {
  expect(withCanonicalIds(v.string(), { id: 'A' })).toEqual({ id: 'A' })
})
