import { describe, expect, test } from 'bun:test'
import { type NamespaceCounters, namespaceRows, sorted } from './namespaces.ts'

const none = { p50: null, p95: null }
const counters = (namespace: string, memory: number, misses: number): NamespaceCounters => ({
  namespace,
  reads: memory + misses,
  hits: { memory, redis: 0, postgres: 0 },
  stale: 0,
  misses,
  hitRate: memory + misses > 0 ? memory / (memory + misses) : null,
  loads: misses,
  loadFailures: 0,
  failures: 0,
  savedMs: memory,
  refused: 0,
  fenced: 0,
  invalid: 0,
  bytesLoaded: 0,
  latencyMs: { memory: none, redis: none, postgres: none, load: none },
})

const names = (rows: readonly { namespace: string }[]) => rows.map(({ namespace }) => namespace)

describe('rows of namespaces', () => {
  test('say what has happened since an earlier answer', () => {
    const [row] = namespaceRows([counters('mvc', 19, 11)], [counters('mvc', 10, 10)])
    expect(row).toMatchObject({ reads: 10, misses: 1, hitRate: 0.9, memory: 9, savedMs: 9 })
  })

  test('have no hit rate where nothing was read since', () => {
    const [row] = namespaceRows([counters('mvc', 10, 10)], [counters('mvc', 10, 10)])
    expect(row).toMatchObject({ reads: 0, hitRate: null })
  })

  test('are whole where the server has begun to count anew, and where a namespace is new', () => {
    const rows = namespaceRows([counters('mvc', 1, 1), counters('grip', 3, 1)], [counters('mvc', 10, 10)])
    expect(rows.map(({ reads }) => reads)).toEqual([2, 4])
  })
})

describe('their order', () => {
  const rows = namespaceRows([
    counters('b', 0, 0),
    counters('a', 0, 0),
    counters('c', 1, 1),
    counters('d', 3, 1),
  ])

  test('is by the figure, and those without one stand last, up and down', () => {
    expect(names(sorted(rows, 'hitRate', true))).toEqual(['d', 'c', 'a', 'b'])
    expect(names(sorted(rows, 'hitRate', false))).toEqual(['c', 'd', 'a', 'b'])
  })

  test('is by name where figures are equal', () => {
    expect(names(sorted(rows, 'reads', true))).toEqual(['d', 'c', 'a', 'b'])
    expect(names(sorted(rows, 'namespace', true))).toEqual(['d', 'c', 'b', 'a'])
  })
})
