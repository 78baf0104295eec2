import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { numberToVax, readFloat, vaxToNumber, writeFloat } from './processor.ts'

/** Bytes of VAX F floats as the VAX Architecture Reference gives them. */
const VAX: [number, number[]][] = [
  [0, [0x00, 0x00, 0x00, 0x00]],
  [1, [0x80, 0x40, 0x00, 0x00]],
  [-1, [0x80, 0xc0, 0x00, 0x00]],
  [3.5, [0x60, 0x41, 0x00, 0x00]],
  [-3.5, [0x60, 0xc1, 0x00, 0x00]],
  [3.1415927410125732, [0x49, 0x41, 0xdb, 0x0f]],
  [1.7014117331926443e38, [0xff, 0x7f, 0xff, 0xff]],
  [2.938735877055719e-39, [0x80, 0x00, 0x00, 0x00]],
]

describe('DEC floats', () => {
  for (const [value, bytes] of VAX)
    test(`${value} is ${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`, () => {
      const view = new DataView(Uint8Array.from(bytes).buffer)
      expect(readFloat(view, 0, 'dec')).toBe(value)
      if (Math.abs(value) !== 2.938735877055719e-39 && Math.abs(value) < 1.7e38) {
        const written = new DataView(new ArrayBuffer(4))
        writeFloat(written, 0, value, 'dec')
        expect([...new Uint8Array(written.buffer)]).toEqual(bytes)
      }
    })

  test('every float32 between 1e-37 and 8e37 survives', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, min: Math.fround(1e-37), max: Math.fround(8e37) }),
        fc.boolean(),
        (size, minus) => {
          const value = minus ? -size : size
          const bits = numberToVax(value)
          expect(vaxToNumber(bits >>> 16, bits & 0xffff)).toBe(value)
        },
      ),
    )
  })

  test('exponent 0 is zero whatever the sign and fraction', () => {
    expect(vaxToNumber(0x8000, 0)).toBe(0)
    expect(vaxToNumber(0x007f, 0xffff)).toBe(0)
  })

  test('NaN, infinity and 1e38 have no DEC float, and what is too small is 0', () => {
    for (const value of [Number.NaN, Infinity, -Infinity, 1e39, 3e38])
      expect(() => numberToVax(value)).toThrow(RangeError)
    expect(numberToVax(1e-40)).toBe(0)
  })
})

test('Intel and MIPS floats are the two byte orders of IEEE', () => {
  const view = new DataView(new ArrayBuffer(4))
  writeFloat(view, 0, 50, 'intel')
  expect([...new Uint8Array(view.buffer)]).toEqual([0, 0, 0x48, 0x42])
  expect(readFloat(view, 0, 'intel')).toBe(50)
  writeFloat(view, 0, 50, 'mips')
  expect([...new Uint8Array(view.buffer)]).toEqual([0x42, 0x48, 0, 0])
  expect(readFloat(view, 0, 'mips')).toBe(50)
})
