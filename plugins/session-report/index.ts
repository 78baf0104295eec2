/** Reports of sessions and recordings for people: one printable page each, the verdict on the signal first. */
import { definePlugin } from '../../src/sdk.ts'
import emgAnalyzer from '../emg-analyzer/index.ts'
import { reportRoutes } from './routes.ts'
import { createSessionReports, type SessionReports } from './service.ts'

export type { SessionReports }

export default definePlugin({
  name: 'session-report',
  version: '1.0.0',
  host: '^1',
  summary: 'Writes reports of sessions and recordings, to read and to print',
  needs: { analyzer: emgAnalyzer },
  permissions: ['reports:read'],
  setup({ needs: { analyzer } }): SessionReports {
    const reports = createSessionReports(analyzer)
    analyzer.useReport(reports.files)
    return reports
  },
  routes: reportRoutes,
})
