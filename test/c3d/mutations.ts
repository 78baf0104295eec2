/** Random damage to sound files, and what must still hold when the damaged file is read. */

import fc from 'fast-check'
import { type C3dWriteSpec, describeC3d, isC3dError, readC3d, writeC3d } from '../../src/c3d/index.ts'
import { refuseNonFinite } from '../support/damaged-files.ts'
import { patch, smallSpec } from './support.ts'

/** One piece of damage. Places are fractions, so that they fit every seed. */
export type Mutation =
  | { kind: 'flip'; place: number; bit: number }
  | { kind: 'byte'; place: number; value: number }
  | { kind: 'word'; place: number; value: number; high: boolean }
  | {
      kind: 'entry'
      entry: number
      part: 'name' | 'offset' | 'type' | 'count' | 'dimension' | 'data'
      value: number
    }
  | { kind: 'truncate'; place: number }
  | { kind: 'splice'; from: number; to: number; length: number }
  | { kind: 'swap'; first: number; second: number }
  | { kind: 'insert'; place: number; bytes: Uint8Array }

/** Even, without fast-check's liking for 0, where the magic number stands and every file ends. */
const fraction = fc.noBias(fc.integer({ min: 1000, max: 999_999 })).map((value) => value / 1e6)

/** Values at the edges of signs, counts and floats. */
const telling = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fc0, 0x7f80, 0xff80, 12345),
  fc.integer({ min: 0, max: 0xffff }),
)

const byte = fc.integer({ min: 0, max: 255 })

const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary })

const block = fc.noBias(fc.integer({ min: 1, max: 20 }))

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  weighted(3, fc.record({ kind: fc.constant('flip'), place: fraction, bit: fc.nat(7) })),
  weighted(3, fc.record({ kind: fc.constant('byte'), place: fraction, value: byte })),
  weighted(4, fc.record({ kind: fc.constant('word'), place: fraction, value: telling, high: fc.boolean() })),
  weighted(
    6,
    fc.record({
      kind: fc.constant('entry'),
      entry: fc.noBias(fc.nat(200)),
      part: fc.constantFrom('name', 'offset', 'type', 'count', 'dimension', 'data'),
      value: telling,
    }),
  ),
  weighted(1, fc.record({ kind: fc.constant('truncate'), place: fraction })),
  weighted(
    3,
    fc.record({
      kind: fc.constant('splice'),
      from: fraction,
      to: fraction,
      length: fc.integer({ min: 1, max: 600 }),
    }),
  ),
  weighted(1, fc.record({ kind: fc.constant('swap'), first: block, second: block })),
  weighted(
    1,
    fc.record({
      kind: fc.constant('insert'),
      place: fraction,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
    }),
  ),
)

/** Which seed, and what is done to it. */
export const damage = fc.record({
  seed: fc.noBias(fc.nat(10_000)),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }),
})

/** A sound file, the end of its header and parameters, and its entries' places. */
interface Seed {
  file: Uint8Array
  /** Most damage falls here. */
  headEnd: number
  entries: ReturnType<ReturnType<typeof patch>['entry']>[]
}

/** Every processor and storage, each as a full, an analog-only and a points-only file. */
export const seeds: Seed[] = (['intel', 'dec', 'mips'] as const).flatMap((processor) =>
  (['int', 'float'] as const).flatMap((storage) =>
    [fullSpec(), { ...smallSpec(), points: [], pointScale: 1 }, { ...smallSpec(), analogs: [] }].map((spec) =>
      makeSeed({ ...spec, processor, storage }),
    ),
  ),
)

function fullSpec(): C3dWriteSpec {
  const int = (name: string, value: number | number[], dimensions?: number[]) => ({
    name,
    type: 'int16' as const,
    value,
    ...(dimensions ? { dimensions } : {}),
  })
  return smallSpec({
    firstFrame: 11,
    events: [
      { label: 'Foot Strike', time: 0.1, context: 'Left', subject: 'S' },
      { label: 'Foot Off', time: 0.3 },
    ],
    headerEvents: [{ label: 'RHS', time: 0.2 }],
    analogFormat: 'unsigned',
    parameters: [
      { name: 'TRIAL', parameters: [int('ACTUAL_START_FIELD', [11, 0]), int('ACTUAL_END_FIELD', [30, 0])] },
      {
        name: 'FORCE_PLATFORM',
        parameters: [int('USED', 1), int('TYPE', [2]), int('CHANNEL', [1, 2, 3], [3, 1])],
      },
      {
        name: 'INFO',
        locked: true,
        parameters: [int('DURATION', 1), { name: 'TEXT', type: 'char', value: ['a', 'bc'] }],
      },
      { name: 'ROTATION', parameters: [int('USED', 0), int('DATA_START', 9)] },
      { name: 'POINT', parameters: [{ name: 'LONG_FRAMES', type: 'float', value: 20 }] },
    ],
  })
}

function makeSeed(spec: C3dWriteSpec): Seed {
  const file = writeC3d(spec)
  const recording = readC3d(file)
  const { entry } = patch(file)
  const paths = recording.parameters.flatMap(({ name, parameters }) => [
    name,
    ...parameters.map((one) => `${name}:${one.name}`),
  ])
  return { file, headEnd: recording.header.dataBlock * 512 - 512, entries: paths.map(entry) }
}

/** A damaged copy. Nine places of ten lie in header and parameters, where damage does most. */
export function damaged({ seed, mutations }: { seed: number; mutations: Mutation[] }): Uint8Array {
  const { file, headEnd, entries } = seeds[seed % seeds.length]!
  let bytes = file.slice()
  const at = (place: number) =>
    Math.min(Math.floor(place < 0.9 ? (place / 0.9) * headEnd : place * bytes.length), bytes.length - 1)
  for (const one of mutations) {
    if (bytes.length === 0) return bytes
    switch (one.kind) {
      case 'flip':
        bytes[at(one.place)]! ^= 1 << one.bit
        break
      case 'byte':
        bytes[at(one.place)] = one.value
        break
      case 'word': {
        const place = at(one.place) & ~1
        bytes[place + (one.high ? 1 : 0)] = one.value & 0xff
        if (place + 1 < bytes.length) bytes[place + (one.high ? 0 : 1)] = one.value >> 8
        break
      }
      case 'entry': {
        const { start, offsetAt, typeAt, countAt, dimensionsAt, dataAt } =
          entries[one.entry % entries.length]!
        const places = {
          name: start,
          offset: offsetAt,
          type: typeAt,
          count: countAt,
          dimension: dimensionsAt,
          data: dataAt,
        }
        const place = places[one.part]
        if (place >= bytes.length) break
        bytes[place] = one.value & 0xff
        if (one.part !== 'type' && one.part !== 'count' && place + 1 < bytes.length)
          bytes[place + 1] = one.value >> 8
        break
      }
      case 'truncate':
        bytes = bytes.slice(0, at(one.place))
        break
      case 'splice':
        bytes.copyWithin(at(one.to), at(one.from), at(one.from) + one.length)
        break
      case 'swap': {
        const [first, second] = [one.first * 512, one.second * 512]
        if (Math.max(first, second) + 512 > bytes.length) break
        const block = bytes.slice(first, first + 512)
        bytes.copyWithin(first, second, second + 512)
        bytes.set(block, second)
        break
      }
      case 'insert': {
        const place = at(one.place)
        const longer = new Uint8Array(bytes.length + one.bytes.length)
        longer.set(bytes.subarray(0, place))
        longer.set(one.bytes, place)
        longer.set(bytes.subarray(place), place + one.bytes.length)
        bytes = longer
      }
    }
  }
  return bytes
}

/**
 * Reads the bytes and everything they hold.
 *
 * @returns the code of the refusal, or `READ`
 * @throws when anything but a C3dError leaves the reader, or what it read breaks a promise
 */
export function readAll(bytes: Uint8Array): string {
  let recording: ReturnType<typeof readC3d>
  try {
    recording = readC3d(bytes)
  } catch (error) {
    if (isC3dError(error) && error.message.endsWith('.')) return error.code
    throw error
  }
  const { framesPresent, points, analogs, analogSamples, raw } = recording
  if (raw.words.byteLength > bytes.length) throw new Error('more words than the file has')
  if (framesPresent > recording.framesDeclared) throw new Error('more frames than declared')
  if (!(recording.pointRate >= 0.1 && recording.pointRate <= 1e6))
    throw new Error(`rate ${recording.pointRate}`)
  const names = new Set(analogs.map(({ name }) => name))
  if (names.size !== analogs.length) throw new Error('names that are not unique')
  for (const samples of recording.allAnalogSamples())
    if (samples.length !== analogSamples) throw new Error('a channel of another length')
  for (const channel of analogs.slice(0, 3)) channel.raw()
  for (const point of points.slice(0, 3)) point.trajectory()
  const found = describeC3d(recording, { stats: true })
  refuseNonFinite(found)
  JSON.stringify(found)
  return 'READ'
}
