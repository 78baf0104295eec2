/** Reads an EDF or BDF file: its header, its annotations, then its signals lazily. */
import { type EdfAnnotation, readAnnotations } from './annotations.ts'
import { channelsOf, type EdfChannel, samplesIn } from './channels.ts'
import { refusal } from './errors.ts'
import { type EdfHeader, type EdfSignalHeader, readHeader } from './header.ts'
import { startOf } from './start.ts'
import { type EdfGap, gapsOf, layRecords, limitGaps, type Timeline } from './timeline.ts'
import { createWarningLog, type EdfWarning, type WarningLog } from './warnings.ts'

/** Samples a second beyond which no converter of a body's signals goes. */
const FASTEST = 1e6

/** Seconds beyond which no data record goes: three years. */
const LONGEST_RECORD = 1e8

/** An annotation in the time of the recording. */
export interface EdfEvent extends Omit<EdfAnnotation, 'onset'> {
  /** Seconds from the first sample. */
  readonly time: number
}

/** What an EDF or BDF file holds, once read. */
export interface EdfRecording {
  /** The header record as found. Two of its fields are personal: see {@link EdfHeader}. */
  readonly header: EdfHeader
  /** Moment of the first sample in local time, such as `2026-11-21T09:30:00`; null where it is not stated. */
  readonly start: string | null
  /** Whole data records that the file holds. */
  readonly recordsPresent: number
  /** Seconds from the first sample to behind the last, gaps included. */
  readonly duration: number
  /** Signals that hold samples, in the order of the file. */
  readonly channels: readonly EdfChannel[]
  /** Annotations, in the order of the file. */
  readonly events: readonly EdfEvent[]
  /** Stretches of which nothing is stored, in order of time. */
  readonly gaps: readonly EdfGap[]
  /** Every oddity that was accepted. */
  readonly warnings: readonly EdfWarning[]
}

/** Whole data records of the file: as many as declared, where that many are there. */
function countRecords(bytes: Uint8Array, { size, recordSize, records }: EdfHeader, log: WarningLog): number {
  if (recordSize === 0) throw refusal('RECORD_SIZE', 'The data records have no samples.')
  const room = bytes.length - size
  const present = Math.floor(room / recordSize)
  if (present === 0) {
    throw refusal('NO_RECORDS', `Of a data record of ${recordSize} bytes, ${room} are there.`)
  }
  if (records === null)
    log.add('RECORDS_UNKNOWN', `The number of records is not stated; there are ${present}.`)
  else if (present < records) log.add('TRUNCATED', `Of ${records} records, ${present} are there.`)
  const used = Math.min(present, records ?? present)
  const rest = room - used * recordSize
  const isCut = records !== null && present < records
  if (rest > 0 && !isCut) log.add('TRAILING_DATA', `${rest} bytes follow the last record.`)
  return used
}

/** The signals that hold samples, with rates that can be. */
function samplingSignals({ signals, recordDuration }: EdfHeader, log: WarningLog): EdfSignalHeader[] {
  const duration = recordDuration ?? 0
  if (duration < 0 || duration > LONGEST_RECORD) {
    throw refusal('RECORD_DURATION', `A data record lasts ${duration} seconds.`)
  }
  const ordinary = signals.filter(({ isAnnotations }) => !isAnnotations)
  const sampling = ordinary.filter(({ samplesPerRecord }) => samplesPerRecord > 0)
  for (const { samplesPerRecord, place } of ordinary) {
    if (samplesPerRecord === 0) log.place('SIGNAL_EMPTY', 'without samples, left out', `signal ${place + 1}`)
  }
  if (sampling.length === 0) {
    log.add('NO_ANALOG', 'There are no signals but annotations, so no EMG.')
    return []
  }
  if (duration === 0) throw refusal('RECORD_DURATION', 'Nothing says how long a data record lasts.')
  const fast = sampling.find(({ samplesPerRecord }) => samplesPerRecord / duration > FASTEST)
  if (fast) {
    const rate = fast.samplesPerRecord / duration
    throw refusal('RATE', `Signal ${fast.place + 1} has ${rate} samples a second; ${FASTEST} is the most.`)
  }
  return sampling
}

function noteTimes(
  events: readonly EdfEvent[],
  { duration }: Timeline,
  tolerance: number,
  log: WarningLog,
): void {
  const outside = events.filter(({ time }) => time < -tolerance || time > duration + tolerance).length
  if (outside === 0) return
  log.add(
    'ANNOTATION_TIME',
    `${outside} annotations lie outside the ${duration.toFixed(3)} s of the recording.`,
  )
}

/**
 * Reads an EDF, EDF+, BDF or BDF+ file, contiguous or not.
 *
 * Work and memory are linear in the file's size whatever it declares. Samples are decoded from the bytes given, which
 * must not change while the recording is used. The samples of stretches between discontinuous records are NaN, so that
 * the place of a sample is its time.
 *
 * @param bytes the whole file
 * @returns the recording, with every accepted oddity in `warnings`
 * @throws {UnreadableRecording} with a code of `EdfErrorCode`, never anything else
 * @example
 * ```ts
 * const recording = readEdf(await Bun.file('night.edf').bytes())
 * for (const channel of recording.channels) console.log(channel.name, channel.unit, channel.samples())
 * ```
 */
export function readEdf(bytes: Uint8Array): EdfRecording {
  const log = createWarningLog()
  const header = readHeader(bytes, log)
  const records = countRecords(bytes, header, log)
  const signals = samplingSignals(header, log)
  const data = bytes.subarray(header.size, header.size + records * header.recordSize)
  const { list, recordOnsets } = readAnnotations(data, header, records, log)
  if (recordOnsets && !header.variant.includes('+')) {
    log.add('PLUS_UNDECLARED', 'There are annotations, and the header does not declare EDF+.')
  }

  const recordDuration = header.recordDuration ?? 0
  const perRecord = signals.reduce((most, { samplesPerRecord }) => Math.max(most, samplesPerRecord), 0)
  // Without signals there is nothing that could stand apart.
  const tolerance = perRecord > 0 ? recordDuration / perRecord / 2 : Infinity
  const timeline = layRecords(header, records, recordOnsets, tolerance, log)
  const spanned = signals.reduce(
    (sum, { samplesPerRecord }) =>
      sum + samplesIn(timeline, samplesPerRecord / recordDuration, samplesPerRecord),
    0,
  )
  limitGaps(records * signals.reduce((sum, { samplesPerRecord }) => sum + samplesPerRecord, 0), spanned)
  const gaps = signals.length > 0 ? gapsOf(timeline, recordDuration) : []
  if (gaps.length > 0) {
    const missing = gaps.reduce((sum, { duration }) => sum + duration, 0)
    const stretches = gaps.length === 1 ? 'one stretch' : `${gaps.length} stretches`
    log.add('GAPS', `${missing.toFixed(3)} s between records are missing, in ${stretches}.`)
  }
  const events = list.map(({ onset, duration, text }) => ({ time: onset - timeline.onset, duration, text }))
  if (signals.length > 0) noteTimes(events, timeline, recordDuration, log)
  const start = startOf(header, timeline.onset, log)
  return {
    header,
    start,
    recordsPresent: records,
    duration: timeline.duration,
    channels: channelsOf(signals, data, header, timeline, log),
    events,
    gaps,
    warnings: log.list(),
  }
}
