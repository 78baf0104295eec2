/** Where the data records stand in time: runs that follow each other directly, and what is missing between them. */
import { refusal } from './errors.ts'
import type { EdfHeader } from './header.ts'
import type { WarningLog } from './warnings.ts'

/** Missing samples are filled in up to this many times those there are, and this many more over all signals. */
const MOST_FILLED = 8
const ALWAYS_FILLED = 10_000_000

/** Most gaps: a link that breaks so often carries nothing. */
const MOST_GAPS = 100_000

/** Data records that follow each other without a gap. */
export interface EdfRun {
  /** First data record, from 0. */
  readonly record: number
  readonly records: number
  /** Seconds from the first data record. */
  readonly start: number
}

/** A stretch of which nothing is stored. */
export interface EdfGap {
  /** Seconds from the first sample. */
  readonly start: number
  /** Seconds. */
  readonly duration: number
}

export interface Timeline {
  /** In order of time; none overlap. */
  readonly runs: readonly EdfRun[]
  /** Seconds from the start that the header states to the first data record: below one, as EDF+ wants it. */
  readonly onset: number
  /** Seconds from the first sample to behind the last, gaps included. */
  readonly duration: number
}

/** Index of a run's first sample in a signal of `rate`. */
export const sampleAt = ({ start }: EdfRun, rate: number): number => Math.round(start * rate)

/**
 * Lays the data records out in time. Those of a discontinuous recording stand where their annotations put them; in any
 * other each follows the one before.
 *
 * @param recordOnsets see `EdfAnnotations`
 * @param tolerance seconds that are no gap: half a sample of the fastest signal
 * @throws {UnreadableRecording} GAP_LIMIT
 * @see https://www.edfplus.info/specs/edfplus.html, section 2.2.4
 */
export function layRecords(
  { variant, recordDuration }: EdfHeader,
  records: number,
  recordOnsets: Float64Array | null,
  tolerance: number,
  log: WarningLog,
): Timeline {
  const duration = recordDuration ?? 0
  const first = recordOnsets?.[0] ?? 0
  const onset = Number.isNaN(first) ? 0 : first
  const firsts = [0]
  const starts = [0]
  let unplaced = 0
  for (let record = 0; recordOnsets && record < records; record++) {
    const run = firsts.length - 1
    const expected = (starts[run] as number) + (record - (firsts[run] as number)) * duration
    const start = (recordOnsets[record] as number) - onset
    if (!(start >= expected - tolerance)) unplaced++
    else if (start > expected + tolerance) {
      firsts.push(record)
      starts.push(start)
      if (firsts.length > MOST_GAPS) throw refusal('GAP_LIMIT', `There are more than ${MOST_GAPS} gaps.`)
    }
  }
  if (unplaced > 0) {
    const sentence = 'state no time, or one before the end of the record before; they follow it directly.'
    log.add('RECORD_TIME', `${unplaced} of ${records} records ${sentence}`)
  }
  const isContiguous = !variant.endsWith('+D')
  if (isContiguous && firsts.length > 1) {
    log.add(
      'NOT_CONTIGUOUS',
      `The recording is declared contiguous, and ${firsts.length - 1} of its records stand apart; it was read as declared.`,
    )
  }
  if (isContiguous || firsts.length === 1) {
    return { runs: [{ record: 0, records, start: 0 }], onset, duration: records * duration }
  }
  const runs = firsts.map((record, i) => ({
    record,
    records: (firsts[i + 1] ?? records) - record,
    start: starts[i] as number,
  }))
  const last = runs.at(-1) as EdfRun
  return { runs, onset, duration: last.start + last.records * duration }
}

/** The stretches between the runs. */
export const gapsOf = ({ runs }: Timeline, recordDuration: number): EdfGap[] =>
  runs.slice(1).map(({ start }, i) => {
    const before = runs[i] as EdfRun
    const from = before.start + before.records * recordDuration
    return { start: from, duration: start - from }
  })

/**
 * Holds what would be filled in against what is there: a declared time must not make memory of nothing.
 *
 * @param present samples of all signals
 * @param spanned samples of all signals with those of gaps
 * @throws {UnreadableRecording} GAP_LIMIT
 */
export function limitGaps(present: number, spanned: number): void {
  if (spanned <= present * (1 + MOST_FILLED) + ALWAYS_FILLED) return
  throw refusal(
    'GAP_LIMIT',
    `The records stand so far apart that ${Math.round(spanned / present)} times the samples there are would be missing.`,
  )
}
