import { describe, expect, test } from 'bun:test'
import { constants, createZstdCompress } from 'node:zlib'
import fc from 'fast-check'
import { unpackZstd } from './zstd.ts'

/** Null, too, for what is refused by throwing. */
const unpack = (frame: Uint8Array, rawBytes: number): Buffer | null => {
  try {
    return unpackZstd(Buffer.from(frame), rawBytes)
  } catch {
    return null
  }
}

/** A frame that does not say how much it unpacks to, or carries a checksum. */
async function streamed(raw: Uint8Array, checksum: boolean, size?: number): Promise<Buffer> {
  const stream = createZstdCompress({
    params: { [constants.ZSTD_c_checksumFlag]: checksum ? 1 : 0 },
    ...(size !== undefined && { pledgedSrcSize: size }),
  })
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve) => stream.on('end', resolve))
  stream.end(raw)
  await ended
  return Buffer.concat(chunks)
}

describe('unpackZstd', () => {
  test('unpacks frames of every size and level', () => {
    for (const size of [0, 1, 255, 256, 257, 65_791, 65_792, 131_072, 131_073, 1_000_000]) {
      for (const level of [1, 3, 19]) {
        const raw = Buffer.from(Array.from({ length: size }, (_, i) => (i * i) >> 3))
        expect(unpack(Bun.zstdCompressSync(raw, { level }), size)?.equals(raw)).toBe(true)
      }
    }
    const noise = crypto.getRandomValues(Buffer.alloc(65_536))
    expect(unpack(Bun.zstdCompressSync(noise, { level: 1 }), noise.length)?.equals(noise)).toBe(true)
    const zeros = Buffer.alloc(5_000_000)
    expect(unpack(Bun.zstdCompressSync(zeros, { level: 1 }), zeros.length)?.equals(zeros)).toBe(true)
  })

  test('refuses a frame of another size than was declared', () => {
    const frame = Bun.zstdCompressSync(Buffer.alloc(3000, 'ab'), { level: 1 })
    for (const size of [0, 1, 2999, 3001, 100_000_000]) expect(unpack(frame, size)).toBeNull()
  })

  test('refuses what has something behind its frame, another frame above all', () => {
    const frame = Bun.zstdCompressSync(Buffer.alloc(3000, 'ab'), { level: 1 })
    const bomb = Bun.zstdCompressSync(Buffer.alloc(50_000_000), { level: 1 })
    expect(unpack(Buffer.concat([frame, bomb]), 3000)).toBeNull()
    expect(unpack(Buffer.concat([frame, Buffer.alloc(1)]), 3000)).toBeNull()
    expect(unpack(Buffer.concat([frame, Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])]), 3000)).toBeNull()
  })

  test('refuses a frame that does not say its size', async () => {
    expect(unpack(await streamed(Buffer.alloc(200_000), false), 200_000)).toBeNull()
  })

  test('heeds the checksum of a frame that has one', async () => {
    const raw = Buffer.alloc(5000, 'abc')
    const frame = await streamed(raw, true, raw.length)
    expect(unpack(frame, raw.length)?.equals(raw)).toBe(true)
    frame[frame.length - 1] = (frame.at(-1) as number) ^ 1
    expect(unpack(frame, raw.length)).toBeNull()
  })

  test('refuses a size that so few blocks cannot hold, without making room for it', () => {
    // Single segment, a size of 4 bytes; one last RLE block of one byte.
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0x0b, 0, 0, 0x61])
    frame.writeUInt32LE(90_000_000, 5)
    expect(unpack(frame, 90_000_000)).toBeNull()
    frame.writeUInt32LE(1, 5)
    expect(unpack(frame, 1)?.toString()).toBe('a')
  })

  test('gives just what was declared, or nothing, for any bytes at all', () => {
    const frame = Bun.zstdCompressSync(Buffer.from(JSON.stringify(Array(300).fill('contraction'))), {
      level: 1,
    })
    const size = Bun.zstdDecompressSync(frame).length
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(20),
        (changes, cut) => {
          const changed = Buffer.from(frame)
          for (const [at, byte] of changes) changed[at] = byte
          const raw = unpack(changed.subarray(0, changed.length - cut), size)
          expect(raw === null || raw.length === size).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
