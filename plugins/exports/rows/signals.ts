/** A row for each sample of a channel that was analysed. */
import type { ChannelSignals } from '../signals.ts'
import type { ColumnType } from './table.ts'

/** A column whole, since there are too many rows to make an object of each. */
export interface SampleColumn {
  readonly name: string
  readonly type: ColumnType
  /** Null is missing. */
  readonly data: Float64Array | Int32Array | ReadonlyArray<string | number | null>
}

/** What is no number is null, and so is all of a picture that there is none of. */
const withNulls = (x: Float64Array | null, length: number): SampleColumn['data'] => {
  if (!x) return new Array<null>(length).fill(null)
  return x.every(Number.isFinite) ? x : Array.from(x, (value) => (Number.isFinite(value) ? value : null))
}

/** The columns of one channel, sample after sample. */
export function sampleColumns(
  { index, rate, raw, filtered, envelope }: ChannelSignals,
  name: string,
): SampleColumn[] {
  const { length } = raw
  return [
    { name: 'channel_index', type: 'integer', data: new Int32Array(length).fill(index) },
    { name: 'channel', type: 'text', data: new Array<string>(length).fill(name) },
    { name: 'time_ms', type: 'number', data: Float64Array.from(raw, (_, i) => (i * 1000) / rate) },
    { name: 'raw', type: 'number', data: withNulls(raw, length) },
    { name: 'filtered', type: 'number', data: withNulls(filtered, length) },
    { name: 'envelope', type: 'number', data: withNulls(envelope, length) },
  ]
}
