/** V6-V9, V19-V26, V68: from stored words to physical units. */

import { describe, expect, test } from 'bun:test'
import { readC3d, writeC3d } from '../../src/c3d/index.ts'
import { patch, smallSpec, warning } from './support.ts'

const analogs = (...rows: { samples: number[]; scale?: number; offset?: number }[]) =>
  rows.map((row, i) => ({ label: `C${i + 1}`, unit: 'V', ...row }))

/** One frame a sample, no points, so that the channels' words are all there is. */
const spec = (storage: 'int' | 'float', channels: ReturnType<typeof analogs>, changes = {}) =>
  smallSpec({ storage, points: [], samplesPerFrame: 1, analogs: channels, ...changes })

/** Puts another parameter in the place of one of the writer's own. */
const analogParameter = (
  name: string,
  value: number | number[],
  type: 'int16' | 'float' | 'int8' = 'float',
) => ({
  parameters: [{ name: 'ANALOG', parameters: [{ name, type, value }] }],
})

const samplesOf = (file: Uint8Array, channel = 0) => Array.from(readC3d(file).analogs[channel]!.samples())

describe('storage and point scale', () => {
  test('V6: 16-bit words are multiplied by their scales', () => {
    const file = writeC3d(smallSpec({ storage: 'int', pointScale: 0.5 }))
    const { x, y, z } = readC3d(file).points[0]!.trajectory()
    expect([x[1], y[1], z[1]]).toEqual([4, 5, 6])
    expect(samplesOf(writeC3d(spec('int', analogs({ samples: [1, -2.5, 3], scale: 0.5 }))))).toEqual([
      1, -2.5, 3,
    ])
  })

  test('V7: a negative scale means float32 words, already scaled for points', () => {
    const recording = readC3d(writeC3d(smallSpec({ pointScale: 0.25 })))
    expect(recording).toMatchObject({ storage: 'float', pointScale: 0.25 })
    expect(Array.from(recording.points[1]!.trajectory().x.subarray(0, 2))).toEqual([-1, -7])
  })

  for (const storage of ['int', 'float'] as const)
    test(`V8: of two signs the one that fits the size is believed (${storage})`, () => {
      const sign = storage === 'int' ? -1 : 1
      for (const where of ['header', 'parameter']) {
        const file = patch(writeC3d(smallSpec({ storage, pointScale: 0.5 })))
        const broken = where === 'header' ? file.float(7, sign * 0.5) : file.value('POINT:SCALE', sign * 0.5)
        const recording = readC3d(broken.bytes)
        expect(recording).toMatchObject({ storage, framesPresent: 20, pointScale: 0.5 })
        expect(warning(recording, 'MISMATCH', 'storage').used).toBe(storage)
      }
    })

  for (const bad of [0, Number.NaN, Infinity])
    for (const storage of ['int', 'float'] as const) {
      test(`V8: a scale of ${bad} in the header leaves POINT:SCALE (${storage})`, () => {
        const recording = readC3d(
          patch(writeC3d(smallSpec({ storage, pointScale: 0.5 }))).float(7, bad).bytes,
        )
        expect(recording).toMatchObject({ storage, pointScale: 0.5 })
        expect(warning(recording, 'SCALE_INVALID').message).toContain('0.5 was used')
      })

      test(`V8: a scale of ${bad} in POINT:SCALE leaves the header's (${storage})`, () => {
        const recording = readC3d(
          patch(writeC3d(smallSpec({ storage, pointScale: 0.5 }))).value('POINT:SCALE', bad).bytes,
        )
        expect(recording).toMatchObject({ storage, pointScale: 0.5 })
        warning(recording, 'SCALE_INVALID')
      })

      test(`V8: a scale of ${bad} in both places leaves the size (${storage})`, () => {
        const file = patch(writeC3d(smallSpec({ storage, pointScale: 0.5 })))
          .float(7, bad)
          .value('POINT:SCALE', bad)
        const recording = readC3d(file.bytes)
        expect(recording).toMatchObject({ storage, framesPresent: 20, pointScale: 1 })
        warning(recording, 'SCALE_INVALID')
      })
    }

  test('V9: of two magnitudes the header wins, and the other is told', () => {
    const recording = readC3d(
      patch(writeC3d(smallSpec({ storage: 'int', pointScale: 0.5 }))).value('POINT:SCALE', 0.125).bytes,
    )
    expect(recording.points[0]!.trajectory().x[0]).toBe(1)
    expect(warning(recording, 'MISMATCH', 'scale')).toMatchObject({
      used: 0.5,
      others: { 'POINT:SCALE': 0.125 },
    })
  })
})

describe('signs and offsets', () => {
  for (const processor of ['intel', 'dec', 'mips'] as const) {
    test(`V19: UNSIGNED makes offsets of float data unsigned (${processor})`, () => {
      const file = writeC3d(
        spec('float', analogs({ samples: [1, 2], offset: 40000, scale: 0.5 }), {
          analogFormat: 'unsigned',
          processor,
        }),
      )
      const recording = readC3d(file)
      expect(recording.analogs[0]).toMatchObject({ offset: 40000, unsigned: true })
      expect(Array.from(recording.analogs[0]!.samples())).toEqual([1, 2])
      expect(recording.warnings).toEqual([])
    })

    test(`V20: UNSIGNED integer samples reach past 32767 (${processor})`, () => {
      const samples = [-32768, 0, 32767]
      const file = writeC3d(
        spec('int', analogs({ samples, scale: 1 }), { analogFormat: 'unsigned', processor }),
      )
      const recording = readC3d(file)
      expect(Array.from(recording.analogs[0]!.raw())).toEqual([0, 32768, 65535])
      expect(Array.from(recording.analogs[0]!.samples())).toEqual(samples)
    })
  }

  test('V19: without a FORMAT an offset of -16384 or less is unsigned, and a warning says so', () => {
    const changes = { analogFormat: 'unsigned', omit: ['ANALOG:FORMAT'] }
    const file = writeC3d(spec('int', analogs({ samples: [-5, 5], scale: 1 }), changes))
    const recording = readC3d(file)
    expect(recording.analogs[0]).toMatchObject({ offset: 32768, unsigned: true })
    expect(Array.from(recording.analogs[0]!.samples())).toEqual([-5, 5])
    expect(warning(recording, 'OFFSET_SIGN').where).toEqual(['channel 1'])
  })

  test('V19: SIGNED with an offset of -32768 means 32768, for that channel alone', () => {
    const file = writeC3d(
      spec('float', analogs({ samples: [7, 8] }, { samples: [7, 8], offset: -100 }), {
        analogFormat: 'signed',
      }),
    )
    const recording = readC3d(patch(file).value('ANALOG:OFFSET', -32768).bytes)
    expect(Array.from(recording.analogs[0]!.samples())).toEqual([7 - 32768, 8 - 32768])
    expect(recording.analogs[1]).toMatchObject({ offset: -100, unsigned: false })
    expect(warning(recording, 'OFFSET_SIGN').count).toBe(1)
  })

  for (const bits of [12, 14, 16])
    test(`V21: BITS ${bits}, as an integer or a float, changes no value`, () => {
      for (const type of ['int16', 'float'] as const) {
        const file = writeC3d(
          spec('int', analogs({ samples: [1, 2], scale: 0.5 }), analogParameter('BITS', bits, type)),
        )
        expect(readC3d(file).analogBits).toBe(bits)
        expect(samplesOf(file)).toEqual([1, 2])
      }
    })

  test('V22: the sign of GEN_SCALE and of SCALE is applied', () => {
    const file = writeC3d(spec('float', analogs({ samples: [1, 2], scale: -2 }), { genScale: -1 }))
    expect(Array.from(readC3d(file).analogs[0]!.raw())).toEqual([0.5, 1])
    expect(samplesOf(file)).toEqual([1, 2])
  })

  for (const bad of [0, Number.NaN, Infinity])
    test(`V22: a GEN_SCALE of ${bad} is taken as 1, and a warning says so`, () => {
      const file = patch(writeC3d(spec('float', analogs({ samples: [1, 2] })))).value(
        'ANALOG:GEN_SCALE',
        bad,
      ).bytes
      expect(samplesOf(file)).toEqual([1, 2])
      expect(warning(readC3d(file), 'GEN_SCALE_INVALID').used).toBe(1)
    })

  test('V23: a SCALE of 1 says nothing about units', () => {
    const recording = readC3d(
      writeC3d(spec('float', analogs({ samples: [1, 2] }), { omit: ['ANALOG:UNITS'] })),
    )
    expect(recording.analogs[0]!.unit).toBeNull()
    const newton = readC3d(
      writeC3d(smallSpec({ analogs: [{ label: 'Fx', unit: 'Nmm', samples: new Float32Array(80) }] })),
    )
    expect(newton.analogs[0]!.unit).toBe('Nmm')
  })

  for (const type of ['float', 'int8'] as const)
    test(`V24: an OFFSET of type ${type} is an offset`, () => {
      const file = writeC3d(
        spec(
          'float',
          analogs({ samples: [11, 12] }, { samples: [1, 2] }),
          analogParameter('OFFSET', [10, 0], type),
        ),
      )
      expect(samplesOf(file)).toEqual([1, 2])
    })

  test('V25: OFFSETS and FORCE_PLATFORMS are found under their right names, and the alias is told', () => {
    const changes = {
      omit: ['ANALOG:OFFSET'],
      parameters: [
        { name: 'ANALOG', parameters: [{ name: 'OFFSETS', type: 'int16' as const, value: [10, 0] }] },
        {
          name: 'FORCE_PLATFORMS',
          parameters: [
            { name: 'USED', type: 'int16' as const, value: 1 },
            { name: 'TYPE', type: 'int16' as const, value: [2] },
            { name: 'CHANNEL', type: 'int16' as const, dimensions: [1, 1], value: [2] },
          ],
        },
      ],
    }
    const recording = readC3d(
      writeC3d(spec('float', analogs({ samples: [11, 12] }, { samples: [1, 2] }), changes)),
    )
    expect(Array.from(recording.analogs[0]!.samples())).toEqual([1, 2])
    expect(recording.analogs.map(({ forcePlate }) => forcePlate)).toEqual([null, 0])
    const aliases = recording.warnings.filter(({ code }) => code === 'ALIAS')
    expect(aliases.flatMap(({ where }) => where)).toEqual(['ANALOG:OFFSETS', 'FORCE_PLATFORMS'])
  })

  for (const [shape, value] of [
    ['scalar', 2],
    ['of one value', [2]],
    ['empty', []],
  ] as const)
    test(`V26: a SCALE that is ${shape} is padded with 1`, () => {
      const file = writeC3d(
        spec(
          'float',
          analogs({ samples: [3, 4] }, { samples: [3, 4] }),
          analogParameter('SCALE', value as number | number[]),
        ),
      )
      const recording = readC3d(file)
      expect(Array.from(recording.analogs[0]!.samples())).toEqual(shape === 'empty' ? [3, 4] : [6, 8])
      expect(Array.from(recording.analogs[1]!.samples())).toEqual([3, 4])
    })

  test('V26: an OFFSET shorter than the channels is padded with 0, and a warning counts the rest', () => {
    const file = writeC3d(
      spec('float', analogs({ samples: [3, 4] }, { samples: [3, 4] }), analogParameter('OFFSET', 1, 'int16')),
    )
    expect(samplesOf(file)).toEqual([2, 3])
    expect(samplesOf(file, 1)).toEqual([3, 4])
    expect(warning(readC3d(file), 'ANALOG_SCALE_SHORT').count).toBe(1)
  })

  for (const bad of [Number.NaN, Infinity])
    test(`a channel scale or offset of ${bad} is replaced, and the channel named`, () => {
      const scale = patch(writeC3d(spec('float', analogs({ samples: [3, 4] }, { samples: [3, 4] })))).value(
        'ANALOG:SCALE',
        bad,
        1,
      ).bytes
      expect(samplesOf(scale, 1)).toEqual([3, 4])
      expect(warning(readC3d(scale), 'ANALOG_SCALE_INVALID').where).toEqual(['channel 2'])
      const offset = writeC3d(spec('float', analogs({ samples: [3, 4] }), analogParameter('OFFSET', [bad])))
      expect(samplesOf(offset)).toEqual([3, 4])
      warning(readC3d(offset), 'ANALOG_OFFSET_INVALID')
    })

  test('V68: integers clipped at +-32756 come out as stored, none wrapped, for a detector to find', () => {
    const samples = [32756, 32756, -32756, 1]
    expect(samplesOf(writeC3d(spec('int', analogs({ samples, scale: 1 }))))).toEqual(samples)
  })

  test('samples fill a target that is given, and refuse one that is too short', () => {
    const recording = readC3d(writeC3d(smallSpec()))
    const target = new Float64Array(100)
    expect(recording.analogs[0]!.samples(target) === target).toBe(true)
    expect([...target.subarray(0, 80)]).toEqual([...recording.analogs[0]!.samples()])
    expect(() => recording.analogs[0]!.samples(new Float64Array(79))).toThrow(RangeError)
    expect(() => recording.analogSamplesOf([3])).toThrow(RangeError)
    expect(recording.allAnalogSamples()).toEqual(recording.analogs.map((channel) => channel.samples()))
  })
})
