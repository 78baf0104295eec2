/** Parquet: one tidy table a file, for DuckDB, pandas, R and the like. */
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import { contractionTable } from '../rows/contractions.ts'
import { metricTable } from '../rows/metrics.ts'
import { sampleColumns } from '../rows/signals.ts'
import type { ColumnType, Table } from '../rows/table.ts'
import type { ChannelSignals } from '../signals.ts'
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

/** A channel without samples. */
const NOTHING: ChannelSignals = {
  index: 0,
  rate: 1,
  raw: new Float64Array(),
  filtered: null,
  envelope: null,
  gaps: [],
}

/** Rows that are read at once, or not at all. */
const ROWS_OF_GROUP = 100_000

const sampleSources = (signals: ChannelSignals, name: string, start: number, end: number): ColumnSource[] =>
  sampleColumns(signals, name, { start, end }).map(({ name: column, type, data }) => ({
    name: column,
    type: TYPES[type],
    nullable: true,
    data: data as ColumnSource['data'],
    // Samples hardly repeat: a dictionary of them would take many times their memory.
    ...(type === 'number' ? { encoding: 'PLAIN' as const } : {}),
  }))

/** The columns of a table, of samples those of one group of rows after the other, none of them of two channels. */
async function* groupsOf(source: ExportSource, table: TableName): AsyncGenerator<ColumnSource[]> {
  if (table === 'contractions') return yield columnsOf(contractionTable(source))
  if (table === 'metrics') return yield columnsOf(metricTable(source))
  // What the columns are is said by a group without rows, since there may be no samples.
  yield sampleSources(NOTHING, '', 0, 0)
  let place = 0
  for await (const signals of source.signals()) {
    const name = source.analysis.channels[place++]?.name ?? ''
    for (let start = 0; start < signals.raw.length; start += ROWS_OF_GROUP) {
      yield sampleSources(signals, name, start, Math.min(start + ROWS_OF_GROUP, signals.raw.length))
    }
  }
}

/** What a table of samples cannot say in each row. */
function metadataOf({
  recordingId,
  sha256,
  session,
  identification,
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
  const object = {
    recordingId,
    sha256,
    session,
    ...(identification && { identification }),
    preset,
    pipelineVersion,
    parameters,
    channels,
  }
  return [{ key: 'myoserve', value: JSON.stringify(object) }]
}

/** Gives its bytes away group by group, so that they are never copied into a larger buffer. */
class GroupWriter extends ByteWriter {
  /** The bytes that were written since. */
  take(): Uint8Array {
    const taken = new Uint8Array(this.getBuffer())
    this.index = 0
    return taken
  }
}

export const parquet: ExportFormat = {
  type: 'export-format',
  id: 'parquet',
  summary: 'Parquet: a tidy table of contractions, of metrics, or of all samples',
  reference: 'https://parquet.apache.org/docs/file-format/',
  mediaType: 'application/vnd.apache.parquet',
  extension: '.parquet',
  tables: ['contractions', 'metrics', 'signals'],
  async *write(source, table) {
    const writer = new GroupWriter()
    let file: ParquetWriter | undefined
    for await (const columnData of groupsOf(source, table)) {
      file ??= new ParquetWriter({
        writer,
        schema: schemaFromColumnData({ columnData }),
        kvMetadata: metadataOf(source),
        createdBy: 'myoserve',
      })
      await file.write({ columnData, rowGroupSize: ROWS_OF_GROUP })
      yield writer.take()
    }
    await file?.finish()
    yield writer.take()
  },
}
