/** EMG analysis of a recording: contractions and amplitudes of each EMG channel. */
import * as v from 'valibot'
import { definePlugin, namespace, setting } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import { PRESET_NAMES, RecordingAnalysisSchema } from './analysis/index.ts'
import { analyzeCommand } from './commands/analyze.ts'
import { analysisRoutes } from './routes.ts'
import { createAnalyzer } from './service.ts'

export type { RecordingAnalysis } from './analysis/index.ts'
export type { Analyzer } from './service.ts'

/** Recordings that `serve` points at when it is ready. */
const LINKED_RECORDINGS = 3

export default definePlugin({
  name: 'emg-analyzer',
  version: '1.0.0',
  host: '^1',
  summary: 'Analyses the EMG channels of a recording',
  essential: true,
  needs: { recordings: c3dReader },
  config: v.object({
    preset: setting(v.picklist(PRESET_NAMES), 'clinical', {
      summary: 'Preset of an analysis that names none',
      allowed: PRESET_NAMES.join(' or '),
    }),
  }),
  caches: {
    analyses: namespace({
      key: 'c3d:{fileHash}:analysis:{inputs}',
      ttl: '24h',
      schema: RecordingAnalysisSchema,
    }),
  },
  permissions: ['analysis:read'],
  setup: ({ config, needs, caches }) => createAnalyzer(needs.recordings, caches.analyses, config.preset),
  routes: analysisRoutes,
  commands: (analyzer) => [analyzeCommand(analyzer)],
  async links({ recordings }) {
    const rows = await recordings.store.list(LINKED_RECORDINGS)
    return rows.map(({ id, fileName }) => ({
      label: `Analysis of ${fileName}`,
      path: `/api/recordings/${id}/analysis`,
    }))
  },
})
