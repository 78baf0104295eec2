/** Scores: of counts that a client makes up, and of sessions. */
import * as v from 'valibot'
import { cacheHeaders, cutPage, jsonBody, pageOf, type Route, readJson, route } from '../../../src/sdk.ts'
import { requireSession } from '../../clinical-records/index.ts'
import { applied } from '../configurations/store.ts'
import { ScoreSchema, score } from '../score/index.ts'
import type { PerformanceScoring } from '../service.ts'
import { ScoreListQuery, SessionScoreResource, scoreResource, WhatIfBody } from './schema.ts'

const params = v.object({ id: v.pipe(v.string(), v.uuid(), v.description('UUIDv7 of the therapy session')) })
const notFound = { description: 'SESSION_NOT_FOUND' }

export const scoreRoutes = ({
  configurations,
  newestScores,
  records,
  resolve,
  scores,
  scoreSession,
}: PerformanceScoring): Route[] => [
  route({
    method: 'post',
    path: '/api/scoring/scores',
    summary: 'The score of given counts; nothing is stored',
    policy: 'scoring:read',
    concerns: 'nothing',
    body: jsonBody(WhatIfBody),
    answers: {
      200: { description: 'The score, every number with its calculation', schema: ScoreSchema },
      400: { description: 'The body is malformed' },
      404: { description: 'SCORING_CONFIGURATION_NOT_FOUND or SCORING_VERSION_NOT_FOUND' },
    },
    async handle({ c }) {
      const { configuration: choice, ...input } = await readJson(c, WhatIfBody)
      const configuration = choice
        ? applied(await configurations.require(choice.configurationId, choice.version))
        : (await resolve({})).configuration
      return score(input, configuration)
    },
  }),
  route({
    method: 'post',
    path: '/api/sessions/{id}/score',
    summary: 'Score a session from its record and its recording, and store the score',
    policy: 'scoring:write',
    concerns: { session: 'id' },
    params,
    answers: {
      201: { description: 'Scored and stored', schema: SessionScoreResource },
      200: { description: 'Nothing has changed: the newest score', schema: SessionScoreResource },
      404: notFound,
    },
    async handle({ c, params: { id } }) {
      const { row, created } = await scoreSession(await requireSession(records.sessions, id))
      return c.json(scoreResource(row), created ? 201 : 200)
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions/{id}/scores',
    summary: 'The scores of a session, newest first',
    policy: 'scoring:read',
    concerns: { session: 'id' },
    params,
    query: ScoreListQuery,
    answers: { 200: { description: 'A page', schema: pageOf(SessionScoreResource) }, 404: notFound },
    async handle({ c, params: { id }, query: { limit, cursor } }) {
      await requireSession(records.sessions, id)
      const newest = cursor === undefined ? await newestScores(id, limit + 1) : null
      if (newest) {
        const { value, ...provenance } = newest
        return c.json(
          cutPage(value, limit, (each) => each.id),
          200,
          cacheHeaders(provenance),
        )
      }
      const rows = await scores.ofSession(id, limit + 1, cursor)
      return cutPage(rows.map(scoreResource), limit, (each) => each.id)
    },
  }),
]
