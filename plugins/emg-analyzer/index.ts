/** EMG analysis of a recording: contractions, amplitudes, spectra, fatigue, quality and pairs of its EMG channels. */
import * as v from 'valibot'
import migration from '../../drizzle/emg-analyzer/0000_profiles_and_edits.sql' with { type: 'text' }
import { definePlugin, namespace, setting } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import clinicalRecords from '../clinical-records/index.ts'
import mvcCascade, { type MvcResolution } from '../mvc-cascade/index.ts'
import { ContractionEditSchema, createRegistry, KEEPER, RecordingAnalysisSchema } from './analysis/index.ts'
import { catalogueRoute } from './catalogue.ts'
import { analyzeCommand } from './commands/analyze.ts'
import { analyzerContributions } from './contributions/index.ts'
import { editRoutes } from './edits/routes.ts'
import { createEditStore } from './edits/store.ts'
import { eraseByHand } from './erase.ts'
import { type AnalysisJob, runJob } from './job/job.ts'
import { ANALYZE } from './job/run.ts'
import { lendAnalyzer } from './lend.ts'
import { profileRoutes } from './profiles/routes.ts'
import { ProfileResource } from './profiles/schema.ts'
import { createProfileStore } from './profiles/store.ts'
import { analysisRoutes, badParameters } from './routes.ts'
import { createSections } from './sections.ts'
import { type Analyzer, createAnalyzer } from './service.ts'
import { cachedEdits, cachedProfiles } from './sessions/known.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { SessionChannelSchema, SessionContractionsSchema } from './sessions/schema.ts'
import { analysisWarmings } from './sessions/warm.ts'
import { channelProfiles, contractionEdits } from './tables.ts'

export type { Run } from './analysis/conditioning/gaps.ts'
export { type Detection, type Detector, type DetectorInput, detector } from './analysis/detectors/detector.ts'
export { runsAbove, stretchesOf } from './analysis/detectors/runs.ts'
export type {
  AnalysisPlan,
  ChannelAnalysis,
  Gaps,
  PreparedChannel,
  RecordingAnalysis,
} from './analysis/index.ts'
export {
  chooseChannels,
  conditionStepwise,
  PIPELINE_VERSION,
  prepareChannel,
  RecordingAnalysisSchema,
  rateOf,
} from './analysis/index.ts'
export type { Measured, Metric, MetricInput } from './analysis/metrics/metric.ts'
export type { AnalysisParameters } from './analysis/parameters.ts'
export type { Preset } from './analysis/presets.ts'
export type { CheckInput, Finding, QualityCheck } from './analysis/quality/check.ts'
export { clippedAt, type Rails } from './analysis/quality/clipping.ts'
export type { Registry, Shelf } from './analysis/registry.ts'
export { analysisFor, descriptionFor, pseudonymousAnalysis } from './pseudonymous.ts'
export { formatAmplitude } from './render/amplitude.ts'
export { type Cell, csvLine } from './render/csv-line.ts'
export type { OpenReport, ReportPlace, ReportWriter } from './report.ts'
export { type AnalysisRequest, AnalysisRequestSchema, RATES } from './request.ts'
export { requirePlan } from './require-plan.ts'
export type { AnalysisSection, SectionContext } from './sections.ts'
export type {
  Analyzer,
  FullAnalysis,
  Known,
  PreparedAnalysis,
  StoredAnalysis,
  TargetSource,
} from './service.ts'
export { unfinishedProblem, type WorkerWork } from './unfinished.ts'
export { badParameters }

/** Recordings that `serve` points at when it is ready. */
const LINKED_RECORDINGS = 3

/** Parts of the answer that no section may be called. */
const OWN_PARTS = ['file', 'recording', ...Object.keys(RecordingAnalysisSchema.entries)]

/** Longer than any analysis: many may wait for a worker, and a plugin that is in its way has to be found out first. */
const DEADLINE = '5min'

export default definePlugin({
  name: KEEPER.name,
  version: KEEPER.version,
  host: '^1',
  summary: 'Analyses the EMG channels of a recording',
  essential: true,
  needs: { recordings: c3dReader, records: clinicalRecords, mvc: mvcCascade },
  config: v.object({
    preset: setting(v.pipe(v.string(), v.minLength(1)), 'clinical', {
      summary: 'Preset of an analysis that names none',
      allowed: 'the name of a preset, such as clinical or ghostly',
    }),
  }),
  tables: { channelProfiles, contractionEdits },
  migrations: [{ id: '0000_profiles_and_edits', sql: migration }],
  caches: {
    // Entries name their inputs, which change with every event: a session whose exertion is entered keeps its analysis.
    ofSession: namespace({
      key: 'session:{sessionId}:emg_analysis',
      ttl: '2h',
      deadline: DEADLINE,
      schema: RecordingAnalysisSchema,
    }),
    contractions: namespace({
      key: 'session:{sessionId}:contractions',
      ttl: '2h',
      deadline: DEADLINE,
      schema: SessionContractionsSchema,
    }),
    channel: namespace({
      key: 'signal:{sessionId}:{channel}:analysis',
      ttl: '2h',
      deadline: DEADLINE,
      lengths: { channel: 5 },
      schema: v.nullable(SessionChannelSchema),
    }),
    ofFile: namespace({
      key: 'c3d:{fileHash}:processed_data',
      ttl: '24h',
      deadline: DEADLINE,
      schema: RecordingAnalysisSchema,
    }),
    recalculated: namespace({
      key: 'c3d:{fileHash}:analysis:{inputs}',
      ttl: '24h',
      deadline: DEADLINE,
      schema: RecordingAnalysisSchema,
    }),
    // What stands in a table as it is here is no faster to ask of another table of the same database.
    profiles: namespace({
      key: 'config:processing_parameters',
      ttl: '1h',
      tags: ['profiles.changed'],
      sharing: 'redis',
      schema: v.array(ProfileResource),
    }),
    edits: namespace({
      key: 'recording:{recordingId}:edits',
      ttl: '2h',
      tags: ['recording.edited:{recordingId}'],
      sharing: 'redis',
      schema: v.array(ContractionEditSchema),
    }),
  },
  permissions: [
    { name: 'analysis:read', summary: 'Read analyses', roles: ['therapist', 'researcher'] },
    { name: 'analysis:edit', summary: 'Set contractions by hand', roles: ['therapist'] },
    { name: 'profiles:read', summary: 'Read channel profiles', roles: ['therapist', 'researcher'] },
    { name: 'profiles:write', summary: 'Change channel profiles', roles: [] },
  ],
  setup({ config, needs, caches, db, announce, workers }): Analyzer {
    const registry = createRegistry()
    // A plugin may still add the preset; what is wrong with any other name is said at the first analysis.
    return createAnalyzer({
      ...needs,
      caches,
      profiles: cachedProfiles(createProfileStore(db, announce), caches.profiles),
      edits: cachedEdits(createEditStore(db, announce), caches.edits),
      registry,
      sections: createSections(OWN_PARTS, KEEPER),
      workers,
      defaultPreset: config.preset,
    })
  },
  lend: lendAnalyzer,
  contributions: analyzerContributions,
  // By the time of the start, every plugin has added what it adds.
  start: ({ registry, defaultPreset }) => void registry.presets.require(defaultPreset),
  routes: (analyzer) => [
    ...analysisRoutes(analyzer),
    ...sessionRoutes(analyzer),
    ...editRoutes(analyzer),
    ...profileRoutes(analyzer.profiles, analyzer.records.patients),
    catalogueRoute(analyzer),
  ],
  warm: analysisWarmings,
  erase: (_, patient, work) => eraseByHand(patient, work),
  tasks: ({ recordings, registry }) => ({
    [ANALYZE]: (job, { ask }) =>
      runJob(
        job as AnalysisJob,
        { formats: recordings.formats, registry },
        async (questions) => (await ask(questions)) as MvcResolution[],
      ),
  }),
  commands: (analyzer) => [analyzeCommand(analyzer)],
  async links({ recordings }) {
    const rows = await recordings.store.list(LINKED_RECORDINGS)
    return rows.map(({ id, fileName }) => ({
      label: `Analysis of ${fileName}`,
      path: `/api/recordings/${id}/analysis`,
    }))
  },
})
