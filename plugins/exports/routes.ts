/** `/api/recordings/{id}/export`, `/api/sessions/{id}/export`, and the history of both: `/api/exports`. */
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import * as v from 'valibot'
import {
  cutPage,
  decimal,
  matchesTag,
  Problem,
  pageOf,
  type Route,
  route,
  type Viewer,
} from '../../src/sdk.ts'
import { RecordingId, requireRecording } from '../c3d-reader/index.ts'
import { requireSession } from '../clinical-records/index.ts'
import { type AnalysisRequest, RATES } from '../emg-analyzer/index.ts'
import { FORMATS, TABLES } from './formats/index.ts'
import { ExportListQuery, ExportResource, exportResource } from './history/schema.ts'
import type { Exports, RecordedExport } from './service.ts'
import { IDENTITIES } from './tables.ts'
import { chooseExport, type ExportChoice, UnknownExport } from './write.ts'

/** The permission of exports that hold all that is known. */
export const FULL = 'exports:full'

const ExportQuery = v.object({
  format: v.pipe(
    v.picklist(FORMATS.map(({ id }) => id)),
    v.description(FORMATS.map(({ id, summary }) => `${id}: ${summary}`).join('. ')),
  ),
  table: v.optional(
    v.pipe(
      v.picklist(TABLES),
      v.description('Which table, of a format that holds one a file; absent: its usual one'),
    ),
  ),
  identity: v.optional(
    v.pipe(
      v.picklist(IDENTITIES),
      v.description(
        'pseudonymised: the patient’s code alone; full: with all that is known, for those with exports:full',
      ),
    ),
    'pseudonymised',
  ),
  preset: v.optional(v.pipe(v.string(), v.description('Absent: the configured preset'))),
  rate: v.optional(
    v.pipe(
      decimal(RATES.least, RATES.most),
      v.description('Sampling rate in Hz, in place of the declared one'),
    ),
  ),
})

type Query = v.InferOutput<typeof ExportQuery>

const answers = {
  200: { description: 'The file, with the media type of its format', mediaType: '*/*' },
  304: { description: 'The client has it already, by If-None-Match' },
  400: { description: 'BAD_PARAMETERS, UNKNOWN_TABLE or INVALID_REQUEST' },
  403: { description: 'FULL_EXPORT_REFUSED: full exports take the permission exports:full' },
  503: {
    description: 'EXPORT_MEMORY, EXPORT_CRASH, or PLUGIN_QUARANTINED: a plugin that is needed is set aside',
  },
  504: { description: 'EXPORT_TIMEOUT: it took too long' },
} as const

function choiceOf({ format, table, identity }: Query, viewer: Viewer): ExportChoice {
  if (identity === 'full' && (viewer.pseudonymous || !viewer.may(FULL))) {
    throw new Problem(
      403,
      'FULL_EXPORT_REFUSED',
      `Exports name patients by their codes; more takes the permission ${FULL}, and somebody who sees names.`,
    )
  }
  try {
    return chooseExport(format, table)
  } catch (error) {
    if (error instanceof UnknownExport) throw new Problem(400, 'UNKNOWN_TABLE', `${error.message}.`)
    throw error
  }
}

const requestOf = ({ preset, rate }: Query): AnalysisRequest => ({
  ...(preset === undefined ? {} : { preset }),
  ...(rate === undefined ? {} : { parameters: { rateOverride: rate } }),
})

function download(
  c: Context,
  { format }: ExportChoice,
  { id, name, bytes, sha256, content }: RecordedExport,
): Response {
  const etag = `"${sha256}"`
  const headers = { etag, 'cache-control': 'private, no-cache', 'x-export-id': id }
  if (matchesTag(c.req.header('if-none-match'), etag)) {
    content.destroy()
    return new Response(null, { status: 304, headers })
  }
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, {
    headers: {
      ...headers,
      'content-type': format.mediaType,
      'content-length': String(bytes),
      'content-disposition': `attachment; filename="${name}"`,
    },
  })
}

export const exportRoutes = (exports: Exports): Route[] => {
  const { recordings, records } = exports.analyzer
  return [
    route({
      method: 'get',
      path: '/api/recordings/{id}/export',
      summary: 'A recording with its analysis, for another program; the export is entered in the history',
      policy: 'exports:make',
      concerns: { recording: 'id' },
      params: v.object({ id: RecordingId }),
      query: ExportQuery,
      answers: {
        ...answers,
        404: { description: 'RECORDING_NOT_FOUND' },
        422: {
          description: 'FORMAT_CANNOT_HOLD, or the code of why the stored file cannot be read any more',
        },
      },
      async handle({ c, viewer, params: { id }, query }) {
        const choice = choiceOf(query, viewer)
        const row = await requireRecording(recordings.store, id)
        return download(
          c,
          choice,
          await exports.exportStored({
            row,
            session: null,
            choice,
            request: requestOf(query),
            identity: query.identity,
            by: viewer,
          }),
        )
      },
    }),
    route({
      method: 'get',
      path: '/api/sessions/{id}/export',
      summary: 'A therapy session with its recording and analysis; the export is entered in the history',
      policy: 'exports:make',
      concerns: { session: 'id' },
      params: v.object({ id: v.pipe(v.string(), v.uuid()) }),
      query: ExportQuery,
      answers: {
        ...answers,
        404: { description: 'SESSION_NOT_FOUND' },
        422: {
          description:
            'SESSION_WITHOUT_RECORDING, FORMAT_CANNOT_HOLD, or the code of why the stored file cannot be read any more',
        },
      },
      async handle({ c, viewer, params: { id }, query }) {
        const choice = choiceOf(query, viewer)
        const session = await requireSession(records.sessions, id)
        if (session.recordingId === null) {
          throw new Problem(422, 'SESSION_WITHOUT_RECORDING', 'The session has no recording to export.')
        }
        const row = await requireRecording(recordings.store, session.recordingId)
        return download(
          c,
          choice,
          await exports.exportStored({
            row,
            session,
            choice,
            request: requestOf(query),
            identity: query.identity,
            by: viewer,
          }),
        )
      },
    }),
    route({
      method: 'get',
      path: '/api/exports',
      summary: 'What was exported of the records that the viewer may see, newest first',
      policy: 'exports:read',
      concerns: 'filtered',
      query: ExportListQuery,
      answers: { 200: { description: 'A page', schema: pageOf(ExportResource) } },
      async handle({ viewer, query: { limit, ...filter } }) {
        const rows = await exports.history.list(limit + 1, filter, viewer)
        const { items, nextCursor } = cutPage(rows, limit, ({ id }) => id)
        return { items: items.map((each) => exportResource(each, viewer)), nextCursor }
      },
    }),
  ]
}
