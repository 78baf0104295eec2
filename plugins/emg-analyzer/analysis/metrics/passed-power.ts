/** How much of a signal's power a filter that is run forwards and backwards lets through. */
import type { dsp } from '../../../../src/sdk.ts'

/** Power gain of one pass at an angle of the unit circle: the square of a section's frequency response. */
const passOf = (sections: readonly dsp.Section[], angle: number): number => {
  const [c1, s1, c2, s2] = [Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)]
  const size = (a: number, b: number, c: number): number =>
    (a + b * c1 + c * c2) ** 2 + (b * s1 + c * s2) ** 2
  return sections.reduce((gain, [b0, b1, b2, a0, a1, a2]) => (gain * size(b0, b1, b2)) / size(a0, a1, a2), 1)
}

/**
 * Power gain of both passes at the bins of a spectrum.
 *
 * @see Oppenheim & Schafer (2010), Discrete-Time Signal Processing, 3rd ed., sec. 5.1
 * @param segment samples of a segment of the spectrum
 * @returns `floor(segment / 2) + 1` values
 */
export const passedPower = (sections: readonly dsp.Section[], segment: number): Float64Array =>
  Float64Array.from(
    { length: (segment >> 1) + 1 },
    (_, bin) => passOf(sections, (2 * Math.PI * bin) / segment) ** 2,
  )
