/** `/api/recordings`: uploads, lists, and the stored files. */
import * as v from 'valibot'
import { BlobTooLarge, cacheHeaders, Problem, type Route, route } from '../../../src/sdk.ts'
import type { RecordingFormats as Formats } from '../formats.ts'
import { pseudonymousDescription, requireNames } from '../pseudonymous.ts'
import { readProblem } from '../recording.ts'
import { type CachedRecordings, METADATA_VERSION } from './cached.ts'
import {
  PageQuery,
  RecordingFormats,
  RecordingId,
  RecordingMetadata,
  RecordingPage,
  RecordingResource,
  type RecordingRow,
  resourceOf,
  summaryOf,
} from './schema.ts'
import type { RecordingStore } from './store.ts'
import { receiveUpload, UPLOAD_BODY } from './upload.ts'

/** What is answered where there is no such recording, and to whoever may not see the one there is. */
export const recordingMissing = (): Problem =>
  new Problem(404, 'RECORDING_NOT_FOUND', 'There is no recording with this id.')

/**
 * The recording of an id.
 *
 * @throws {Problem} 404 RECORDING_NOT_FOUND
 */
export async function requireRecording(store: RecordingStore, id: string): Promise<RecordingRow> {
  const row = await store.find(id)
  if (!row) throw recordingMissing()
  return row
}

/** What is wrong with an upload, to its client. @throws {Problem} 413 RECORDING_TOO_LARGE, or what {@link readProblem} says */
export function uploadProblem(error: unknown): never {
  if (error instanceof BlobTooLarge) {
    throw new Problem(413, 'RECORDING_TOO_LARGE', `A recording may have up to ${error.maxBytes} bytes.`)
  }
  return readProblem(error)
}

/** RFC 8187 leaves fewer characters bare than encodeURIComponent does. */
const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

const notFound = { description: 'There is no such recording' }

export const recordingRoutes = (store: CachedRecordings, formats: Formats): Route[] => [
  route({
    method: 'post',
    path: '/api/recordings',
    summary: 'Upload a recording',
    policy: 'recordings:write',
    // A recording that is there already is refused to whoever may not see its patient, while it is taken in.
    concerns: 'filtered',
    query: v.object({ fileName: v.optional(v.pipe(v.string(), v.maxLength(1024))) }),
    body: UPLOAD_BODY,
    answers: {
      201: { description: 'Stored, durably', schema: RecordingResource },
      200: {
        description: 'The same bytes are stored already: the existing recording',
        schema: RecordingResource,
      },
      400: { description: 'There is no file in the request' },
      409: { description: 'RECORDING_TAKEN: the same bytes are stored already, where they may not be used' },
      413: { description: 'RECORDING_TOO_LARGE' },
      422: { description: 'No recording that can be read: the code says why' },
      503: {
        description: 'PLUGIN_QUARANTINED: the plugin of its format is not to be run; READING_UNFINISHED',
      },
    },
    async handle({ c, query, viewer }) {
      const { row, created } = await receiveUpload(c.req.raw, query.fileName, (file) =>
        store.add({ ...file, by: viewer }),
      ).catch(uploadProblem)
      return c.json(resourceOf(row, viewer), created ? 201 : 200, { location: `/api/recordings/${row.id}` })
    },
  }),
  route({
    method: 'get',
    path: '/api/recordings',
    summary: 'List recordings, newest first',
    policy: 'recordings:read',
    concerns: 'filtered',
    query: PageQuery,
    answers: {
      200: { description: 'A page', schema: RecordingPage },
      403: { description: 'PSEUDONYMISED_ONLY: with `fileName`, which is left out of the answer too' },
    },
    async handle({ query: { limit, cursor, of, ...filter }, viewer }) {
      if (filter.fileName !== undefined) requireNames(viewer)
      const rows = await store.list(limit + 1, {
        ...filter,
        ofNobody: of === 'nobody',
        after: cursor,
        visibleTo: viewer,
      })
      const items = rows.slice(0, limit).map((row) => summaryOf(row, viewer))
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },
  }),
  route({
    method: 'get',
    path: '/api/recordings/{id}',
    summary: 'One recording, with everything its file says',
    policy: 'recordings:read',
    concerns: { recording: 'id' },
    params: v.object({ id: RecordingId }),
    answers: { 200: { description: 'The recording', schema: RecordingResource }, 404: notFound },
    cache: {
      ttl: '24h',
      tags: ({ params }) => [['recording.changed:{recordingId}', { recordingId: params.id }]],
    },
    handle: async ({ params, viewer }) => resourceOf(await requireRecording(store, params.id), viewer),
  }),
  route({
    method: 'get',
    path: '/api/recordings/{id}/metadata',
    summary: 'Everything the file says, with the statistics of each channel',
    policy: 'recordings:read',
    concerns: { recording: 'id' },
    params: v.object({ id: RecordingId }),
    answers: {
      200: {
        description: 'The description; `X-Cache` says whether it was at hand',
        schema: RecordingMetadata,
      },
      304: { description: 'The client has it already, by If-None-Match' },
      404: notFound,
      422: { description: 'The stored file cannot be read any more: the code says why' },
      503: {
        description: 'PLUGIN_QUARANTINED: the plugin of its format is not to be run; READING_UNFINISHED',
      },
    },
    async handle({ params, viewer: { pseudonymous } }) {
      const row = await requireRecording(store, params.id)
      const { value, ...provenance } = await store.metadata(row).catch(readProblem)
      const shown = pseudonymous ? JSON.stringify(pseudonymousDescription(JSON.parse(value))) : value
      return new Response(shown, {
        headers: {
          ...cacheHeaders(provenance),
          'content-type': 'application/json',
          // The same bytes give the same text, whichever recording they are asked for by.
          etag: `"${row.sha256}-${METADATA_VERSION}${pseudonymous ? '-pseudonymous' : ''}"`,
          'cache-control': 'private, no-cache',
        },
      })
    },
  }),
  route({
    method: 'get',
    path: '/api/recordings/{id}/file',
    summary: 'The file itself, byte for byte',
    policy: 'recordings:read',
    concerns: { recording: 'id' },
    params: v.object({ id: RecordingId }),
    answers: {
      200: { description: 'The bytes, with the media type of their format', mediaType: '*/*' },
      403: { description: 'PSEUDONYMISED_ONLY: a file may say who the patient is' },
      404: notFound,
    },
    async handle({ params, viewer }) {
      requireNames(viewer)
      const row = await requireRecording(store, params.id)
      return new Response(store.file(row), {
        headers: {
          'content-type': formats.mediaType(row.format),
          'content-disposition': `attachment; filename*=UTF-8''${encodeName(row.fileName)}`,
          etag: `"${row.sha256}"`,
        },
      })
    },
  }),
  route({
    method: 'get',
    path: '/api/system/recording-formats',
    summary: 'The formats that recordings may come in',
    policy: 'recordings:read',
    concerns: 'nothing',
    answers: { 200: { description: 'All of them, C3D first', schema: RecordingFormats } },
    handle: () => ({
      items: formats.list().map(({ id, summary, reference, mediaType, extensions }) => ({
        id,
        summary,
        reference,
        mediaType,
        extensions: [...extensions],
      })),
    }),
  }),
]
