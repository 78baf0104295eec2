/** Exports of recordings and sessions with their analyses, for other programs; pseudonymised, and entered in a history. */

import * as v from 'valibot'
import historyMigration from '../../drizzle/exports/0000_export_history.sql' with { type: 'text' }
import fullMigration from '../../drizzle/exports/0001_full_exports.sql' with { type: 'text' }
import { definePlugin, type RetentionRule } from '../../src/sdk.ts'
import clinicalRecords from '../clinical-records/index.ts'
import emgAnalyzer from '../emg-analyzer/index.ts'
import { exportCommand } from './command.ts'
import { eraseExports } from './erase.ts'
import { historyRetention, historyRule } from './history/retention.ts'
import { createExportHistory } from './history/store.ts'
import { exportRoutes, FULL } from './routes.ts'
import { createExports, type Exports } from './service.ts'
import { exportHistory } from './tables.ts'
import { type ExportTask, runExport, WRITE } from './task.ts'

export default definePlugin({
  name: 'exports',
  version: '1.0.0',
  host: '^1',
  summary: 'Exports recordings and sessions with their analyses, pseudonymised',
  // The history refers to recordings and sessions, in the database too.
  needs: { records: clinicalRecords, analyzer: emgAnalyzer },
  config: v.object({ retention: historyRetention }),
  tables: { exportHistory },
  migrations: [
    { id: '0000_export_history', sql: historyMigration },
    { id: '0001_full_exports', sql: fullMigration },
  ],
  permissions: [
    {
      name: 'exports:make',
      summary: 'Export recordings and sessions, pseudonymised',
      roles: ['therapist', 'researcher'],
    },
    { name: FULL, summary: 'Export with names, file names and notes', roles: ['therapist'] },
    { name: 'exports:read', summary: 'See what was exported', roles: ['therapist', 'researcher'] },
  ],
  setup: ({ config, needs, db, workers }): Exports & { readonly rule: RetentionRule } => ({
    ...createExports(needs.analyzer, createExportHistory(db, needs.analyzer.recordings.visibility), workers),
    rule: historyRule(config.retention),
  }),
  tasks: ({ analyzer }) => ({
    [WRITE]: (task) => runExport(task as ExportTask, analyzer.recordings.formats),
  }),
  routes: (exports) => exportRoutes(exports),
  erase: (_, patient, work) => eraseExports(patient, work),
  retention: ({ rule }) => [rule],
  commands: (exports) => [exportCommand(exports)],
})
