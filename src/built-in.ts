/** The plugins that come with the executable: the one place where the host names them. */
import * as analytics from '../plugins/analytics/index.ts'
import * as c3dReader from '../plugins/c3d-reader/index.ts'
import * as cacheMetrics from '../plugins/cache-metrics/index.ts'
import * as clinicalRecords from '../plugins/clinical-records/index.ts'
import * as edfReader from '../plugins/edf-reader/index.ts'
import * as emgAnalyzer from '../plugins/emg-analyzer/index.ts'
import * as exports from '../plugins/exports/index.ts'
import * as intake from '../plugins/intake/index.ts'
import * as jobQueue from '../plugins/job-queue/index.ts'
import * as mvcCascade from '../plugins/mvc-cascade/index.ts'
import * as performanceScoring from '../plugins/performance-scoring/index.ts'
import * as sessionAnalysis from '../plugins/session-analysis/index.ts'
import * as sessionReport from '../plugins/session-report/index.ts'
import * as signalViews from '../plugins/signal-views/index.ts'
import * as webhooks from '../plugins/webhooks/index.ts'
import type { Plugin } from './plugin/define.ts'

/** What each exports, for plugins that need it. */
export const builtInModules: ReadonlyArray<{ readonly default: Plugin }> = [
  c3dReader,
  edfReader,
  clinicalRecords,
  mvcCascade,
  emgAnalyzer,
  signalViews,
  exports,
  performanceScoring,
  sessionReport,
  sessionAnalysis,
  analytics,
  intake,
  webhooks,
  cacheMetrics,
  jobQueue,
]

export const builtInPlugins: readonly Plugin[] = builtInModules.map((module) => module.default)
