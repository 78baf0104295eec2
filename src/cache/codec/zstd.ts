/** Unpacks one zstd frame into no more than was declared: https://www.rfc-editor.org/rfc/rfc8878#section-3.1 */

const MAGIC = 0xfd2fb528
/** No block unpacks to more (§3.1.1.2.4). */
const BLOCK_BYTES = 128 * 1024
const RLE = 1
const RESERVED = 3

const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const

/** The Frame_Content_Size of §3.1.1.1.4. */
function readContentSize(frame: Buffer, at: number, bytes: number): number {
  if (bytes === 1) return frame.readUInt8(at)
  if (bytes === 2) return frame.readUInt16LE(at) + 256
  if (bytes === 4) return frame.readUInt32LE(at)
  return Number(frame.readBigUInt64LE(at))
}

/**
 * Whether these bytes are one whole frame that declares to unpack to `rawBytes`, with nothing behind it, in blocks that
 * can hold as much. A decoder then writes no more than that.
 *
 * @throws {RangeError} when they end too soon
 */
function isFrameOf(frame: Buffer, rawBytes: number): boolean {
  if (frame.readUInt32LE(0) !== MAGIC) return false
  const descriptor = frame.readUInt8(4)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryBytes = DICTIONARY_ID_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3]
  const sizeBytes = CONTENT_SIZE_BYTES[(descriptor >> 6) as 0 | 1 | 2 | 3] || (isSingleSegment ? 1 : 0)
  const sizeAt = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes
  if (sizeBytes === 0 || readContentSize(frame, sizeAt, sizeBytes) !== rawBytes) return false
  let at = sizeAt + sizeBytes
  let isLast = false
  let blocks = 0
  while (!isLast) {
    const header = frame.readUIntLE(at, 3)
    const type = (header >> 1) & 3
    if (type === RESERVED) return false
    isLast = (header & 1) === 1
    at += 3 + (type === RLE ? 1 : header >> 3)
    blocks++
  }
  const end = at + (descriptor & 4 ? 4 : 0)
  return end === frame.byteLength && rawBytes <= blocks * BLOCK_BYTES
}

/**
 * Unpacks a frame.
 *
 * @returns null when it is not one frame of so many bytes
 * @throws when its blocks are corrupt
 */
export const unpackZstd = (frame: Buffer, rawBytes: number): Buffer | null =>
  isFrameOf(frame, rawBytes) ? Bun.zstdDecompressSync(frame) : null
