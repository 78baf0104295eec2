/** Where the essence of each kept analysis stands in PostgreSQL. It can be made anew at any time. */
import { json, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Summary } from './summaries/summary.ts'

export const analyticsSchema = pgSchema('analytics')

export const summaries = analyticsSchema.table(
  'summaries',
  {
    /**
     * Its foreign key, to session_analysis.analyses, is written in the migration by hand: drizzle-kit cannot load
     * another plugin.
     */
    analysisId: uuid('analysis_id').notNull(),
    /** Of the code that made it: another one makes its own. */
    version: text('version').notNull(),
    summary: json('summary').$type<Summary>().notNull(),
  },
  ({ analysisId, version }) => [primaryKey({ columns: [analysisId, version] })],
)
