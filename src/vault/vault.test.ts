import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { isProblem } from '../http/problem.ts'
import { newVaultKey, vaultKey } from './key.ts'
import { parseRing, printRing } from './ring.ts'
import { keyIdOf, vaultOf } from './vault.ts'

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (isProblem(error)) return error.code
    throw error
  }
  return 'none'
}

const [old, young] = [newVaultKey(), newVaultKey()]

describe('createVault', () => {
  test('opens what it has sealed, whatever the text', () => {
    const vault = vaultOf([old])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, about) => {
        expect(vault.open(vault.seal(plain, about), about)).toBe(plain)
      }),
    )
  })

  test('seals the same text differently each time, and names the key that did', () => {
    const vault = vaultOf([old, young])
    const [one, two] = [vault.seal('Ada', 'a'), vault.seal('Ada', 'a')]
    expect(one).not.toBe(two)
    expect(keyIdOf(one)).toBe(young.id)
  })

  test('does not open a value in the place of another', () => {
    const vault = vaultOf([old])
    expect(codeOf(() => vault.open(vault.seal('Ada', 'people.name:1'), 'people.name:2'))).toBe('SEAL_BROKEN')
  })

  test('opens nothing of which one bit was changed', () => {
    const vault = vaultOf([old])
    const sealed = vault.seal('Ada Lovelace', 'a')
    const head = sealed.lastIndexOf('.') + 1
    const body = Buffer.from(sealed.slice(head), 'base64url')
    for (let bit = 0; bit < body.length * 8; bit++) {
      const changed = Buffer.from(body)
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      const text = sealed.slice(0, head) + changed.toString('base64url')
      expect(codeOf(() => vault.open(text, 'a'))).toBe('SEAL_BROKEN')
    }
  })

  test('refuses what is not sealed at all', () => {
    const vault = vaultOf([old])
    for (const text of [
      '',
      'Ada',
      'v1.',
      `v1.${old.id}.`,
      `v1.${old.id}.${'A'.repeat(37)}`,
      `v2.${old.id}.${'A'.repeat(60)}`,
    ])
      expect(codeOf(() => vault.open(text, 'a'))).toBe('SEAL_BROKEN')
  })

  test('opens by every key, and seals by the newest', () => {
    const sealed = vaultOf([old]).seal('Ada', 'a')
    expect(vaultOf([old, young]).open(sealed, 'a')).toBe('Ada')
    expect(codeOf(() => vaultOf([young]).open(sealed, 'a'))).toBe('VAULT_LOCKED')
  })

  test('does not open by another key that bears the same id', () => {
    const sealed = vaultOf([old]).seal('Ada', 'a')
    expect(codeOf(() => vaultOf([{ ...young, id: old.id }]).open(sealed, 'a'))).toBe('SEAL_BROKEN')
  })

  test('indexes equal texts equally by each key, and differently for what they are of', () => {
    const [before] = vaultOf([old]).indexes('4711', 'people.number')
    const during = vaultOf([old, young]).indexes('4711', 'people.number')
    expect(during).toHaveLength(2)
    expect(during[1]).toBe(before as string)
    expect(vaultOf([young]).indexes('4711', 'people.number')[0]).toBe(during[0] as string)
    expect(vaultOf([old]).indexes('4711', 'people.phone')[0]).not.toBe(before)
    expect(vaultOf([old]).indexes('1', 'people.number471')[0]).not.toBe(before)
  })
})

describe('parseRing', () => {
  test('reads what was printed', () => {
    const ring = [old, young]
    expect(parseRing(printRing(ring)).map(({ id }) => id)).toEqual([old.id, young.id])
  })

  test('takes hex and both kinds of base64, and passes over comments', () => {
    const bytes = Buffer.alloc(32, 251)
    const text = `# comment\n\n${bytes.toString('hex')} made today\r\n${bytes.toString('base64')}\n`
    expect(parseRing(text).map(({ id }) => id)).toEqual([vaultKey(bytes).id])
  })

  test('says which line is no key, and nothing of what stands there', () => {
    expect(() => parseRing(`${'ab'.repeat(32)}\nhunter2`)).toThrow(/^line 2 is no key of 32 bytes/)
    expect(() => parseRing('hunter2')).not.toThrow(/hunter2/)
  })

  test('gives another key another id', () => {
    expect(new Set(Array.from({ length: 200 }, () => newVaultKey().id)).size).toBe(200)
  })
})
