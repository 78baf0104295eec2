/** A signal is analysed alike whichever format it comes in. */
import { describe, expect, test } from 'bun:test'
import { c3dFormat } from '../../plugins/c3d-reader/c3d-format.ts'
import { bdfFormat, edfFormat } from '../../plugins/edf-reader/edf-format.ts'
import { analyze } from '../support/analysis.ts'
import { sampleC3d, sampleEdf } from './samples.ts'

const KNEE = 'knee-extension.c3d'
const fromC3d = analyze(c3dFormat.read(sampleC3d(KNEE)))

describe.each([
  ['EDF', edfFormat],
  ['EDF+C', edfFormat],
  ['BDF', bdfFormat],
  ['BDF+C', bdfFormat],
] as const)('%s', (variant, format) => {
  const analysis = analyze(format.read(sampleEdf(KNEE, variant)))

  test('has the channels, muscles and sides of the same recording in C3D', () => {
    const said = ({ channels }: typeof analysis) =>
      channels.map(({ index, label, muscle, side, rate, samples }) => ({
        index,
        label,
        muscle,
        side,
        rate,
        samples,
      }))
    expect(said(analysis)).toEqual(said(fromC3d))
    expect(analysis.channels.map(({ unit, unitBasis }) => [unit, unitBasis])).toEqual([
      ['uV', 'declared'],
      ['uV', 'declared'],
    ])
  })

  test('has its contractions, to a sample', () => {
    for (const [i, { contractions }] of fromC3d.channels.entries()) {
      const found = analysis.channels[i]?.contractions ?? []
      expect(contractions.length).toBeGreaterThanOrEqual(10)
      expect(found).toHaveLength(contractions.length)
      for (const [k, { startMs, endMs }] of contractions.entries()) {
        expect(Math.abs((found[k]?.startMs as number) - startMs)).toBeLessThanOrEqual(1)
        expect(Math.abs((found[k]?.endMs as number) - endMs)).toBeLessThanOrEqual(1)
      }
    }
  })

  test('has its amplitudes, a million times as large in µV, its frequencies and its verdict', () => {
    for (const [i, { metrics, quality, mvc }] of fromC3d.channels.entries()) {
      const channel = analysis.channels[i] as (typeof analysis.channels)[number]
      const ratio = (channel.metrics.rms?.value as number) / (metrics.rms?.value as number)
      expect(ratio / 1e6).toBeCloseTo(1, 4)
      const [theirs, ours] = [metrics, channel.metrics].map((each) => each.medianFrequency?.value as number)
      expect((ours as number) / (theirs as number)).toBeCloseTo(1, 3)
      expect(channel.quality.verdict).toBe(quality.verdict)
      // An MVC is in V whatever the file is in.
      expect(channel.mvc?.unit).toBe('V')
      expect((channel.mvc?.value as number) / (mvc?.value as number)).toBeCloseTo(1, 3)
    }
  })
})

test('what a discontinuous recording lacks is left out, and every other contraction keeps its time', () => {
  // From the 11th on, the records of a second each stand 10 s later.
  const recordStarts = Array.from({ length: 60 }, (_, i) => (i < 10 ? i : i + 10))
  const analysis = analyze(edfFormat.read(sampleEdf(KNEE, 'EDF+D', { recordStarts })))
  expect(analysis.warnings.map(({ code }) => code)).toContain('GAPS')
  for (const [i, channel] of analysis.channels.entries()) {
    expect(channel.durationS).toBe(70)
    const later = ({ startMs }: { startMs: number }): boolean => startMs > 11_000
    const expected = fromC3d.channels[i]?.contractions.filter(later) ?? []
    const found = channel.contractions.filter(({ startMs }) => startMs > 21_000)
    expect(expected.length).toBeGreaterThan(5)
    expect(found).toHaveLength(expected.length)
    for (const [k, { startMs, endMs }] of expected.entries()) {
      expect(Math.abs((found[k]?.startMs as number) - startMs - 10_000)).toBeLessThan(50)
      expect(Math.abs((found[k]?.endMs as number) - endMs - 10_000)).toBeLessThan(50)
    }
    for (const { startMs, endMs } of channel.contractions) {
      expect([startMs, endMs, endMs <= 10_050 || startMs >= 19_950]).toEqual([startMs, endMs, true])
    }
  }
})
