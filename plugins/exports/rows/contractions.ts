/** A row for each contraction. */
import type { ChannelAnalysis } from '../../emg-analyzer/index.ts'
import type { ExportSource } from '../source.ts'
import { type ChannelRow, identificationColumns, provenanceColumns, subjectColumns } from './subject.ts'
import { type Column, flag, integer, number, type Table, text } from './table.ts'

interface ContractionRow extends ChannelRow {
  /** From 1, in the channel. */
  readonly count: number
  readonly contraction: ChannelAnalysis['contractions'][number]
}

const COLUMNS: ReadonlyArray<Column<ContractionRow>> = [
  ...subjectColumns<ContractionRow>(),
  integer('contraction', ({ count }) => count),
  number('start_ms', ({ contraction }) => contraction.startMs),
  number('end_ms', ({ contraction }) => contraction.endMs),
  number('duration_ms', ({ contraction }) => contraction.durationMs),
  text('source', ({ contraction }) => contraction.source),
  text('amplitude_unit', ({ channel }) => channel.unit),
  text('amplitude_unit_basis', ({ channel }) => channel.unitBasis),
  number('mean_amplitude', ({ contraction }) => contraction.meanAmplitude),
  number('max_amplitude', ({ contraction }) => contraction.maxAmplitude),
  number('mvc_amplitude', ({ contraction }) => contraction.mvcAmplitude),
  number('mvc_percent', ({ contraction }) => contraction.mvcPercent),
  flag('meets_mvc', ({ contraction }) => contraction.meetsMvc),
  flag('meets_duration', ({ contraction }) => contraction.meetsDuration),
  flag('is_good', ({ contraction }) => contraction.isGood),
  text('quality', ({ channel }) => channel.quality.verdict),
  ...provenanceColumns<ContractionRow>(),
]

export const contractionTable = (source: ExportSource): Table<ContractionRow> => ({
  columns: [...COLUMNS, ...identificationColumns<ContractionRow>(source)],
  rows: source.analysis.channels.flatMap((channel) =>
    channel.contractions.map((contraction, i) => ({ source, channel, count: i + 1, contraction })),
  ),
})
