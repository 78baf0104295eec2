/** Small EDF files for tests, and their headers patched field by field. */
import { type EdfWriteSpec, writeEdf } from '../../plugins/edf-reader/codec/index.ts'

/** A ramp of `count` samples that fills -50 to 50. */
export const ramp = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => (100 * i) / Math.max(1, count - 1) - 50)

/** Four records of half a second: EMG at 200 Hz, another signal at 20 Hz, two annotations. */
export const smallSpec = (changes: Partial<EdfWriteSpec> = {}): EdfWriteSpec => ({
  variant: 'EDF+C',
  patient: 'MCH-0234567 F 02-MAY-1951 Haagse_Harry',
  start: { year: 2026, month: 11, day: 21, hour: 9, minute: 30, second: 5 },
  recordDuration: 0.5,
  signals: [
    {
      label: 'EMG R VL',
      unit: 'uV',
      transducer: 'AgAgCl electrodes',
      prefilter: 'HP:20Hz LP:95Hz',
      samplesPerRecord: 100,
      samples: ramp(400),
    },
    { label: 'Angle', unit: 'deg', samplesPerRecord: 10, samples: ramp(40) },
  ],
  ...((changes.variant ?? 'EDF+C').includes('+')
    ? {
        annotations: [
          { time: 0.25, text: 'Contract' },
          { time: 1.5, duration: 0.25, text: 'Entspannen, bitte: 3 µV' },
        ],
      }
    : {}),
  ...changes,
})

export const small = (changes: Partial<EdfWriteSpec> = {}): Uint8Array => writeEdf(smallSpec(changes))

/** Places of the fields of the fixed part: start and width. */
const FIXED = {
  version: [0, 8],
  patient: [8, 80],
  recording: [88, 80],
  startDate: [168, 8],
  startTime: [176, 8],
  size: [184, 8],
  reserved: [192, 44],
  records: [236, 8],
  recordDuration: [244, 8],
  signals: [252, 4],
} as const

/** Of a signal's fields: bytes of those before for each signal, and width. */
const SIGNAL = {
  label: [0, 16],
  transducer: [16, 80],
  unit: [96, 8],
  physicalMin: [104, 8],
  physicalMax: [112, 8],
  digitalMin: [120, 8],
  digitalMax: [128, 8],
  prefilter: [136, 80],
  samplesPerRecord: [216, 8],
} as const

function put(bytes: Uint8Array, at: number, width: number, text: string): Uint8Array {
  const patched = bytes.slice()
  for (let i = 0; i < width; i++) patched[at + i] = text.charCodeAt(i) || 0x20
  return patched
}

/** A copy with another text in a field, one character a byte. */
export const withField = (bytes: Uint8Array, field: keyof typeof FIXED, text: string): Uint8Array =>
  put(bytes, FIXED[field][0], FIXED[field][1], text)

const countOf = (bytes: Uint8Array): number => Number(String.fromCharCode(...bytes.subarray(252, 256)))

/** The same for a field of one signal. */
export function withSignalField(
  bytes: Uint8Array,
  signal: number,
  field: keyof typeof SIGNAL,
  text: string,
): Uint8Array {
  const [before, width] = SIGNAL[field]
  return put(bytes, 256 + before * countOf(bytes) + width * signal, width, text)
}

/** Where the data records begin. */
export const headerSize = (bytes: Uint8Array): number => 256 * (countOf(bytes) + 1)

/** The text of a list of annotations, one character a byte, in the annotation signal of one record of {@link small}. */
export function withAnnotations(bytes: Uint8Array, record: number, text: string): Uint8Array {
  const records = Number(String.fromCharCode(...bytes.subarray(236, 244)))
  const recordSize = (bytes.length - headerSize(bytes)) / records
  const width = bytes[0] === 0xff ? 3 : 2
  const start = headerSize(bytes) + record * recordSize + 110 * width
  const end = headerSize(bytes) + (record + 1) * recordSize
  if (text.length > end - start) throw new RangeError(`${text.length} bytes of ${end - start}`)
  const patched = bytes.slice()
  patched.fill(0, start, end)
  for (let i = 0; i < text.length; i++) patched[start + i] = text.charCodeAt(i)
  return patched
}
