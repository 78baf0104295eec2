/** A row for each figure of each channel: those of the preset, of bursts and of fatigue, and the MVC. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import type { ExportSource } from '../source.ts'
import { type ChannelRow, identificationColumns, provenanceColumns, subjectColumns } from './subject.ts'
import { type Column, integer, number, type Table, text } from './table.ts'

/** One figure, by a name that is the same in every export. */
export interface Figure {
  readonly metric: string
  readonly value: number | null
  readonly unit: string
  /** Samples, contractions or windows that it is computed from; null where that is not counted. */
  readonly over: string | null
  readonly n: number | null
  /** Why there is no value. */
  readonly reason: string | null
}

interface MetricRow extends ChannelRow {
  readonly figure: Figure
}

const plain = (metric: string, value: number | null, unit: string, reason: string): Figure => ({
  metric,
  value,
  unit,
  over: 'contractions',
  n: null,
  reason: value === null ? reason : null,
})

function burstFigures({ bursts }: ChannelAnalysis): Figure[] {
  const none = 'there are too few contractions'
  return [
    plain('contractions', bursts.count, '1', none),
    plain('timeUnderTension', bursts.timeUnderTensionMs, 'ms', none),
    plain('meanContractionDuration', bursts.meanDurationMs, 'ms', none),
    plain('sdContractionDuration', bursts.sdDurationMs, 'ms', none),
    plain('meanRest', bursts.meanRestMs, 'ms', none),
    plain('dutyCycle', bursts.dutyCyclePercent, '%', none),
    plain('contractionsPerMinute', bursts.perMinute, '1/min', none),
  ]
}

/** Only where they may be read as fatigue; else the reason why not. */
function fatigueFigures({ fatigue }: ChannelAnalysis): Figure[] {
  if (!fatigue) return []
  const { slopes, basis } = fatigue
  return (['medianFrequency', 'meanFrequency', 'rms', 'dimitrovIndex'] as const).map((name) => {
    const slope = slopes?.[name]
    const value = fatigue.valid ? (slope?.percentPerMinute ?? null) : null
    return {
      metric: `${name}Slope`,
      value,
      unit: '%/min',
      over: basis,
      n: slope?.n ?? null,
      reason: value === null ? (fatigue.reason ?? 'there is no slope') : null,
    }
  })
}

function mvcFigure({ mvc }: ChannelAnalysis): Figure[] {
  if (!mvc) return []
  const { value, unit, reason } = mvc
  return [{ metric: 'mvc', value, unit, over: mvc.source, n: null, reason: value === null ? reason : null }]
}

/** Every figure of a channel. */
export const figuresOf = (channel: ChannelAnalysis): Figure[] => [
  ...Object.entries(channel.metrics).map(([metric, { value, unit, over, n, ...rest }]) => ({
    metric,
    value,
    unit,
    over,
    n,
    reason: 'reason' in rest ? rest.reason : null,
  })),
  ...burstFigures(channel),
  ...fatigueFigures(channel),
  ...mvcFigure(channel),
]

const COLUMNS: ReadonlyArray<Column<MetricRow>> = [
  ...subjectColumns<MetricRow>(),
  text('metric', ({ figure }) => figure.metric),
  number('value', ({ figure }) => figure.value),
  text('unit', ({ figure }) => figure.unit),
  text('over', ({ figure }) => figure.over),
  integer('n', ({ figure }) => figure.n),
  text('reason', ({ figure }) => figure.reason),
  text('quality', ({ channel }) => channel.quality.verdict),
  ...provenanceColumns<MetricRow>(),
]

export const metricTable = (source: ExportSource): Table<MetricRow> => ({
  columns: [...COLUMNS, ...identificationColumns<MetricRow>(source)],
  rows: source.analysis.channels.flatMap((channel) =>
    figuresOf(channel).map((figure) => ({ source, channel, figure })),
  ),
})
