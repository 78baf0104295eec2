/** What has to be said of an analysis: oddities of the file, assumptions, edits that found nothing. */
import type { Recording, RecordingChannel } from '../../c3d-reader/index.ts'
import type { ContractionEdit } from './edits.ts'
import type { AnalysisParameters } from './parameters.ts'
import type { AnalysisNote, ChannelAnalysis } from './schema.ts'

export function notesOf(
  recording: Recording,
  channels: readonly ChannelAnalysis[],
  found: {
    /** Whether voltages were taken for EMG for want of anything that says so. */
    readonly assumed: boolean
    /** Channels that were filtered before they were stored. */
    readonly filtered: readonly RecordingChannel[]
    readonly missed: readonly ContractionEdit[]
    readonly parameters: AnalysisParameters
  },
): AnalysisNote[] {
  const { assumed, filtered, missed, parameters } = found
  const notes: AnalysisNote[] = [...recording.warnings]
  if (channels.length === 0) {
    notes.push({ code: 'NO_EMG', message: 'No channel of this recording is surface EMG.' })
  }
  if (assumed) {
    notes.push({
      code: 'EMG_ASSUMED',
      message: 'No channel says that it is EMG; every voltage was analysed as EMG.',
    })
  }
  if (filtered.length > 0) {
    const names = filtered.map(({ name }) => `"${name}"`).join(', ')
    notes.push({
      code: 'EMG_FILTERED',
      message: `Filtered before it was stored, by a filter that is not known: ${names}.`,
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
  const { highHz } = parameters.bandPass
  if (first && highHz !== null && first.rate < 2 * highHz) {
    notes.push({
      code: 'RATE_LOW',
      message: `At ${first.rate} Hz, EMG above ${first.rate / 2} Hz is lost or folded; amplitudes are lower bounds.`,
    })
  }
  if (missed.length > 0) {
    notes.push({
      code: 'EDIT_MISSED',
      message: `${missed.length} of the edits found no contraction at their time, or no such channel.`,
    })
  }
  return notes
}
