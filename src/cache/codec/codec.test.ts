import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { StoredEntry } from '../entry.ts'
import { decodeEntry, encodeEntry } from './codec.ts'

const meta = {
  createdAt: 1_750_000_000_000,
  freshUntil: 1_750_000_060_000,
  keptUntil: 1_750_000_120_000,
  versions: { 'session:7': 3 },
  inputs: 'sha256:abc',
  negative: false,
}
const entry = (body: StoredEntry['body'], key = 'myoserve:1:{7}:analysis'): StoredEntry => ({
  key,
  namespace: 'emg-analyzer.analyses',
  meta,
  body,
})

const time = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const anyEntry: fc.Arbitrary<StoredEntry> = fc.record({
  key: fc.string({ unit: 'grapheme', maxLength: 250 }),
  namespace: fc.string({ unit: 'grapheme' }),
  meta: fc.record({
    createdAt: time,
    freshUntil: time,
    keptUntil: time,
    negative: fc.boolean(),
    inputs: fc.option(fc.string({ unit: 'grapheme' })),
    versions: fc
      .dictionary(
        fc.string({ unit: 'grapheme' }).filter((tag) => tag !== '__proto__'),
        fc.nat(),
        { noNullPrototype: true },
      )
      .map((versions) => versions as Readonly<Record<string, number>>),
  }),
  body: fc.oneof(
    fc.json(),
    fc.json().map((text) => JSON.stringify(Array(40).fill(text))),
    fc.uint8Array({ maxLength: 4000 }),
    fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .map((some) => new Uint8Array(2000).fill(some[0] as number)),
  ),
})

/** Bytes compare by content, whether a Buffer or not. */
const plain = (read: StoredEntry | null) =>
  read && { ...read, body: typeof read.body === 'string' ? read.body : [...read.body] }

/** Seals bytes changed on purpose, as a writer of bad faith would. */
function seal(key: string, bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes)
  buffer.writeBigUInt64LE(Bun.hash.xxHash3(buffer.subarray(8), Bun.hash.xxHash3(key)), 0)
  return buffer
}

describe('encodeEntry and decodeEntry', () => {
  test('give back every entry as it was', () => {
    fc.assert(
      fc.property(anyEntry, (stored) => {
        expect(plain(decodeEntry(stored.key, encodeEntry(stored)))).toEqual(plain(stored))
      }),
    )
  })

  test('compress text above 4 KB, and only what gets smaller', () => {
    const text = JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ index: i })))
    const noise = crypto.getRandomValues(new Uint8Array(4096))
    expect(encodeEntry(entry(text)).byteLength).toBeLessThan(text.length / 2)
    expect(encodeEntry(entry(noise)).byteLength).toBeLessThan(noise.byteLength + 256)
    expect(encodeEntry(entry('x'.repeat(4000))).byteLength).toBeGreaterThan(4000)
  })

  test('refuse times that JSON cannot hold', () => {
    expect(() =>
      encodeEntry({ ...entry('1'), meta: { ...meta, keptUntil: Number.POSITIVE_INFINITY } }),
    ).toThrow(RangeError)
  })

  for (const [what, body] of [
    ['text', '{"a":[1,2,3]}'],
    ['compressed text', JSON.stringify(Array(300).fill('contraction'))],
    ['bytes', new Uint8Array([0, 1, 2, 255])],
  ] as const) {
    const encoded = encodeEntry(entry(body))

    test(`take no entry of ${what} in which any one byte is another`, () => {
      let survivors = 0
      for (let at = 0; at < encoded.byteLength; at++) {
        const changed = Uint8Array.from(encoded)
        for (let mask = 1; mask < 256; mask++) {
          changed[at] = (encoded[at] as number) ^ mask
          if (decodeEntry(entry(body).key, changed) !== null) survivors++
        }
      }
      expect(survivors).toBe(0)
    })

    test(`take no entry of ${what} that is cut short or has more behind`, () => {
      for (let length = 0; length < encoded.byteLength; length++) {
        expect(decodeEntry(entry(body).key, encoded.subarray(0, length))).toBeNull()
      }
      expect(decodeEntry(entry(body).key, Buffer.concat([encoded, Buffer.alloc(1)]))).toBeNull()
    })
  }

  test('take no entry of another key', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, other) => {
        fc.pre(key !== other)
        expect(decodeEntry(other, encodeEntry(entry('1', key)))).toBeNull()
      }),
    )
  })

  test('take nothing for arbitrary bytes, sealed or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 42, maxLength: 400 }), (bytes) => {
        expect(decodeEntry('k', bytes)).toBeNull()
        bytes[8] = 3
        expect(decodeEntry('k', seal('k', bytes))).toBeNull()
      }),
    )
  })

  test('take a sealed entry only when its meta has the right shape', () => {
    const read = (text: string, keptUntil = 3) => {
      const bytes = Buffer.concat([Buffer.alloc(42), Buffer.from(text)])
      bytes[8] = 3
      bytes.writeUInt32LE(text.length, 10)
      bytes.writeDoubleLE(keptUntil, 34)
      return decodeEntry('k', seal('k', bytes))
    }
    expect(read('["n",{},null]')).toMatchObject({ namespace: 'n', body: '', meta: { keptUntil: 3 } })
    expect(read('["n",{},null]', Number.NaN)).toBeNull()
    expect(read('["n",{},null]', Number.POSITIVE_INFINITY)).toBeNull()
    for (const text of [
      '{}',
      '[]',
      '["n",[],null]',
      '[7,{},null]',
      '["n",{},7]',
      '["n",{"t":"1"},null]',
      '["n",{},null,1]',
      '[1',
    ]) {
      expect(read(text)).toBeNull()
    }
  })

  test('take no entry of another version', () => {
    const bytes = encodeEntry(entry('1', 'k'))
    bytes[8] = 2
    expect(decodeEntry('k', seal('k', bytes))).toBeNull()
  })

  test('take no body larger than the caller allows', () => {
    const encoded = encodeEntry(entry('x'.repeat(5000)))
    expect(decodeEntry(entry('').key, encoded, 4999)).toBeNull()
    expect(decodeEntry(entry('').key, encoded, 5000)).not.toBeNull()
  })

  test('do not unpack more than the header declares, though the checksum fits', () => {
    const bomb = Bun.zstdCompressSync(new Uint8Array(64_000_000), { level: 1 })
    const small = encodeEntry(entry('x'.repeat(2000), 'k'))
    const bodyAt = 18 + Buffer.from(small).readUInt32LE(10)
    const single = Buffer.concat([small.subarray(0, bodyAt), bomb])
    const appended = Buffer.concat([small, bomb])
    const started = process.memoryUsage().rss
    expect(decodeEntry('k', seal('k', single))).toBeNull()
    expect(decodeEntry('k', seal('k', appended))).toBeNull()
    expect(process.memoryUsage().rss - started).toBeLessThan(32_000_000)
  })
})
