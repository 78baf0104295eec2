/** V1-V15, V28-V36, V60-V63, V69: processors, pointers, the parameter section and what surrounds it. */

import { describe, expect, test } from 'bun:test'
import { unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type C3dParameterSpec, readC3d, writeC3d } from '../../src/c3d/index.ts'
import { dataStartOf, joined, outcome, patch, readVendor, realTest, smallSpec, warning } from './support.ts'

const extra = (...parameters: C3dParameterSpec[]) => [{ name: 'INFO', parameters }]
const infoOf = (bytes: Uint8Array) => {
  const group = readC3d(bytes).parameters.find(({ name }) => name === 'INFO')
  return Object.fromEntries(group?.parameters.map((parameter) => [parameter.name, parameter]) ?? [])
}

describe('processors', () => {
  for (const [variation, processor] of [
    ['V1', 'intel'],
    ['V2', 'dec'],
    ['V3', 'mips'],
  ] as const)
    for (const storage of ['int', 'float'] as const)
      test(`${variation}: ${processor} numbers are read in header, parameters and ${storage} data`, () => {
        const recording = readC3d(
          writeC3d(
            smallSpec({
              processor,
              storage,
              parameters: extra({ name: 'PI', type: 'float', value: 3.140625 }),
            }),
          ),
        )
        expect(recording).toMatchObject({
          processor,
          storage,
          framesPresent: 20,
          pointRate: 50,
          analogRate: 200,
          warnings: [],
        })
        const info = recording.parameters.find(({ name }) => name === 'INFO')!
        expect(Array.from(info.parameters[0]!.values as Float32Array)).toEqual([3.140625])
        const samples = recording.analogs[1]!.samples()
        for (let i = 0; i < 80; i++) expect(samples[i]).toBeCloseTo(Math.sin(i / 3 + 1) * 2, 3)
      })

  for (const [code, processor] of [
    [1, 'intel'],
    [2, 'dec'],
    [3, 'mips'],
  ] as const)
    test(`V4: a processor stored as ${code} is ${processor}, with a warning`, () => {
      const file = patch(writeC3d(smallSpec({ processor }))).set(515, code).bytes
      const recording = readC3d(file)
      expect(recording.processor).toBe(processor)
      expect(warning(recording, 'PROCESSOR_SHORT').message).toContain(String(code + 83))
    })

  test('V5: one offset of the wrong byte order at the end of a MIPS section ends it', () => {
    const file = patch(
      writeC3d(
        smallSpec({
          processor: 'mips',
          parameters: extra({ name: 'LAST', type: 'char', value: Array(3).fill('x'.repeat(100)) }),
        }),
      ),
    )
    const { offsetAt, end } = file.entry('INFO:LAST')
    const swapped = ((end - offsetAt) >> 8) | (((end - offsetAt) & 0xff) << 8)
    const recording = readC3d(file.offset('INFO:LAST', swapped).bytes)
    expect(recording.parameters.at(-1)!.parameters[0]!.values).toEqual(Array(3).fill('x'.repeat(100)))
    expect(recording.warnings.map(({ code }) => code)).toEqual(['PARAM_OFFSET'])
  })
})

describe('where things are', () => {
  test('V10: parameters away from block 2, with padding before and after them', () => {
    const plain = writeC3d(smallSpec())
    const start = dataStartOf(plain)
    const padding = new Uint8Array(9 * 512).fill(0xaa)
    const moved = joined(
      plain.subarray(0, 512),
      padding,
      plain.subarray(512, start),
      padding,
      plain.subarray(start),
    )
    moved[0] = 11
    new DataView(moved.buffer).setUint16(16, start / 512 + 1 + 18, true)
    const recording = readC3d(moved)
    expect(recording.framesPresent).toBe(20)
    expect(recording.analogs[0]!.samples()).toEqual(readC3d(plain).analogs[0]!.samples())
    expect(warning(recording, 'MISMATCH', 'dataStart').used).toBe(start / 512 + 1 + 18)
  })

  for (const junk of [
    [0, 0],
    [31, 2],
    [255, 255],
  ])
    test(`V11: the first two bytes of the parameter section may be ${junk}`, () => {
      expect(readC3d(patch(writeC3d(smallSpec())).set(512, ...junk).bytes).warnings).toEqual([])
    })

  test('V12: a block count too small does not cut the parameters', () => {
    const file = writeC3d(
      smallSpec({ parameters: extra({ name: 'LONG', type: 'char', value: Array(30).fill('y'.repeat(60)) }) }),
    )
    const recording = readC3d(patch(file).set(514, 1).bytes)
    expect(recording.parameters.at(-1)!.parameters[0]!.values).toHaveLength(30)
    expect(warning(recording, 'PARAM_BLOCKS').message).toContain('1 blocks')
  })

  test('V13: without any parameter the header alone is read', () => {
    const plain = writeC3d(smallSpec())
    const start = dataStartOf(plain)
    const section = new Uint8Array(512)
    section.set([1, 80, 0, 84])
    const file = joined(plain.subarray(0, 512), section, plain.subarray(start))
    new DataView(file.buffer).setUint16(16, 3, true)
    const recording = readC3d(file)
    expect(recording).toMatchObject({ framesPresent: 20, pointRate: 50, analogRate: 200, parameters: [] })
    expect(recording.analogs.map(({ label, unit, scale }) => ({ label, unit, scale }))).toEqual(
      ['A001', 'A002', 'A003'].map((label) => ({ label, unit: null, scale: 1 })),
    )
    expect(recording.warnings.map(({ code }) => code)).toEqual(['NO_PARAMETERS', 'MISSING'])
  })

  test('V14: more than 127 parameter blocks, and a data start past block 127', () => {
    const long = Array.from({ length: 3 }, (_, i) => ({
      name: `L${i}`,
      type: 'char' as const,
      value: Array(255).fill('z'.repeat(100)),
    }))
    const file = writeC3d(smallSpec({ parameters: extra(...long) }))
    expect(file[514]).toBeGreaterThan(127)
    const recording = readC3d(file)
    expect(recording.warnings).toEqual([])
    expect(recording.framesPresent).toBe(20)
  })

  for (const wrong of [0, 1, 9, 60000])
    test(`V15: the header's data start is believed over a POINT:DATA_START of ${wrong}`, () => {
      const file = patch(writeC3d(smallSpec()))
      const recording = readC3d(file.value('POINT:DATA_START', wrong).bytes)
      expect(recording.framesPresent).toBe(20)
      expect(warning(recording, 'MISMATCH', 'dataStart').others).toEqual({ 'POINT:DATA_START': wrong })
    })

  test('V15: a data start of 0 in the header leaves POINT:DATA_START', () => {
    const recording = readC3d(patch(writeC3d(smallSpec())).word(9, 0).bytes)
    expect(recording.analogs[2]!.samples()[1]).toBeCloseTo(Math.sin(1 / 3 + 2) * 3, 5)
    expect(warning(recording, 'MISMATCH', 'dataStart').others).toEqual({ header: 0 })
  })

  test('V60: whole blocks of zeros before the header are skipped, and a warning says so', () => {
    const plain = writeC3d(smallSpec())
    const recording = readC3d(joined(new Uint8Array(1536), plain))
    expect(recording.analogs[0]!.samples()).toEqual(readC3d(plain).analogs[0]!.samples())
    expect(warning(recording, 'LEADING_ZEROS').bytes).toBe(1536)
  })

  test('V60: zeros that are no whole blocks are refused', () => {
    expect(outcome(joined(new Uint8Array(100), writeC3d(smallSpec())))).toEqual({ code: 'NOT_C3D' })
    expect(outcome(new Uint8Array(4096))).toEqual({ code: 'NOT_C3D' })
  })

  test('V61: less than a block after the last frame is padding, more is noted', () => {
    const file = writeC3d(smallSpec())
    const { framesPresent, raw } = readC3d(file)
    const used = dataStartOf(file) + framesPresent * raw.stride * 4
    expect(readC3d(joined(file.subarray(0, used), new Uint8Array(511))).warnings).toEqual([])
    const recording = readC3d(joined(file.subarray(0, used), new Uint8Array(512)))
    expect(warning(recording, 'TRAILING_DATA').bytes).toBe(512)
  })

  test('V62: of truncated data the whole frames are kept, and the counts say so', () => {
    const file = writeC3d(smallSpec())
    const { raw } = readC3d(file)
    const recording = readC3d(file.subarray(0, dataStartOf(file) + 7 * raw.stride * 4 + 13))
    expect(recording).toMatchObject({ framesDeclared: 20, framesPresent: 7, analogSamples: 28 })
    expect(warning(recording, 'TRUNCATED')).toMatchObject({ declared: 20, present: 7 })
  })

  test('V69: a file with a name in Cyrillic and an extension in capitals is read like any other', async () => {
    const path = join(tmpdir(), `Я могу ${process.pid}.C3D`)
    await Bun.write(path, writeC3d(smallSpec()))
    try {
      expect(readC3d(await Bun.file(path).bytes()).framesPresent).toBe(20)
    } finally {
      unlinkSync(path)
    }
  })
})

describe('the parameter section', () => {
  test('V28: a description of more than 127 bytes has an unsigned length', () => {
    const info = infoOf(
      writeC3d(
        smallSpec({
          parameters: extra({ name: 'A', type: 'int16', value: 5, description: 'd'.repeat(163) }),
        }),
      ),
    )
    expect(info.A!.description).toBe('d'.repeat(163))
  })

  test('V29: a missing description byte, and one too large, are cut at the next entry', () => {
    const spec = smallSpec({
      parameters: extra({ name: 'A', type: 'int16', value: 5 }, { name: 'B', type: 'int16', value: 6 }),
    })
    const tooLarge = patch(writeC3d(spec))
    const info = infoOf(tooLarge.set(tooLarge.entry('INFO:A').dataEnd, 200).bytes)
    expect([info.A!.values, info.B!.values].map((values) => Number(values[0]))).toEqual([5, 6])

    const plain = patch(writeC3d(spec))
    const { dataEnd, offsetAt, end } = plain.entry('INFO:A')
    const shifted = plain.offset('INFO:A', end - offsetAt - 1).bytes
    shifted.copyWithin(dataEnd, dataEnd + 1, dataStartOf(shifted))
    expect(infoOf(shifted).A!.description).toBe('')
    expect(Number(infoOf(shifted).B!.values[0])).toBe(6)
  })

  test('V30: junk after the last entry ends the section and keeps what was read', () => {
    const plain = patch(writeC3d(smallSpec()))
    const { end } = plain.entry('ANALOG:UNITS')
    const recording = readC3d(plain.set(end, 5, 3, 1, 2, 3, 4, 5, 255, 255).bytes)
    expect(recording.analogs.map(({ unit }) => unit)).toEqual(['V', 'V', 'V'])
    expect(recording.warnings.map(({ code }) => code)).toEqual(['PARAM_JUNK'])
  })

  test('V31: parameter data past the declared section are read while they lie before the data', () => {
    const file = writeC3d(
      smallSpec({
        parameters: extra({
          name: 'VALUES',
          type: 'float',
          value: Float32Array.from({ length: 200 }, (_, i) => i),
        }),
      }),
    )
    const recording = readC3d(patch(file).set(514, 1).bytes)
    expect(recording.parameters.at(-1)!.parameters[0]!.values[199]).toBe(199)
  })

  test('V32: parameters of an undeclared group are kept under its number', () => {
    const file = patch(writeC3d(smallSpec({ parameters: extra({ name: 'A', type: 'int16', value: 5 }) })))
    const recording = readC3d(file.set(file.entry('INFO:A').start + 1, 77).bytes)
    expect(recording.parameters.find(({ name }) => name === '#77')!.parameters[0]!.name).toBe('A')
    expect(warning(recording, 'ORPHAN_PARAMETERS').where).toEqual(['#77:A'])
  })

  test('V32: orphaned fields of TRIAL find their group', () => {
    const fields = ['ACTUAL_START_FIELD', 'ACTUAL_END_FIELD'].map((name, i) => ({
      name,
      type: 'int16' as const,
      value: [i ? 20 : 1, 0],
    }))
    const file = patch(writeC3d(smallSpec({ parameters: extra(...fields) })))
    for (const { name } of fields) file.set(file.entry(`INFO:${name}`).start + 1, 88)
    const recording = readC3d(file.bytes)
    expect(recording.parameters.find(({ name }) => name === 'TRIAL')!.parameters).toHaveLength(2)
    expect(recording.framesDeclared).toBe(20)
  })

  test('V33: groups of one name are merged, and the first of two parameters is kept', () => {
    const parameters = ['AAAA', 'BBBB'].map((name, i) => ({
      name,
      parameters: [
        { name: 'SAME', type: 'int16' as const, value: i + 1 },
        { name: `ONLY${i}`, type: 'int16' as const, value: i },
      ],
    }))
    const file = patch(writeC3d(smallSpec({ parameters })))
    const { start } = file.entry('BBBB')
    const recording = readC3d(file.set(start + 2, 65, 65, 65, 65).bytes)
    const merged = recording.parameters.filter(({ name }) => name === 'AAAA')
    expect(merged).toHaveLength(1)
    expect(merged[0]!.parameters.map(({ name, values }) => [name, values[0]])).toEqual([
      ['SAME', 1],
      ['ONLY0', 0],
      ['ONLY1', 1],
    ])
    expect(warning(recording, 'DUPLICATE_GROUP').where).toEqual(['AAAA'])
    expect(warning(recording, 'DUPLICATE_PARAMETER').where).toEqual(['AAAA:SAME'])
  })

  test('V34: locked groups and parameters are read like any other', () => {
    const spec = smallSpec({
      parameters: [
        { name: 'INFO', locked: true, parameters: [{ name: 'A', type: 'int16', value: 5, locked: true }] },
      ],
    })
    const group = readC3d(writeC3d(spec)).parameters.at(-1)!
    expect([group.locked, group.parameters[0]!.locked, group.parameters[0]!.values[0]]).toEqual([
      true,
      true,
      5,
    ])
  })

  test('V34: a name length of -128 is no entry', () => {
    const file = patch(writeC3d(smallSpec({ parameters: extra({ name: 'A', type: 'int16', value: 5 }) })))
    const result = outcome(file.set(file.entry('INFO:A').start, 128).bytes)
    expect(result).toMatchObject({ warnings: ['PARAM_JUNK'] })
  })

  test('V35: the last entry may have offset 0', () => {
    const file = patch(writeC3d(smallSpec({ parameters: extra({ name: 'LAST', type: 'int16', value: 5 }) })))
    const { end } = file.entry('INFO:LAST')
    const cut = file.offset('INFO:LAST', 0).set(end, 0x41, 0x42, 0x43).bytes
    expect(infoOf(cut).LAST!.values[0]).toBe(5)
    expect(readC3d(cut).warnings).toEqual([])
  })

  test('V35: a section without a terminator ends where the data start', () => {
    const file = patch(
      writeC3d(smallSpec({ parameters: extra({ name: 'LAST', type: 'char', value: 'x'.repeat(40) }) })),
    )
    const { dataEnd, offsetAt } = file.entry('INFO:LAST')
    const start = dataStartOf(file.bytes)
    const about = start - dataEnd - 1
    const full = file.offset('INFO:LAST', start - offsetAt).set(dataEnd, Math.min(about, 255)).bytes
    full.fill(0x20, dataEnd + 1, start)
    const recording = readC3d(full)
    expect(recording.framesPresent).toBe(20)
    expect(recording.parameters.at(-1)!.parameters[0]!.values).toEqual(['x'.repeat(40)])
  })

  test('V36: an offset over 32767 is unsigned', () => {
    const spec = smallSpec({
      parameters: extra(
        { name: 'BIG', type: 'char', value: Array(250).fill('w'.repeat(200)) },
        { name: 'AFTER', type: 'int16', value: 9 },
      ),
    })
    const info = infoOf(writeC3d(spec))
    expect(info.BIG!.values).toHaveLength(250)
    expect(info.AFTER!.values[0]).toBe(9)
  })

  test('V63: int8 values, empty dimensions and seven of them', () => {
    const info = infoOf(
      writeC3d(
        smallSpec({
          parameters: extra(
            { name: 'BYTES', type: 'int8', value: [1, -2, 127] },
            { name: 'NONE', type: 'char', dimensions: [32, 0], value: [] },
            { name: 'NOTHING', type: 'char', dimensions: [0, 40], value: new Uint8Array(0) },
            {
              name: 'SEVEN',
              type: 'int16',
              dimensions: [2, 1, 3, 1, 1, 2, 1],
              value: Array.from({ length: 12 }, (_, i) => i),
            },
          ),
        }),
      ),
    )
    expect(Array.from(info.BYTES!.values as Int8Array)).toEqual([1, -2, 127])
    expect(info.NONE!.values).toEqual([])
    expect(info.NOTHING!.values).toEqual([])
    expect(info.SEVEN!.dimensions).toEqual([2, 1, 3, 1, 1, 2, 1])
    expect(info.SEVEN!.values).toHaveLength(12)
  })

  test('parameters may precede their group', () => {
    const plain = writeC3d(smallSpec({ parameters: extra({ name: 'A', type: 'int16', value: 5 }) }))
    const { start, end } = patch(plain).entry('INFO')
    const member = patch(plain).entry('INFO:A')
    const swapped = plain.slice()
    swapped.set(plain.subarray(member.start, member.end), start)
    swapped.set(plain.subarray(start, end), start + member.end - member.start)
    expect(infoOf(swapped).A!.values[0]).toBe(5)
  })

  realTest('real sections that break the rules are read whole (V12, V29, V32, V35)', async () => {
    for (const [name, groups] of [
      ['Dance.c3d', 2],
      ['Optotrak.c3d', 3],
      ['TYPE-2.C3D', 5],
      ['FP1.C3D', 3],
    ] as const) {
      expect(readC3d(await readVendor(name)).parameters).toHaveLength(groups)
    }
  })
})
