import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { Stretch } from '../metrics/measure.ts'
import { createHandouts } from './handouts.ts'

const stretchOf = (signal: Float64Array): Stretch => {
  const power = new Float64Array(9)
  return {
    signal,
    envelope: signal.map(Math.abs),
    rate: 1000,
    spectra: { band: [20, 450], dimitrovBand: null, medianFrequency: 'interpolated' },
    spectrum: () => ({ spectrum: { power, resolution: 4 } }),
  }
}

const MESSAGE = /^plugin p: it wrote into the samples that it was handed$/

describe('what is handed out', () => {
  test('is the samples themselves, and passes while nobody writes', () => {
    const handouts = createHandouts()
    const stretch = stretchOf(Float64Array.of(1, 2, 3))
    const view = handouts.stretch(stretch)
    expect(view.signal).toBe(stretch.signal)
    expect(view.spectrum().spectrum?.power).toBe(stretch.spectrum().spectrum?.power as Float64Array)
    expect(handouts.stretch(stretch)).toBe(view)
    handouts.verify('p')
  })

  test('is found to be changed, wherever and however little', () => {
    const samples = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i))
    fc.assert(
      fc.property(fc.nat(4999), fc.constantFrom(1e-12, -1, Number.NaN), (place, change) => {
        const handouts = createHandouts()
        const signal = samples.slice()
        // A part of the buffer is handed out, and all of it is held to.
        handouts.stretch(stretchOf(signal.subarray(100, 200)))
        signal[place] = (signal[place] as number) + change
        expect(() => handouts.verify('p')).toThrow(MESSAGE)
      }),
    )
  })

  test('has its envelope sealed as soon as somebody looks at it', () => {
    const handouts = createHandouts()
    const { envelope } = handouts.stretch(stretchOf(Float64Array.of(1, 2, 3)))
    handouts.verify('p')
    ;(envelope as Float64Array)[0] = 5
    expect(() => handouts.verify('p')).toThrow(MESSAGE)
  })

  test('may neither be taken away nor have its spectrum changed', () => {
    const taken = createHandouts()
    const { signal } = taken.stretch(stretchOf(Float64Array.of(1, 2, 3)))
    structuredClone(0, { transfer: [signal.buffer as ArrayBuffer] })
    expect(() => taken.verify('p')).toThrow(MESSAGE)
    const changed = createHandouts()
    const { spectrum } = changed.stretch(stretchOf(Float64Array.of(1, 2, 3)))
    ;(spectrum().spectrum?.power as Float64Array)[3] = 1
    expect(() => changed.verify('p')).toThrow(MESSAGE)
  })

  test('beside samples, is frozen: whoever writes there throws', () => {
    const view = createHandouts().stretch(stretchOf(Float64Array.of(1)))
    for (const part of [view, view.spectra, view.spectra.band, view.spectrum(), view.spectrum().spectrum]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  test('what checks look at is guarded throughout', () => {
    const raw = Float64Array.of(1, 2, 3, 4)
    const mask = Uint8Array.of(0, 0, 1, 0)
    const handouts = createHandouts()
    const input = handouts.check({
      raw,
      gaps: { dropouts: [{ start: 2, end: 3 }], nonFinite: 0, mask, kept: 3 },
      rate: 1000,
      volts: 1,
      skinVolts: null,
      signals: null,
      contractions: [{ start: 0, end: 2 }],
      rest: [],
    })
    for (const part of [input, input.gaps, input.gaps.dropouts[0], input.contractions[0], input.rest]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
    mask[0] = 1
    expect(() => handouts.verify('p')).toThrow(MESSAGE)
  })
})
