/** Cuts the analysis of a session into the parts that are asked for alone. */
import * as v from 'valibot'
import type { RecordingAnalysis } from '../analysis/index.ts'
import {
  type SessionChannel,
  SessionChannelSchema,
  type SessionContractions,
  SessionContractionsSchema,
} from './schema.ts'

/** Whose analysis it is. */
export interface Analysed {
  readonly sessionId: string
  readonly recordingId: string
}

/** The contractions of each channel, with what they were held against: the schema says what is left of the whole. */
export const contractionsOf = (whose: Analysed, analysis: RecordingAnalysis): SessionContractions =>
  v.parse(SessionContractionsSchema, { ...analysis, ...whose })

/**
 * One channel, by its place in the file.
 *
 * @returns null when it was not analysed
 */
export function channelOf(
  whose: Analysed,
  analysis: RecordingAnalysis,
  index: number,
): SessionChannel | null {
  const channel = analysis.channels.find((each) => each.index === index)
  return channel ? v.parse(SessionChannelSchema, { ...analysis, ...whose, channel }) : null
}
