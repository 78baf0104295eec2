/** What must be refused with its code, and what must be read with a warning, made from sound files. */

import { describe, expect, test } from 'bun:test'
import {
  C3dError,
  type C3dErrorCode,
  describeC3d,
  isC3dError,
  readC3d,
  writeC3d,
} from '../../src/c3d/index.ts'
import { dataStartOf, joined, outcome, patch, smallSpec, warning } from './support.ts'

const sound = () => patch(writeC3d(smallSpec()))
const start = () => dataStartOf(writeC3d(smallSpec()))

const REFUSED: [C3dErrorCode, string, () => Uint8Array][] = [
  ['EMPTY', 'no bytes', () => new Uint8Array(0)],
  ['TOO_SHORT', '511 bytes', () => sound().bytes.subarray(0, 511)],
  ['TOO_SHORT', 'a header alone', () => sound().bytes.subarray(0, 512)],
  ['TOO_SHORT', 'parameters cut', () => sound().bytes.subarray(0, 700)],
  ['NOT_C3D', 'a PDF', () => joined(new TextEncoder().encode('%PDF-1.7'), new Uint8Array(4000).fill(7))],
  ['NOT_C3D', 'gzip data', () => sound().set(0, 0x1f, 0x8b).bytes],
  ['NOT_C3D', 'text', () => new TextEncoder().encode('time,emg\n'.repeat(100))],
  ['PARAM_POINTER', 'a parameter block 0', () => sound().set(0, 0).bytes],
  ['PARAM_POINTER', 'a parameter block 1', () => sound().set(0, 1).bytes],
  ['PARAM_POINTER', 'a parameter block past the end', () => sound().set(0, 200).bytes],
  ['PROCESSOR', 'a processor 0', () => sound().set(515, 0).bytes],
  ['PROCESSOR', 'a processor 83', () => sound().set(515, 83).bytes],
  ['PROCESSOR', 'a processor 87', () => sound().set(515, 87).bytes],
  [
    'DATA_START',
    'a data start of 0 in both places',
    () => sound().word(9, 0).value('POINT:DATA_START', 0).bytes,
  ],
  ['DATA_START', 'a data start inside the header', () => sound().word(9, 1).bytes],
  ['DATA_START', 'a data start inside the parameters', () => longSection(3)],
  [
    'DATA_START',
    'a data start inside the parameters by POINT:DATA_START',
    () => patch(longSection(0)).value('POINT:DATA_START', 3).bytes,
  ],
  ['DATA_START', 'a data start past the end', () => sound().word(9, 60000).bytes],
  [
    'DATA_START',
    'a data start past the end in both places',
    () => sound().word(9, 0).value('POINT:DATA_START', 60000).bytes,
  ],
  ['NO_FRAMES', 'an end before the first frame', () => sound().bytes.subarray(0, start())],
  ['NO_FRAMES', 'an end inside the first frame', () => sound().bytes.subarray(0, start() + 40)],
  ['NO_COUNTS', 'no parameters and a header that fits nothing', () => sound().set(516, 0).word(2, 900).bytes],
  [
    'NO_COUNTS',
    'neither points nor channels',
    () => joined(writeC3d(smallSpec({ points: [], analogs: [], frames: 5 })), new Uint8Array(512)),
  ],
  ['PARAM_LOOP', 'an offset of 3', () => sound().offset('POINT:USED', 3).bytes],
  ['PARAM_LOOP', 'an offset of 1', () => sound().offset('POINT:LABELS', 1).bytes],
  ['PARAM_LOOP', 'an offset of -20', () => sound().offset('POINT:USED', -20 & 0xffff).bytes],
  ['PARAM_LOOP', 'an offset of -20 on a group', () => sound().offset('POINT', -20 & 0xffff).bytes],
  ...[0, 3, 8, -1].map((type): [C3dErrorCode, string, () => Uint8Array] => [
    'PARAM_TYPE',
    `an element type ${type} of POINT:RATE`,
    () => {
      const file = sound()
      return file.set(file.entry('POINT:RATE').typeAt, type & 0xff).bytes
    },
  ]),
  [
    'PARAM_TYPE',
    'an element type 3 of ANALOG:SCALE',
    () => {
      const file = sound()
      return file.set(file.entry('ANALOG:SCALE').typeAt, 3).bytes
    },
  ],
  [
    'PARAM_DIMS',
    '200 dimensions',
    () => {
      const file = sound()
      return file.set(file.entry('POINT:LABELS').countAt, 200).bytes
    },
  ],
  [
    'PARAM_DIMS',
    '8 dimensions',
    () => {
      const file = sound()
      return file.set(file.entry('POINT:LABELS').countAt, 8).bytes
    },
  ],
  [
    'PARAM_DIMS',
    '255 x 255 values past the section',
    () => {
      const file = sound()
      return file.set(file.entry('POINT:LABELS').dimensionsAt, 255, 255).bytes
    },
  ],
  [
    'PARAM_DIMS',
    '255 to the 7th values',
    () => {
      const file = patch(
        writeC3d(
          smallSpec({
            parameters: [
              {
                name: 'INFO',
                parameters: [{ name: 'SEVEN', type: 'float', dimensions: [1, 1, 1, 1, 1, 1, 1], value: [1] }],
              },
            ],
          }),
        ),
      )
      return file.set(file.entry('INFO:SEVEN').dimensionsAt, ...Array(7).fill(255)).bytes
    },
  ],
  [
    'ALLOC_LIMIT',
    '65535 points in both places',
    () => sound().word(2, 65535).value('POINT:USED', 65535).bytes,
  ],
  [
    'ALLOC_LIMIT',
    '65535 samples a frame and channels, whatever the sub-frames',
    () => sound().word(3, 65535).value('ANALOG:USED', 65535).bytes,
  ],
  [
    'NO_COUNTS',
    'samples a frame that are no multiple of the sub-frames, nothing else, and no size to tell',
    () => joined(patch(writeC3d(smallSpec({ omit: ['ANALOG'] }))).word(3, 11).bytes, new Uint8Array(5000)),
  ],
  [
    'ALLOC_LIMIT',
    '65535 channels in both places',
    () => sound().word(3, 65535).word(10, 1).value('ANALOG:USED', 65535).bytes,
  ],
  [
    'ALLOC_LIMIT',
    'a ratio of rates of 65000',
    () =>
      sound().word(3, 0).word(10, 0).word(2, 65535).value('POINT:USED', 65535).value('ANALOG:RATE', 3.25e6)
        .bytes,
  ],
  ...[0, -50, Number.NaN, Infinity, 1e-41, 1e9].map((rate): [C3dErrorCode, string, () => Uint8Array] => [
    'RATE',
    `a rate of ${rate} in both places`,
    () => sound().float(11, rate).value('POINT:RATE', rate).bytes,
  ]),
  ['RATE', 'DEC claimed for Intel numbers', () => sound().set(515, 85).bytes],
  ['RATE', 'MIPS claimed for Intel numbers', () => sound().set(515, 86).bytes],
  [
    'RATE',
    'Intel claimed for DEC numbers',
    () => patch(writeC3d(smallSpec({ processor: 'dec' }))).set(515, 84).bytes,
  ],
  [
    'RATE',
    'Intel claimed for MIPS numbers',
    () => patch(writeC3d(smallSpec({ processor: 'mips' }))).set(515, 84).bytes,
  ],
]

/** A file of five parameter blocks whose header says that the data start at `block`. */
function longSection(block: number): Uint8Array {
  const parameters = Array.from({ length: 20 }, (_, i) => ({
    name: `NAME${i}`,
    type: 'char' as const,
    value: 'q'.repeat(90),
  }))
  return patch(writeC3d(smallSpec({ parameters: [{ name: 'INFO', parameters }] }))).word(9, block).bytes
}

describe('refusals', () => {
  for (const [code, name, make] of REFUSED)
    test(`${code}: ${name}`, () => {
      expect(outcome(make())).toEqual({ code })
    })

  test('SIZE_LIMIT: a file over the configured size, and one that declares more values than configured', () => {
    const file = sound().bytes
    expect(outcome(file, { maxBytes: file.length - 1 })).toEqual({ code: 'SIZE_LIMIT' })
    expect(outcome(file, { maxBytes: file.length, maxValues: 20 * 20 })).toMatchObject({ warnings: [] })
    expect(outcome(file, { maxValues: 20 * 20 - 1 })).toEqual({ code: 'SIZE_LIMIT' })
  })

  test('a refusal is known by its brand, says one sentence, and names the place', () => {
    try {
      readC3d(sound().set(515, 87).bytes)
      throw new Error('it was read')
    } catch (error) {
      if (!isC3dError(error)) throw error
      expect(error).toBeInstanceOf(C3dError)
      expect(error.offset).toBe(515)
      expect(error.message).toMatch(/^The processor byte is 87, .*\.$/)
      expect(Object.getOwnPropertySymbols(error)).toEqual([Symbol.for('myoserve.c3d.error')])
    }
    expect([new Error('no'), null, 'C3dError', { code: 'EMPTY' }].map(isC3dError)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  test("every sentence ends in a full stop, and none shows the reader's insides", () => {
    for (const [, name, make] of REFUSED)
      try {
        readC3d(make())
      } catch (error) {
        expect((error as Error).message, name).toMatch(/^[A-Z].*\.$/)
        expect((error as Error).message).not.toMatch(/undefined|\[object|TypeError|RangeError/)
      }
  })
})

describe('warnings', () => {
  test('a type that does not exist on a parameter nobody needs', () => {
    const file = patch(
      writeC3d(
        smallSpec({
          parameters: [
            {
              name: 'INFO',
              parameters: [
                { name: 'A', type: 'int16', value: 5 },
                { name: 'B', type: 'int16', value: 6 },
              ],
            },
          ],
        }),
      ),
    )
    const recording = readC3d(file.set(file.entry('INFO:A').typeAt, 3).bytes)
    const [a, b] = recording.parameters.at(-1)!.parameters
    expect([a!.type, a!.values, b!.values[0]]).toEqual(['unknown', [], 6])
    expect(warning(recording, 'PARAM_TYPE_UNKNOWN').where).toEqual(['INFO:A'])
  })

  test('an offset past the section, on an entry that others follow, is made up for', () => {
    const recording = readC3d(sound().offset('POINT:USED', 30000).bytes)
    expect(recording.points).toHaveLength(2)
    expect(warning(recording, 'PARAM_OFFSET').where).toEqual(['USED'])
  })

  test('a POINT:FRAMES of 0 is no count', () => {
    const recording = readC3d(sound().value('POINT:FRAMES', 0).bytes)
    expect(recording.framesPresent).toBe(20)
    expect(warning(recording, 'MISMATCH', 'frames').others).toEqual({ 'POINT:FRAMES': 0 })
  })

  test('an offset of 0 ends the section, and a warning says that more seems to follow', () => {
    const recording = readC3d(sound().offset('ANALOG', 0).bytes)
    expect(recording.framesPresent).toBe(20)
    expect(warning(recording, 'PARAM_OFFSET').where).toEqual(['ANALOG'])
  })

  test('an offset that ends the section early is made up for', () => {
    const file = sound()
    const { offsetAt } = file.entry('POINT')
    const recording = readC3d(file.offset('POINT', start() - 1 - offsetAt).bytes)
    expect(recording.parameters.map(({ name }) => name)).toEqual(['POINT', 'ANALOG'])
    warning(recording, 'PARAM_OFFSET')
  })

  test('dimensions that reach into the next entry are clipped', () => {
    const file = sound()
    const recording = readC3d(file.set(file.entry('POINT:LABELS').dimensionsAt + 1, 5).bytes)
    expect(recording.points.map(({ label }) => label)).toEqual(['LASI', 'RASI'])
    expect(warning(recording, 'PARAM_CLIPPED').where).toEqual(['LABELS'])
  })

  test('a parameter of NaN is null in JSON', () => {
    const recording = readC3d(
      patch(
        writeC3d(
          smallSpec({
            parameters: [{ name: 'INFO', parameters: [{ name: 'A', type: 'float', value: [1, 2] }] }],
          }),
        ),
      ).value('INFO:A', Number.NaN).bytes,
    )
    expect(warning(recording, 'PARAM_NON_FINITE').where).toEqual(['INFO:A'])
    expect(describeC3d(recording).parameters.INFO!.A!.value).toEqual([null, 2])
  })

  for (const processor of ['intel', 'mips'] as const)
    test(`NaN, infinite and huge samples are counted by channel (${processor})`, () => {
      const [one, two, three] = smallSpec().analogs
      const samples = Float32Array.from(two!.samples)
      samples.set([Number.NaN, 1, Infinity, -Infinity, 1e31], 7)
      const recording = readC3d(
        writeC3d(smallSpec({ processor, analogs: [one!, { ...two!, samples }, three!] })),
      )
      expect(warning(recording, 'ANALOG_NON_FINITE')).toMatchObject({
        count: 4,
        channels: [{ index: 1, count: 4, first: 7 }],
      })
      const { channels } = describeC3d(recording, { stats: true })
      expect(channels![1]!.max).toBe(Math.fround(1e31))
      expect(channels![1]!.min).toBeLessThan(0)
      expect(JSON.stringify(channels)).not.toMatch(/NaN|Infinity/)
    })

  test('a first or last sample that is not finite is null', () => {
    const samples = new Float32Array(80).fill(2)
    samples[0] = Number.NaN
    samples[79] = Infinity
    const recording = readC3d(writeC3d(smallSpec({ analogs: [{ label: 'A', unit: 'V', samples }] })))
    expect(describeC3d(recording, { stats: true }).channels).toEqual([
      { label: 'A', unit: 'V', mean: 2, std: 0, min: 2, max: 2, first: null, last: null },
    ])
  })

  for (const storage of ['int', 'float'] as const)
    test(`data of nothing but 0xFF (${storage})`, () => {
      const file = writeC3d(smallSpec({ storage }))
      file.fill(0xff, dataStartOf(file))
      const recording = readC3d(file)
      const codes = recording.warnings.map(({ code }) => code)
      expect(codes).toContain('DATA_ERASED')
      const { channels, validPoints } = describeC3d(recording, { stats: true })
      expect(validPoints).toBe(0)
      expect(channels![0]!.mean).toBe(storage === 'int' ? -recording.analogs[0]!.scale : null)
    })

  test('an EVENT:USED beyond what the group holds', () => {
    const file = patch(writeC3d(smallSpec({ events: [{ label: 'A', time: 0.1 }] }))).value(
      'EVENT:USED',
      65535,
    ).bytes
    const recording = readC3d(file)
    expect(recording.events.length).toBeLessThanOrEqual(2)
    expect(warning(recording, 'EVENT_COUNT').count).toBe(65535)
  })

  test('a group called __proto__ is a group like any other', () => {
    const recording = readC3d(
      writeC3d(
        smallSpec({
          parameters: [{ name: '__proto__', parameters: [{ name: '__proto__', type: 'int16', value: 1 }] }],
        }),
      ),
    )
    const text = JSON.stringify(describeC3d(recording).parameters)
    expect(text).toContain('"__proto__":{"__proto__":{"type":"int16","dimensions":[],"value":1}}')
    expect(({} as Record<string, unknown>).type).toBeUndefined()
  })

  test('65535 labels that are all the same get their names in linear time', () => {
    const analogs = Array.from({ length: 20000 }, () => ({ label: 'EMG', unit: 'V', samples: [1] }))
    const file = writeC3d(smallSpec({ points: [], samplesPerFrame: 1, analogs }))
    const begin = performance.now()
    const names = readC3d(file).analogs.map(({ name }) => name)
    expect(performance.now() - begin).toBeLessThan(1000)
    expect(new Set(names).size).toBe(20000)
  })

  test('a section of nothing but tiny entries is refused before it costs memory', () => {
    const file = writeC3d(smallSpec())
    const entry = [1, 1, 65, 4, 0, 1, 0]
    const blocks = 2000
    const section = new Uint8Array(blocks * 512)
    for (let at = 4; at + entry.length < section.length; at += entry.length) section.set(entry, at)
    section.set([1, 80, 255, 84])
    const big = joined(file.subarray(0, 512), section, file.subarray(start()))
    const begin = performance.now()
    new DataView(big.buffer).setUint16(16, blocks + 2, true)
    expect(outcome(big)).toEqual({ code: 'ALLOC_LIMIT' })
    expect(performance.now() - begin).toBeLessThan(1000)
  })
})
