import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { StoredEntry } from '../entry.ts'
import { decodeEntries, decodeEntry, encodeEntry, isOfOtherVersion } from './codec.ts'

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

/** Seals bytes changed on purpose, as a writer of bad faith would: the checksum stands at the end. */
function seal(bytes: Uint8Array): Buffer {
  const buffer = Buffer.from(bytes)
  const end = buffer.byteLength - 4
  buffer.writeUInt32LE(Bun.hash.crc32(buffer.subarray(0, end)), end)
  return buffer
}

/** An entry of the key `k` by hand: plain text, with this meta. */
function forged(head: string, { key = 'k', body = '', keptUntil = 3, version = 3 } = {}): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(34), Buffer.from(head + key + body), Buffer.alloc(4)])
  bytes[8] = version
  bytes.writeUInt32LE(Buffer.byteLength(head), 10)
  bytes.writeUInt32LE(Buffer.byteLength(body), 14)
  bytes.writeDoubleLE(keptUntil, 26)
  return seal(bytes)
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
      fc.property(fc.uint8Array({ minLength: 38, maxLength: 400 }), (bytes) => {
        expect(decodeEntry('k', bytes)).toBeNull()
        bytes[8] = 3
        expect(decodeEntry('k', seal(bytes))).toBeNull()
      }),
    )
  })

  test('take a sealed entry only when its meta has the right shape', () => {
    const read = (head: string, keptUntil?: number) =>
      decodeEntry('k', forged(head, keptUntil === undefined ? {} : { keptUntil }))
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
      '["ü",{},null]',
    ]) {
      expect(read(text)).toBeNull()
    }
  })

  test('take a sealed entry only when the key in it is the one that was asked for', () => {
    expect(decodeEntry('k', forged('["n",{},null]', { body: '1' }))?.body).toBe('1')
    for (const key of ['', 'j', 'kk']) {
      expect(decodeEntry('k', forged('["n",{},null]', { key, body: '1' }))).toBeNull()
    }
    // The same bytes, but the border between key and body elsewhere.
    expect(decodeEntry('k', forged('["n",{},null]', { key: '', body: 'k1' }))).toBeNull()
    expect(decodeEntry('k1', forged('["n",{},null]', { key: 'k', body: '1' }))).toBeNull()
  })

  test('take no entry of another version, the second one among them', () => {
    for (const version of [0, 1, 2, 4]) {
      expect(decodeEntry('k', forged('["n",{},null]', { version }))).toBeNull()
    }
    // As the second version wrote it: its checksum came first.
    const old = Buffer.concat([Buffer.alloc(42), Buffer.from('["n",{},null]1')])
    old[8] = 2
    old.writeUInt32LE(13, 10)
    old.writeUInt32LE(1, 14)
    old.writeDoubleLE(Date.now() + 60_000, 34)
    old.writeBigUInt64LE(Bun.hash.xxHash64(old.subarray(8), Bun.hash.xxHash64('k')), 0)
    expect(decodeEntry('k', old)).toBeNull()
    expect(isOfOtherVersion(old)).toBe(true)
  })

  test('tell an entry of another version from one of this, and from what is none', () => {
    for (const version of [1, 2, 4]) {
      expect(isOfOtherVersion(forged('["n",{},null]', { version }))).toBe(true)
    }
    for (const none of [encodeEntry(entry('1')), Buffer.alloc(60), Buffer.alloc(20, 2)]) {
      expect(isOfOtherVersion(none)).toBe(false)
    }
    expect(isOfOtherVersion(Buffer.from('{"some":"text","that":"somebody","else":"wrote"}'))).toBe(false)
  })

  test('take no body larger than the caller allows', () => {
    const encoded = encodeEntry(entry('x'.repeat(5000)))
    expect(decodeEntry(entry('').key, encoded, 4999)).toBeNull()
    expect(decodeEntry(entry('').key, encoded, 5000)).not.toBeNull()
  })

  test('do not unpack more than the header declares, though the checksum fits', () => {
    const bomb = Bun.zstdCompressSync(new Uint8Array(64_000_000), { level: 1 })
    const small = encodeEntry(entry('x'.repeat(5000), 'k'))
    const bodyAt = 34 + Buffer.from(small).readUInt32LE(10) + 'k'.length
    const single = Buffer.concat([small.subarray(0, bodyAt), bomb, Buffer.alloc(4)])
    const appended = Buffer.concat([small.subarray(0, -4), bomb, Buffer.alloc(4)])
    const started = process.memoryUsage().rss
    expect(decodeEntry('k', seal(single))).toBeNull()
    expect(decodeEntry('k', seal(appended))).toBeNull()
    expect(process.memoryUsage().rss - started).toBeLessThan(32_000_000)
  })
})

describe('decodeEntries', () => {
  /** How an entry comes: as it was written, corrupt, of another key, or not at all. */
  const coming = fc.record({
    stored: anyEntry,
    how: fc.constantFrom('whole', 'whole', 'whole', 'spoilt', 'cut', 'of another key', 'nothing'),
    at: fc.nat(),
    /** Bytes between it and the one before, as replies have them; null: in memory of its own. */
    gap: fc.option(fc.nat({ max: 9 }), { nil: null, freq: 6 }),
  })

  function bytesOf({ stored, how, at }: { stored: StoredEntry; how: string; at: number }): Buffer | null {
    const bytes = Buffer.from(encodeEntry(stored))
    if (how === 'nothing') return null
    if (how === 'cut') return bytes.subarray(0, at % bytes.byteLength)
    if (how === 'spoilt') bytes[at % bytes.byteLength] = (bytes[at % bytes.byteLength] as number) ^ 0x55
    return bytes
  }

  test('give what decodeEntry gives of each, however the entries lie in memory', () => {
    fc.assert(
      fc.property(fc.array(coming, { maxLength: 12 }), fc.boolean(), (list, backwards) => {
        const keys = list.map(({ stored, how }) => (how === 'of another key' ? `${stored.key}!` : stored.key))
        const made = list.map(bytesOf)
        const places: number[] = []
        let end = 0
        for (const [i, bytes] of made.entries()) {
          end += list[i]?.gap ?? 0
          places.push(end)
          end += bytes?.byteLength ?? 0
        }
        const memory = Buffer.alloc(end, 0xfe)
        const encoded = made.map((bytes, i) => {
          if (bytes === null || list[i]?.gap === null) return bytes
          bytes.copy(memory, places[i])
          return memory.subarray(places[i], (places[i] as number) + bytes.byteLength)
        })
        if (backwards) for (const each of [keys, encoded]) each.reverse()
        const each = keys.map((key, i) => (encoded[i] ? decodeEntry(key, encoded[i]) : null))
        expect(decodeEntries(keys, encoded).map(plain)).toEqual(each.map(plain))
      }),
      { numRuns: 300 },
    )
  })

  test('read a body of ASCII and one of other text from the same memory', () => {
    const stored = ['"ascii"', '"ü 💪"', '"\\u0000"', '"last"'].map((body, i) => entry(body, `k${i}`))
    const parts = stored.map((each) => Buffer.from(encodeEntry(each)))
    const memory = Buffer.concat(parts)
    let end = 0
    const encoded = parts.map(({ byteLength }) => {
      end += byteLength
      return memory.subarray(end - byteLength, end)
    })
    const keys = stored.map(({ key }) => key)
    expect(decodeEntries(keys, encoded)).toEqual(stored)
  })
})
