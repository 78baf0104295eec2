import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { namespace } from '../cache/namespace.ts'
import { checkPlugins } from './checks.ts'
import { isPlugin } from './define.ts'
import { plugin } from './fixtures.ts'

const space = (key: string) => namespace({ key, ttl: '1h', schema: v.string() })
const refusals = (...plugins: ReturnType<typeof plugin>[]) =>
  Object.fromEntries(checkPlugins(plugins).map((each) => [each.plugin.name, each.refusal]))

describe('checkPlugins', () => {
  test('puts a plugin after what it needs, and keeps the given order otherwise', () => {
    const reader = plugin('reader')
    const mvc = plugin('mvc', { needs: { reader } })
    const analyzer = plugin('analyzer', { needs: { mvc, reader } })
    const order = checkPlugins([analyzer, plugin('metrics'), mvc, reader]).map((each) => each.plugin.name)
    expect(order).toEqual(['reader', 'mvc', 'analyzer', 'metrics'])
  })

  test('refuses a need that is not installed, and whatever needs the refused', () => {
    const ghost = plugin('ghost')
    const a = plugin('a', { needs: { ghost } })
    const b = plugin('b', { needs: { a } })
    expect(refusals(a, b, plugin('c'))).toEqual({
      a: 'it needs ghost, which is not installed',
      b: 'it needs a, which is quarantined',
      c: undefined,
    })
  })

  test('refuses needs that go in a circle, naming it', () => {
    const a = plugin('a', { needs: {} as Record<string, unknown> })
    const b = plugin('b', { needs: { a } })
    Object.assign(a.needs as object, { b })
    const found = refusals(a, b, plugin('c'))
    expect(found.a).toBe('its needs go in a circle: a -> b -> a')
    expect(found.b).toBe('its needs go in a circle: b -> a -> b')
    expect(found.c).toBeUndefined()
  })

  test('a plugin that needs itself is a circle', () => {
    const a = plugin('a', { needs: {} as Record<string, unknown> })
    Object.assign(a.needs as object, { a })
    expect(refusals(a).a).toBe('its needs go in a circle: a -> a')
  })

  test('refuses the second of two plugins of one name', () => {
    const [first, second] = checkPlugins([plugin('a'), plugin('a')]).sort((x) => (x.refusal ? 1 : -1))
    expect(first?.refusal).toBeUndefined()
    expect(second?.refusal).toBe('another plugin is called a already')
  })

  test.each([
    ['the name of the host', plugin('host'), /its name is the one of the host itself/],
    ['a name that is not kebab-case', plugin('Grip_Strength'), /not in kebab-case/],
    ['a version that is none', plugin('a', { version: '1' }), /"1" is not a semantic version/],
    ['another contract', plugin('a', { host: '^2' }), /wants plugin contract \^2, and this server has 1\./],
    ['a range that is none', plugin('a', { host: 'any day' }), /"any day" is not a range/],
    ['an empty range', plugin('a', { host: '' }), /"" is not a range/],
    ['a malformed permission', plugin('a', { permissions: ['all'] }), /"all" is not of the form noun:verb/],
    [
      'a migration declared twice',
      plugin('a', {
        migrations: [
          { id: '0', sql: '' },
          { id: '0', sql: '' },
        ],
      }),
      /migration 0 twice/,
    ],
    [
      'two cache keys of its own that collide',
      plugin('a', { caches: { x: space('s:{a}'), y: space('s:{b}') } }),
      /"s:\{b\}" collides with "s:\{a\}" of a/,
    ],
  ])('refuses %s', (_, candidate, sentence) => {
    expect(checkPlugins([candidate])[0]?.refusal).toMatch(sentence)
  })

  test.each(['^1', '1', '1.x', '>=1.0.0 <2', '1.0.0 - 1.9', '^0.9 || ^1', '~1.0'])('takes %s', (host) => {
    expect(checkPlugins([plugin('a', { host })])[0]?.refusal).toBeUndefined()
  })

  test('refuses a cache key that collides with another plugin', () => {
    const a = plugin('a', { caches: { x: space('session:{id}') } })
    const b = plugin('b', { caches: { y: space('session:{userId}') } })
    expect(refusals(a, b)).toEqual({
      a: undefined,
      b: 'its cache key "session:{userId}" collides with "session:{id}" of a',
    })
  })
})

describe('a parameter of tags', () => {
  const tagged = (key: string, name: string, personal: readonly string[] = []) =>
    namespace({ key, ttl: '1h', tags: [`${name}.changed:{${name}}`], personal, schema: v.string() })
  const own = (key: string, name: string) =>
    namespace({ key, ttl: '1h', personal: [name], schema: v.string() })
  const first = plugin('first', { caches: { x: tagged('first:{sessionId}', 'sessionId') } })

  test('that others have plain is made personal by nobody: what they announce would be other tags', () => {
    const second = plugin('second', { caches: { y: own('second:{sessionId}', 'sessionId') } })
    expect(refusals(first, second).second).toBe(
      'its cache key "second:{sessionId}" makes sessionId personal, which is not in tags of first',
    )
  })

  test('that others make personal is plain nowhere', () => {
    const hidden = plugin('hidden', { caches: { x: own('hidden:{patientCode}', 'patientCode') } })
    const plain = plugin('plain', { caches: { y: tagged('plain:{patientCode}', 'patientCode') } })
    expect(refusals(hidden, plain).plain).toBe(
      'its cache key "plain:{patientCode}" has patientCode in a tag, which hidden makes personal',
    )
  })

  test('is the same to all, or another one', () => {
    const same = plugin('same', { caches: { y: tagged('same:{sessionId}', 'sessionId') } })
    const hidden = plugin('hidden', { caches: { z: tagged('hidden:{code}', 'code', ['code']) } })
    expect(refusals(first, same, hidden)).toEqual({ first: undefined, same: undefined, hidden: undefined })
  })
})

describe('isPlugin', () => {
  test('knows a plugin by its mark, not by its class', () => {
    expect(isPlugin(plugin('a'))).toBe(true)
    expect(isPlugin({ name: 'a', setup() {} })).toBe(false)
    expect(isPlugin(null)).toBe(false)
  })
})
