/** The table of an analysis: which columns it has, how wide they are, and what their cells say. */

import { clean, pad } from '../../../src/sdk.ts'
import type { ChannelAnalysis } from '../analysis/index.ts'
import { formatAmplitude } from './amplitude.ts'
import { isWithoutFigures } from './notes.ts'

/** Between two columns. */
const GAP = '  '
const NAME_WIDTH = { least: 12, most: 32 } as const
const METRIC_WIDTH = { least: 7, most: 14 } as const
const CONTRACTIONS = 'CONTRACTIONS'

/** The columns of one table. */
export interface Table {
  readonly nameWidth: number
  readonly metricWidth: number
  readonly contractionsWidth: number
  /** Ids of the metrics that have a column. */
  readonly metrics: readonly string[]
  /** Ids of those that find no room. */
  readonly below: readonly string[]
}

/** A metric of a channel for people; a dash where there is no figure. */
export function figureOf(channel: ChannelAnalysis, id: string): string {
  const metric = channel.metrics[id]
  return metric === undefined || metric.value === null
    ? '-'
    : formatAmplitude(metric.value, clean(metric.unit))
}

function contractionsOf(channel: ChannelAnalysis): string {
  const { contractions } = channel
  if (isWithoutFigures(channel)) return '-'
  if (contractions.length === 0) return 'none'
  const mean = contractions.reduce((sum, { durationMs }) => sum + durationMs, 0) / contractions.length
  return `${contractions.length}, mean ${(mean / 1000).toFixed(2)} s`
}

const widest = (texts: readonly string[], least: number): number =>
  texts.reduce((most, text) => Math.max(most, Bun.stringWidth(text)), least)

/**
 * Fits the columns to what they hold: figures whole, as many metrics as there is room for, names in what remains.
 *
 * @param columns width of the table
 */
export function layOutTable(channels: readonly ChannelAnalysis[], columns: number): Table {
  const ids = [...new Set(channels.flatMap(({ metrics }) => Object.keys(metrics)))]
  // A long name makes no column.
  const short = ids.filter((id) => id.length <= METRIC_WIDTH.least)
  const figures = channels.flatMap((channel) => short.map((id) => figureOf(channel, id)))
  const metricWidth = Math.min(METRIC_WIDTH.most, widest(figures, METRIC_WIDTH.least))
  const contractionsWidth = widest(channels.map(contractionsOf), CONTRACTIONS.length)
  const free = columns - NAME_WIDTH.least - GAP.length - contractionsWidth
  const count = Math.min(short.length, Math.max(0, Math.floor(free / (metricWidth + GAP.length))))
  const spare = free - count * (metricWidth + GAP.length)
  const names = widest(
    channels.map(({ name }) => clean(name)),
    NAME_WIDTH.least,
  )
  return {
    nameWidth: Math.min(names, NAME_WIDTH.most, NAME_WIDTH.least + spare),
    metricWidth,
    contractionsWidth,
    metrics: short.slice(0, count),
    below: ids.filter((id) => !short.slice(0, count).includes(id)),
  }
}

function row(table: Table, name: string, figures: readonly string[], contractions: string): string {
  const cells = [
    pad(name, table.nameWidth),
    ...figures.map((figure) => pad(figure, table.metricWidth, 'right')),
    pad(contractions, table.contractionsWidth),
  ]
  return cells.join(GAP).trimEnd()
}

export const headOf = (table: Table): string =>
  row(
    table,
    'CHANNEL',
    table.metrics.map((id) => id.toUpperCase()),
    CONTRACTIONS,
  )

export const rowOf = (table: Table, channel: ChannelAnalysis): string =>
  row(
    table,
    clean(channel.name),
    table.metrics.map((id) => figureOf(channel, id)),
    contractionsOf(channel),
  )
