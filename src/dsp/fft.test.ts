/** The transform against its definition, at lengths of every kind. */
import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { createFft } from './fft.ts'

function definition(re: Float64Array, im: Float64Array): [Float64Array, Float64Array] {
  const n = re.length
  const outRe = new Float64Array(n)
  const outIm = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    for (let t = 0; t < n; t++) {
      const angle = (-2 * Math.PI * ((k * t) % n)) / n
      const a = re[t] as number
      const b = im[t] as number
      outRe[k] = (outRe[k] as number) + a * Math.cos(angle) - b * Math.sin(angle)
      outIm[k] = (outIm[k] as number) + a * Math.sin(angle) + b * Math.cos(angle)
    }
  }
  return [outRe, outIm]
}

test('any length agrees with the definition', () => {
  const value = fc.double({ min: -1, max: 1, noNaN: true })
  const pair = fc.tuple(value, value)
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 150 }), (pairs) => {
      const re = Float64Array.from(pairs, ([a]) => a)
      const im = Float64Array.from(pairs, ([, b]) => b)
      const [expectedRe, expectedIm] = definition(re, im)
      createFft(pairs.length).transform(re, im)
      for (let k = 0; k < pairs.length; k++) {
        expect(Math.abs((re[k] as number) - (expectedRe[k] as number))).toBeLessThan(1e-11)
        expect(Math.abs((im[k] as number) - (expectedIm[k] as number))).toBeLessThan(1e-11)
      }
    }),
  )
})

test.each([997, 1000, 4096])('an impulse among %d samples has a flat spectrum, time after time', (length) => {
  const fft = createFft(length)
  for (const place of [0, 0, 5]) {
    const re = new Float64Array(length)
    const im = new Float64Array(length)
    re[place] = 1
    fft.transform(re, im)
    for (let k = 0; k < length; k++) expect(Math.hypot(re[k] as number, im[k] as number)).toBeCloseTo(1, 10)
  }
})

test.each([0, -1, 2.5, Number.NaN])('a length of %d is refused', (length) => {
  expect(() => createFft(length)).toThrow(RangeError)
})
