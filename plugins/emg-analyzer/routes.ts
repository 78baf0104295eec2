/** `/api/recordings/{id}/analysis`, and the form of every answer with an analysis. */
import * as v from 'valibot'
import {
  type CacheRead,
  cacheHeaders,
  decimal,
  jsonBody,
  Problem,
  type Route,
  readJson,
  route,
  type Viewer,
} from '../../src/sdk.ts'
import { RecordingId, type RecordingRow, readProblem, requireRecording } from '../c3d-reader/index.ts'
import { BadParameters, RecordingAnalysisSchema, UnknownName } from './analysis/index.ts'
import { analysisFor, descriptionFor } from './pseudonymous.ts'
import { type AnalysisRequest, AnalysisRequestSchema, RATES } from './request.ts'
import type { Analyzer, StoredAnalysis } from './service.ts'

const params = v.object({ id: RecordingId })
const notFound = { description: 'There is no such recording' }
const unreadable = { description: 'The stored file cannot be read any more: the code says why' }
const unfinished = {
  503: {
    description:
      'PLUGIN_QUARANTINED: the plugin of its format or of the detector is not to be run; ANALYSIS_MEMORY; ANALYSIS_CRASH; PLUGINS_CHANGING',
  },
  504: { description: 'ANALYSIS_TIMEOUT' },
}
const badRequest = { description: 'BAD_PARAMETERS: the preset, a method, a metric or a value is none' }

/** The answer, with the parts that other plugins have added by the time it is asked for. */
export const answerSchema = ({ sections }: Analyzer) =>
  v.object({
    recording: v.pipe(
      v.record(v.string(), v.unknown()),
      v.description(
        'What the file says, as `myoserve inspect --json` prints it; for those who see no names, figures and labels of channels alone',
      ),
    ),
    ...RecordingAnalysisSchema.entries,
    ...Object.fromEntries(sections.list().map(({ id, schema }) => [id, schema])),
  })

/** @throws {Problem} 400 BAD_PARAMETERS, or what {@link readProblem} says of a recording that cannot be read */
export function badParameters(error: unknown): never {
  if (error instanceof BadParameters || error instanceof UnknownName) {
    throw new Problem(400, 'BAD_PARAMETERS', error.message)
  }
  return readProblem(error)
}

/** A weak tag would do; this one changes with every byte of the answer. */
const tagOf = (body: string): string =>
  `"${new Bun.CryptoHasher('sha256').update(body).digest('hex').slice(0, 32)}"`

/** Answers in JSON, with a tag to ask again by and how the cache served it. */
export function jsonAnswer(value: object, provenance: Omit<CacheRead<unknown>, 'value'>): Response {
  const body = JSON.stringify(value)
  return new Response(body, {
    headers: {
      ...cacheHeaders(provenance),
      'content-type': 'application/json',
      etag: tagOf(body),
      'cache-control': 'private, no-cache',
    },
  })
}

/** Answers an analysis, behind what the file says. */
export const analysisAnswer = (
  row: RecordingRow,
  { value, ...read }: StoredAnalysis,
  viewer: Viewer,
): Response =>
  jsonAnswer({ recording: descriptionFor(viewer, row.description), ...analysisFor(viewer, value) }, read)

async function answer(
  analyzer: Analyzer,
  id: string,
  request: AnalysisRequest,
  viewer: Viewer,
): Promise<Response> {
  const row = await requireRecording(analyzer.recordings.store, id)
  return analysisAnswer(row, await analyzer.analyzeStored(row, request).catch(badParameters), viewer)
}

export const analysisRoutes = (analyzer: Analyzer): Route[] => [
  route({
    method: 'get',
    path: '/api/recordings/{id}/analysis',
    summary: 'Analysis of the EMG channels of a recording',
    policy: 'analysis:read',
    concerns: { recording: 'id' },
    params,
    query: v.object({
      preset: v.optional(v.pipe(v.string(), v.description('Absent: the configured preset'))),
      rate: v.optional(
        v.pipe(
          decimal(RATES.least, RATES.most),
          v.description('Sampling rate in Hz, in place of the declared one'),
        ),
      ),
    }),
    get answers() {
      return {
        200: {
          description: 'The analysis; `X-Cache` says whether it was at hand, and where',
          schema: answerSchema(analyzer),
        },
        304: { description: 'The client has it already, by If-None-Match' },
        400: badRequest,
        404: notFound,
        422: unreadable,
        ...unfinished,
      }
    },
    handle: ({ viewer, params: { id }, query: { preset, rate } }) => {
      const request = {
        ...(preset === undefined ? {} : { preset }),
        ...(rate === undefined ? {} : { parameters: { rateOverride: rate } }),
      }
      return answer(analyzer, id, request, viewer)
    },
  }),
  route({
    method: 'post',
    path: '/api/recordings/{id}/analysis',
    summary: 'Analysis of a recording with other parameters, targets or channels; nothing is stored',
    policy: 'analysis:read',
    concerns: { recording: 'id' },
    params,
    body: jsonBody(AnalysisRequestSchema),
    get answers() {
      return {
        200: { description: 'The analysis', schema: answerSchema(analyzer) },
        400: badRequest,
        404: notFound,
        422: unreadable,
        ...unfinished,
      }
    },
    handle: async ({ c, viewer, params: { id } }) =>
      answer(analyzer, id, await readJson(c, AnalysisRequestSchema), viewer),
  }),
]
