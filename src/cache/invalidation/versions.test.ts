import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { keyTag } from '../validity.ts'
import { createVersionMap } from './versions.ts'

const tag = fc.constantFrom('a', 'b', '', 'key', '__proto__', keyTag('a'), keyTag('b'), keyTag(''))
const pair = fc.tuple(tag, fc.nat(5))

describe('a map of versions', () => {
  test('knows the newest version of each tag, by the tag and by the key whose tag it is', () => {
    fc.assert(
      fc.property(fc.array(pair), (raises) => {
        const versions = createVersionMap()
        const newest = new Map<string, number>()
        for (const [name, version] of raises) {
          const isNewer = version > (newest.get(name) ?? 0)
          if (isNewer) newest.set(name, version)
          expect(versions.raise([[name, version]])).toEqual(isNewer ? [name] : [])
        }
        for (const name of ['a', 'b', '', 'key', '__proto__']) {
          expect(versions.get(name)).toBe(newest.get(name) ?? 0)
          expect(versions.ofKey(name)).toBe(newest.get(keyTag(name)) ?? 0)
          expect(versions.get(keyTag(name))).toBe(versions.ofKey(name))
        }
        expect(versions.size).toBe(newest.size)
      }),
    )
  })

  test('forgets a tag unless it has a newer version', () => {
    const versions = createVersionMap()
    versions.raise([
      ['a', 2],
      [keyTag('a'), 2],
      ['b', 2],
      [keyTag('b'), 2],
    ])
    versions.forget({ a: 1, [keyTag('a')]: 1, b: 2, [keyTag('b')]: 3 })
    expect([versions.get('a'), versions.ofKey('a'), versions.get('b'), versions.ofKey('b')]).toEqual([
      2, 2, 0, 0,
    ])
    expect(versions.size).toBe(2)
  })
})
