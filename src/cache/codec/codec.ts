/** Entries as bytes, for shared tiers: a small header with the times, the rest of the meta as JSON, the key, the body, a checksum. */
import type { EntryMeta, StoredEntry } from '../entry.ts'
import { unpackZstd } from './zstd.ts'

/** Entries of another version are none; all versions say which they are at the same place. */
const VERSION = 3
/** Text that somebody else wrote has no character below there. */
const MOST_VERSIONS = 31

/*
 * 0  f64  createdAt
 * 8  u8   version
 * 9  u8   flags
 * 10 u32  bytes of the meta
 * 14 u32  bytes of the body before compression
 * 18 f64  freshUntil
 * 26 f64  keptUntil
 * 34      meta: JSON of [namespace, versions, inputs] in ASCII, so that it takes as many characters as bytes wherever it
 *         is read together with what follows; the key; the body
 * end     u32 CRC-32 of all before; all numbers little-endian
 *
 * The checksum stands behind what it covers since the CRC-32 of a text and its CRC-32 is always the same: it is checked
 * in one call, and nothing is cut out for it.
 */
const HEADER_BYTES = 34
const CHECKSUM_BYTES = 4
const INTACT = 0x2144df1c

const RAW = 1
const COMPRESSED = 2
const NEGATIVE = 4
/** Key and text body have no character beyond ASCII: as many bytes as characters, and decoded by copying. */
const ASCII = 8
const ALL_FLAGS = RAW | COMPRESSED | NEGATIVE | ASCII

/** Shorter bodies are not worth the call. */
const COMPRESS_FROM_BYTES = 4096

/**
 * A body that keeps more than this of its bytes is stored as it is. Random digits, of which results are full, keep two
 * fifths, and unpack at 1.6 GB/s: 12 µs for 20 kB, which takes longer than to fetch them whole from a server nearby.
 */
const WORTHWHILE = 1 / 3

/** Bytes a body may have when nothing else is said: 100 MB. */
export const MAX_BODY_BYTES = 100_000_000

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

const asciiJson = (value: unknown): string => JSON.stringify(value).replace(/[^\0-\x7f]/g, escapeUnit)

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
  const head = asciiJson([namespace, versions, inputs])
  const keyAt = HEADER_BYTES + head.length
  const keyBytes = Buffer.byteLength(key)
  const bodyAt = keyAt + keyBytes
  const raw = typeof body === 'string' ? Buffer.from(body) : body
  const isAscii = keyBytes === key.length && raw.byteLength === body.length
  const packed = compress(raw)
  const stored = packed ?? raw
  const end = bodyAt + stored.byteLength
  const bytes = Buffer.allocUnsafe(end + CHECKSUM_BYTES)
  bytes.writeDoubleLE(createdAt, 0)
  bytes[8] = VERSION
  bytes[9] =
    (typeof body === 'string' ? 0 : RAW) |
    (packed ? COMPRESSED : 0) |
    (negative ? NEGATIVE : 0) |
    (isAscii ? ASCII : 0)
  bytes.writeUInt32LE(head.length, 10)
  bytes.writeUInt32LE(raw.byteLength, 14)
  bytes.writeDoubleLE(freshUntil, 18)
  bytes.writeDoubleLE(keptUntil, 26)
  bytes.write(head, HEADER_BYTES, 'latin1')
  bytes.write(key, keyAt)
  bytes.set(stored, bodyAt)
  bytes.writeUInt32LE(Bun.hash.crc32(bytes.subarray(0, end)), end)
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
  readonly text: string
  readonly namespace: string
}

/** Heads by their text: parsing costs ten times as much as looking, and entries that share one are checked together. */
const heads = new Map<string, Head>()
const REMEMBERED_HEADS = 2000

/** The last head, which the next entry of a batch mostly has too. */
let lastHead: Head = { text: '', namespace: '', versions: {}, inputs: null }

/** @throws when it is no JSON */
function parseHead(text: string): Head | null {
  const known = heads.get(text)
  if (known) return known
  const parts: unknown = JSON.parse(text)
  if (!Array.isArray(parts) || parts.length !== 3) return null
  const [namespace, versions, inputs] = parts as readonly unknown[]
  if (typeof namespace !== 'string' || !isVersions(versions)) return null
  if (inputs !== null && typeof inputs !== 'string') return null
  // In memory of its own: a part of a text keeps all of that alive.
  const own = Buffer.from(text).toString()
  const head = { text: own, namespace, versions: Object.freeze(versions), inputs }
  if (heads.size >= REMEMBERED_HEADS) heads.clear()
  heads.set(head.text, head)
  return head
}

/** Larger ones are not held on to. */
const REMEMBERED_VIEW_BYTES = 1 << 20

let lastView = new DataView<ArrayBufferLike>(new ArrayBuffer(0))

/** The entries of a batch mostly lie in one piece of memory: a view of each would cost as much as its checksum. */
function viewOf(memory: ArrayBufferLike): DataView {
  if (lastView.buffer === memory) return lastView
  const view = new DataView(memory)
  if (memory.byteLength <= REMEMBERED_VIEW_BYTES) lastView = view
  return view
}

/** The head that begins at a place of a text. @throws when it is no JSON */
function headOf(text: string, at: number, length: number): Head | null {
  if (lastHead.text.length === length && text.startsWith(lastHead.text, at)) return lastHead
  const head = parseHead(text.slice(at, at + length))
  if (head !== null) lastHead = head
  return head
}

/** A body that is no plain text. @throws when it is compressed and corrupt */
function readBody(body: Buffer, flags: number, rawBytes: number): StoredEntry['body'] | null {
  if ((flags & COMPRESSED) === 0) return body.byteLength === rawBytes ? body : null
  const raw = unpackZstd(body, rawBytes)
  return raw !== null && (flags & RAW) === 0 ? raw.toString(flags & ASCII ? 'latin1' : 'utf8') : raw
}

/** A piece of memory that several entries lie in, as ASCII text. */
interface Piece {
  /** Where the text begins in the memory. */
  readonly from: number
  readonly text: string
}

function decodeIn(key: string, bytes: Buffer, piece: Piece | null, maxBodyBytes: number): StoredEntry | null {
  if (bytes.byteLength < HEADER_BYTES + CHECKSUM_BYTES || bytes[8] !== VERSION) return null
  const header = viewOf(bytes.buffer)
  const at = bytes.byteOffset
  const headBytes = header.getUint32(at + 10, true)
  const rawBytes = header.getUint32(at + 14, true)
  const end = bytes.byteLength - CHECKSUM_BYTES
  if (HEADER_BYTES + headBytes > end || rawBytes > maxBodyBytes) return null
  if (Bun.hash.crc32(bytes) !== INTACT) return null
  const flags = bytes[9] as number
  if (flags > ALL_FLAGS) return null
  const createdAt = header.getFloat64(at, true)
  const freshUntil = header.getFloat64(at + 18, true)
  const keptUntil = header.getFloat64(at + 26, true)
  if (!(Number.isFinite(createdAt) && Number.isFinite(freshUntil) && Number.isFinite(keptUntil))) return null
  try {
    const isAscii = (flags & ASCII) !== 0
    const bodyAt = HEADER_BYTES + headBytes + (isAscii ? key.length : Buffer.byteLength(key))
    const isPlain = (flags & (RAW | COMPRESSED)) === 0
    if (bodyAt > end || (isPlain && end - bodyAt !== rawBytes)) return null
    // Of plain text all is cut out of one: a call into the runtime costs more than to cut.
    const shared = isAscii && isPlain ? piece : null
    const text =
      shared?.text ?? bytes.toString(isAscii ? 'latin1' : 'utf8', HEADER_BYTES, isPlain ? end : bodyAt)
    const headAt = shared ? at - shared.from + HEADER_BYTES : 0
    if (!text.startsWith(key, headAt + headBytes)) return null
    const head = headOf(text, headAt, headBytes)
    const textAt = headAt + headBytes + key.length
    const body = isPlain
      ? text.slice(textAt, shared ? textAt + rawBytes : undefined)
      : readBody(bytes.subarray(bodyAt, end), flags, rawBytes)
    if (head === null || body === null) return null
    const { namespace, versions, inputs } = head
    const negative = (flags & NEGATIVE) !== 0
    return { key, namespace, meta: { createdAt, freshUntil, keptUntil, versions, inputs, negative }, body }
  } catch {
    // Well-formed by its checksum and yet unreadable: somebody else wrote it.
    return null
  }
}

/**
 * Whether another release of the program wrote this: it is none of ours to read, nor to remove while that release runs
 * beside this one.
 */
export function isOfOtherVersion(encoded: Uint8Array): boolean {
  const version = encoded[8] ?? 0
  const isLongEnough = encoded.byteLength >= HEADER_BYTES + CHECKSUM_BYTES
  return isLongEnough && version !== VERSION && version > 0 && version <= MOST_VERSIONS
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
export const decodeEntry = (
  key: string,
  encoded: Uint8Array,
  maxBodyBytes = MAX_BODY_BYTES,
): StoredEntry | null =>
  decodeIn(
    key,
    Buffer.isBuffer(encoded) ? encoded : Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength),
    null,
    maxBodyBytes,
  )

/** Pieces are no longer than what a socket gives at once. */
const PIECE_BYTES = 1 << 16

const isSmallText = (bytes: Buffer): boolean =>
  bytes.byteLength < COMPRESS_FROM_BYTES &&
  bytes[8] === VERSION &&
  ((bytes[9] as number) & (RAW | COMPRESSED | ASCII)) === ASCII

/** The piece of memory that small texts lie in from here on, one behind the other. @returns its end among them, too */
function pieceFrom(encoded: ReadonlyArray<Buffer | null>, first: number) {
  const { buffer: memory, byteOffset: from } = encoded[first] as Buffer
  let to = from
  let next = first
  for (; next < encoded.length; next++) {
    const bytes = encoded[next]
    if (!bytes) continue
    const end = bytes.byteOffset + bytes.byteLength
    if (bytes.buffer !== memory || bytes.byteOffset < to || end - from > PIECE_BYTES) break
    if (!isSmallText(bytes)) break
    to = end
  }
  if (next <= first + 1) return { next: first + 1, piece: null }
  return { next, piece: { from, text: Buffer.from(memory, from, to - from).toString('latin1') } }
}

/**
 * Decodes many as {@link decodeEntry} does each, for less: those that lie in one piece of memory, as the replies of one
 * read from a socket do, are made text together.
 *
 * Bodies of small text are parts of that text then. Who keeps them all keeps no more than came over the wire.
 *
 * @param encoded by the places of the keys; null where there is nothing
 */
export function decodeEntries(
  keys: readonly string[],
  encoded: ReadonlyArray<Buffer | null>,
  maxBodyBytes = MAX_BODY_BYTES,
): Array<StoredEntry | null> {
  const entries: Array<StoredEntry | null> = []
  let piece: Piece | null = null
  let next = 0
  for (let i = 0; i < keys.length; i++) {
    const bytes = encoded[i]
    if (bytes && i >= next) ({ piece, next } = pieceFrom(encoded, i))
    entries.push(bytes ? decodeIn(keys[i] as string, bytes, piece, maxBodyBytes) : null)
  }
  return entries
}
