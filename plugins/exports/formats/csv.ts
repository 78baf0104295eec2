/** CSV: one tidy table a file. */
import { csvLine } from '../../emg-analyzer/index.ts'
import { contractionTable } from '../rows/contractions.ts'
import { metricTable } from '../rows/metrics.ts'
import type { Table } from '../rows/table.ts'
import type { ExportFormat } from './format.ts'

/** The lines of a table, its header first. */
const encode = <Row>({ columns, rows }: Table<Row>): string =>
  [
    csvLine(columns.map(({ name }) => name)),
    ...rows.map((row) => csvLine(columns.map(({ cell }) => cell(row)))),
  ].join('')

export const csv: ExportFormat = {
  type: 'export-format',
  id: 'csv',
  summary: 'CSV: a tidy table of contractions, or of metrics',
  reference: 'RFC 4180',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: '.csv',
  tables: ['contractions', 'metrics'],
  async *write(source, table) {
    const text = table === 'metrics' ? encode(metricTable(source)) : encode(contractionTable(source))
    yield new TextEncoder().encode(text)
  },
}
