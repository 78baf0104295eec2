/** Kernels against scipy 1.17: the numbers in test/golden/scipy.json, within 1e-9 relative. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SHARED, sharedNote } from '../../test/support/shared.ts'
import { bandPassed, expectClose, golden, picked, RATE, x } from './fixtures.ts'
import {
  butterworth,
  linearEnvelope,
  meanAbsolute,
  movingRms,
  padLength,
  rms,
  type Section,
  sosfilt,
  sosfiltfilt,
  steadyState,
} from './index.ts'

test('the input is that of the goldens', () => {
  expectClose(picked(x), golden.xPick, 1e-14)
  expect(x.reduce((a, b) => a + b)).toBeCloseTo(golden.xSum, 9)
})

describe.each(golden.butter)('butterworth of order $order, $kind $cutoff Hz', (row) => {
  const kind = row.kind as 'low' | 'high' | 'band'
  const sections = butterworth({
    order: row.order,
    kind,
    cutoff: row.cutoff as number | [number, number],
    rate: RATE,
  })

  test('has scipy’s sections', () => {
    expect(sections).toHaveLength(row.sos.length)
    for (const [i, section] of row.sos.entries()) expectClose(sections[i] as Section, section)
  })

  test('has scipy’s steady state', () => {
    expectClose(steadyState(sections).flat(), row.zi.flat())
  })

  test('filters as sosfilt and sosfiltfilt do', () => {
    expect(padLength(sections)).toBe(row.padlen)
    expectClose(picked(sosfilt(sections, x)), row.sosfiltPick)
    expectClose(picked(sosfiltfilt(sections, x)), row.sosfiltfiltPick)
  })
})

describe('the band-passed signal', () => {
  test.each([
    ['whole', golden.time.bp_all, bandPassed],
    ['0.8 s to 1.6 s', golden.time.bp_800_1600, bandPassed.subarray(800, 1600)],
  ])('has numpy’s RMS and MAV (%s)', (_, expected, signal) => {
    expect(signal).toHaveLength(expected.n)
    expectClose([rms(signal), meanAbsolute(signal)], [expected.rms, expected.mav])
  })

  test('has numpy’s moving RMS, with windows that shrink at the ends', () => {
    expectClose(picked(movingRms(bandPassed, 51)), golden.movingRms51)
  })

  test('has scipy’s linear envelope', () => {
    const envelope = linearEnvelope(bandPassed, RATE, 6, 2)
    expectClose(picked(envelope), golden.linearEnvelope.pick)
    expect(envelope.indexOf(Math.max(...envelope))).toBe(golden.linearEnvelope.argmax)
  })
})

test.skipIf(!SHARED)(`the goldens are those of the specification${sharedNote}`, () => {
  const source = JSON.parse(readFileSync(join(SHARED as string, 'data/golden/scipy.json'), 'utf8'))
  expect(golden.pick).toEqual(source.pick)
  expect(golden.xPick).toEqual(source.x_pick)
  expect(golden.movingRms51).toEqual(source.rms51_centred_shrink.pick)
  expect(golden.linearEnvelope).toEqual(source.linear_envelope_bp_2nd6Hz)
  expect(source.butter).toHaveLength(golden.butter.length)
  for (const [i, row] of golden.butter.entries()) {
    const { order, btype, wc, sos, zi, padlen_default, sosfilt_pick, sosfiltfilt_pick } = source.butter[i]
    expect([row.order, row.kind, row.cutoff]).toEqual([order, btype, wc])
    expect([row.sos, row.zi, row.padlen]).toEqual([sos, zi, padlen_default])
    expect([row.sosfiltPick, row.sosfiltfiltPick]).toEqual([sosfilt_pick, sosfiltfilt_pick])
  }
})
