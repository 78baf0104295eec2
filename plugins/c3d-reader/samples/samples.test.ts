import { describe, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { dsp, readC3d } from '../../../src/sdk.ts'
import { sampleRecordings } from './index.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

test('all samples are the same bytes every time', () => {
  const hashes = () => sampleRecordings().map(({ bytes }) => sha256(bytes()))
  expect(hashes()).toEqual(hashes())
  expect(new Set(hashes()).size).toBe(3)
})

describe.each(sampleRecordings())('$fileName', ({ bytes, truth }) => {
  const recording = readC3d(bytes())
  const channels = recording.analogs.map((channel, i) => {
    const said = truth[i]
    if (!said) throw new Error(`no truth of ${channel.label}`)
    return { channel, said, samples: channel.samples() }
  })

  test('reads without a warning, with names, units and descriptions', () => {
    expect(recording.warnings).toEqual([])
    expect(channels.map(({ channel }) => [channel.label, channel.unit])).toEqual(
      truth.map(({ label, unit }) => [label, unit]),
    )
    for (const { channel } of channels) expect(channel.description).toMatch(/^(Right|Left) [a-z]/)
    expect(recording.analogRate).toBe(1000)
    expect(recording.analogSamples).toBe((truth[0]?.durationS ?? 0) * 1000)
  })

  test('names no person', () => {
    const names = recording.parameters
      .find(({ name }) => name === 'SUBJECTS')
      ?.parameters.find(({ name }) => name === 'NAMES')
    expect([...(names?.values ?? [])]).toEqual(['Synthetic'])
  })

  test('the RMS within each burst is that of the truth, where nothing was cut off', () => {
    const whole = channels.filter(({ said }) => said.clipping === null)
    expect(whole.length).toBeGreaterThan(0)
    for (const { said, samples } of whole) {
      for (const { startMs, endMs, rms } of said.bursts) {
        const burst = samples.subarray(startMs, endMs).map((value) => value - said.offset)
        expect(Math.abs(dsp.rms(burst) / rms - 1)).toBeLessThan(0.001)
      }
    }
  })

  test('dropouts are constant and clipped samples lie at the rail', () => {
    for (const { said, samples } of channels) {
      for (const { startMs, endMs, value } of said.dropouts) {
        expect(new Set(samples.subarray(startMs, endMs))).toEqual(new Set([Math.fround(value)]))
      }
      if (!said.clipping) continue
      const rail = Math.fround(said.clipping.rail)
      expect(samples.filter((value) => Math.abs(value) === rail).length).toBe(said.clipping.samples)
      expect(samples.every((value) => Math.abs(value) <= rail)).toBeTrue()
    }
  })
})

test('the gait sample has markers and events of both feet in order', () => {
  const gait = sampleRecordings().find(({ fileName }) => fileName === 'gait.c3d')
  const { points, events } = readC3d(gait?.bytes() ?? new Uint8Array())
  expect(points.map(({ label }) => label)).toEqual(['RHEE', 'LHEE'])
  const times = events.map(({ time }) => time ?? Number.NaN)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(events.filter(({ label, context }) => label === 'Foot Strike' && context === 'Left').length).toBe(8)
})

test('one sample has dropouts and clipping', () => {
  const truths = sampleRecordings().flatMap(({ truth }) => truth)
  expect(truths.filter(({ dropouts }) => dropouts.length > 0).length).toBe(1)
  expect(truths.filter(({ clipping }) => (clipping?.samples ?? 0) > 0).length).toBe(1)
})
