/** What many sessions say together: the trend of a patient, the figures of a day. */
import * as v from 'valibot'
import migration from '../../drizzle/analytics/0000_summaries.sql' with { type: 'text' }
import { definePlugin, namespace, on } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import clinicalRecords from '../clinical-records/index.ts'
import mvcCascade from '../mvc-cascade/index.ts'
import performanceScoring from '../performance-scoring/index.ts'
import sessionAnalysis, { analysisCompleted } from '../session-analysis/index.ts'
import { DailySchema } from './daily/daily.ts'
import { analyticsRoutes } from './routes.ts'
import { type Analytics, createAnalytics, TREND_TAGS } from './service.ts'
import { createSummaryStore } from './summaries/store.ts'
import type { Summary } from './summaries/summary.ts'
import { summaries } from './tables.ts'
import { TrendSchema, TrendScore } from './trend/schema.ts'

export type { Daily } from './daily/daily.ts'
export type { Analytics } from './service.ts'
export type { Trend } from './trend/schema.ts'

export default definePlugin({
  name: 'analytics',
  version: '1.0.0',
  host: '^1',
  summary: 'Shows trends of patients and figures of days',
  needs: {
    recordings: c3dReader,
    records: clinicalRecords,
    mvc: mvcCascade,
    scoring: performanceScoring,
    analyses: sessionAnalysis,
  },
  tables: { summaries },
  migrations: [{ id: '0000_summaries', sql: migration }],
  permissions: [
    { name: 'analytics:read', summary: 'Read trends and daily figures', roles: ['therapist', 'researcher'] },
  ],
  caches: {
    trend: namespace({
      key: 'patient:{patientCode}:performance_trends',
      ttl: '24h',
      tags: TREND_TAGS,
      personal: ['patientCode'],
      schema: TrendSchema,
    }),
    // What never changes is kept in the memory of each process: the tables are as near as another tier.
    summary: namespace({
      key: 'analysis:{analysisId}:summary',
      ttl: '24h',
      sharing: 'none',
      schema: v.custom<Summary | null>((value) => typeof value === 'object'),
    }),
    score: namespace({
      key: 'score:{scoreId}:trend',
      ttl: '24h',
      sharing: 'none',
      schema: v.nullable(TrendScore),
    }),
    // Beside these tags, an entry has those of the dates in UTC whose sessions and recordings it shows.
    daily: namespace({
      key: 'analytics:daily:{date}',
      ttl: '24h',
      tags: ['patients.changed'],
      schema: DailySchema,
    }),
  },
  // Made at once, so that nobody waits for it.
  on: [
    on(analysisCompleted, async ({ analysisId }, analytics: Analytics) => {
      await analytics.summaries.of([analysisId])
    }),
  ],
  setup: ({ db, caches, clock, needs: { recordings, records, mvc, scoring, analyses } }): Analytics =>
    createAnalytics({
      records,
      recordings,
      mvc,
      scoring,
      results: analyses.results,
      summaries: createSummaryStore(db, analyses.results),
      clock,
      caches,
    }),
  routes: analyticsRoutes,
})
