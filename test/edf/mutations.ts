/** Random damage to sound files, and what must still hold when the damaged file is read. */
import fc from 'fast-check'
import { isUnreadable } from '../../plugins/c3d-reader/index.ts'
import { describeEdf, type EdfRecording, readEdf } from '../../plugins/edf-reader/codec/index.ts'
import { refuseNonFinite } from '../support/damaged-files.ts'
import { headerSize, small } from './support.ts'

/** One of each variant, one with gaps, one with annotations alone. */
export const seeds: readonly Uint8Array[] = [
  ...(['EDF', 'EDF+C', 'EDF+D', 'BDF', 'BDF+C', 'BDF+D'] as const).map((variant) => small({ variant })),
  small({ variant: 'EDF+D', recordStarts: [0, 0.75, 3, 9.5] }),
  small({ signals: [] }),
]

/** Numbers at the edges, as fields have them. */
const telling = fc.constantFrom(
  '',
  '0',
  '-1',
  '1',
  '65535',
  '99999999',
  '-9999999',
  '1E308',
  '1E-308',
  '-1E99',
  'NaN',
  '0.000001',
  'EDF+D',
  'EDF+C',
  'EDF Annotations ',
)

const fraction = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((value) => value / 1e6)

const stamp = fc.constantFrom(
  '+0\x14\x14\0',
  '+1\x14\x14\0',
  '-1\x14\x14\0',
  '+1e9\x14\x14\0',
  '+86400\x14\x14\0',
  '+99999999999999\x14\x14\0',
  '+1\x15\x14x\x14',
  '+1\x14',
  '+\x14\x15\0',
)

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), place: fraction, value: fc.nat(255) }),
  fc.record({ kind: fc.constant('field' as const), place: fraction, text: telling }),
  fc.record({ kind: fc.constant('field' as const), place: fraction, text: telling }),
  fc.record({ kind: fc.constant('stamp' as const), place: fraction, text: stamp }),
  fc.record({ kind: fc.constant('cut' as const), place: fraction }),
  fc.record({
    kind: fc.constant('move' as const),
    place: fraction,
    to: fraction,
    length: fc.integer({ min: 1, max: 300 }),
  }),
)

/** Which seed, and what is done to it. */
export const damage = fc.record({
  seed: fc.nat(seeds.length - 1),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }),
})

/** A damaged copy. Fields are hit where they stand, in steps of 8 bytes from the size of the header on. */
export function damaged({
  seed,
  mutations,
}: typeof damage extends fc.Arbitrary<infer T> ? T : never): Uint8Array {
  let bytes = (seeds[seed] as Uint8Array).slice()
  const head = headerSize(bytes)
  for (const one of mutations) {
    if (one.kind === 'cut') {
      // Most cuts leave the header whole, or there would be little else to see.
      bytes = bytes.slice(0, Math.floor((0.2 + 0.8 * one.place) * bytes.length))
      continue
    }
    const inData = head + Math.floor(one.place * (bytes.length - head))
    const at =
      one.kind === 'field'
        ? 184 + 4 * Math.floor((one.place * (head - 184)) / 4)
        : one.kind === 'stamp'
          ? inData
          : Math.floor(one.place * bytes.length)
    if (one.kind === 'byte') bytes[at] = one.value
    else if (one.kind === 'move') {
      bytes.copyWithin(Math.floor(one.to * bytes.length), at, at + one.length)
    } else {
      const text = one.kind === 'field' ? one.text.padEnd(8) : one.text
      for (let i = 0; i < text.length && at + i < bytes.length; i++) bytes[at + i] = text.charCodeAt(i)
    }
  }
  return bytes
}

/**
 * Reads the bytes and everything they hold.
 *
 * @returns the code of the refusal, or `READ`
 * @throws when anything but a refusal leaves the reader, or what it read breaks a promise
 */
export function readAll(bytes: Uint8Array): string {
  let recording: EdfRecording
  try {
    recording = readEdf(bytes)
  } catch (error) {
    if (isUnreadable(error) && error.message.endsWith('.')) return error.code
    throw error
  }
  const { channels, gaps, duration, recordsPresent, header } = recording
  if (header.size + recordsPresent * header.recordSize > bytes.length) throw new Error('more than there is')
  if (new Set(channels.map(({ name }) => name)).size !== channels.length)
    throw new Error('names that are not unique')
  if (!(duration >= 0 && duration < Infinity)) throw new Error(`a duration of ${duration}`)
  for (const { samples, length, rate, header: signal } of channels) {
    if (!(rate > 0 && rate <= 1e6)) throw new Error(`a rate of ${rate}`)
    const values = samples()
    if (values.length !== length) throw new Error('a channel of another length')
    const stored = recordsPresent * signal.samplesPerRecord
    const present = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0)
    if (present !== stored && present !== 0) throw new Error(`${present} of ${stored} samples`)
  }
  for (const gap of gaps) if (!(gap.duration > 0 && gap.start > 0)) throw new Error('a gap that is none')
  for (const { message } of recording.warnings) {
    if (/Haagse|1951|0234567/.test(message)) throw new Error('a warning that names the patient')
  }
  const found = describeEdf(recording, { stats: true })
  refuseNonFinite(found)
  return JSON.stringify(found).length > 0 ? 'READ' : 'NOTHING'
}
