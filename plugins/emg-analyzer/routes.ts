/** `/api/recordings/{id}/analysis`. */
import * as v from 'valibot'
import { cacheHeaders, decimal, type Route, route } from '../../src/sdk.ts'
import { RecordingId, requireRecording } from '../c3d-reader/index.ts'
import { MAX_RATE, MIN_RATE, PRESET_NAMES, RecordingAnalysisSchema } from './analysis/index.ts'
import type { Analyzer } from './service.ts'

export const analysisRoutes = (analyzer: Analyzer): Route[] => [
  route({
    method: 'get',
    path: '/api/recordings/{id}/analysis',
    summary: 'Analysis of the EMG channels of a recording',
    policy: 'analysis:read',
    params: v.object({ id: RecordingId }),
    query: v.object({
      preset: v.optional(v.pipe(v.picklist(PRESET_NAMES), v.description('Absent: the configured preset'))),
      rate: v.optional(
        v.pipe(
          decimal(MIN_RATE, MAX_RATE),
          v.description('Sampling rate in Hz, in place of the declared one'),
        ),
      ),
    }),
    answers: {
      200: {
        description: 'The analysis; `X-Cache` says whether it was at hand, and where',
        schema: v.object({
          recording: v.pipe(
            v.record(v.string(), v.unknown()),
            v.description('What the file says, as `myoserve inspect --json` prints it'),
          ),
          ...RecordingAnalysisSchema.entries,
        }),
      },
      304: { description: 'The client has it already, by If-None-Match' },
      404: { description: 'There is no such recording' },
    },
    async handle({ c, params, query }) {
      const row = await requireRecording(analyzer.recordings.store, params.id)
      const { value, inputs, ...provenance } = await analyzer.analyzeStored(row, analyzer.plan(query))
      const etag = `"${row.sha256.slice(0, 32)}-${inputs}"`
      return c.json({ recording: row.description, ...value }, 200, {
        ...cacheHeaders(provenance),
        etag,
        'cache-control': 'private, no-cache',
      })
    },
  }),
]
