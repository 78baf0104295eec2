/** What has to be said of a channel beside its figures, in words. */

import { clean } from '../../../src/sdk.ts'
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'

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

/** The verdict on the signal, and what is wrong with it. */
export function qualityNotes({ quality }: ChannelAnalysis): string[] {
  if (quality.verdict === 'good') return []
  return [clean(`quality ${quality.verdict}: ${quality.reasons.map(({ message }) => message).join(' ')}`)]
}

/** How fast the median frequency falls, where that can be read as fatigue. */
export function fatigueNote({ fatigue }: ChannelAnalysis): string | null {
  const slope = fatigue?.valid ? fatigue.slopes?.medianFrequency : null
  if (!slope || slope.percentPerMinute === null || slope.p === null) return null
  const percent = slope.percentPerMinute.toFixed(1).replace('-', '−')
  const chance = slope.p < 0.001 ? 'p < 0.001' : `p = ${slope.p.toFixed(3)}`
  return `median frequency ${percent} % a minute over ${slope.n} ${fatigue?.basis} (${chance})`
}

/** How many contractions reach the targets. */
export function targetNote({ contractions, mvc, target }: ChannelAnalysis): string | null {
  if (contractions.length === 0 || contractions.every(({ isGood }) => isGood === null)) return null
  const good = contractions.filter(({ isGood }) => isGood === true).length
  const parts = [
    ...(mvc?.value ? [`${mvc.targetPercent} % of the MVC (${mvc.source})`] : []),
    ...(target.durationMs === null ? [] : [`${target.durationMs / 1000} s`]),
  ]
  return clean(`${good} of ${contractions.length} contractions reach ${parts.join(' and ')}`)
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
