/**
 * A JSON head before numbers: 4 bytes that name the kind, the length of the head in bytes as a little-endian uint32, the
 * head in UTF-8, filled up with spaces so that the numbers begin at a multiple of 8, and the numbers.
 */
const ALIGNMENT = 8
const PRELUDE = 8

const utf8 = new TextEncoder()

/** @param kind 4 ASCII characters */
export function pack(
  kind: string,
  head: object,
  parts: ReadonlyArray<Float64Array | Float32Array>,
): Uint8Array<ArrayBuffer> {
  const text = utf8.encode(JSON.stringify(head))
  const headLength = Math.ceil((PRELUDE + text.length) / ALIGNMENT) * ALIGNMENT - PRELUDE
  const size = parts.reduce((sum, { byteLength }) => sum + byteLength, PRELUDE + headLength)
  const bytes = new Uint8Array(size)
  bytes.set(utf8.encode(kind))
  new DataView(bytes.buffer).setUint32(4, headLength, true)
  bytes.fill(0x20, PRELUDE, PRELUDE + headLength)
  bytes.set(text, PRELUDE)
  let at = PRELUDE + headLength
  for (const part of parts) {
    // Every platform that the program is made for is little-endian.
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  return bytes
}

export interface Unpacked {
  readonly head: unknown
  /** What follows the head, at a multiple of 8 of its buffer. */
  readonly body: Uint8Array
}

/** @throws {RangeError | SyntaxError} for bytes that {@link pack} did not make of this kind */
export function unpack(kind: string, bytes: Uint8Array): Unpacked {
  if (bytes.length < PRELUDE) throw new RangeError('it ends within its prelude')
  const aligned = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice()
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength)
  const decoder = new TextDecoder()
  if (decoder.decode(aligned.subarray(0, 4)) !== kind) throw new RangeError(`it is not of the kind ${kind}`)
  const bodyAt = PRELUDE + view.getUint32(4, true)
  if (bodyAt > aligned.length || bodyAt % ALIGNMENT !== 0)
    throw new RangeError('its head is not as long as it says')
  return {
    head: JSON.parse(decoder.decode(aligned.subarray(PRELUDE, bodyAt))),
    body: aligned.subarray(bodyAt),
  }
}
