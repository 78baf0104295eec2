/** Writes an EDF or BDF file: header record, then data records. */
import { encodeAnnotations } from './annotations.ts'
import { numberField, roundUp, textField } from './fields.ts'
import type { EdfSignalSpec, EdfWriteSpec } from './spec.ts'

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** A signal with everything that its header needs. */
interface Planned {
  readonly label: string
  readonly transducer: string
  readonly unit: string
  readonly range: readonly [number, number]
  readonly digital: readonly [number, number]
  readonly prefilter: string
  readonly samplesPerRecord: number
}

const two = (value: number): string => String(value).padStart(2, '0')

/** @throws {RangeError} naming what is wrong */
function rangeOf({ samples, range }: EdfSignalSpec, name: string): readonly [number, number] {
  let most = 0
  for (let i = 0; i < samples.length; i++) {
    const size = Math.abs(samples[i] as number)
    if (!Number.isFinite(size)) throw new RangeError(`${name}.samples has one that is no number`)
    if (size > most) most = size
  }
  if (!range) {
    const limit = most === 0 ? 1 : roundUp(most)
    return [-limit, limit]
  }
  if (range[0] === range[1]) throw new RangeError(`${name}.range is of one number`)
  return range
}

function recordsOf({ signals, variant, recordStarts }: EdfWriteSpec): number {
  const [first] = signals
  const counts = signals.map(({ samples, samplesPerRecord }, i) => {
    if (!Number.isInteger(samplesPerRecord) || samplesPerRecord < 1) {
      throw new RangeError(`signals[${i}].samplesPerRecord is ${samplesPerRecord}`)
    }
    return samples.length / samplesPerRecord
  })
  const records = first ? (counts[0] as number) : (recordStarts?.length ?? 1)
  for (const [i, count] of counts.entries()) {
    if (count !== records || !Number.isInteger(count) || count < 1) {
      throw new RangeError(`signals[${i}].samples are ${count} data records of ${records}`)
    }
  }
  if (recordStarts && !variant.endsWith('+D')) throw new RangeError(`${variant} has no recordStarts`)
  if (recordStarts && recordStarts.length !== records) {
    throw new RangeError(`recordStarts has ${recordStarts.length} of ${records} data records`)
  }
  if (first === undefined && !variant.includes('+'))
    throw new RangeError('there is neither signal nor annotation')
  return records
}

/** The identification fields and the start, which EDF+ writes twice. */
function identification({ variant, patient, recording, start }: EdfWriteSpec): string {
  const isPlus = variant.includes('+')
  const { year, month, day, hour, minute, second } = start ?? {
    year: 1985,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
  }
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const written = Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 19)
  const isMoment =
    written === `${year}-${two(month)}-${two(day)}T${[hour, minute, second].map(two).join(':')}`
  if (!isMoment || year < 1985 || year > 2084) throw new RangeError('start is no moment from 1985 to 2084')
  const stated = start ? `${two(day)}-${MONTHS[month - 1]}-${year}` : 'X'
  return [
    textField(patient ?? (isPlus ? 'X X X X' : 'X'), 80, 'patient'),
    textField(recording ?? (isPlus ? `Startdate ${stated} X X X` : 'X'), 80, 'recording'),
    `${two(day)}.${two(month)}.${two(year % 100)}`,
    `${two(hour)}.${two(minute)}.${two(second)}`,
  ].join('')
}

function encodeHeader(spec: EdfWriteSpec, signals: readonly Planned[], records: number): Uint8Array {
  const { variant, recordDuration } = spec
  const isBdf = variant.startsWith('BDF')
  const size = 256 * (signals.length + 1)
  const each = (field: (signal: Planned, name: string) => string): string =>
    signals.map((signal, i) => field(signal, `signals[${i}]`)).join('')
  const text = [
    isBdf ? '\xffBIOSEMI' : '0       ',
    identification(spec),
    numberField(size, 'the size of the header'),
    textField(variant.includes('+') ? variant : isBdf ? '24BIT' : '', 44, 'variant'),
    numberField(records, 'the number of data records'),
    numberField(recordDuration, 'recordDuration'),
    textField(String(signals.length), 4, 'the number of signals'),
    each(({ label }, name) => textField(label, 16, `${name}.label`)),
    each(({ transducer }, name) => textField(transducer, 80, `${name}.transducer`)),
    each(({ unit }, name) => textField(unit, 8, `${name}.unit`)),
    each(({ range }, name) => numberField(range[0], `${name}.range[0]`)),
    each(({ range }, name) => numberField(range[1], `${name}.range[1]`)),
    each(({ digital }) => numberField(digital[0], 'the digital minimum')),
    each(({ digital }) => numberField(digital[1], 'the digital maximum')),
    each(({ prefilter }, name) => textField(prefilter, 80, `${name}.prefilter`)),
    each(({ samplesPerRecord }, name) => numberField(samplesPerRecord, `${name}.samplesPerRecord`)),
    ' '.repeat(32 * signals.length),
  ].join('')
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/**
 * A complete EDF or BDF file of one recording. Samples are quantised to steps of their range: 65,535 of them in EDF,
 * 16,777,215 in BDF.
 *
 * @throws {RangeError} naming the field whose value the format cannot hold
 * @example
 * ```ts
 * const bytes = writeEdf({
 *   variant: 'EDF+C',
 *   recordDuration: 1,
 *   signals: [{ label: 'EMG R VL', unit: 'uV', samplesPerRecord: 1000, samples }],
 *   annotations: [{ time: 1.5, text: 'Contract' }],
 * })
 * ```
 */
export function writeEdf(spec: EdfWriteSpec): Uint8Array<ArrayBuffer> {
  const { variant, recordDuration, annotations = [] } = spec
  const width = variant.startsWith('BDF') ? 3 : 2
  const isPlus = variant.includes('+')
  const least = -(2 ** (8 * width - 1))
  const digital = [least, -least - 1] as const
  if (!(recordDuration > 0)) throw new RangeError(`recordDuration is ${recordDuration}`)
  if (annotations.length > 0 && !isPlus) throw new RangeError(`${variant} has no annotations`)
  const records = recordsOf(spec)
  const signals: Planned[] = spec.signals.map((signal, i) => ({
    label: signal.label,
    transducer: signal.transducer ?? '',
    unit: signal.unit,
    range: rangeOf(signal, `signals[${i}]`),
    digital,
    prefilter: signal.prefilter ?? '',
    samplesPerRecord: signal.samplesPerRecord,
  }))
  const starts = spec.recordStarts ?? Array.from({ length: records }, (_, i) => i * recordDuration)
  const chunks = isPlus ? encodeAnnotations(starts, annotations, width) : []
  const [chunk] = chunks
  const all = chunk ? [...signals, annotationSignal(variant, chunk.length / width, digital)] : signals
  const header = encodeHeader(spec, all, records)
  const recordSize = all.reduce((sum, { samplesPerRecord }) => sum + width * samplesPerRecord, 0)
  const bytes = new Uint8Array(header.length + records * recordSize)
  bytes.set(header)
  let offset = header.length
  for (const [i, { samplesPerRecord, range }] of signals.entries()) {
    const { samples } = spec.signals[i] as EdfSignalSpec
    const gain = (range[1] - range[0]) / (digital[1] - digital[0])
    for (let sample = 0; sample < samples.length; sample++) {
      const stored = Math.round(((samples[sample] as number) - range[0]) / gain) + least
      if (stored < least || stored > digital[1]) {
        throw new RangeError(`signals[${i}].samples[${sample}] is outside the range`)
      }
      const record = Math.floor(sample / samplesPerRecord)
      const at = offset + record * recordSize + (sample - record * samplesPerRecord) * width
      for (let byte = 0; byte < width; byte++) bytes[at + byte] = stored >> (8 * byte)
    }
    offset += width * samplesPerRecord
  }
  for (const [record, each] of chunks.entries()) bytes.set(each, offset + record * recordSize)
  return bytes
}

const annotationSignal = (
  variant: string,
  samplesPerRecord: number,
  digital: Planned['digital'],
): Planned => ({
  label: `${variant.slice(0, 3)} Annotations`,
  transducer: '',
  unit: '',
  range: [-1, 1],
  digital,
  prefilter: '',
  samplesPerRecord,
})
