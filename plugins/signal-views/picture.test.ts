import { describe, expect, test } from 'bun:test'
import { recordingOf } from '../../test/house/pages/recording.ts'
import { planOf } from '../../test/support/analysis.ts'
import type { RecordingChannel } from '../c3d-reader/index.ts'
import { drawPicture, VIEWS } from './picture.ts'

const RATE = 1000

const channelOf = (samples: Float64Array): RecordingChannel =>
  recordingOf(samples, RATE).channels[0] as RecordingChannel

const noise = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(i * i * 0.37) * 1e-4)

/** Noise with half a second of one value, and three values that are none. */
function gappy(): Float64Array {
  const x = noise(5000).fill(-0.0055, 1000, 1500)
  for (const i of [10, 3000, 3001]) x[i] = Number.NaN
  return x
}

const missing = (mask: Uint8Array | null): number[] =>
  mask ? [...mask.keys()].filter((i) => mask[i] === 1) : []

describe('a picture', () => {
  test('misses dropouts and values that are no numbers, in every view of the analysis', async () => {
    const channel = channelOf(gappy())
    for (const view of ['raw', 'filtered', 'envelope'] as const) {
      const drawn = await drawPicture(view, { channel, emg: true }, planOf('clinical'))
      if ('reason' in drawn) throw new Error(drawn.reason)
      expect(missing(drawn.mask)).toEqual([
        10,
        ...Array.from({ length: 500 }, (_, i) => 1000 + i),
        3000,
        3001,
      ])
    }
  })

  test('of a channel that is no EMG keeps values that stay the same', async () => {
    const drawn = await drawPicture('raw', { channel: channelOf(gappy()), emg: false }, planOf('clinical'))
    expect('mask' in drawn && missing(drawn.mask)).toEqual([10, 3000, 3001])
  })

  test('keeps dropouts where the parameters leave none out', async () => {
    const x = noise(5000).fill(-0.0055, 1000, 1500)
    for (const view of ['raw', 'filtered'] as const) {
      const drawn = await drawPicture(view, { channel: channelOf(x), emg: true }, planOf('ghostly'))
      expect('mask' in drawn && drawn.mask).toBeNull()
    }
  })

  test('is none where the analysis has an obstacle, or the device drew none', async () => {
    const subject = { channel: channelOf(noise(100)), emg: true }
    expect(await drawPicture('envelope', subject, planOf('clinical'))).toEqual({
      reason: 'there are 100 samples; 250 (0.25 s) is the least',
    })
    expect(await drawPicture('raw', subject, planOf('clinical'))).toMatchObject({ mask: null })
    expect(await drawPicture('activated', subject, planOf('clinical'))).toEqual({
      reason: 'the recording has no activated picture of it',
    })
  })

  test('of the device itself is drawn as it is, zeros too', async () => {
    const activated = channelOf(new Float64Array(400))
    const drawn = await drawPicture(
      'activated',
      { channel: channelOf(noise(400)), emg: true, activated },
      planOf('clinical'),
    )
    expect(drawn).toEqual({ x: new Float64Array(400), mask: null, source: new Float64Array(400) })
  })

  test('lets others in before it is drawn, and between filters', async () => {
    for (const [view, least] of [
      ['raw', 1],
      ['filtered', 3],
      ['envelope', 4],
    ] as const) {
      let turns = 0
      let drawing = true
      const others = (async () => {
        while (drawing) {
          await new Promise((resolve) => setImmediate(resolve))
          turns++
        }
      })()
      await drawPicture(view, { channel: channelOf(noise(20_000)), emg: true }, planOf('clinical'))
      drawing = false
      await others
      expect(turns).toBeGreaterThanOrEqual(least)
    }
    expect(VIEWS).toHaveLength(4)
  })
})
