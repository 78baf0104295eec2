/** Contractions in synthesised channels whose truth is known. */
import { describe, expect, test } from 'bun:test'
import type { EmgSpec } from '../../../c3d-reader/samples/index.ts'
import { seededRandom } from '../../../c3d-reader/samples/random.ts'
import { analyze, evenly, synth } from '../fixtures.ts'

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number

describe('contractions', () => {
  /** 15 dB: a burst has 5.62 times the RMS of rest. */
  const loud = 5e-6 * 10 ** (15 / 20)

  test('at 15 dB are all found, and nothing else; the median onset error is under 15 ms', () => {
    const errors: number[] = []
    let missed = 0
    let wrong = 0
    for (let seed = 1; seed <= 8; seed++) {
      const bursts = evenly(8, 3500, 1200, loud)
      const { contractions } = analyze(synth({ seed, bursts }).samples)
      for (const { startMs } of bursts) {
        const nearest = contractions.map((each) => Math.abs(each.startMs - startMs)).sort((a, b) => a - b)[0]
        if (nearest === undefined || nearest > 200) missed++
        else errors.push(nearest)
      }
      wrong += Math.max(0, contractions.length - bursts.length)
    }
    expect({ missed, wrong }).toEqual({ missed: 0, wrong: 0 })
    expect(median(errors)).toBeLessThan(15)
  })

  test('at 15 dB, of any length and at any distance: F1 over 0.98 at 50 ms, for beginnings and ends', () => {
    let hits = 0
    let found = 0
    let given = 0
    for (let seed = 1; seed <= 6; seed++) {
      const random = seededRandom(seed)
      const bursts: EmgSpec['bursts'][number][] = []
      for (let at = 1000 + 1500 * random(); at < 56_000; at += 500 + 3000 * random()) {
        const startMs = Math.round(at)
        at += 300 + 2500 * random()
        bursts.push({ startMs, endMs: Math.round(at), rms: loud })
      }
      const { contractions } = analyze(synth({ seed, durationS: 60, bursts }).samples)
      const near = (a: number, b: number) => Math.abs(a - b) <= 50
      // Bursts are further apart than the tolerance, so that no contraction can hit two of them.
      hits += bursts.filter((burst) =>
        contractions.some((each) => near(each.startMs, burst.startMs) && near(each.endMs, burst.endMs)),
      ).length
      found += contractions.length
      given += bursts.length
    }
    expect(given).toBeGreaterThan(80)
    expect((2 * hits) / (found + given)).toBeGreaterThan(0.98)
  })

  test.each([
    [60, 2500, 57_500],
    [20, 2000, 18_500],
    [6, 500, 5500],
  ])('one that fills nearly all of %d s is found whole', (durationS, startMs, endMs) => {
    const { contractions } = analyze(synth({ durationS, bursts: [{ startMs, endMs, rms: 200e-6 }] }).samples)
    expect(contractions).toHaveLength(1)
    expect(contractions[0]?.startMs).toBeWithin(startMs - 20, startMs + 20)
    expect(contractions[0]?.endMs).toBeWithin(endMs - 20, endMs + 20)
  })

  test.each([1, 2, 3, 4, 5])('none is found in 60 s of noise (seed %d)', (seed) => {
    expect(analyze(synth({ seed, durationS: 60 }).samples).contractions).toEqual([])
  })

  test('are not invented by a single artefact, nor hidden by it', () => {
    const bursts = evenly(5, 4000, 2000, 100e-6)
    const { samples } = synth({ bursts })
    samples[25_000] = 5e-3
    expect(analyze(samples).contractions.filter(({ durationMs }) => durationMs > 1500)).toHaveLength(5)
  })

  test('closer than 200 ms are one, and the shortest is dropped only after that', () => {
    const pieces = [0, 1, 2, 3, 4].map((i) => ({
      startMs: 5000 + i * 200,
      endMs: 5080 + i * 200,
      rms: 200e-6,
    }))
    const { contractions } = analyze(synth({ bursts: pieces }).samples)
    expect(contractions).toHaveLength(1)
    expect(contractions[0]?.durationMs).toBeWithin(850, 960)
  })

  test('shorter than 100 ms are dropped', () => {
    expect(
      analyze(synth({ bursts: [{ startMs: 5000, endMs: 5040, rms: 200e-6 }] }).samples).contractions,
    ).toEqual([])
  })

  test('do not depend on the unit or the offset of the signal', () => {
    const { samples } = synth({ bursts: evenly(5, 4000, 2000, 100e-6) })
    const times = (x: Float64Array) => analyze(x).contractions.map(({ startMs, endMs }) => [startMs, endMs])
    expect(times(samples.map((value) => value * 1e6))).toEqual(times(samples))
    expect(times(samples.map((value) => value + 1e-3))).toEqual(times(samples))
  })
})
