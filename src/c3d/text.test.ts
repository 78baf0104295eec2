import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { decodeText, decodeTexts, findOddities, isUtf8 } from './text.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('texts', () => {
  test('end at the first NUL and before trailing spaces, and keep leading ones', () => {
    expect(decodeText(bytesOf(' --- '))).toBe(' ---')
    expect(decodeText(bytesOf('AB\0CD'))).toBe('AB')
    expect(decodeText(new Uint8Array(0))).toBe('')
  })

  test('are cut into their width, the last one as long as the bytes last', () => {
    expect(decodeTexts(bytesOf('ab cd ef'), 3)).toEqual(['ab', 'cd', 'ef'])
    expect(decodeTexts(bytesOf('ab'), 0)).toEqual([])
  })

  test('are UTF-8 where they can be, else Windows-1252', () => {
    expect(decodeText(bytesOf('µV'))).toBe('µV')
    expect(decodeText(Uint8Array.from([0xb5, 0x56, 0x80]))).toBe('µV€')
  })

  test('never hold a control character, a byte order mark or a change of direction', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(decodeText(bytes)).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/u)
      }),
    )
  })
})

describe('oddities', () => {
  test('are looked for without decoding', () => {
    expect(findOddities(bytesOf('plain text'), 10)).toBeUndefined()
    expect(findOddities(bytesOf('a\0b\n'), 4)).toEqual({ encoding: false, control: true, nul: true })
    expect(findOddities(Uint8Array.from([0xb0]), 1)).toEqual({ encoding: true, control: false, nul: false })
  })

  test('bytes after a NUL are padding, whatever they are', () => {
    expect(findOddities(Uint8Array.from([65, 0, 0xff]), 3)).toEqual({
      encoding: false,
      control: false,
      nul: true,
    })
  })

  test('a letter cut by the end of its field is not UTF-8', () => {
    expect(findOddities(bytesOf('aµ'), 2)?.encoding).toBe(true)
  })
})

test('UTF-8 is what the platform says it is', () => {
  const strict = new TextDecoder('utf-8', { fatal: true })
  const decodes = (bytes: Uint8Array) => {
    try {
      strict.decode(bytes)
      return true
    } catch {
      return false
    }
  }
  const telling = fc.constantFrom(
    0x41,
    0x7f,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc0,
    0xc1,
    0xc2,
    0xdf,
    0xe0,
    0xed,
    0xef,
    0xf0,
    0xf4,
    0xf5,
    0xff,
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(telling, fc.nat(255)), { maxLength: 6 }), (list) => {
      const bytes = Uint8Array.from(list)
      expect(isUtf8(bytes)).toBe(decodes(bytes))
    }),
    { numRuns: 5000 },
  )
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => isUtf8(bytesOf(text))))
})
