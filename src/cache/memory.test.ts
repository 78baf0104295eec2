import { expect, test } from 'bun:test'
import { createMemoryTier, type MemoryEntry } from './memory.ts'

const entryOf = (
  over: Partial<MemoryEntry>,
  versions: Readonly<Record<string, number>> = {},
): MemoryEntry => ({
  value: {},
  text: null,
  meta: { createdAt: 0, freshUntil: 1, keptUntil: 2, versions, inputs: null, negative: false },
  bytes: 1000,
  namespace: 'test',
  checkedAt: -1,
  ...over,
})

/** What a tier counts for one entry. */
function counted(entry: MemoryEntry, key = 'k'): number {
  const memory = createMemoryTier(1e6)
  memory.set(key, entry)
  return memory.bytes
}

test('bytes count as they are, and JSON as the objects that it becomes', () => {
  const bytes = counted(entryOf({ value: new Uint8Array(1000) }))
  expect(counted(entryOf({}))).toBe(bytes + 300)
  expect(counted(entryOf({ value: null, text: 'x'.repeat(1000) }))).toBe(bytes + 300)
})

test('tags of an entry of its own count, those that all entries have do not', () => {
  const common = { 'namespace:n': 1, '': 0, 'shape:s': 0 }
  const plain = counted(entryOf({}, common))
  expect(plain).toBe(counted(entryOf({})))
  expect(counted(entryOf({}, { ...common, 'session.updated:7': 0, 'patient.updated:P1': 2 }))).toBe(
    plain + 800,
  )
})

test('an entry over a quarter of the bound is not taken, and takes() says so', () => {
  const memory = createMemoryTier(20_000)
  expect(memory.takes(2700)).toBe(true)
  memory.set('k', entryOf({ bytes: 2700 }))
  expect(memory.count).toBe(1)
  expect(memory.takes(3500)).toBe(false)
  memory.set('l', entryOf({ bytes: 3500 }))
  expect([...memory.keys()]).toEqual(['k'])
})
