import { describe, expect, test } from 'bun:test'
import { clippedColumns, railsOf } from './clipping.ts'
import type { PlotChannel } from './contract.ts'
import type { Piece } from './piece.ts'

const channel = (details: unknown): PlotChannel => ({
  index: 0,
  label: 'R VL',
  side: null,
  unit: 'mV',
  durationS: 1,
  contractions: [],
  quality: { clippedPercent: 1, checks: { clipping: { details } } },
})

const piece: Piece = {
  channel: 0,
  kind: 'samples',
  startMs: 0,
  endMs: 8,
  stepMs: 1,
  sampleMs: 1,
  low: Float32Array.of(0, 250, 250, 0, -250, 0, Number.NaN, 0),
  high: Float32Array.of(0, 250, 250, 0, -250, 0, Number.NaN, 0),
  gaps: [],
  reason: null,
}

describe('clipping', () => {
  test('is known by the rails that the analysis names, in µV', () => {
    expect(railsOf(channel({ samples: 9, lower: null, upper: 0.25 }))).toEqual({ lower: null, upper: 250 })
    for (const details of [undefined, null, 'x', { samples: 9 }, { lower: null, upper: null }])
      expect(railsOf(channel(details))).toBeNull()
  })

  test('is marked in the columns that reach a rail', () => {
    const stretches = [{ fromMs: 0, toMs: 8, piece }]
    const range = { fromMs: 0, toMs: 8 }
    expect(clippedColumns(stretches, { lower: -250, upper: 250 }, range, 8)).toEqual({
      above: [1, 2],
      below: [4],
    })
    expect(clippedColumns(stretches, { lower: null, upper: 250 }, range, 4)).toEqual({
      above: [0, 1],
      below: [],
    })
  })
})
