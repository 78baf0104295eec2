import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import {
  type Draft,
  edgeAt,
  editOf,
  moveEdge,
  neighbour,
  placeOf,
  referred,
  removalOf,
  within,
} from './bands.ts'
import type { PlotChannel, PlotContraction } from './contract.ts'

const contraction = (startMs: number, endMs: number): PlotContraction => ({
  startMs,
  endMs,
  source: 'detected',
  meetsMvc: null,
  meetsDuration: null,
})

const [a, b, c] = [contraction(1000, 2000), contraction(3000, 4000), contraction(6000, 6500)] as const

const channel: PlotChannel = {
  index: 4,
  label: 'R VL',
  side: 'right',
  unit: 'V',
  durationS: 10,
  contractions: [a, b, c],
}

const draft = (over: Partial<Draft> = {}): Draft => ({
  channel: 4,
  startMs: 1000,
  endMs: 2000,
  was: a,
  edge: 'end',
  ...over,
})

describe('contractions', () => {
  test('in view are those that touch it', () => {
    expect(within(channel.contractions, { fromMs: 1500, toMs: 3500 })).toEqual([a, b])
    expect(within(channel.contractions, { fromMs: 2000, toMs: 3000 })).toEqual([])
    expect(within([], { fromMs: 0, toMs: 1 })).toEqual([])
  })

  test('in view are found by halves as they are one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 40 }), fc.nat(1000), fc.nat(500), (steps, from, span) => {
        let at = 0
        const all = steps.map((step) => {
          const one = contraction(at, at + step + 1)
          at += 2 * step + 1
          return one
        })
        const range = { fromMs: from, toMs: from + span + 1 }
        expect(within(all, range)).toEqual(
          all.filter(({ startMs, endMs }) => endMs > range.fromMs && startMs < range.toMs),
        )
      }),
    )
  })

  test('are found by channel and start, as a table may have rounded it', () => {
    expect(referred([channel], { channel: 4, startMs: 3000.2 })?.contraction).toBe(b)
    expect(referred([channel], { channel: 5, startMs: 3000 })).toBeUndefined()
    expect(referred([channel], null)).toBeUndefined()
  })

  test('are met at the nearest edge within reach', () => {
    expect(edgeAt(channel, 1990, 50)).toMatchObject({ contraction: a, edge: 'end' })
    expect(edgeAt(channel, 2980, 50)).toMatchObject({ contraction: b, edge: 'start' })
    expect(edgeAt(channel, 2500, 50)).toBeUndefined()
  })

  test('follow one another, and stay at the ends', () => {
    expect(neighbour(channel, a, 0, 1)).toBe(b)
    expect(neighbour(channel, c, 0, 1)).toBe(c)
    expect(neighbour(channel, a, 0, -1)).toBe(a)
    expect(neighbour(channel, undefined, 2500, 1)).toBe(b)
    expect(neighbour(channel, undefined, 2500, -1)).toBe(a)
    expect(neighbour({ ...channel, contractions: [] }, undefined, 0, 1)).toBeUndefined()
  })
})

describe('an edge that is moved', () => {
  test('stays in the recording, and does not pass the other one', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), fc.boolean(), (to, isStart) => {
        const moved = moveEdge(draft({ edge: isStart ? 'start' : 'end' }), to, 10_000)
        expect(moved.startMs).toBeGreaterThanOrEqual(0)
        expect(moved.endMs).toBeLessThanOrEqual(10_000)
        expect(moved.endMs - moved.startMs).toBeGreaterThanOrEqual(20)
        expect(isStart ? moved.endMs : moved.startMs).toBe(isStart ? 2000 : 1000)
      }),
    )
  })
})

describe('an edit', () => {
  test('moves a contraction that the server finds by its middle', () => {
    expect(editOf(draft({ endMs: 2200.04 }))).toEqual({
      kind: 'move',
      channel: 4,
      atMs: 1500,
      startMs: 1000,
      endMs: 2200,
    })
  })

  test('adds one, unless it is too short to be meant', () => {
    expect(editOf(draft({ was: null }))).toEqual({ kind: 'add', channel: 4, startMs: 1000, endMs: 2000 })
    expect(editOf(draft({ was: null, endMs: 1003 }))).toBeNull()
  })

  test('is none where nothing has changed', () => {
    expect(editOf(draft())).toBeNull()
  })

  test('removes by the middle', () => {
    expect(removalOf(4, b)).toEqual({ kind: 'remove', channel: 4, atMs: 3500 })
  })
})

test('a stretch has a place in the plot, cut at its edges', () => {
  expect(placeOf({ fromMs: 250, toMs: 500 }, { fromMs: 0, toMs: 1000 }, 800)).toEqual({
    left: 200,
    width: 200,
  })
  expect(placeOf({ fromMs: -100, toMs: 5000 }, { fromMs: 0, toMs: 1000 }, 800)).toEqual({
    left: 0,
    width: 800,
  })
})
