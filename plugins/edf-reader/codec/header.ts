/** The header record: what the file says of itself and of each signal, as found. */
import { refusal } from './errors.ts'
import { createFieldReader, type FieldReader } from './fields.ts'
import type { WarningLog } from './warnings.ts'

/** Bytes of the fixed part, and of each signal's. */
const FIXED = 256
const PER_SIGNAL = 256

/** EDF stores 16 bits a sample, BDF 24; + adds annotations, C in contiguous records, D in ones that may stand apart. */
export type EdfVariant = 'EDF' | 'EDF+C' | 'EDF+D' | 'BDF' | 'BDF+C' | 'BDF+D'

/** What the header says of one signal. A number that cannot be read is null. */
export interface EdfSignalHeader {
  /** Place among the signals of the file, from 0. */
  readonly place: number
  readonly label: string
  readonly transducer: string
  readonly unit: string
  readonly physicalMin: number | null
  readonly physicalMax: number | null
  readonly digitalMin: number | null
  readonly digitalMax: number | null
  readonly prefilter: string
  readonly samplesPerRecord: number
  /** First byte of the signal within a data record. */
  readonly offset: number
  /** Whether it holds annotations in place of samples. */
  readonly isAnnotations: boolean
}

/** The header of an EDF or BDF file. */
export interface EdfHeader {
  readonly variant: EdfVariant
  /** Bytes of one sample. */
  readonly width: 2 | 3
  /** Local patient identification. Personal: for no log, no warning and no description. */
  readonly patient: string
  /** Local recording identification. It may name persons, as the field of the patient does. */
  readonly recording: string
  /** As the fields have them: `dd.mm.yy` and `hh.mm.ss`. */
  readonly startDate: string
  readonly startTime: string
  /** Bytes before the first data record, by the number of signals. */
  readonly size: number
  /** Data records that the file declares; null where it does not say. */
  readonly records: number | null
  /** Seconds. */
  readonly recordDuration: number | null
  /** Bytes of one data record. */
  readonly recordSize: number
  readonly signals: readonly EdfSignalHeader[]
}

/** By the first 8 bytes. @see https://www.biosemi.com/faq/file_format.htm for 24 bits */
function widthOf(bytes: Uint8Array): 2 | 3 {
  const head = String.fromCharCode(...bytes.subarray(0, 8))
  if (head === '0       ') return 2
  if (head === '\xffBIOSEMI') return 3
  throw refusal('NOT_EDF', 'The first 8 bytes are those of neither EDF nor BDF.')
}

function variantOf(width: 2 | 3, reserved: string): EdfVariant {
  const plain = width === 2 ? 'EDF' : 'BDF'
  const [, kind] = /^[EB]DF\+([CD])/.exec(reserved) ?? []
  return kind === undefined ? plain : `${plain}+${kind as 'C' | 'D'}`
}

/**
 * Reads the header record.
 *
 * @see https://www.edfplus.info/specs/edf.html, header record
 * @throws {UnreadableRecording} where nothing could be read behind it
 */
export function readHeader(bytes: Uint8Array, log: WarningLog): EdfHeader {
  if (bytes.length < 8) throw refusal('TOO_SHORT', `The file has ${bytes.length} bytes.`)
  const width = widthOf(bytes)
  if (bytes.length < FIXED) {
    throw refusal('TOO_SHORT', `The file has ${bytes.length} bytes; the header alone takes ${FIXED}.`)
  }
  const fixed = createFieldReader(bytes, 8, log)
  const patient = fixed.text(80, 'patient identification')
  const recording = fixed.text(80, 'recording identification')
  const startDate = fixed.text(8, 'start date')
  const startTime = fixed.text(8, 'start time')
  const stated = fixed.number(8, 'header size')
  const variant = variantOf(width, fixed.text(44, 'reserved field'))
  const records = fixed.number(8, 'number of records')
  const recordDuration = fixed.number(8, 'record duration')
  const count = fixed.number(4, 'number of signals')
  if (count === null || !Number.isInteger(count) || count < 1) {
    throw refusal('NO_SIGNALS', 'The header does not count at least one signal.')
  }
  const size = FIXED + PER_SIGNAL * count
  if (bytes.length < size) {
    throw refusal(
      'TOO_SHORT',
      `The file has ${bytes.length} bytes; the header of ${count} signals takes ${size}.`,
    )
  }
  if (stated !== size) {
    log.add(
      'HEADER_SIZE',
      `The header states a size of ${stated ?? 'no number'}; ${count} signals take ${size} bytes.`,
    )
  }
  const signals = readSignals(createFieldReader(bytes, FIXED, log), count, width)
  return {
    variant,
    width,
    patient,
    recording,
    startDate,
    startTime,
    size,
    records: records !== null && Number.isInteger(records) && records > 0 ? records : null,
    recordDuration,
    recordSize: signals.reduce((sum, { samplesPerRecord }) => sum + width * samplesPerRecord, 0),
    signals,
  }
}

/** The fields stand one after the other, each for all signals. */
function readSignals(fields: FieldReader, count: number, width: number): EdfSignalHeader[] {
  const each = <T>(read: (where: string) => T): T[] =>
    Array.from({ length: count }, (_, i) => read(`signal ${i + 1}`))
  const text = (length: number): string[] => each((where) => fields.text(length, where))
  const number = (): Array<number | null> => each((where) => fields.number(8, where))
  const labels = text(16)
  const transducers = text(80)
  const units = text(8)
  const physicalMin = number()
  const physicalMax = number()
  const digitalMin = number()
  const digitalMax = number()
  const prefilters = text(80)
  let offset = 0
  return number().map((samplesPerRecord, place) => {
    if (samplesPerRecord === null || !Number.isInteger(samplesPerRecord) || samplesPerRecord < 0) {
      throw refusal('RECORD_SIZE', `Signal ${place + 1} states no number of samples in a record.`)
    }
    const start = offset
    offset += width * samplesPerRecord
    const label = labels[place] as string
    return {
      place,
      label,
      transducer: transducers[place] as string,
      unit: units[place] as string,
      physicalMin: physicalMin[place] ?? null,
      physicalMax: physicalMax[place] ?? null,
      digitalMin: digitalMin[place] ?? null,
      digitalMax: digitalMax[place] ?? null,
      prefilter: prefilters[place] as string,
      samplesPerRecord,
      offset: start,
      isAnnotations: /^[EB]DF Annotations$/.test(label),
    }
  })
}
