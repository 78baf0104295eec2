/** V16-V18, V37-V49, V70: points, channels, sub-frames, frames and rates, by the size of the file. */

import { describe, expect, test } from 'bun:test'
import { type C3dWriteSpec, readC3d, writeC3d } from '../../src/c3d/index.ts'
import { joined, patch, smallSpec, warning } from './support.ts'

const trial = (start: number[], end: number[], dimensions?: number[]) => [
  {
    name: 'TRIAL',
    parameters: [
      {
        name: 'ACTUAL_START_FIELD',
        type: 'int16' as const,
        value: start,
        ...(dimensions ? { dimensions } : {}),
      },
      { name: 'ACTUAL_END_FIELD', type: 'int16' as const, value: end, ...(dimensions ? { dimensions } : {}) },
    ],
  },
]

/** One analog channel, one sample a frame: as many frames as one likes at four bytes each. */
const longSpec = (frames: number, changes: Partial<C3dWriteSpec> = {}): C3dWriteSpec => ({
  processor: 'intel',
  storage: 'float',
  pointRate: 100,
  samplesPerFrame: 1,
  points: [],
  analogs: [{ label: 'EMG', unit: 'V', samples: Float32Array.from({ length: frames }, (_, i) => i) }],
  ...changes,
})

const lastSample = (file: Uint8Array) => readC3d(file).analogs[0]!.samples().at(-1)

describe('frame numbers', () => {
  test('V16: a first frame over 1 is kept, and the frames counted from it', () => {
    const recording = readC3d(writeC3d(smallSpec({ firstFrame: 480, omit: ['POINT:FRAMES'] })))
    expect(recording).toMatchObject({ firstFrame: 480, framesPresent: 20, framesDeclared: 20, warnings: [] })
  })

  test('V17: from a first frame 0 the count is last - first + 1', () => {
    const file = patch(writeC3d(smallSpec({ omit: ['POINT:FRAMES'] })))
      .word(4, 0)
      .word(5, 19).bytes
    const recording = readC3d(file)
    expect(recording).toMatchObject({ firstFrame: 0, framesPresent: 20 })
    expect(recording.warnings.map(({ code }) => code)).toEqual(['FRAME_RANGE'])
  })

  test('V18: of POINT:FRAMES and the header the one that fits the size is believed', () => {
    const wide = smallSpec({ samplesPerFrame: 50 })
    const analogs = wide.analogs.map((channel) => ({ ...channel, samples: new Float32Array(1000) }))
    const file = patch(writeC3d({ ...wide, analogs })).value('POINT:FRAMES', 21).bytes
    const recording = readC3d(file)
    expect(recording).toMatchObject({ framesDeclared: 20, framesPresent: 20 })
    expect(warning(recording, 'MISMATCH', 'frames')).toMatchObject({
      used: 20,
      others: { 'POINT:FRAMES': 21 },
    })
  })

  test('a last frame before the first leaves the count to the parameters', () => {
    const recording = readC3d(patch(writeC3d(smallSpec())).word(4, 500).word(5, 10).bytes)
    expect(recording.framesPresent).toBe(20)
    expect(warning(recording, 'FRAME_RANGE').message).toContain('500 to 10')
  })

  test('without any usable count the frames are those that the file holds', () => {
    const spec = smallSpec({ omit: ['POINT:FRAMES'] })
    const recording = readC3d(patch(writeC3d(spec)).word(4, 500).word(5, 10).bytes)
    expect(recording.framesPresent).toBeGreaterThanOrEqual(20)
    expect(recording.framesPresent).toBeLessThanOrEqual(20 + 512 / (recording.raw.stride * 4))
  })

  test('60000 frames declared with 20 present: the present ones, and both counts', () => {
    const recording = readC3d(patch(writeC3d(smallSpec())).word(5, 60000).value('POINT:FRAMES', 60000).bytes)
    expect(warning(recording, 'TRUNCATED')).toMatchObject({
      declared: 60000,
      present: recording.framesPresent,
    })
    expect(recording.framesDeclared).toBe(60000)
  })
})

describe('missing and contradicting groups', () => {
  test('V37: without a POINT group the header gives points, scale, rate and frames', () => {
    const recording = readC3d(writeC3d(smallSpec({ omit: ['POINT'] })))
    expect(recording).toMatchObject({ framesPresent: 20, pointRate: 50, storage: 'float' })
    expect(recording.points.map(({ label, unit }) => [label, unit])).toEqual([
      ['P001', null],
      ['P002', null],
    ])
    expect(warning(recording, 'MISSING').where).toContain('POINT:LABELS')
  })

  test('V37: without an ANALOG group the header gives channels and sub-frames', () => {
    const recording = readC3d(writeC3d(smallSpec({ omit: ['ANALOG'] })))
    expect(recording).toMatchObject({ samplesPerFrame: 4, analogRate: 200 })
    expect(recording.analogs.map(({ label }) => label)).toEqual(['A001', 'A002', 'A003'])
  })

  for (const name of ['RATE', 'SCALE', 'OFFSET', 'UNITS', 'LABELS', 'USED', 'GEN_SCALE'])
    test(`V37, V71: a missing ANALOG:${name} is made up for`, () => {
      const recording = readC3d(writeC3d(smallSpec({ omit: [`ANALOG:${name}`] })))
      expect(recording).toMatchObject({ framesPresent: 20, analogRate: 200, samplesPerFrame: 4 })
      expect(recording.analogs).toHaveLength(3)
      if (name !== 'GEN_SCALE') expect(warning(recording, 'MISSING').where).toEqual([`ANALOG:${name}`])
    })

  test('V38: with zero points the frames still have their sub-frames', () => {
    const recording = readC3d(writeC3d(smallSpec({ points: [] })))
    expect(recording).toMatchObject({
      framesPresent: 20,
      samplesPerFrame: 4,
      analogSamples: 80,
      analogRate: 200,
    })
    expect(recording.points).toEqual([])
  })

  test('V39: a frame rate of 1 Hz with 1250 samples a frame, whose last frame is padded', () => {
    const samples = Float32Array.from({ length: 3 * 1250 }, (_, i) => (i < 3000 ? i + 1 : 0))
    const recording = readC3d(
      writeC3d(
        longSpec(0, { pointRate: 1, samplesPerFrame: 1250, analogs: [{ label: 'EMG', unit: 'V', samples }] }),
      ),
    )
    expect(recording).toMatchObject({ pointRate: 1, analogRate: 1250, analogSamples: 3750 })
    expect(warning(recording, 'LAST_FRAME_PADDED').count).toBe(750)
  })

  for (const subFrames of [0, 1])
    test(`V40: zero channels with ${subFrames} sub-frames`, () => {
      const file = patch(writeC3d(smallSpec({ analogs: [] }))).word(10, subFrames).bytes
      const recording = readC3d(file)
      expect(recording).toMatchObject({
        framesPresent: 20,
        analogRate: 0,
        analogSamples: 0,
        samplesPerFrame: 1,
        analogs: [],
      })
      expect(recording.warnings.map(({ code }) => code)).toEqual(['NO_ANALOG'])
    })

  const rotation = (block: number) => [
    {
      name: 'ROTATION',
      parameters: [
        { name: 'USED', type: 'int16' as const, value: 2 },
        { name: 'RATIO', type: 'int16' as const, value: 2 },
        { name: 'DATA_START', type: 'int16' as const, value: block },
        { name: 'LABELS', type: 'char' as const, value: ['pelvis', 'thigh'] },
      ],
    },
  ]

  test('V41: a file of nothing but rotations has no EMG, and is no error', () => {
    const file = writeC3d(smallSpec({ points: [], analogs: [], frames: 20, parameters: rotation(3) }))
    const recording = readC3d(joined(file, new Uint8Array(20 * 2 * 17 * 4)))
    expect(recording).toMatchObject({ framesDeclared: 20, framesPresent: 0, points: [], analogs: [] })
    expect(recording.rotation).toMatchObject({ used: 2, rate: 100, labels: ['pelvis', 'thigh'] })
    expect(warning(recording, 'NO_ANALOG').message).toContain('no EMG')
  })

  test('V42: the rotation data bound the frames', () => {
    const block = writeC3d(smallSpec({ parameters: rotation(9) })).length / 512 + 1
    const file = writeC3d(smallSpec({ parameters: rotation(block) }))
    const recording = readC3d(joined(file, new Uint8Array(20 * 2 * 17 * 4).fill(1)))
    expect(recording.warnings).toEqual([])
    expect(recording.rotation!.dataStart).toBe(file.length)
    expect(recording.framesPresent).toBe(20)
  })

  test('V42: a rotation start inside the frames is ignored', () => {
    const recording = readC3d(writeC3d(smallSpec({ parameters: rotation(4) })))
    expect(recording.framesPresent).toBe(20)
    expect(warning(recording, 'ROTATION_START').message).toContain('ignored')
  })

  test('V43: with a ratio of rates that is no integer the header gives the sub-frames, and both rates are told', () => {
    const wide = {
      samplesPerFrame: 17,
      pointRate: 60,
      analogs: [{ label: 'EMG', unit: 'V', samples: new Float32Array(340) }],
    }
    const recording = readC3d(patch(writeC3d(smallSpec(wide))).value('ANALOG:RATE', 1000).bytes)
    expect(recording).toMatchObject({
      samplesPerFrame: 17,
      framesPresent: 20,
      analogSamples: 340,
      analogRate: 1020,
    })
    expect(recording.alternativeRates).toEqual([{ kind: 'analog', value: 1000, source: 'ANALOG:RATE' }])
    expect(warning(recording, 'RATE_DISAGREES')).toMatchObject({
      used: 1020,
      others: { 'ANALOG:RATE': 1000 },
    })
  })

  test('V44: rates that differ are both told, and the one that ANALOG:RATE confirms is used', () => {
    const file = patch(writeC3d(smallSpec())).value('POINT:RATE', 60).bytes
    const recording = readC3d(file)
    expect(recording.pointRate).toBe(50)
    expect(recording.alternativeRates).toEqual([{ kind: 'point', value: 60, source: 'POINT:RATE' }])
    expect(warning(recording, 'MISMATCH', 'rate')).toMatchObject({ used: 50, others: { 'POINT:RATE': 60 } })
  })

  for (const rate of [0, -200, Number.NaN, Infinity, -Infinity, 1e30])
    test(`an ANALOG:RATE of ${rate} is told and ignored`, () => {
      const recording = readC3d(patch(writeC3d(smallSpec())).value('ANALOG:RATE', rate).bytes)
      expect(recording).toMatchObject({ analogRate: 200, samplesPerFrame: 4, alternativeRates: [] })
      expect(warning(recording, 'RATE_INVALID').message).toContain(`says ${Math.fround(rate)} Hz`)
    })

  test('V44: INFO:DURATION tells of a device that ran faster than its file says', () => {
    const info = [{ name: 'INFO', parameters: [{ name: 'DURATION', type: 'int16' as const, value: 74 }] }]
    const frames = 2476
    const spec = longSpec(0, {
      pointRate: 33,
      samplesPerFrame: 30,
      analogs: [{ label: 'CH1', samples: new Float32Array(frames * 30).fill(1) }],
      parameters: info,
    })
    const recording = readC3d(writeC3d(spec))
    expect(recording.analogRate).toBe(990)
    expect(recording.alternativeRates[0]).toMatchObject({ kind: 'analog', source: 'INFO:DURATION' })
    expect(recording.alternativeRates[0]!.value).toBeCloseTo(1003.78, 2)
    const whole = patch(writeC3d(spec)).value('INFO:DURATION', 75).bytes
    expect(readC3d(whole).alternativeRates).toEqual([])
  })

  test('V45: a header that counts channels instead of samples is seen through by the size', () => {
    const recording = readC3d(patch(writeC3d(smallSpec())).word(3, 3).bytes)
    expect(recording.analogs).toHaveLength(3)
    expect(recording).toMatchObject({ samplesPerFrame: 4, framesPresent: 20 })
    expect(warning(recording, 'MISMATCH', 'channels').used).toBe(3)
    const bare = patch(writeC3d(smallSpec({ omit: ['ANALOG'] }))).word(3, 3).bytes
    expect(readC3d(bare)).toMatchObject({ samplesPerFrame: 4, framesPresent: 20 })
  })

  for (const [source, points] of [
    ['header', 11],
    ['POINT:USED', 12],
  ] as const)
    test(`V46: the points of the ${source} are believed when they fit the size`, () => {
      const xyz = new Float32Array(3 * 60).fill(2)
      const file = writeC3d(
        smallSpec({
          points: Array.from({ length: points }, (_, i) => ({ label: `P${i}`, unit: 'mm', xyz })),
          analogs: [],
        }),
      )
      const broken = points === 11 ? patch(file).value('POINT:USED', 12).bytes : patch(file).word(2, 11).bytes
      const recording = readC3d(broken)
      expect(recording.points).toHaveLength(points)
      expect(warning(recording, 'MISMATCH', 'points').used).toBe(points)
    })
})

describe('long recordings', () => {
  test('V47: 34672 frames, more than a signed word holds', () => {
    const file = writeC3d(longSpec(34672))
    expect(readC3d(file)).toMatchObject({ framesPresent: 34672, framesDeclared: 34672, warnings: [] })
    expect(lastSample(file)).toBe(34671)
  })

  test('V48: 72610 frames by LONG_FRAMES and TRIAL', () => {
    const file = writeC3d(longSpec(72610))
    expect(readC3d(file)).toMatchObject({ framesPresent: 72610, framesDeclared: 72610, warnings: [] })
    expect(lastSample(file)).toBe(72609)
  })

  for (const dimensions of [[2], [2, 1], [1, 2]])
    test(`V48: by TRIAL alone, with dimensions [${dimensions}]`, () => {
      const end = [72610 & 0xffff, 1]
      const recording = readC3d(
        writeC3d(
          longSpec(72610, { omit: ['POINT:LONG_FRAMES'], parameters: trial([1, 0], end, dimensions) }),
        ),
      )
      expect(recording).toMatchObject({ framesPresent: 72610, framesDeclared: 72610, firstFrame: 1 })
    })

  test('V48: by POINT:FRAMES as a float', () => {
    const frames = { name: 'POINT', parameters: [{ name: 'FRAMES', type: 'float' as const, value: 72610 }] }
    const recording = readC3d(
      writeC3d(longSpec(72610, { omit: ['POINT:LONG_FRAMES', 'TRIAL'], parameters: [frames] })),
    )
    expect(recording.framesDeclared).toBe(72610)
  })

  test('V48: FRAMES of -1 with nothing else leaves the size', () => {
    const recording = readC3d(writeC3d(longSpec(72610, { omit: ['POINT:LONG_FRAMES', 'TRIAL'] })))
    expect(recording.framesPresent).toBeGreaterThanOrEqual(72610)
    expect(recording.framesPresent).toBeLessThan(72610 + 128)
  })

  test('V48: a count that wrapped at 65536 is unwrapped by the size', () => {
    const wide = {
      analogs: Array.from({ length: 200 }, (_, i) => ({
        label: `C${i}`,
        unit: 'V',
        samples: new Float32Array(66000).fill(i),
      })),
    }
    const file = patch(writeC3d(longSpec(0, { ...wide, omit: ['POINT:LONG_FRAMES', 'TRIAL'] })))
    const recording = readC3d(file.value('POINT:FRAMES', 66000 - 65536).word(5, 66000 - 65536).bytes)
    expect(recording.framesPresent).toBe(66000)
    expect(warning(recording, 'MISMATCH', 'frames').used).toBe(66000)
  })

  test('V48: a first frame past 65535 comes from TRIAL, and event times count from it', () => {
    const spec = longSpec(200, { firstFrame: 70001, events: [{ label: 'Go', time: 0.5 }] })
    const recording = readC3d(writeC3d(spec))
    expect(recording).toMatchObject({ firstFrame: 70001, framesPresent: 200 })
    expect(recording.events[0]!.time).toBeCloseTo(0.5, 3)
  })

  test('V49: TRIAL fields that end before they start are ignored', () => {
    const recording = readC3d(writeC3d(longSpec(100, { parameters: trial([-1, 0], [100, 0]) })))
    expect(recording).toMatchObject({ framesPresent: 100, firstFrame: 1 })
    expect(recording.warnings.map(({ code }) => code)).toEqual(['TRIAL_INVALID'])
  })

  test('V70: reading a file makes no object a sample: 40 MB take no 40 MB more', () => {
    const channels = Array.from({ length: 8 }, (_, i) => ({
      label: `C${i}`,
      unit: 'V',
      samples: new Float32Array(1_250_000).fill(i),
    }))
    const file = writeC3d(longSpec(0, { samplesPerFrame: 100, analogs: channels }))
    expect(file.length).toBeGreaterThan(40e6)
    Bun.gc(true)
    const before = process.memoryUsage.rss()
    const recording = readC3d(file)
    expect(process.memoryUsage.rss() - before).toBeLessThan(20e6)
    expect(recording.raw.words.buffer).toBe(file.buffer)
    expect(recording.analogs[7]!.samples().at(-1)).toBe(7)
  })

  test('data that do not start on a multiple of four bytes of their buffer are read all the same', () => {
    const file = writeC3d(smallSpec())
    for (const shift of [1, 2, 3]) {
      const buffer = new Uint8Array(file.length + shift)
      buffer.set(file, shift)
      expect(readC3d(buffer.subarray(shift)).analogs[1]!.samples()).toEqual(
        readC3d(file).analogs[1]!.samples(),
      )
    }
  })
})
