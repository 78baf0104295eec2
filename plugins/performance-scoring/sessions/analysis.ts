/** The counts of a session's recording, from its analysis. */

import type { RecordingService } from '../../c3d-reader/index.ts'
import type { MuscleTarget } from '../../clinical-records/index.ts'
import type { Analyzer } from '../../emg-analyzer/index.ts'
import type { CountSession } from '../service.ts'
import { countsOf } from './counts.ts'

/** Analyses the stored recording with the configured preset. */
export const countRecordings =
  (recordings: RecordingService['store'], analyzer: Pick<Analyzer, 'plan' | 'analyzeStored'>): CountSession =>
  async ({ recordingId }, { targets }: { readonly targets: readonly MuscleTarget[] }) => {
    if (recordingId === null) return null
    const row = await recordings.find(recordingId)
    // A foreign key holds the session to its recording.
    if (!row) throw new Error(`recording ${recordingId} of a session is not there`)
    const { value, inputs } = await analyzer.analyzeStored(row, analyzer.plan({}))
    const { preset, pipelineVersion, channels } = value
    return {
      muscles: countsOf(
        channels.map(({ name, contractions, thresholds }) => ({
          name,
          muscle: null,
          side: null,
          contractions:
            thresholds === null ? null : contractions.map(() => ({ meetsMvc: null, meetsDuration: null })),
        })),
        targets,
      ),
      analysis: { recordingId, sha256: row.sha256, preset, pipelineVersion, inputs },
    }
  }
