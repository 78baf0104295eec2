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

/** Samples of a channel, `end` exclusive. */
interface Run {
  readonly start: number
  readonly end: number
}

/** What is no number is null, and so is all of a picture that there is none of. */
const withNulls = (x: Float64Array | null, { start, end }: Run): SampleColumn['data'] => {
  if (!x) return new Array<null>(end - start).fill(null)
  const run = x.subarray(start, end)
  return run.every(Number.isFinite)
    ? run
    : Array.from(run, (value) => (Number.isFinite(value) ? value : null))
}

/** The columns of some samples of one channel. */
export function sampleColumns(
  { index, rate, raw, filtered, envelope }: ChannelSignals,
  name: string,
  run: Run,
): SampleColumn[] {
  const length = run.end - run.start
  return [
    { name: 'channel_index', type: 'integer', data: new Int32Array(length).fill(index) },
    { name: 'channel', type: 'text', data: new Array<string>(length).fill(name) },
    {
      name: 'time_ms',
      type: 'number',
      data: Float64Array.from({ length }, (_, i) => ((run.start + i) * 1000) / rate),
    },
    { name: 'raw', type: 'number', data: withNulls(raw, run) },
    { name: 'filtered', type: 'number', data: withNulls(filtered, run) },
    { name: 'envelope', type: 'number', data: withNulls(envelope, run) },
  ]
}
