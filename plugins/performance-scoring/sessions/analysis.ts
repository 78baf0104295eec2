/** The counts of a session's recording, from its analysis. */
import type { RecordingService } from '../../c3d-reader/index.ts'
import type { Analyzer } from '../../emg-analyzer/index.ts'
import type { CountSession } from '../service.ts'
import { countsOf, heldAgainst } from './counts.ts'

/** Analyses the stored recording with the configured preset. */
export const countRecordings =
  (recordings: RecordingService['store'], analyzer: Pick<Analyzer, 'plan' | 'analyzeStored'>): CountSession =>
  async ({ recordingId }, { targets }, rules) => {
    if (recordingId === null) return null
    const row = await recordings.find(recordingId)
    // A foreign key holds the session to its recording.
    if (!row) throw new Error(`recording ${recordingId} of a session is not there`)
    const { value, inputs } = await analyzer.analyzeStored(row, analyzer.plan({}))
    const { preset, pipelineVersion } = value
    const channels = value.channels.map((channel) => ({
      ...channel,
      muscle: null,
      side: null,
      target: { contractions: null },
      contractions: channel.contractions.map(({ durationMs }) => ({
        durationMs,
        mvcPercent: null,
        meetsMvc: null,
        meetsDuration: null,
      })),
    }))
    return {
      muscles: countsOf(heldAgainst(channels, targets, rules.targets)),
      analysis: { recordingId, sha256: row.sha256, preset, pipelineVersion, inputs },
    }
  }
