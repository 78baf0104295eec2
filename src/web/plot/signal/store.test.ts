import { describe, expect, test } from 'bun:test'
import type { Piece } from './piece.ts'
import { createStore } from './store.ts'

const pieceOf = (startMs: number, endMs: number, count: number, channel = 0): Piece => ({
  channel,
  kind: 'windows',
  startMs,
  endMs,
  stepMs: (endMs - startMs) / count,
  sampleMs: 1,
  low: new Float32Array(count),
  high: new Float32Array(count),
  gaps: [],
  reason: null,
})

describe('the store of pieces', () => {
  test('gives those of a picture and a channel, the finest first', () => {
    const store = createStore(1e6)
    const coarse = pieceOf(0, 1000, 10)
    const fine = pieceOf(0, 500, 100)
    store.put('raw', [coarse, pieceOf(0, 1000, 10, 1)])
    store.put('raw', [fine])
    store.put('envelope', [pieceOf(0, 1000, 20)])
    expect(store.of('raw', 0)).toEqual([fine, coarse])
    expect(store.of('envelope', 1)).toEqual([])
  })

  test('lets go of what a new one says as well, and as finely', () => {
    const store = createStore(1e6)
    store.put('raw', [pieceOf(100, 200, 10)])
    store.put('raw', [pieceOf(0, 300, 60)])
    expect(store.of('raw', 0)).toHaveLength(1)
    store.put('raw', [pieceOf(100, 200, 200)])
    expect(store.of('raw', 0)).toHaveLength(2)
  })

  test('lets go of what was not drawn for longest, and stays within its bytes', () => {
    const store = createStore(40_000)
    for (let i = 0; i < 100; i++) {
      store.put(`picture ${i}`, [pieceOf(0, 1000, 1000)])
      // Drawn all the time.
      store.of('picture 0', 0)
      expect(store.size()).toBeLessThanOrEqual(40_000)
    }
    expect(store.of('picture 0', 0)).toHaveLength(1)
    expect(store.of('picture 50', 0)).toHaveLength(0)
    expect(store.of('picture 99', 0)).toHaveLength(1)
  })

  test('keeps what came last, even where it is more than it may keep', () => {
    const store = createStore(10)
    store.put('raw', [pieceOf(0, 1000, 1000)])
    expect(store.of('raw', 0)).toHaveLength(1)
  })
})
