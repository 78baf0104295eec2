/** The analysis as a service: of a recording at hand, or of a stored one through the cache. */
import type { Cache, CacheRead } from '../../src/sdk.ts'
import type { Recording, RecordingRow, RecordingService } from '../c3d-reader/index.ts'
import {
  type AnalysisParameters,
  analyzeRecording,
  PIPELINE_VERSION,
  type PresetName,
  parametersFor,
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
  parameters(choice: AnalysisChoice): AnalysisParameters
  /** Analyses a recording at hand. */
  analyze(recording: Recording, parameters: AnalysisParameters): RecordingAnalysis
  /** The analysis of a stored recording, with how the cache served it and the tag of its inputs. */
  analyzeStored(
    row: RecordingRow,
    parameters: AnalysisParameters,
  ): Promise<CacheRead<RecordingAnalysis> & { readonly inputs: string }>
}

/** The same bytes and the same inputs give the same analysis, so this names it. */
function hashInputs(parameters: AnalysisParameters): string {
  const inputs = JSON.stringify([PIPELINE_VERSION, Object.entries(parameters).sort()])
  return new Bun.CryptoHasher('sha256').update(inputs).digest('hex').slice(0, 32)
}

export function createAnalyzer(
  recordings: RecordingService,
  cache: Cache<{ readonly fileHash: string; readonly inputs: string }, RecordingAnalysis>,
  defaultPreset: PresetName,
): Analyzer {
  return {
    recordings,
    parameters: ({ preset, rate }) => parametersFor(preset ?? defaultPreset, { rateOverride: rate ?? null }),
    analyze: analyzeRecording,
    async analyzeStored(row, parameters) {
      const inputs = hashInputs(parameters)
      const read = await cache.getOrLoad({ fileHash: row.sha256, inputs }, async () =>
        analyzeRecording(await recordings.store.open(row), parameters),
      )
      return { ...read, inputs }
    },
  }
}
