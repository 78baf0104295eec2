/** What was odd in a file that was read all the same: one stable code each. */

/**
 * The codes of accepted oddities.
 *
 * Header:
 * - `HEADER_SIZE`: the header states another size than its signals take; theirs was used.
 * - `NUMBER_FORM`: a number is written with a decimal comma.
 * - `TEXT_ENCODING`: text that is not UTF-8 was read as Windows-1252.
 * - `TEXT_CONTROL`: control characters in text were replaced by spaces.
 * - `START_INVALID`: the date or time of the start cannot be read.
 * - `START_DISAGREES`: EDF+ states two dates of the start that differ; the one of the header's own field was used.
 * - `PLUS_UNDECLARED`: there are annotations, and the header does not declare EDF+.
 *
 * Sizes:
 * - `RECORDS_UNKNOWN`: the number of records is not stated; those there are were counted.
 * - `TRUNCATED`: fewer whole records are there than declared.
 * - `TRAILING_DATA`: bytes follow the last record.
 *
 * Signals:
 * - `NO_ANALOG`: there is no signal but annotations, so no EMG.
 * - `SIGNAL_EMPTY`: signals have no samples, and were left out.
 * - `LABELS_DUPLICATE`: labels occur twice or are blank; names were made unique.
 * - `SCALE_INVALID`: nothing says what the stored numbers of a signal mean; its samples are missing.
 * - `DIGITAL_RANGE`: the digital minimum is not below the maximum, or outside what a sample can hold.
 *
 * Time:
 * - `GAPS`: stretches between records are missing; their samples are NaN.
 * - `RECORD_TIME`: records of EDF+ state no time, or one before the end of the record before; they follow it directly.
 * - `NOT_CONTIGUOUS`: a recording that is declared contiguous has records apart; it was read as declared.
 *
 * Annotations:
 * - `ANNOTATION_JUNK`: bytes among the annotations are none.
 * - `ANNOTATION_TIME`: annotations lie outside the recording.
 * - `ANNOTATIONS_OMITTED`: there are more annotations, or longer ones, than are kept.
 */
export type EdfWarningCode =
  | 'HEADER_SIZE'
  | 'NUMBER_FORM'
  | 'TEXT_ENCODING'
  | 'TEXT_CONTROL'
  | 'START_INVALID'
  | 'START_DISAGREES'
  | 'PLUS_UNDECLARED'
  | 'RECORDS_UNKNOWN'
  | 'TRUNCATED'
  | 'TRAILING_DATA'
  | 'NO_ANALOG'
  | 'SIGNAL_EMPTY'
  | 'LABELS_DUPLICATE'
  | 'SCALE_INVALID'
  | 'DIGITAL_RANGE'
  | 'GAPS'
  | 'RECORD_TIME'
  | 'NOT_CONTIGUOUS'
  | 'ANNOTATION_JUNK'
  | 'ANNOTATION_TIME'
  | 'ANNOTATIONS_OMITTED'

/** One accepted oddity. */
export interface EdfWarning {
  /** The stable code. */
  readonly code: EdfWarningCode
  /** One sentence for a person; nothing that the file says of a patient. */
  readonly message: string
}

/** Places that a warning names. */
const NAMED_PLACES = 3

/** Collects warnings: those of one code and sentence that occur in many places become one. */
export interface WarningLog {
  add(code: EdfWarningCode, message: string): void
  /** One more place of a warning, such as a signal; `sentence` completes "signal 1 and 3 more: …". */
  place(code: EdfWarningCode, sentence: string, where: string): void
  /** All warnings so far, in the order of their first occurrence. */
  list(): EdfWarning[]
}

interface Entry {
  readonly code: EdfWarningCode
  readonly sentence: string
  readonly where: Set<string>
}

export function createWarningLog(): WarningLog {
  const entries = new Map<string, Entry>()
  const entryOf = (code: EdfWarningCode, sentence: string): Entry => {
    const key = `${code} ${sentence}`
    const entry = entries.get(key) ?? { code, sentence, where: new Set<string>() }
    entries.set(key, entry)
    return entry
  }
  return {
    add: (code, message) => void entryOf(code, message),
    place: (code, sentence, where) => void entryOf(code, sentence).where.add(where),
    list: () =>
      [...entries.values()].map(({ code, sentence, where }) => {
        if (where.size === 0) return { code, message: sentence }
        const rest = where.size > NAMED_PLACES ? ` and ${where.size - NAMED_PLACES} more` : ''
        return { code, message: `${[...where].slice(0, NAMED_PLACES).join(', ')}${rest}: ${sentence}.` }
      }),
  }
}
