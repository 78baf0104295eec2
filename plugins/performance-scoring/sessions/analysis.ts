/** The counts of a session's recording, from its analysis. */
import type { Cache } from '../../../src/sdk.ts'
import type { Analyzer } from '../../emg-analyzer/index.ts'
import type { CountSession } from '../service.ts'
import { amplitudesOf } from './amplitudes.ts'
import type { SessionCounts } from './cached.ts'
import { countsOf } from './counts.ts'

/** Changes whenever the same analysis would be counted otherwise. */
const COUNTING_VERSION = '1'

/**
 * Analyses the stored recording with the configured preset, and the targets of the patient over those of the rules.
 * What was counted is kept for as long as the analysis would be the same.
 */
export const countRecordings =
  (
    { recordings, prepare }: Pick<Analyzer, 'recordings' | 'prepare'>,
    cache: Cache<{ readonly sessionId: string }, SessionCounts>,
  ): CountSession =>
  async (session, { targets: { durationMs, mvcPercent } }) => {
    const { recordingId } = session
    if (recordingId === null) return null
    const row = await recordings.store.find(recordingId)
    // A foreign key holds the session to its recording.
    if (!row) throw new Error(`recording ${recordingId} of a session is not there`)
    // Without a number of its own, a muscle has that of the rules, and its score says so.
    const targets = { durationMs, mvcPercent, contractions: null }
    const { identity, run } = await prepare(row, {}, { session, targets })
    const { value: counts } = await cache.getOrLoad(
      { sessionId: session.id },
      async (load) => {
        const { value, inputs } = await run(load)
        const { preset, pipelineVersion, channels } = value
        return {
          muscles: countsOf(channels),
          analysis: {
            recordingId,
            sha256: row.sha256,
            preset,
            pipelineVersion,
            inputs,
            amplitudes: amplitudesOf(channels),
          },
        }
      },
      { inputs: `${COUNTING_VERSION}:${identity}` },
    )
    return counts
  }
