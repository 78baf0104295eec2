/** An answer as bytes: a small head as JSON, then the body, which is sent as it stands. */

/** Headers that say how this one answer came about, and are said anew each time. */
const OWN = new Set([
  'cache-control',
  'date',
  'x-request-id',
  'x-cache',
  'age',
  'connection',
  'content-length',
])

const LENGTH_BYTES = 4

const decoder = new TextDecoder()

/** A strong tag: another one for every other body. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
export const entityTag = (body: Uint8Array): string =>
  `"${new Bun.CryptoHasher('sha256').update(body).digest('hex').slice(0, 32)}"`

/** Packs the body of an answer of status 200 with its headers; an ETag is added where there is none. */
export function packResponse(body: Uint8Array, headers: Headers): Uint8Array {
  const kept = [...headers].filter(([name]) => !OWN.has(name))
  if (!headers.has('etag')) kept.push(['etag', entityTag(body)])
  const head = Buffer.from(JSON.stringify(kept))
  const packed = new Uint8Array(LENGTH_BYTES + head.byteLength + body.byteLength)
  new DataView(packed.buffer).setUint32(0, head.byteLength, true)
  packed.set(head, LENGTH_BYTES)
  packed.set(body, LENGTH_BYTES + head.byteLength)
  return packed
}

export interface UnpackedResponse {
  readonly headers: Headers
  readonly etag: string
  /** A view of the packed bytes. */
  readonly body: Uint8Array
}

/** @throws for bytes that {@link packResponse} did not make */
export function unpackResponse(packed: Uint8Array): UnpackedResponse {
  const bodyAt =
    LENGTH_BYTES + new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0, true)
  if (bodyAt > packed.byteLength) throw new RangeError('the head is longer than the whole')
  const headers = new Headers(
    JSON.parse(decoder.decode(packed.subarray(LENGTH_BYTES, bodyAt))) as Array<[string, string]>,
  )
  const etag = headers.get('etag')
  if (etag === null) throw new RangeError('there is no ETag')
  return { headers, etag, body: packed.subarray(bodyAt) }
}

const opaque = (tag: string): string => tag.replace(/^W\//, '')

/**
 * Whether a client that sent `If-None-Match` has the answer already.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export const matchesTag = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.match(/"[^"]*"/g)?.some((tag) => tag === opaque(etag)) === true)
