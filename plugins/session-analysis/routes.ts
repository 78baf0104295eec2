/** `/api/sessions/{id}/analyses`: the analyses of a session as they were made. */
import * as v from 'valibot'
import { cutPage, PageLimit, Problem, pageOf, type Route, route } from '../../src/sdk.ts'
import { requireSession } from '../clinical-records/index.ts'
import { analysisFor, RecordingAnalysisSchema } from '../emg-analyzer/index.ts'
import type { SessionAnalysis } from './service.ts'
import type { StoredResultSummary } from './store.ts'

const id = v.pipe(v.string(), v.uuid())

const Summary = v.object({
  id,
  sessionId: id,
  recordingId: id,
  inputs: v.pipe(v.string(), v.description('Names everything that it depends on beside the bytes')),
  preset: v.string(),
  pipelineVersion: v.string(),
  completedAt: v.pipe(v.string(), v.isoTimestamp()),
})

const summaryOf = ({ completedAt, ...rest }: StoredResultSummary) => ({
  ...rest,
  completedAt: completedAt.toISOString(),
})

const params = v.object({ id: v.pipe(id, v.description('UUIDv7 of the therapy session')) })

export const resultRoutes = (service: SessionAnalysis): Route[] => [
  route({
    method: 'post',
    path: '/api/sessions/{id}/analysis',
    summary: 'Have the recording of a session analysed once more, and the result kept',
    policy: 'analyses:request',
    concerns: { session: 'id' },
    params,
    answers: {
      202: { description: 'It will be', schema: v.object({ jobId: id }) },
      404: { description: 'SESSION_NOT_FOUND, or NO_RECORDING: the session has none' },
    },
    async handle({ c, params: { id: sessionId } }) {
      const session = await requireSession(service.records.sessions, sessionId)
      if (session.recordingId === null)
        throw new Problem(404, 'NO_RECORDING', 'This session has no recording.')
      const jobId = await service.request(sessionId)
      return c.json({ jobId }, 202, { location: `/api/jobs/${jobId}` })
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions/{id}/analyses',
    summary: 'List the analyses of a session that were kept, newest first',
    policy: 'analyses:read',
    concerns: { session: 'id' },
    params,
    query: v.object({
      limit: PageLimit,
      cursor: v.optional(v.pipe(v.string(), v.uuid('expected a nextCursor'))),
    }),
    answers: {
      200: { description: 'A page', schema: pageOf(Summary) },
      404: { description: 'SESSION_NOT_FOUND' },
    },
    async handle({ params: { id: sessionId }, query: { limit, cursor } }) {
      await requireSession(service.records.sessions, sessionId)
      const rows = await service.results.list(sessionId, limit + 1, cursor)
      const { items, nextCursor } = cutPage(rows, limit, (row) => row.id)
      return { items: items.map(summaryOf), nextCursor }
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions/{id}/analyses/{analysisId}',
    summary: 'One analysis of a session, as it was made',
    policy: 'analyses:read',
    concerns: { session: 'id' },
    params: v.object({ ...params.entries, analysisId: id }),
    answers: {
      200: {
        description:
          'The analysis, with the parts that plugins had added; text that somebody has written is left out where pseudonymised data only is seen',
        schema: v.object({ ...Summary.entries, result: v.looseObject(RecordingAnalysisSchema.entries) }),
      },
      404: { description: 'ANALYSIS_NOT_FOUND' },
    },
    async handle({ viewer, params: { id: sessionId, analysisId } }) {
      const found = await service.results.find(sessionId, analysisId)
      if (!found) throw new Problem(404, 'ANALYSIS_NOT_FOUND', 'This session has no such analysis.')
      const { result, ...rest } = found
      return { ...summaryOf(rest), result: analysisFor(viewer, result) }
    },
  }),
]
