/** The analysis of a recording: its EMG channels, and what has to be said of the rest. */
import type { Recording } from '../../c3d-reader/index.ts'
import { analyzeChannel } from './channel.ts'
import { chooseChannels } from './channels.ts'
import type { AnalysisPlan } from './parameters.ts'
import type { AnalysisNote, ChannelAnalysis, RecordingAnalysis } from './schema.ts'

/** Changes whenever the same input could give another result. */
export const PIPELINE_VERSION = '1.1.0'

function notesOf(
  recording: Recording,
  channels: readonly ChannelAnalysis[],
  assumed: boolean,
  { parameters }: AnalysisPlan,
): AnalysisNote[] {
  const notes: AnalysisNote[] = [...recording.warnings]
  if (channels.length === 0)
    notes.push({ code: 'NO_EMG', message: 'No channel of this recording is surface EMG.' })
  if (assumed) {
    notes.push({
      code: 'EMG_ASSUMED',
      message: 'No channel says that it is EMG; every voltage was analysed as EMG.',
    })
  }
  if (channels.some(({ unitBasis }) => unitBasis === 'assumed')) {
    notes.push({
      code: 'UNIT_ASSUMED',
      message: 'The file states no unit of its EMG channels; volts are assumed.',
    })
  }
  const declared = recording.channels[0]?.rate
  if (parameters.rateOverride !== null && channels.length > 0) {
    notes.push({
      code: 'RATE_OVERRIDDEN',
      message: `A sampling rate of ${parameters.rateOverride} Hz was used in place of the declared ${declared} Hz.`,
    })
  }
  const [first] = channels
  if (first && first.rate < 2 * parameters.bandPass.highHz) {
    notes.push({
      code: 'RATE_LOW',
      message: `At ${first.rate} Hz, EMG above ${first.rate / 2} Hz is lost or folded; amplitudes are lower bounds.`,
    })
  }
  return notes
}

/** The same recording and plan give the same result, bit for bit. */
export function analyzeRecording(recording: Recording, plan: AnalysisPlan): RecordingAnalysis {
  const { emg, exclusions, assumed } = chooseChannels(recording.channels)
  const channels = emg.map((channel) => analyzeChannel(channel, plan.parameters))
  return {
    preset: plan.preset,
    pipelineVersion: PIPELINE_VERSION,
    parameters: plan.parameters,
    channels,
    exclusions: [...exclusions],
    warnings: notesOf(recording, channels, assumed, plan),
  }
}
