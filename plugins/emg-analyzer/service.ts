/** The analysis as a service: of a recording at hand, or of a stored one through the cache. */
import type { Cache, CacheRead } from '../../src/sdk.ts'
import type { Recording, RecordingRow, RecordingService } from '../c3d-reader/index.ts'
import {
  type AnalysisPlan,
  analyzeRecording,
  PIPELINE_VERSION,
  type PresetName,
  planAnalysis,
  type RecordingAnalysis,
} from './analysis/index.ts'

/** What a caller may choose. */
export interface AnalysisChoice {
  /** Absent: the configured one. */
  readonly preset?: PresetName | undefined
  /** Sampling rate in Hz, in place of the declared one. */
  readonly rate?: number | undefined
}

export interface Analyzer {
  readonly recordings: RecordingService
  plan(choice: AnalysisChoice): AnalysisPlan
  /** Analyses a recording at hand. */
  analyze(recording: Recording, plan: AnalysisPlan): RecordingAnalysis
  /** The analysis of a stored recording, with how the cache served it and the tag of its inputs. */
  analyzeStored(
    row: RecordingRow,
    plan: AnalysisPlan,
  ): Promise<CacheRead<RecordingAnalysis> & { readonly inputs: string }>
}

/** The same bytes and the same inputs give the same analysis, so this names it. */
function hashInputs(plan: AnalysisPlan): string {
  const inputs = JSON.stringify([PIPELINE_VERSION, plan.preset, plan.parameters])
  return new Bun.CryptoHasher('sha256').update(inputs).digest('hex').slice(0, 32)
}

export function createAnalyzer(
  recordings: RecordingService,
  cache: Cache<{ readonly fileHash: string; readonly inputs: string }, RecordingAnalysis>,
  defaultPreset: PresetName,
): Analyzer {
  return {
    recordings,
    plan: ({ preset, rate }) => planAnalysis(preset ?? defaultPreset, { rateOverride: rate ?? null }),
    analyze: analyzeRecording,
    async analyzeStored(row, plan) {
      const inputs = hashInputs(plan)
      const read = await cache.getOrLoad({ fileHash: row.sha256, inputs }, async () =>
        analyzeRecording(await recordings.store.open(row), plan),
      )
      return { ...read, inputs }
    },
  }
}
