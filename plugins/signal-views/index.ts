/** Signals of a recording for drawing: raw or conditioned, as few values as a picture needs, and none that misleads. */
import * as v from 'valibot'
import { definePlugin, namespace } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import emgAnalyzer from '../emg-analyzer/index.ts'
import { CatalogueSchema } from './catalogue.ts'
import { isPackedLevel } from './decimation/level.ts'
import { signalRoutes } from './routes.ts'
import { createSignalViews } from './service.ts'

export { type Extremes, extremesOf } from './decimation/extremes.ts'
export { type MissingRun, mergeRuns, missingRuns } from './decimation/missing.ts'

export default definePlugin({
  name: 'signal-views',
  version: '1.0.0',
  host: '^1',
  summary: 'Serves signals for drawing, by the extremes of as many windows as are asked for',
  needs: { recordings: c3dReader, analyzer: emgAnalyzer },
  permissions: [
    { name: 'signals:read', summary: 'Read signals of recordings', roles: ['therapist', 'researcher'] },
  ],
  caches: {
    catalogue: namespace({
      key: 'signal:{fileHash}:catalogue',
      ttl: '24h',
      // It is read from the file about as fast as from a database.
      sharing: 'redis',
      schema: CatalogueSchema,
    }),
    levels: namespace({
      key: 'signal:{fileHash}:{picture}:{channel}:{block}',
      ttl: '24h',
      lengths: { picture: 32, channel: 5, block: 4 },
      sharing: 'redis',
      schema: v.custom<Uint8Array>(isPackedLevel),
    }),
  },
  setup: ({ needs, caches }) => ({
    recordings: needs.recordings,
    views: createSignalViews(needs.analyzer, caches),
  }),
  routes: ({ views, recordings }) => signalRoutes(views, recordings),
})
