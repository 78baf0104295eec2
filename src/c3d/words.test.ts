import { describe, expect, test } from 'bun:test'
import { vaxToNumber } from './processor.ts'
import { nativeWords } from './words.ts'

const bytes = Uint8Array.from([0x80, 0x40, 0, 0, 0xff, 0x7f, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0x80, 0, 0])

describe('native words', () => {
  test('Intel data and DEC integers are viewed in place', () => {
    expect(nativeWords(bytes, 'float', 'intel').buffer).toBe(bytes.buffer)
    expect(nativeWords(bytes, 'int', 'intel').buffer).toBe(bytes.buffer)
    expect(nativeWords(bytes, 'int', 'dec').buffer).toBe(bytes.buffer)
  })

  test('an odd address, or another number format, means a copy', () => {
    expect(nativeWords(bytes.subarray(2, 10), 'float', 'intel').buffer).not.toBe(bytes.buffer)
    expect(nativeWords(bytes.subarray(1, 9), 'int', 'intel').buffer).not.toBe(bytes.buffer)
    const before = bytes.slice()
    for (const processor of ['dec', 'mips'] as const) nativeWords(bytes, 'float', processor)
    nativeWords(bytes, 'int', 'mips')
    expect(bytes).toEqual(before)
  })

  test('DEC floats are those of the scalar conversion, the largest and the smallest too', () => {
    const words = nativeWords(bytes, 'float', 'dec')
    expect([...words]).toEqual([1, Math.fround(vaxToNumber(0x7fff, 0xffff)), Math.fround(2 ** -128), 0])
  })

  test('MIPS words are swapped', () => {
    expect([...nativeWords(Uint8Array.from([0x42, 0x48, 0, 0]), 'float', 'mips')]).toEqual([50])
    expect([...nativeWords(Uint8Array.from([0xff, 0xfe, 0x12, 0x34]), 'int', 'mips')]).toEqual([-2, 0x1234])
  })

  test('bytes that make no whole word are left', () => {
    expect(nativeWords(bytes.subarray(0, 7), 'float', 'intel')).toHaveLength(1)
    expect(nativeWords(bytes.subarray(0, 7), 'int', 'mips')).toHaveLength(3)
  })
})
