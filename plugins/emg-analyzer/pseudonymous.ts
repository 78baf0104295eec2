/** Analyses for those who are not to learn who anybody is: every figure, and no text that somebody has written. */
import type { Viewer } from '../../src/sdk.ts'
import { pseudonymousDescription, type RecordingDescription } from '../c3d-reader/index.ts'
import { pseudonymousResolution } from '../mvc-cascade/index.ts'
import type { RecordingAnalysis } from './analysis/index.ts'

/** The parts of an analysis that hold such texts, whichever of them there are. */
interface Parts {
  readonly channels?: ReadonlyArray<Pick<RecordingAnalysis['channels'][number], 'mvc'>>
  readonly channel?: Pick<RecordingAnalysis['channels'][number], 'mvc'>
  readonly exclusions: RecordingAnalysis['exclusions']
}

const ofChannel = <C extends Pick<RecordingAnalysis['channels'][number], 'mvc'>>(channel: C): C =>
  channel.mvc ? { ...channel, mvc: pseudonymousResolution(channel.mvc) } : channel

/** The reason quotes the description of the channel. */
const ofExclusion = (each: RecordingAnalysis['exclusions'][number]) =>
  each.code === 'OTHER_SIGNAL' ? { ...each, reason: 'its label or description names another signal' } : each

/** An analysis, or a part of one, without the words of the clinic and of the file; labels of channels stay. */
export const pseudonymousAnalysis = <A extends Parts>(analysis: A): A => ({
  ...analysis,
  ...(analysis.channels && { channels: analysis.channels.map(ofChannel) }),
  ...(analysis.channel && { channel: ofChannel(analysis.channel) }),
  exclusions: analysis.exclusions.map(ofExclusion),
})

/** An analysis as somebody may see it. */
export const analysisFor = <A extends Parts>({ pseudonymous }: Viewer, analysis: A): A =>
  pseudonymous ? pseudonymousAnalysis(analysis) : analysis

/** What a file says, as somebody may see it. */
export const descriptionFor = (
  { pseudonymous }: Viewer,
  description: RecordingDescription,
): RecordingDescription => (pseudonymous ? pseudonymousDescription(description) : description)
