/** A row for each sample of each channel that was analysed. */
import type { ExportSource } from '../source.ts'
import type { ColumnType } from './table.ts'

/** A column whole, since there are too many rows to make an object of each. */
export interface SampleColumn {
  readonly name: string
  readonly type: ColumnType
  /** Null is missing. */
  readonly data: Float64Array | Int32Array | ReadonlyArray<string | number | null>
}

/** Behind what is there already; what is no number is null, and so is all of a picture that there is none of. */
function append(column: Array<number | null>, x: Float64Array | null, length: number): void {
  for (let i = 0; i < length; i++) {
    const value = x?.[i]
    column.push(value !== undefined && Number.isFinite(value) ? value : null)
  }
}

/** Channel after channel, sample after sample. */
export async function sampleColumns(source: ExportSource): Promise<SampleColumn[]> {
  const channels = await source.signals()
  const total = channels.reduce((sum, { raw }) => sum + raw.length, 0)
  const index = new Int32Array(total)
  const time = new Float64Array(total)
  const name: string[] = []
  const raw: Array<number | null> = []
  const filtered: Array<number | null> = []
  const envelope: Array<number | null> = []
  for (const [place, each] of channels.entries()) {
    const { name: own = '' } = source.analysis.channels[place] ?? {}
    const { length } = each.raw
    const at = raw.length
    index.fill(each.index, at, at + length)
    for (let i = 0; i < length; i++) {
      time[at + i] = (i * 1000) / each.rate
      name.push(own)
    }
    append(raw, each.raw, length)
    append(filtered, each.filtered, length)
    append(envelope, each.envelope, length)
  }
  return [
    { name: 'channel_index', type: 'integer', data: index },
    { name: 'channel', type: 'text', data: name },
    { name: 'time_ms', type: 'number', data: time },
    { name: 'raw', type: 'number', data: raw },
    { name: 'filtered', type: 'number', data: filtered },
    { name: 'envelope', type: 'number', data: envelope },
  ]
}
