/** A channel as it comes to the filters: its samples, what of them is missing, and what stands against filtering. */
import type { RecordingChannel } from '../../../c3d-reader/index.ts'
import type { AnalysisParameters } from '../parameters.ts'
import { findGaps, type Gaps } from './gaps.ts'
import { obstacleOf } from './obstacle.ts'

/** The samples of a channel, and what stands against using them. */
export interface PreparedChannel {
  /** As the file has it. */
  readonly raw: Float64Array
  /** Sampling rate that is used, in Hz. */
  readonly rate: number
  /** All there are, whether or not the parameters leave them out. */
  readonly gaps: Gaps
  /** Why no figure can be given, as a sentence's end; null where nothing stands against it. */
  readonly obstacle: string | null
}

/** The sampling rate that is used for a channel. */
export const rateOf = (
  { rate }: Pick<RecordingChannel, 'rate'>,
  { rateOverride }: AnalysisParameters,
): number => rateOverride ?? rate

/** Reads the samples of a channel, and looks for what is missing of them. */
export function prepareChannel(channel: RecordingChannel, parameters: AnalysisParameters): PreparedChannel {
  const raw = channel.samples()
  const rate = rateOf(channel, parameters)
  const gaps = findGaps(raw, Math.max(2, Math.ceil((parameters.gaps.dropoutMs / 1000) * rate)))
  return { raw, rate, gaps, obstacle: obstacleOf(raw, gaps, rate, parameters) }
}
