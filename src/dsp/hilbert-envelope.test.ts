import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { hilbertEnvelope } from './hilbert-envelope.ts'

test.each([64, 100, 97, 1000, 4001])('of a sine of whole periods over %d samples is its amplitude', (n) => {
  const sine = Float64Array.from({ length: n }, (_, i) => 3 * Math.sin((2 * Math.PI * 7 * i) / n + 1))
  for (const value of hilbertEnvelope(sine)) expect(value).toBeCloseTo(3, 10)
})

test('of none is none, of a constant its size, of one sample its size', () => {
  expect(hilbertEnvelope([])).toHaveLength(0)
  expect([...hilbertEnvelope([-4])]).toEqual([4])
  expect([...hilbertEnvelope([-4, -4])]).toEqual([4, 4])
  for (const value of hilbertEnvelope([-2, -2, -2, -2, -2])) expect(value).toBeCloseTo(2, 12)
})

test('a NaN reaches all of it', () => {
  expect([...hilbertEnvelope([1, Number.NaN, 3, 4])].every(Number.isNaN)).toBe(true)
})

test('is never below the rectified signal, and grows with it', () => {
  const signals = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(signals, fc.double({ min: -8, max: 8, noNaN: true }), (x, factor) => {
      const envelope = hilbertEnvelope(x)
      const scaled = hilbertEnvelope(x.map((value) => factor * value))
      for (const [i, value] of x.entries()) {
        expect(envelope[i] as number).toBeGreaterThanOrEqual(Math.abs(value) - 1e-12)
        expect(Math.abs((scaled[i] as number) - Math.abs(factor) * (envelope[i] as number))).toBeLessThan(
          1e-10,
        )
      }
    }),
  )
})
