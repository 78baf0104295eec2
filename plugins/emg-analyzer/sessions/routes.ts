/** `/api/sessions/{id}/analysis`, its contractions and its channels. */
import * as v from 'valibot'
import { type Route, route } from '../../../src/sdk.ts'
import { analysisFor } from '../pseudonymous.ts'
import { analysisAnswer, answerSchema, jsonAnswer } from '../routes.ts'
import type { Analyzer } from '../service.ts'
import { SessionChannelSchema, SessionContractionsSchema, SessionId } from './schema.ts'

const params = v.object({ id: SessionId })
const notFound = { description: 'SESSION_NOT_FOUND, or NO_RECORDING: the session has none' }
const unchanged = { description: 'The client has it already, by If-None-Match' }

const ChannelIndex = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'expected the place of a channel in the file, from 0'),
  v.transform(Number),
)

export const sessionRoutes = (analyzer: Analyzer): Route[] => [
  route({
    method: 'get',
    path: '/api/sessions/{id}/analysis',
    summary: 'Analysis of the recording of a therapy session, by the configured preset',
    policy: 'analysis:read',
    concerns: { session: 'id' },
    params,
    get answers() {
      return {
        200: {
          description: 'The analysis; `X-Cache` says whether it was at hand, and where',
          schema: answerSchema(analyzer),
        },
        304: unchanged,
        404: notFound,
      }
    },
    async handle({ viewer, params: { id } }) {
      const { row, stored } = await analyzer.sessions.analysis(id)
      return analysisAnswer(row, stored, viewer)
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions/{id}/contractions',
    summary: 'Contractions of each channel of a therapy session, with what they were held against',
    policy: 'analysis:read',
    concerns: { session: 'id' },
    params,
    answers: {
      200: { description: 'The contractions', schema: SessionContractionsSchema },
      304: unchanged,
      404: notFound,
    },
    async handle({ viewer, params: { id } }) {
      const { value, ...provenance } = await analyzer.sessions.contractions(id)
      return jsonAnswer(analysisFor(viewer, value), provenance)
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions/{id}/channels/{channel}',
    summary: 'Analysis of one channel of a therapy session, by its place in the file',
    policy: 'analysis:read',
    concerns: { session: 'id' },
    params: v.object({ id: SessionId, channel: ChannelIndex }),
    answers: {
      200: { description: 'The analysis of the channel', schema: SessionChannelSchema },
      304: unchanged,
      404: { description: `${notFound.description}, or CHANNEL_NOT_ANALYSED with why` },
    },
    async handle({ viewer, params: { id, channel } }) {
      const { value, ...provenance } = await analyzer.sessions.channel(id, channel)
      return jsonAnswer(analysisFor(viewer, value), provenance)
    },
  }),
]
