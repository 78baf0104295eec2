import { expect, test } from 'bun:test'
import { deepFreeze } from './freeze.ts'

const series = (length: number) => Array.from({ length }, (_, i) => (i % 7 === 0 ? null : i / 3))

test('objects and arrays are frozen, however deep', () => {
  const value = deepFreeze({ a: [{ b: [1, null, 'x'] }], c: series(100) })
  for (const each of [value, value.a, value.a[0], value.a[0]?.b, value.c]) {
    expect(Object.isFrozen(each)).toBe(true)
  }
})

test('bytes and long arrays of numbers stay as they are, what holds them is frozen', () => {
  const value = deepFreeze({ bytes: new Uint8Array(4), long: series(101) })
  expect(Object.isFrozen(value)).toBe(true)
  expect(Object.isFrozen(value.long)).toBe(false)
})

test('long arrays of anything else are frozen with what is in them', () => {
  const list = deepFreeze(Array.from({ length: 200 }, (_, id) => (id === 199 ? { id } : id)))
  expect(Object.isFrozen(list)).toBe(true)
  expect(Object.isFrozen(list[199])).toBe(true)
  expect(Object.isFrozen(deepFreeze(Array<string>(200).fill('x')))).toBe(true)
})
