/** The tables of pg-boss, as a migration of the host: pg-boss itself changes nothing of its schema. */
import type { Migration } from './migrations.ts'

/** The PostgreSQL schema of pg-boss. */
export const QUEUE_SCHEMA = 'pgboss'

/** Finds a job by its id alone, and lists them by age: our ids are UUIDv7. */
const BY_ID = `create index job_by_id on ${QUEUE_SCHEMA}.job (id)`

/** What pg-boss begins and ends by itself is part of the migration's transaction here. */
const within = (script: string): string => script.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '')

/**
 * What the pinned release of pg-boss makes. A release with another schema is another migration beside this one, whose
 * text must then be kept: a test tells when it changes.
 */
export const queueMigration: Migration = {
  id: '0002_pg_boss_43',
  // Loaded when it is needed: most commands have no use for it.
  get sql() {
    const { getConstructionPlans } = require('pg-boss') as typeof import('pg-boss')
    return [within(getConstructionPlans(QUEUE_SCHEMA)), BY_ID].join('\n--> statement-breakpoint\n')
  },
}
