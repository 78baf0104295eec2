/** Reports of sessions and recordings for people: one printable page each, the verdict on the signal first. */
import { definePlugin } from '../../src/sdk.ts'
import emgAnalyzer from '../emg-analyzer/index.ts'
import { reportRoutes } from './routes.ts'
import { createSessionReports, type SessionReports } from './service.ts'
import { type ReportTask, runReport, WRITE } from './task.ts'

export type { SessionReports }

export default definePlugin({
  name: 'session-report',
  version: '1.0.0',
  host: '^1',
  summary: 'Writes reports of sessions and recordings, to read and to print',
  needs: { analyzer: emgAnalyzer },
  permissions: [{ name: 'reports:read', summary: 'Read reports', roles: ['therapist'] }],
  setup({ needs: { analyzer }, workers }): SessionReports {
    const reports = createSessionReports(analyzer, workers)
    analyzer.useReport(reports.files)
    return reports
  },
  tasks: ({ analyzer }) => ({
    [WRITE]: (task) => runReport(task as ReportTask, analyzer.recordings.formats),
  }),
  routes: reportRoutes,
})
