/** What a message says: one of ours, or the event of a Supabase storage. */
import * as v from 'valibot'
import { Instant, Problem, printable } from '../../../src/sdk.ts'
import { PatientCode } from '../../clinical-records/index.ts'

const Size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
const Path = v.pipe(v.string(), v.minLength(1), v.maxLength(1024), printable)
const Bucket = v.pipe(v.string(), v.minLength(1), v.maxLength(255), printable)

/** A recording that can be fetched, as its sender announces it. */
const Announced = v.strictObject({
  url: v.pipe(
    v.optional(v.pipe(v.string(), v.maxLength(4096), v.url('expected a URL'))),
    v.description('Where it is fetched; or bucket and name'),
  ),
  bucket: v.optional(Bucket),
  name: v.pipe(v.optional(Path), v.description('Of the object in its bucket')),
  fileName: v.pipe(
    v.optional(Path),
    v.description(
      'Absent: the end of the URL, or the name; its folders may name the patient, as P001/gait.c3d',
    ),
  ),
  patientCode: v.pipe(v.optional(PatientCode), v.description('Absent: as the path of the file names one')),
  startedAt: v.pipe(v.optional(Instant), v.description('Absent: as the recording or its file’s name say')),
  sha256: v.pipe(
    v.optional(
      v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{64}$/, 'expected a SHA-256 in hex'), v.toLowerCase()),
    ),
    v.description('What is fetched has to have it'),
  ),
  size: v.pipe(v.optional(Size), v.description('Bytes; what is fetched has to have as many')),
})

/** A row of `storage.objects` of Supabase, as its database webhooks send it. */
const StorageEvent = v.object({
  type: v.string(),
  table: v.string(),
  schema: v.optional(v.string(), 'storage'),
  record: v.nullable(
    v.object({
      bucket_id: Bucket,
      name: Path,
      metadata: v.optional(v.nullable(v.object({ size: v.optional(Size) }))),
    }),
  ),
})

/** What the route declares under `body`. */
export const MessageBody = v.pipe(
  v.union([Announced, StorageEvent]),
  v.description('A recording that can be fetched, or an event of Supabase’s storage'),
)

/** Where an object is: by itself, or by its name in a bucket. */
export type ObjectPlace = { readonly url: string } | { readonly bucket: string; readonly name: string }

/** A recording to be fetched. */
export interface Announcement {
  readonly place: ObjectPlace
  /** Path of the file; null where the URL is to say it. */
  readonly path: string | null
  readonly patientCode?: string | undefined
  readonly startedAt?: Date | undefined
  readonly sha256?: string | undefined
  readonly size?: number | undefined
}

/** What is announced; or why a message is none of ours. */
export type Meaning = { readonly announcement: Announcement } | { readonly ignored: string }

function check<S extends v.GenericSchema>(schema: S, value: object): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const errors = result.issues.map((issue) => ({
    path: ['body', v.getDotPath(issue)].filter(Boolean).join('.'),
    message: issue.message,
  }))
  throw new Problem(400, 'INVALID_REQUEST', `${errors[0]?.path}: ${errors[0]?.message}`, { errors })
}

function parse(body: Uint8Array): object {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new Problem(400, 'BAD_JSON', 'The body is not JSON.')
  }
  // valibot takes a list for an object without entries.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Problem(400, 'INVALID_REQUEST', 'body: expected an object')
}

/** What of a storage is no news of a recording. */
export interface Recordings {
  /** Absent: those of all buckets. */
  readonly buckets: readonly string[] | undefined
  /** Ends of the names of files that are recordings, such as `.c3d`. */
  readonly extensions: readonly string[]
}

function meaningOfEvent(event: v.InferOutput<typeof StorageEvent>, recordings: Recordings): Meaning {
  const { type, table, schema, record } = event
  if (schema !== 'storage' || table !== 'objects') return { ignored: 'It is of another table.' }
  if (type !== 'INSERT' || !record) return { ignored: 'No object has been added.' }
  const { bucket_id: bucket, name, metadata } = record
  if (recordings.buckets && !recordings.buckets.includes(bucket)) {
    return { ignored: 'The bucket is not one of recordings.' }
  }
  const ending = name.toLowerCase()
  if (!recordings.extensions.some((extension) => ending.endsWith(extension))) {
    return { ignored: 'The object is no recording by its name.' }
  }
  return { announcement: { place: { bucket, name }, path: name, size: metadata?.size } }
}

/** @throws {Problem} 400 BAD_JSON, 400 INVALID_REQUEST naming what is wrong */
export function meaningOf(body: Uint8Array, recordings: Recordings): Meaning {
  const value = parse(body)
  if ('record' in value) return meaningOfEvent(check(StorageEvent, value), recordings)
  const { url, bucket, name, fileName, ...rest } = check(Announced, value)
  const path = fileName ?? name ?? null
  if (url !== undefined && bucket === undefined) return { announcement: { place: { url }, path, ...rest } }
  if (url === undefined && bucket !== undefined && name !== undefined) {
    return { announcement: { place: { bucket, name }, path, ...rest } }
  }
  const message = 'expected either url, or bucket and name'
  throw new Problem(400, 'INVALID_REQUEST', `body: ${message}`, { errors: [{ path: 'body', message }] })
}
