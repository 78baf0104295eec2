/** The plugins that come with the executable: the one place where the host names them. */
import c3dReader from '../plugins/c3d-reader/index.ts'
import cacheMetrics from '../plugins/cache-metrics/index.ts'
import clinicalRecords from '../plugins/clinical-records/index.ts'
import emgAnalyzer from '../plugins/emg-analyzer/index.ts'
import mvcCascade from '../plugins/mvc-cascade/index.ts'
import performanceScoring from '../plugins/performance-scoring/index.ts'
import type { Plugin } from './plugin/define.ts'

export const builtInPlugins: readonly Plugin[] = [
  c3dReader,
  clinicalRecords,
  mvcCascade,
  emgAnalyzer,
  performanceScoring,
  cacheMetrics,
]
