/** The analysis on real recordings: which channels are EMG, which gaps and clipping they hold. */
import { describe, expect, test } from 'bun:test'
import * as v from 'valibot'
import { channelEnvelope, RecordingAnalysisSchema } from '../../plugins/emg-analyzer/analysis/index.ts'
import { analyze as analyzeOffline, planOf, readShared as read } from '../support/analysis.ts'
import { SHARED, sharedNote } from '../support/shared.ts'

const plan = planOf('clinical')
const analyze = (path: string) => analyzeOffline(read(path))

const GHOSTLY = [
  'ghostly/Ghostly_Emg_20230321_17-23-09-0409.c3d',
  'ghostly/Ghostly_Emg_20230321_17-33-14-0785.c3d',
  'ghostly/Ghostly_Emg_20231004_13-18-43-0464.c3d',
  'ghostly/Ghostly_Emg_20250310_11-46-23-0823.c3d',
] as const
const [FIRST, WITH_DROPOUTS, CLIPPED] = GHOSTLY

describe.skipIf(!SHARED)(`recordings of a game${sharedNote}`, () => {
  test.each(GHOSTLY)('%s: the raw channels are analysed, in assumed volts', (path) => {
    const { channels, exclusions, warnings } = analyze(path)
    expect(channels.map(({ label }) => label)).toEqual(['CH1 Raw', 'CH2 Raw'])
    expect(exclusions.map(({ name, code }) => [name, code])).toEqual([
      ['CH1 activated', 'ACTIVATED'],
      ['CH2 activated', 'ACTIVATED'],
    ])
    for (const { unit, unitBasis, rate } of channels) {
      expect({ unit, unitBasis, rate }).toEqual({ unit: 'V', unitBasis: 'assumed', rate: 990 })
    }
    expect(warnings.map(({ code }) => code)).toContain('UNIT_ASSUMED')
  })

  test.each(GHOSTLY)('%s: dropouts are those that it has', (path) => {
    const samples = analyze(path).channels.map(({ quality }) =>
      quality.dropouts.blocks.map((each) => each.samples),
    )
    expect(samples).toEqual([path === WITH_DROPOUTS ? [270, 270] : [], []])
  })

  test('clipping is seen where there is some, and only there', () => {
    const clipped = (path: string) => analyze(path).channels[0]?.quality.clippedPercent
    expect(clipped(CLIPPED)).toBeWithin(1, 10)
    expect(clipped(FIRST)).toBe(0)
    // What stands at the rail there is a dropout, and no clipping.
    expect(clipped(WITH_DROPOUTS)).toBe(0)
  })

  test('a duration noted in the file that tells another rate is passed on', () => {
    const { warnings } = analyze(WITH_DROPOUTS)
    expect(warnings.find(({ code }) => code === 'RATE_DISAGREES')?.message).toContain('1006.23 Hz')
  })

  test('an overridden rate scales the times, and the result says so', () => {
    const slow = analyzeOffline(read(FIRST), planOf('clinical', { rateOverride: 495 }))
    expect(slow.channels[0]?.durationS).toBeCloseTo(2 * (analyze(FIRST).channels[0]?.durationS as number), 9)
    expect(slow.warnings.map(({ code }) => code)).toContain('RATE_OVERRIDDEN')
  })
})

/** Channels that are EMG, by what each file says of them. */
const EMG_CHANNELS = [
  ['1123x01EMG.c3d', 8],
  ['Analysis.c3d', 10],
  ['DEC_INT.C3D', 0],
  ['Eb015pi.c3d', 0],
  ['FP1.C3D', 0],
  ['FP_Type1.c3d', 0],
  ['FunctionalWalk.c3d', 16],
  ['Gait.c3d', 16],
  ['Gait_with_EMG.c3d', 8],
  ['Kistler.c3d', 0],
  ['PiG_Motion3_FF.c3d', 16],
  ['Qualisys.c3d', 16],
  ['TYPE-2.C3D', 0],
  ['sample21.c3d', 0],
] as const

describe.skipIf(!SHARED)(`recordings of motion laboratories${sharedNote}`, () => {
  test.each(EMG_CHANNELS)('%s has %d EMG channels, and a reason for every other', (file, count) => {
    const recording = read(`vendors/${file}`)
    const { channels, exclusions } = analyzeOffline(recording)
    expect(channels).toHaveLength(count)
    const indices = [...channels, ...exclusions].map(({ index }) => index)
    expect(indices.toSorted((a, b) => a - b)).toEqual(recording.channels.map(({ index }) => index))
  })

  test.each(['Analysis.c3d', 'analogfpscale04i.c3d', 'Dance.c3d'])(
    '%s: dead or slow channels have no figure, but a reason',
    (file) => {
      const recording = read(`vendors/${file}`)
      const { channels } = analyzeOffline(recording)
      expect(channels.length).toBeGreaterThan(0)
      for (const { index, contractions, metrics } of channels) {
        expect(contractions).toEqual([])
        expect(Object.values(metrics).filter(({ value }) => value !== null)).toEqual([])
        const channel = recording.channels[index]
        expect(channel && channelEnvelope(channel, plan.parameters)).toBeNull()
      }
    },
  )

  test.each([...GHOSTLY, ...EMG_CHANNELS.map(([file]) => `vendors/${file}`)])(
    '%s: the result is of its schema, also as JSON',
    (path) => {
      const analysis = analyze(path)
      expect(v.parse(RecordingAnalysisSchema, JSON.parse(JSON.stringify(analysis)))).toEqual(analysis)
    },
  )
})
