import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { hashPassword, NewPassword, NOBODYS_HASH, requireUnlike, verifyPassword } from './password.ts'

const costsOf = (hash: string): string => hash.split('$').slice(1, 4).join('$')

test('a hash is argon2id, and costs as much as that which is verified where there is none', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(costsOf(hash)).toBe('argon2id$v=19$m=65536,t=2,p=1')
  expect(costsOf(NOBODYS_HASH)).toBe(costsOf(hash))
  expect(await verifyPassword('correct horse battery', hash)).toBe(true)
  expect(await verifyPassword('correct horse batterz', hash)).toBe(false)
  expect(await verifyPassword('correct horse battery', null)).toBe(false)
})

test('a letter that is written in two ways is one', async () => {
  const hash = await hashPassword('zwölf Kästen Bier')
  expect(await verifyPassword('zwölf Kästen Bier'.normalize('NFD'), hash)).toBe(true)
})

test('the event loop goes on meanwhile, and who comes behind many is told to come again', async () => {
  let turns = 0
  const counting = setInterval(() => turns++, 1)
  const all = await Promise.allSettled(Array.from({ length: 60 }, () => verifyPassword('x', 'no hash')))
  clearInterval(counting)
  const reasons = all.map((each) => (each.status === 'rejected' ? each.reason : null))
  expect(reasons.filter((reason) => reason?.code === 'LOGIN_BUSY').length).toBeWithin(1, 60)
  // What fails hands its place on too.
  const start = turns
  const beat = setInterval(() => turns++, 1)
  expect(await verifyPassword('x', NOBODYS_HASH)).toBe(false)
  clearInterval(beat)
  expect(turns - start).toBeGreaterThan(5)
})

describe('a new password', () => {
  test.each([
    ['correct horse', true],
    ['zwölf Kästen', true],
    ['elevenchars', false],
    ['aaaaaaaaaaaaaaa', false],
    ['abcabcabcabcabc', false],
    ['x'.repeat(257), false],
  ])('%p: %p', (text, isTaken) => {
    expect(v.is(NewPassword, text)).toBe(isTaken)
  })

  test('has not the login name in it', () => {
    expect(() => requireUnlike('here comes ANNA again', 'anna')).toThrow('without the login name')
    expect(() => requireUnlike('correct horse battery', 'anna')).not.toThrow()
  })
})
