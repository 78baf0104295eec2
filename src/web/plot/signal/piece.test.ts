import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { pack } from '../../../../plugins/signal-views/wire/packed.ts'
import { readPieces, UnreadableSignals } from './piece.ts'

const headOf = (over: object = {}) => ({
  index: 3,
  unit: 'V',
  rate: 1000,
  samples: 10_000,
  kind: 'samples',
  startMs: 500,
  windowMs: 1,
  count: 3,
  reason: null,
  gaps: [],
  offset: 0,
  values: 3,
  ...over,
})

const packed = (channels: readonly object[], parts: readonly Float32Array[], version = 1): ArrayBuffer =>
  pack('MYOS', { version, channels }, [...parts]).slice().buffer

describe('an answer in bytes', () => {
  test('gives samples in µV', () => {
    const [piece] = readPieces(packed([headOf()], [Float32Array.of(1e-6, -2e-6, 5e-4)]))
    expect(Array.from(piece?.low ?? [], (each) => Math.round(each * 1000) / 1000)).toEqual([1, -2, 500])
    expect(piece?.high).toBe(piece?.low as Float32Array)
    expect(piece).toMatchObject({ channel: 3, startMs: 500, endMs: 503, stepMs: 1, sampleMs: 1 })
  })

  test('gives minima and maxima of windows, the last of which ends with the recording', () => {
    const head = headOf({ kind: 'windows', unit: 'N', startMs: 0, windowMs: 4000, values: 6 })
    const [piece] = readPieces(packed([head], [Float32Array.of(-1, -2, Number.NaN, 1, 2, Number.NaN)]))
    expect([...(piece?.low ?? [])]).toEqual([-1, -2, Number.NaN])
    expect([...(piece?.high ?? [])]).toEqual([1, 2, Number.NaN])
    expect(piece?.endMs).toBe(10_000)
  })

  test('gives the reason where there is no signal', () => {
    const [piece] = readPieces(packed([headOf({ reason: 'too slow', values: 0 })], []))
    expect(piece).toMatchObject({ reason: 'too slow', endMs: 503 })
    expect(piece?.low).toHaveLength(0)
  })

  test('is read back as it was packed by the server, channel by channel', () => {
    const values = fc.array(fc.float({ noNaN: false }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (channels) => {
        let offset = 0
        const heads = channels.map((each, index) => {
          const head = headOf({ index, unit: 'N', offset, values: each.length, count: each.length })
          offset += each.length
          return head
        })
        const pieces = readPieces(
          packed(
            heads,
            channels.map((each) => Float32Array.from(each)),
          ),
        )
        expect(pieces.map(({ low }) => [...low])).toEqual(channels)
      }),
    )
  })

  test('is refused where it is cut, of another kind or another version, and never read past its end', () => {
    const whole = packed([headOf()], [Float32Array.of(1, 2, 3)])
    fc.assert(
      fc.property(fc.nat(whole.byteLength - 1), (length) => {
        expect(() => readPieces(whole.slice(0, length))).toThrow()
      }),
    )
    expect(() => readPieces(packed([headOf()], [Float32Array.of(1, 2, 3)], 2))).toThrow(UnreadableSignals)
    expect(() => readPieces(new TextEncoder().encode('<!doctype html>').buffer)).toThrow(UnreadableSignals)
    expect(() => readPieces(packed([headOf({ values: 2 })], [Float32Array.of(1, 2, 3)]))).toThrow(
      UnreadableSignals,
    )
  })
})
