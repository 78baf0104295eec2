/** Parquet: one tidy table a file, for DuckDB, pandas, R and the like. */
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import { contractionTable } from '../rows/contractions.ts'
import { metricTable } from '../rows/metrics.ts'
import { sampleColumns } from '../rows/signals.ts'
import type { ColumnType, Table } from '../rows/table.ts'
import type { ExportSource } from '../source.ts'
import type { ExportFormat, TableName } from './format.ts'

const TYPES = {
  text: 'STRING',
  number: 'DOUBLE',
  integer: 'INT32',
  flag: 'BOOLEAN',
} as const satisfies Record<ColumnType, ColumnSource['type']>

/** A number that is none is null, as in the other tables. */
const cellOf = (cell: unknown): unknown => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell)

const columnsOf = <Row>({ columns, rows }: Table<Row>): ColumnSource[] =>
  columns.map(({ name, type, cell }) => ({
    name,
    type: TYPES[type],
    nullable: true,
    data: rows.map((row) => cellOf(cell(row))),
  }))

async function tableOf(source: ExportSource, table: TableName): Promise<ColumnSource[]> {
  if (table === 'contractions') return columnsOf(contractionTable(source))
  if (table === 'metrics') return columnsOf(metricTable(source))
  const columns = await sampleColumns(source)
  return columns.map(({ name, type, data }) => ({
    name,
    type: TYPES[type],
    nullable: true,
    data: data as never,
  }))
}

/** What a table of samples cannot say in each row. */
function metadataOf({
  recordingId,
  sha256,
  session,
  analysis,
}: ExportSource): { key: string; value: string }[] {
  const channels = analysis.channels.map(({ index, name, unit, unitBasis, rate, muscle, side }) => ({
    index,
    name,
    unit,
    unitBasis,
    rate,
    muscle,
    side,
  }))
  const { preset, pipelineVersion, parameters } = analysis
  const object = { recordingId, sha256, session, preset, pipelineVersion, parameters, channels }
  return [{ key: 'myoserve', value: JSON.stringify(object) }]
}

export const parquet: ExportFormat = {
  type: 'export-format',
  id: 'parquet',
  summary: 'Parquet: a tidy table of contractions, of metrics, or of all samples',
  reference: 'https://parquet.apache.org/docs/file-format/',
  mediaType: 'application/vnd.apache.parquet',
  extension: '.parquet',
  tables: ['contractions', 'metrics', 'signals'],
  write: async (source, table) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: await tableOf(source, table),
        kvMetadata: metadataOf(source),
        createdBy: 'myoserve',
      }),
    ),
}
