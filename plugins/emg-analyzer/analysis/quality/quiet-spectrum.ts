/** The spectrum of the quieter part of a channel, where hum shows best. */
import { dsp } from '../../../../src/sdk.ts'
import { type Gaps, type Run, solidParts } from '../conditioning/gaps.ts'
import { spectrumOver } from '../conditioning/spectrum-over.ts'

/** Length of the segments: bins of half a hertz. */
const SEGMENT_S = 2
/** Share of the segments that count: the quietest. */
const SHARE = 0.25
/** … but no fewer, as long as there are. */
const FEWEST = 4

export interface QuietSpectrum {
  readonly spectrum: dsp.Spectrum
  /** How many segments it is the mean of. */
  readonly segments: number
}

const energy = (x: Float64Array, { start, end }: Run): number => {
  let sum = 0
  for (let i = start; i < end; i++) sum += (x[i] as number) ** 2
  return sum
}

/**
 * Hum stays while muscles come and go: the mean over all of a channel drowns it in the contractions.
 *
 * @param x what the spectrum is taken of
 * @param by what tells how loud a segment is
 * @returns null where no stretch without a gap is as long as a segment of about 2 s
 */
export function quietSpectrum(
  x: Float64Array,
  by: Float64Array,
  gaps: Gaps,
  rate: number,
): QuietSpectrum | null {
  const segment = 2 ** Math.max(3, Math.round(Math.log2(SEGMENT_S * rate)))
  const segments = solidParts({ start: 0, end: x.length }, gaps)
    .flatMap(({ start, end }) =>
      Array.from({ length: Math.floor((end - start) / segment) }, (_, i) => {
        const run = { start: start + i * segment, end: start + (i + 1) * segment }
        return { run, energy: energy(by, run) }
      }),
    )
    .sort((a, b) => a.energy - b.energy)
  const quiet = segments.slice(0, Math.max(FEWEST, Math.ceil(SHARE * segments.length)))
  const spectrum = spectrumOver(
    x,
    quiet.map(({ run }) => run),
    dsp.createWelch({ rate, segment, overlap: 0 }),
  )
  return spectrum && { spectrum, segments: quiet.length }
}
