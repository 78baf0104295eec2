/** Entries as bytes, for shared tiers: a checksum, a small header with the times, the rest of the meta as JSON, the body. */
import type { EntryMeta, StoredEntry } from '../entry.ts'
import { unpackZstd } from './zstd.ts'

/** Entries of another version are none. */
const VERSION = 2

/*
 * 0  u64  xxHash64 of all that follows, seeded with the xxHash64 of the key
 * 8  u8   version
 * 9  u8   flags
 * 10 u32  bytes of the meta
 * 14 u32  bytes of the body before compression
 * 18 f64  createdAt
 * 26 f64  freshUntil
 * 34 f64  keptUntil
 * 42      meta: JSON of [namespace, versions, inputs]; then the body to the end; all numbers little-endian
 */
const HEADER_BYTES = 42
const CHECKSUM_BYTES = 8

const RAW = 1
const COMPRESSED = 2
const NEGATIVE = 4

/** Shorter bodies are not worth the call. */
const COMPRESS_FROM_BYTES = 4096

/** Samples of a signal hardly shrink: a body that keeps more than this of its bytes is stored as it is. */
const WORTHWHILE = 15 / 16

/** Bytes a body may have when nothing else is said: 100 MB. */
export const MAX_BODY_BYTES = 100_000_000

const checksum = (key: string, bytes: Uint8Array): bigint =>
  Bun.hash.xxHash64(bytes.subarray(CHECKSUM_BYTES), Bun.hash.xxHash64(key))

function compress(raw: Uint8Array): Uint8Array | null {
  if (raw.byteLength < COMPRESS_FROM_BYTES) return null
  const packed = Bun.zstdCompressSync(raw, { level: 1 })
  return packed.byteLength <= raw.byteLength * WORTHWHILE ? packed : null
}

/**
 * Encodes an entry for a shared tier. A text body must be well-formed Unicode, as JSON text always is.
 *
 * @throws {RangeError} when a time or a version is not finite, or a part has 4 GiB and more
 */
export function encodeEntry({ key, namespace, meta, body }: StoredEntry): Buffer {
  const { createdAt, freshUntil, keptUntil, versions, inputs, negative } = meta
  if (![createdAt, freshUntil, keptUntil, ...Object.values(versions)].every(Number.isFinite)) {
    throw new RangeError(`an entry of ${namespace} has a time or a version that is not finite`)
  }
  const metaBytes = Buffer.from(JSON.stringify([namespace, versions, inputs]))
  const raw = typeof body === 'string' ? Buffer.from(body) : body
  const packed = compress(raw)
  const stored = packed ?? raw
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + metaBytes.byteLength + stored.byteLength)
  bytes[8] = VERSION
  bytes[9] = (typeof body === 'string' ? 0 : RAW) | (packed ? COMPRESSED : 0) | (negative ? NEGATIVE : 0)
  bytes.writeUInt32LE(metaBytes.byteLength, 10)
  bytes.writeUInt32LE(raw.byteLength, 14)
  bytes.writeDoubleLE(createdAt, 18)
  bytes.writeDoubleLE(freshUntil, 26)
  bytes.writeDoubleLE(keptUntil, 34)
  bytes.set(metaBytes, HEADER_BYTES)
  bytes.set(stored, HEADER_BYTES + metaBytes.byteLength)
  bytes.writeBigUInt64LE(checksum(key, bytes), 0)
  return bytes
}

function isVersions(value: unknown): value is EntryMeta['versions'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const versions = value as Readonly<Record<string, unknown>>
  for (const tag in versions) if (typeof versions[tag] !== 'number') return false
  return true
}

/** What the entries of a batch mostly have in common. */
interface Head extends Pick<EntryMeta, 'versions' | 'inputs'> {
  readonly namespace: string
}

/** Heads by their text: those of one namespace are mostly the same, and looking costs a tenth of parsing. */
const heads = new Map<string, Head>()
const REMEMBERED_HEADS = 2000

function parseHead(text: string): Head | null {
  const known = heads.get(text)
  if (known) return known
  const parts: unknown = JSON.parse(text)
  if (!Array.isArray(parts) || parts.length !== 3) return null
  const [namespace, versions, inputs] = parts as readonly unknown[]
  if (typeof namespace !== 'string' || !isVersions(versions)) return null
  if (inputs !== null && typeof inputs !== 'string') return null
  const head = { namespace, versions: Object.freeze(versions), inputs }
  if (heads.size >= REMEMBERED_HEADS) heads.clear()
  heads.set(text, head)
  return head
}

/** @throws when a compressed body is corrupt */
function readBody(bytes: Buffer, at: number, flags: number, rawBytes: number): StoredEntry['body'] | null {
  if (flags & COMPRESSED) {
    const raw = unpackZstd(bytes.subarray(at), rawBytes)
    return raw !== null && (flags & RAW) === 0 ? raw.toString() : raw
  }
  if (bytes.byteLength - at !== rawBytes) return null
  return flags & RAW ? bytes.subarray(at) : bytes.toString('utf8', at)
}

/**
 * Decodes what {@link encodeEntry} made of the entry of this very key.
 *
 * @param maxBodyBytes a body that claims more is not looked at
 * @returns null for whatever is corrupt, cut short, of another version or another key, or too large
 * @example
 * decodeEntry('a', encodeEntry({ key: 'a', ... })) // the entry
 * decodeEntry('b', encodeEntry({ key: 'a', ... })) // null
 */
export function decodeEntry(
  key: string,
  encoded: Uint8Array,
  maxBodyBytes = MAX_BODY_BYTES,
): StoredEntry | null {
  if (encoded.byteLength < HEADER_BYTES || encoded[8] !== VERSION) return null
  const bytes = Buffer.isBuffer(encoded)
    ? encoded
    : Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  const bodyAt = HEADER_BYTES + bytes.readUInt32LE(10)
  const rawBytes = bytes.readUInt32LE(14)
  if (bodyAt > bytes.byteLength || rawBytes > maxBodyBytes) return null
  if (bytes.readBigUInt64LE(0) !== checksum(key, bytes)) return null
  const flags = bytes[9] as number
  if (flags > (RAW | COMPRESSED | NEGATIVE)) return null
  try {
    const head = parseHead(bytes.toString('utf8', HEADER_BYTES, bodyAt))
    const body = readBody(bytes, bodyAt, flags, rawBytes)
    if (head === null || body === null) return null
    const createdAt = bytes.readDoubleLE(18)
    const freshUntil = bytes.readDoubleLE(26)
    const keptUntil = bytes.readDoubleLE(34)
    if (!(Number.isFinite(createdAt) && Number.isFinite(freshUntil) && Number.isFinite(keptUntil)))
      return null
    const { namespace, versions, inputs } = head
    const negative = (flags & NEGATIVE) !== 0
    return { key, namespace, meta: { createdAt, freshUntil, keptUntil, versions, inputs, negative }, body }
  } catch {
    // Well-formed by its checksum and yet unreadable: somebody else wrote it.
    return null
  }
}
