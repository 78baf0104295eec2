/** The counts of a session's recording, from its analysis. */
import type { Analyzer } from '../../emg-analyzer/index.ts'
import type { CountSession } from '../service.ts'
import { countsOf } from './counts.ts'

/** Analyses the stored recording with the configured preset, and the targets of the patient over those of the rules. */
export const countRecordings =
  ({ recordings, analyzeStored }: Pick<Analyzer, 'recordings' | 'analyzeStored'>): CountSession =>
  async (session, { targets: { durationMs, mvcPercent } }) => {
    const { recordingId } = session
    if (recordingId === null) return null
    const row = await recordings.store.find(recordingId)
    // A foreign key holds the session to its recording.
    if (!row) throw new Error(`recording ${recordingId} of a session is not there`)
    // Without a number of its own, a muscle has that of the rules, and its score says so.
    const targets = { durationMs, mvcPercent, contractions: null }
    const { value, inputs } = await analyzeStored(row, {}, { session, targets })
    const { preset, pipelineVersion, channels } = value
    return {
      muscles: countsOf(channels),
      analysis: { recordingId, sha256: row.sha256, preset, pipelineVersion, inputs },
    }
  }
