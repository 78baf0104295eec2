/** The analysis of a session, whole or in parts: each is kept, and never served once what it was made with changes. */
import { type Cache, type CacheRead, Problem } from '../../../src/sdk.ts'
import { type RecordingRow, requireRecording } from '../../c3d-reader/index.ts'
import { requireSession, type TherapySession } from '../../clinical-records/index.ts'
import type { Analyzer, PreparedAnalysis, StoredAnalysis } from '../service.ts'
import { type Analysed, channelOf, contractionsOf } from './parts.ts'
import type { SessionChannel, SessionContractions } from './schema.ts'

export interface SessionViewCaches {
  readonly contractions: Cache<{ readonly sessionId: string }, SessionContractions>
  readonly channel: Cache<{ readonly sessionId: string; readonly channel: string }, SessionChannel | null>
}

/** Analyses of the recordings of sessions, whole and in parts. */
export interface SessionViews {
  /** @throws {Problem} 404 SESSION_NOT_FOUND or NO_RECORDING */
  analysis(sessionId: string): Promise<{ readonly row: RecordingRow; readonly stored: StoredAnalysis }>
  /** @throws {Problem} 404 SESSION_NOT_FOUND or NO_RECORDING */
  contractions(sessionId: string): Promise<CacheRead<SessionContractions>>
  /**
   * @param index place of the channel in the file
   * @throws {Problem} 404 SESSION_NOT_FOUND, NO_RECORDING or CHANNEL_NOT_ANALYSED
   */
  channel(sessionId: string, index: number): Promise<CacheRead<SessionChannel>>
}

const notAnalysed = async (prepared: PreparedAnalysis, index: number): Promise<Problem> => {
  const { exclusions } = (await prepared.run()).value
  const excluded = exclusions.find((each) => each.index === index)
  const detail = excluded
    ? `Channel ${index} (${excluded.name}) was left out: ${excluded.reason}.`
    : `The recording has no channel ${index}.`
  return new Problem(404, 'CHANNEL_NOT_ANALYSED', detail)
}

export function createSessionViews(
  { records, recordings, analyzeStored, prepare }: Omit<Analyzer, 'sessions'>,
  caches: SessionViewCaches,
): SessionViews {
  async function require(
    sessionId: string,
  ): Promise<{ readonly session: TherapySession; readonly row: RecordingRow }> {
    const session = await requireSession(records.sessions, sessionId)
    if (session.recordingId === null) {
      throw new Problem(404, 'NO_RECORDING', 'The session has no recording.')
    }
    return { session, row: await requireRecording(recordings.store, session.recordingId) }
  }

  async function prepared(
    sessionId: string,
  ): Promise<{ readonly whose: Analysed; readonly prepared: PreparedAnalysis }> {
    const { session, row } = await require(sessionId)
    return { whose: { sessionId, recordingId: row.id }, prepared: await prepare(row, {}, { session }) }
  }

  return {
    async analysis(sessionId) {
      const { session, row } = await require(sessionId)
      return { row, stored: await analyzeStored(row, {}, { session }) }
    },
    async contractions(sessionId) {
      const { whose, prepared: own } = await prepared(sessionId)
      return caches.contractions.getOrLoad(
        { sessionId },
        async (load) => contractionsOf(whose, (await own.run(load)).value),
        { inputs: own.identity },
      )
    },
    async channel(sessionId, index) {
      const { whose, prepared: own } = await prepared(sessionId)
      const { value, ...provenance } = await caches.channel.getOrLoad(
        { sessionId, channel: String(index) },
        async (load) => channelOf(whose, (await own.run(load)).value, index),
        { inputs: own.identity },
      )
      if (!value) throw await notAnalysed(own, index)
      return { value, ...provenance }
    },
  }
}
