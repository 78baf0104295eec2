/** What has to be said of a channel beside its figures, in words. */

import { clean } from '../../../src/sdk.ts'
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'

/** Two decimals; a share that they would hide is not said to be none. */
const percent = (value: number): string => (value < 0.01 ? 'less than 0.01 %' : `${value.toFixed(2)} %`)

/** Why metrics are missing, those of one reason together. */
export function missingMetrics({ metrics }: ChannelAnalysis): string[] {
  const entries = Object.entries(metrics)
  const missing = entries.flatMap(([id, metric]) =>
    'reason' in metric ? [{ id: id.toUpperCase(), reason: metric.reason }] : [],
  )
  return [...Map.groupBy(missing, ({ reason }) => reason)].map(([reason, some]) => {
    const what = some.length === entries.length ? 'figures' : some.map(({ id }) => id).join(', ')
    return clean(`no ${what}: ${reason}`)
  })
}

/** Whether the channel could not be analysed at all. */
export const isWithoutFigures = ({ metrics }: ChannelAnalysis): boolean => {
  const values = Object.values(metrics)
  return values.length > 0 && values.every(({ value }) => value === null)
}

/** What is wrong with the signal. */
export function qualityNotes({ quality }: ChannelAnalysis): string[] {
  const { dropouts, clippedPercent, nonFinite } = quality
  const lost = Math.round(dropouts.totalMs)
  const notes: string[] = []
  if (dropouts.count > 0) {
    const what =
      dropouts.count === 1 ? `1 dropout of ${lost} ms` : `${dropouts.count} dropouts, ${lost} ms in all`
    notes.push(`${what}, left out`)
  }
  if (clippedPercent > 0) {
    notes.push(`${percent(clippedPercent)} of the samples clipped: amplitudes are lower bounds`)
  }
  if (nonFinite > 0) {
    notes.push(`${nonFinite} ${nonFinite === 1 ? 'sample is no number' : 'samples are no numbers'}, left out`)
  }
  return notes
}

/** A reason for people. Where it only repeats the channel's name, many channels can share one. */
const sharedReason = ({ code, reason }: RecordingAnalysis['exclusions'][number]): string =>
  code === 'OTHER_SIGNAL' ? 'named as another signal' : clean(reason)

/** Channels that were left out, those of one reason together. */
export function exclusionNotes({ exclusions }: RecordingAnalysis): string[] {
  return [...Map.groupBy(exclusions, sharedReason)].map(
    ([reason, some]) => `Left out: ${some.map(({ name }) => clean(name)).join(', ')} (${reason})`,
  )
}
