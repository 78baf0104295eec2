/** Entries as rows of analytics_cache, and back. */
import type { StoredEntry } from '../entry.ts'

/** What the statement that writes takes of an entry. */
export interface RowInput {
  readonly key: string
  readonly namespace: string
  readonly format: 'json' | 'text' | 'bytes'
  /** Text as it is, bytes in base64. */
  readonly body: string
  readonly tags: StoredEntry['meta']['versions']
  readonly inputs: string | null
  readonly created: number
  readonly fresh: number
  readonly kept: number
  readonly negative: boolean
  readonly size: number
}

/** NUL, and half of a surrogate pair that may stand alone: jsonb refuses them. */
const NOT_FOR_JSONB = /\\u0000|\\u[dD][89a-fA-F]/

export function rowOf({ key, namespace, meta, body }: StoredEntry, size: number): RowInput {
  const text = typeof body === 'string'
  return {
    key,
    namespace,
    format: text ? (NOT_FOR_JSONB.test(body) ? 'text' : 'json') : 'bytes',
    body: text ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'),
    tags: meta.versions,
    inputs: meta.inputs,
    created: meta.createdAt,
    fresh: meta.freshUntil,
    kept: meta.keptUntil,
    negative: meta.negative,
    size,
  }
}

/** A row as it is read. */
export interface Row {
  readonly key: string
  /** All columns but those of the body, as JSON text; what the checksum covers first. */
  readonly head: string
  readonly value: string | null
  readonly bytes: Uint8Array | null
  readonly checksum: Uint8Array
}

type Head = readonly [
  key: string,
  namespace: string,
  format: RowInput['format'],
  tags: RowInput['tags'],
  inputs: string | null,
  created: number,
  fresh: number,
  kept: number,
  negative: boolean,
  size: number,
]

/** @returns null for a row that is not as it was written */
export function entryOf({ head, value, bytes, checksum }: Row): StoredEntry | null {
  const digest = new Bun.CryptoHasher('sha256').update(head)
  if (value !== null) digest.update(value)
  if (bytes !== null) digest.update(bytes)
  if (!digest.digest().equals(checksum)) return null
  // What the checksum vouches for is what the statement has built.
  const [key, namespace, format, versions, inputs, createdAt, freshUntil, keptUntil, negative] = JSON.parse(
    head,
  ) as Head
  const body = format === 'json' ? value : format === 'text' ? Buffer.from(bytes ?? []).toString() : bytes
  if (body === null) return null
  return { key, namespace, meta: { createdAt, freshUntil, keptUntil, versions, inputs, negative }, body }
}
