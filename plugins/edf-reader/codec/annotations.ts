/** Time-stamped annotation lists of EDF+, and the times of data records that stand in them. */
import { decodeText } from './fields.ts'
import type { EdfHeader } from './header.ts'
import type { WarningLog } from './warnings.ts'

/** Most annotations that are kept, and most characters of each; nobody writes so many, or would read them. */
const MOST_ANNOTATIONS = 20_000
const LONGEST_TEXT = 250

/** Longest number of an annotation, in bytes. */
const LONGEST_NUMBER = 32

/** Ends a list, separates its parts, and introduces a duration. */
const END = 0x00
const SEPARATOR = 0x14
const DURATION = 0x15

/** One annotation as the file has it. */
export interface EdfAnnotation {
  /** Seconds from the start that the header states. */
  readonly onset: number
  /** Seconds; null where none is stated. */
  readonly duration: number | null
  readonly text: string
}

export interface EdfAnnotations {
  /** In the order of the file. */
  readonly list: readonly EdfAnnotation[]
  /** Start of each data record in seconds, NaN where it states none; null without annotation signals. */
  readonly recordOnsets: Float64Array | null
}

function numberAt(bytes: Uint8Array, start: number, end: number, pattern: RegExp): number | null {
  if (end - start > LONGEST_NUMBER) return null
  const text = String.fromCharCode(...bytes.subarray(start, end))
  return pattern.test(text) ? Number(text) : null
}

const ONSET = /^[+-]\d+(?:\.\d*)?$/
const LENGTH = /^\d+(?:\.\d*)?$/

/** One list: its times, and where its texts begin. */
interface Stamp {
  readonly onset: number
  readonly duration: number | null
  readonly textsFrom: number
}

/** Reads `+onset[<21>duration]<20>` of the list in `start` to `end`; null where that is not what it is. */
function readStamp(bytes: Uint8Array, start: number, end: number): Stamp | null {
  let at = start
  while (at < end && bytes[at] !== SEPARATOR && bytes[at] !== DURATION) at++
  if (at === end) return null
  const onset = numberAt(bytes, start, at, ONSET)
  if (onset === null) return null
  if (bytes[at] === SEPARATOR) return { onset, duration: null, textsFrom: at + 1 }
  const from = at + 1
  while (at < end && bytes[at] !== SEPARATOR) at++
  if (at === end) return null
  const duration = at === from ? null : numberAt(bytes, from, at, LENGTH)
  return duration === null && at > from ? null : { onset, duration, textsFrom: at + 1 }
}

/**
 * Reads all annotation signals of the records there are, in one pass over their bytes.
 *
 * @param data the data records
 * @see https://www.edfplus.info/specs/edfplus.html, sections 2.2.2 to 2.2.4
 */
export function readAnnotations(
  data: Uint8Array,
  header: EdfHeader,
  records: number,
  log: WarningLog,
): EdfAnnotations {
  const signals = header.signals.filter(({ isAnnotations }) => isAnnotations)
  if (signals.length === 0) return { list: [], recordOnsets: null }
  const list: EdfAnnotation[] = []
  const recordOnsets = new Float64Array(records).fill(Number.NaN)
  let omitted = 0
  let junk = 0

  function keep({ onset, duration }: Stamp, from: number, to: number): void {
    if (to === from) return
    if (list.length >= MOST_ANNOTATIONS) {
      omitted++
      return
    }
    // No character takes more than 4 bytes; none is cut within.
    let end = Math.min(to, from + 4 * LONGEST_TEXT)
    while (end < to && ((data[end] as number) & 0xc0) === 0x80 && end > from) end--
    const text = decodeText(data.subarray(from, end), 'annotations', log)
    const short = [...text].slice(0, LONGEST_TEXT).join('')
    if (end < to || short.length < text.length) omitted++
    if (short !== '') list.push({ onset, duration, text: short })
  }

  /** The list in `start` to `end`; null where it is none. The text of one that only keeps the time is empty. */
  function readList(start: number, end: number): Stamp | null {
    const stamp = readStamp(data, start, end)
    if (!stamp) return null
    for (let from = stamp.textsFrom, at = from; at < end; at++) {
      if (data[at] !== SEPARATOR) continue
      keep(stamp, from, at)
      from = at + 1
    }
    if (data[end - 1] !== SEPARATOR) junk++
    return stamp
  }

  for (let record = 0; record < records; record++) {
    for (const [nth, { offset, samplesPerRecord }] of signals.entries()) {
      const start = record * header.recordSize + offset
      const end = start + header.width * samplesPerRecord
      for (let at = start, first = nth === 0; at < end; at++) {
        if (data[at] === END) continue
        const from = at
        while (at < end && data[at] !== END) at++
        const stamp = readList(from, at)
        if (!stamp) junk++
        // The first list of a record keeps its time.
        else if (first) recordOnsets[record] = stamp.onset
        first = false
      }
    }
  }
  if (junk > 0) log.add('ANNOTATION_JUNK', `${junk} of the annotation lists are no lists, and were left out.`)
  if (omitted > 0) {
    log.add(
      'ANNOTATIONS_OMITTED',
      `${omitted} annotations were left out or cut: ${MOST_ANNOTATIONS} of ${LONGEST_TEXT} characters are kept.`,
    )
  }
  return { list, recordOnsets }
}
