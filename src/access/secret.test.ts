import { expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  apiKey,
  hashSecret,
  isSecret,
  loginToken,
  newSecret,
  parseApiKey,
  parseLoginToken,
} from './secret.ts'

const token = fc.record({ id: fc.uuid(), secret: fc.constant(null).map(newSecret) })

test('a token is read as it was written', () => {
  fc.assert(
    fc.property(token, (each) => {
      expect(parseLoginToken(loginToken(each))).toEqual(each)
      expect(parseApiKey(apiKey(each))).toEqual(each)
    }),
  )
})

test('what is no token is none, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), token, fc.nat(), (text, each, place) => {
      expect(parseLoginToken(text)).toBeNull()
      expect(parseApiKey(text)).toBeNull()
      expect(parseApiKey(loginToken(each))).toBeNull()
      expect(parseLoginToken(apiKey(each))).toBeNull()
      const whole = apiKey(each)
      const at = place % (whole.length + 1)
      expect(parseApiKey(`${whole.slice(0, at)} ${whole.slice(at)}`)).toBeNull()
    }),
  )
})

test('a secret is known by its hash, and no other one is', () => {
  const [one, other] = [newSecret(), newSecret()]
  expect(hashSecret(one)).toHaveLength(32)
  expect(isSecret(one, hashSecret(one))).toBe(true)
  expect(isSecret(other, hashSecret(one))).toBe(false)
  expect(one).not.toBe(other)
})
