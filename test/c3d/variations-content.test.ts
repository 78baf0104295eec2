/** V27, V50-V59, V64-V66, V72: labels, events, points, texts and force plates. No file shows V67. */

import { describe, expect, test } from 'bun:test'
import { describeC3d, POINT_REASON, readC3d, writeC3d } from '../../src/c3d/index.ts'
import { patch, readVendor, realTest, smallSpec, warning } from './support.ts'

const group = (
  name: string,
  parameters: {
    name: string
    type: 'char' | 'int16' | 'float'
    value: number | number[] | string | string[] | Uint8Array
    dimensions?: number[]
  }[],
) => ({ name, parameters })

/** A texts parameter of raw bytes, each text padded to the longest. */
const rawTexts = (name: string, ...texts: number[][]) => {
  const width = Math.max(...texts.map(({ length }) => length))
  const value = Uint8Array.from(texts.flatMap((text) => [...text, ...Array(width - text.length).fill(0x20)]))
  return { name, type: 'char' as const, value, dimensions: [width, texts.length] }
}

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))

describe('labels', () => {
  test('V27: 922 channels and 332 points have the labels, scales, units and descriptions of LABELS2 and so on', () => {
    const analogs = Array.from({ length: 922 }, (_, i) => ({
      label: `EMG${i}`,
      unit: `U${i}`,
      description: `D${i}`,
      scale: i + 1,
      offset: i,
      samples: [i, i + 1],
    }))
    const points = Array.from({ length: 332 }, (_, i) => ({
      label: `M${i}`,
      unit: 'mm',
      description: `m${i}`,
      xyz: new Float32Array([i, i, i]),
    }))
    const recording = readC3d(writeC3d(smallSpec({ samplesPerFrame: 2, points, analogs })))
    for (const i of [0, 254, 255, 509, 510, 921]) {
      expect(recording.analogs[i]).toMatchObject({
        label: `EMG${i}`,
        unit: `U${i}`,
        description: `D${i}`,
        scale: i + 1,
        offset: i,
      })
      expect(recording.analogs[i]!.samples()[0]).toBeCloseTo(i, 1)
    }
    for (const i of [0, 254, 255, 331])
      expect(recording.points[i]).toMatchObject({ label: `M${i}`, description: `m${i}` })
    expect(recording.warnings).toEqual([])
  })

  test('V27: what LABELS3 should have said is named by number', () => {
    const analogs = Array.from({ length: 600 }, (_, i) => ({ label: `EMG${i}`, unit: 'V', samples: [i] }))
    const recording = readC3d(
      writeC3d(smallSpec({ samplesPerFrame: 1, points: [], analogs, omit: ['ANALOG:LABELS3'] })),
    )
    expect(recording.analogs[509]!.label).toBe('EMG509')
    expect(recording.analogs[510]!.label).toBe('A511')
    expect(warning(recording, 'LABELS_SHORT').count).toBe(90)
  })

  test('V57: duplicate and blank labels stay as they are, and get names of their own', () => {
    const labels = ['1', '2', '1', '', 'Subject:LASI', 'a.b:c', '1', '1 (2)']
    const analogs = labels.map((label) => ({ label, unit: 'V', samples: new Float32Array(80) }))
    const recording = readC3d(writeC3d(smallSpec({ analogs })))
    expect(recording.analogs.map(({ label }) => label)).toEqual(labels)
    expect(recording.analogs.map(({ name }) => name)).toEqual([
      '1',
      '2',
      '1 (3)',
      'A004',
      'Subject:LASI',
      'a.b:c',
      '1 (4)',
      '1 (2)',
    ])
    expect(recording.analogs.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(warning(recording, 'LABELS_DUPLICATE').count).toBe(3)
  })

  test('V57: spaces and NULs around a label are no part of it', () => {
    const texts = rawTexts('LABELS', [...ascii(' A'), 0, 0], [...ascii('B'), 0, ...ascii('x')], ascii('CCCC'))
    const recording = readC3d(writeC3d(smallSpec({ parameters: [group('ANALOG', [texts])] })))
    expect(recording.analogs.map(({ label }) => label)).toEqual(['A', 'B', 'CCCC'])
    expect(warning(recording, 'TEXT_NUL').where).toEqual(['ANALOG:LABELS'])
  })

  test('V58: descriptions, where Motion Analysis keeps the long names, are shown beside the labels', () => {
    const [first] = readC3d(
      writeC3d(
        smallSpec({
          analogs: [
            { label: 'LREC', description: 'Left Rectus Femoris', unit: 'V', samples: new Float32Array(80) },
          ],
        }),
      ),
    ).analogs
    expect(first).toMatchObject({ label: 'LREC', description: 'Left Rectus Femoris' })
  })

  realTest('V58: a real file of Motion Analysis has both', async () => {
    expect(readC3d(await readVendor('Gait.c3d')).points[0]).toMatchObject({
      label: 'RSHO',
      description: 'R.Shoulder',
    })
  })
})

describe('text', () => {
  test('V59: UTF-8 is read as UTF-8, without a warning', () => {
    const analogs = [{ label: 'Бицепс', unit: 'µV', samples: new Float32Array(80) }]
    const recording = readC3d(writeC3d(smallSpec({ analogs })))
    expect(recording.analogs[0]).toMatchObject({ label: 'Бицепс', unit: 'µV' })
    expect(recording.warnings).toEqual([])
  })

  test('V59: anything else is read as Windows-1252, and flagged', () => {
    const texts = rawTexts('UNITS', [0xb0], [0xfc, 0xdf], ascii('V'))
    const recording = readC3d(writeC3d(smallSpec({ parameters: [group('ANALOG', [texts])] })))
    expect(recording.analogs.map(({ unit }) => unit)).toEqual(['°', 'üß', 'V'])
    expect(warning(recording, 'TEXT_ENCODING').where).toEqual(['ANALOG:UNITS'])
  })

  test('V72: control characters in UNITS never reach a page or a terminal', () => {
    const texts = rawTexts('UNITS', [6, 0, 255, 2], [0x1b, 0x5b, 0x33, 0x31, 0x6d], ascii('V\r\n'))
    const recording = readC3d(writeC3d(smallSpec({ parameters: [group('ANALOG', [texts])] })))
    expect(recording.analogs.map(({ unit }) => unit)).toEqual([null, '[31m', 'V'])
    expect(JSON.stringify(describeC3d(recording))).not.toMatch(/\\u00[01]|\\[rnt]/)
    expect(warning(recording, 'TEXT_CONTROL').where).toEqual(['ANALOG:UNITS'])
  })

  test('V72: characters that reorder text are replaced too', () => {
    const analogs = [{ label: 'a\u202eb', unit: 'V', samples: new Float32Array(80) }]
    expect(readC3d(writeC3d(smallSpec({ analogs }))).analogs[0]!.label).toBe('a b')
  })
})

describe('events', () => {
  const headerEvents = [
    { label: 'RHS', time: 0.1 },
    { label: 'LTO', time: 0.2, on: false },
  ]

  test('V50: header events have 4-character labels, and a status that only concerns the display', () => {
    const recording = readC3d(writeC3d(smallSpec({ headerEvents, firstFrame: 101 })))
    expect(
      recording.events.map(({ source, label, time, shown }) => [
        source,
        label,
        Math.fround(time! * 10) / 10,
        shown,
      ]),
    ).toEqual([
      ['header', 'RHS', Math.fround(Math.fround(0.1) * 10) / 10, true],
      ['header', 'LTO', Math.fround(Math.fround(0.2) * 10) / 10, false],
    ])
  })

  test('V50: without the key the labels have 2 characters', () => {
    const file = patch(writeC3d(smallSpec({ headerEvents })))
      .word(150, 0)
      .set(396, ...ascii('RHLT')).bytes
    expect(readC3d(file).events.map(({ label }) => label)).toEqual(['RH', 'LT'])
  })

  for (const count of [19, 500, 65535])
    test(`V50: of ${count} header events the 18 there can be are looked at, and the empty ones left out`, () => {
      const recording = readC3d(patch(writeC3d(smallSpec({ headerEvents }))).word(151, count).bytes)
      expect(recording.events).toHaveLength(2)
      expect(warning(recording, 'EVENT_COUNT').count).toBe(count)
    })

  test('V51: EVENT times are minutes and seconds from frame 1, given in trial time', () => {
    const spec = smallSpec({
      firstFrame: 4001,
      events: [{ label: 'Foot Strike', time: 0.25, context: 'Left', subject: 'P1', description: 'down' }],
    })
    const [event] = readC3d(writeC3d(spec)).events
    expect(event).toMatchObject({
      source: 'group',
      label: 'Foot Strike',
      context: 'Left',
      subject: 'P1',
      description: 'down',
    })
    expect(event!.time).toBeCloseTo(0.25, 4)
  })

  test('V51: times may be flat, two numbers an event', () => {
    const events = group('EVENT', [
      { name: 'USED', type: 'int16', value: 2 },
      { name: 'TIMES', type: 'float', value: [0, 0.125, 0, 0.375] },
      { name: 'LABELS', type: 'char', value: ['A', 'B'] },
    ])
    const recording = readC3d(writeC3d(smallSpec({ parameters: [events] })))
    expect(recording.events.map(({ label, time }) => [label, time])).toEqual([
      ['A', 0.125],
      ['B', 0.375],
    ])
  })

  test('V51: more than 255 events continue in TIMES2', () => {
    const events = Array.from({ length: 300 }, (_, i) => ({ label: `E${i}`, time: i / 1024 }))
    const recording = readC3d(writeC3d(smallSpec({ events })))
    expect(recording.events).toHaveLength(300)
    expect(recording.events[299]).toMatchObject({ label: 'E299', time: 299 / 1024 })
  })

  test('V52: the EVENTS group has one number of seconds an event', () => {
    const events = group('EVENTS', [
      { name: 'TIMES', type: 'float', value: [0, 0.25] },
      { name: 'LABELS', type: 'char', value: ['Start', 'Stop'] },
    ])
    const recording = readC3d(writeC3d(smallSpec({ parameters: [events] })))
    expect(recording.events.map(({ label, time }) => [label, time])).toEqual([
      ['Start', 0],
      ['Stop', 0.25],
    ])
    expect(warning(recording, 'ALIAS').where).toEqual(['EVENTS'])
  })

  test('V53: events of header and group are both kept, tagged by source', () => {
    const recording = readC3d(writeC3d(smallSpec({ headerEvents, events: [{ label: 'X', time: 0.125 }] })))
    expect(recording.events.map(({ source, label }) => `${source} ${label}`)).toEqual([
      'header RHS',
      'header LTO',
      'group X',
    ])
  })

  test('an event time that is no number stays missing, and one outside the recording is told', () => {
    const spec = smallSpec({
      events: [
        { label: 'Never', time: 0.1 },
        { label: 'Late', time: 99 },
        { label: 'Early', time: -5 },
      ],
    })
    const recording = readC3d(patch(writeC3d(spec)).value('EVENT:TIMES', Number.NaN, 1).bytes)
    expect(recording.events.map(({ time }) => time === null)).toEqual([true, false, false])
    expect(
      recording.warnings.filter(({ code }) => code === 'EVENT_TIME').flatMap(({ where }) => where),
    ).toEqual(['Never', 'Late', 'Early'])
    expect(JSON.parse(JSON.stringify(describeC3d(recording))).events[0].time).toBeNull()
  })

  test('V54: the key of a label and range section is noted and the section ignored', () => {
    const recording = readC3d(patch(writeC3d(smallSpec())).word(148, 12345).word(149, 99).bytes)
    expect(recording.warnings.map(({ code }) => code)).toEqual(['RANGE_SECTION'])
  })
})

describe('points', () => {
  const point = (xyz: number[], changes = {}) =>
    smallSpec({
      points: [{ label: 'P', unit: 'mm', xyz: Float64Array.from(xyz), ...changes }],
      analogs: [],
      pointScale: 0.5,
    })

  for (const storage of ['int', 'float'] as const)
    test(`V55: a negative residual makes a point invalid (${storage})`, () => {
      const recording = readC3d(
        writeC3d({
          ...point([1, 2, 3, 4, 5, 6], { valid: [false, true], residual: [0, 2.5], cameras: [0, 5] }),
          storage,
        }),
      )
      const { valid, reasons, residual, cameras } = recording.points[0]!.trajectory()
      expect([...valid]).toEqual([0, 1])
      expect(reasons[0]! & POINT_REASON.residual).toBe(POINT_REASON.residual)
      expect([...residual]).toEqual([-1, 2.5])
      expect([...cameras]).toEqual([0, 5])
      expect(recording.pointTotals()).toEqual({ valid: 1, sumAbs: 15 })
    })

  test('V55: NaN, infinite and 9999999 coordinates make a point invalid, zeros only mark it', () => {
    const recording = readC3d(
      writeC3d(point([Number.NaN, 2, 3, Infinity, 2, 3, 9999999, 1, 1, 0, 0, 0, 1, 0, 0])),
    )
    const { valid, reasons } = recording.points[0]!.trajectory()
    expect([...valid]).toEqual([0, 0, 0, 1, 1])
    const { nonFinite, sentinel, zero } = POINT_REASON
    expect([...reasons]).toEqual([nonFinite, nonFinite, sentinel, zero, 0])
    expect(recording.pointTotals()).toEqual({ valid: 2, sumAbs: 1 })
    expect(warning(recording, 'POINTS_NON_FINITE').count).toBe(2)
  })

  test('V55: a recording whose points are all invalid says so', () => {
    const recording = readC3d(writeC3d(point([1, 2, 3, 4, 5, 6], { valid: [0, 0] })))
    expect(warning(recording, 'POINTS_INVALID').count).toBe(2)
  })

  for (const odd of [1.7e38, 40000, -40000, Number.NaN])
    test(`V56: a residual word of ${odd} leaves the residual unknown and the point valid`, () => {
      const file = writeC3d(point([1, 2, 3, 4, 5, 6]))
      const at = readC3d(file).raw.words.byteOffset + 12
      new DataView(file.buffer).setFloat32(at, odd, true)
      const recording = readC3d(file)
      const { valid, reasons, residual } = recording.points[0]!.trajectory()
      expect([valid[0], reasons[0]]).toEqual([1, POINT_REASON.residualUnknown])
      expect(residual[0]).toBeNaN()
      expect(recording.pointTotals()).toEqual({ valid: 2, sumAbs: 21 })
      expect(warning(recording, 'RESIDUAL_UNKNOWN').count).toBe(1)
    })

  test('points may have a unit each, or one for all', () => {
    const [one, two] = smallSpec().points
    const each = readC3d(
      writeC3d(
        smallSpec({
          points: [
            { ...one!, unit: 'mm' },
            { ...two!, unit: 'deg' },
          ],
        }),
      ),
    )
    expect(each.points.map(({ unit }) => unit)).toEqual(['mm', 'deg'])
    expect(readC3d(writeC3d(smallSpec())).points.map(({ unit }) => unit)).toEqual(['mm', 'mm'])
  })
})

describe('force plates', () => {
  const plates = (type: number, rows: number, channels: number[], more: Parameters<typeof group>[1] = []) =>
    group('FORCE_PLATFORM', [
      { name: 'USED', type: 'int16', value: 1 },
      { name: 'TYPE', type: 'int16', value: [type] },
      { name: 'CHANNEL', type: 'int16', dimensions: [rows, channels.length / rows], value: channels },
      ...more,
    ])

  for (const type of [1, 2, 3, 4])
    test(`V64: a plate of type ${type} marks its channels as no EMG`, () => {
      const rows = type === 3 ? 8 : 6
      const analogs = Array.from({ length: 10 }, (_, i) => ({
        label: `C${i}`,
        unit: 'V',
        samples: new Float32Array(80).fill(i + 1),
      }))
      const channels = Array.from({ length: rows }, (_, i) => i + 2)
      const origin = { name: 'ORIGIN', type: 'float' as const, dimensions: [3, 1], value: [0, 0, -40] }
      const recording = readC3d(
        writeC3d(smallSpec({ analogs, parameters: [plates(type, rows, channels, [origin])] })),
      )
      expect(recording.forcePlates).toMatchObject([
        { type, channels: channels.map((c) => c - 1), origin: [0, 0, -40] },
      ])
      expect(recording.analogs.map(({ forcePlate }) => forcePlate)).toEqual(
        analogs.map((_, i) => (i >= 1 && i <= rows ? 0 : null)),
      )
      expect(recording.warnings).toEqual([])
    })

  for (const type of [5, 6, 7, 11, 12, 21])
    test(`V65: a plate of type ${type} never makes a file unreadable`, () => {
      const recording = readC3d(writeC3d(smallSpec({ parameters: [plates(type, 3, [1, 2, 3])] })))
      expect(recording.forcePlates).toMatchObject([{ type, channels: [0, 1, 2] }])
    })

  test('V66: plates without analog channels, channels that do not exist, too few channels and a wrong origin are told', () => {
    const none = readC3d(writeC3d(smallSpec({ analogs: [], parameters: [plates(2, 6, [1, 2, 3, 4, 5, 6])] })))
    expect(warning(none, 'FORCE_PLATE').message).toContain('no analog channels')
    const missing = readC3d(writeC3d(smallSpec({ parameters: [plates(1, 6, [1, 2, 3, 4, 0, 900])] })))
    expect(missing.forcePlates[0]!.channels).toEqual([0, 1, 2])
    expect(warning(missing, 'FORCE_PLATE').message).toContain('3 channels that do not exist')
    const six = readC3d(writeC3d(smallSpec({ parameters: [plates(3, 3, [1, 2, 3])] })))
    expect(warning(six, 'FORCE_PLATE').message).toContain('needs 8 channels')
    const up = { name: 'ORIGIN', type: 'float' as const, dimensions: [3, 1], value: [0, 0, 40] }
    const wrong = readC3d(writeC3d(smallSpec({ parameters: [plates(2, 3, [1, 2, 3], [up])] })))
    expect(warning(wrong, 'FORCE_PLATE').where).toEqual(['plate 1'])
  })

  realTest('V64: real plates of types 2, 3 and 4 are listed', async () => {
    for (const [name, types] of [
      ['FP1.C3D', [3]],
      ['FP_Type1.c3d', [1, 1, 1, 1]],
      ['TYPE-2.C3D', [2]],
      ['sample21.c3d', [4, 4]],
    ] as const) {
      expect(readC3d(await readVendor(name)).forcePlates.map(({ type }) => type)).toEqual([...types])
    }
  })
})
