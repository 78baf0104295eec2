/** The power line: how far it stands out at 50 or 60 Hz and their harmonics. */
import { dsp } from '../../../../src/sdk.ts'
import { type CheckInput, type QualityCheck, type Status, worstOf } from './check.ts'
import { shownVolts } from './levels.ts'
import { type QuietSpectrum, quietSpectrum } from './quiet-spectrum.ts'

/** Half the width of the line, in Hz. */
const LINE_HZ = 1
/** Half the width of its neighbourhood. */
const NEIGHBOURHOOD_HZ = 5
/** A harmonic that stands out by less is none; by as much more as `1 / segments`, since few scatter more. */
const FOUND_DB = 10
const HARMONICS = 8

/** Shares of the power of the filtered channel from which hum lowers the verdict. */
const USABLE_SHARE = 0.05
const POOR_SHARE = 0.3
/** RMS in V of hum alone that is more than all of rest should have. @see baselineNoise */
const USABLE_RMS = 5e-6

export interface Harmonic {
  readonly hz: number
  /** Power within 1 Hz over what the median of the neighbourhood within 5 Hz makes expect, in dB, at the quietest. */
  readonly db: number
  /** Amplitude of a sine with the power that stands out, in the unit of the channel. */
  readonly amplitude: number
}

const binsAround = (hz: number, half: number, resolution: number, count: number): [number, number] => [
  Math.max(1, Math.ceil((hz - half) / resolution)),
  Math.min(count - 1, Math.floor((hz + half) / resolution)),
]

/** Median over mean of the power in a bin that is the mean of some segments' (Wilson & Hilferty 1931, for chi-squared). */
const medianOverMean = (segments: number): number => (1 - 1 / (9 * segments)) ** 3

function harmonicAt({ spectrum: { power, resolution }, segments }: QuietSpectrum, hz: number): Harmonic {
  const [first, last] = binsAround(hz, LINE_HZ, resolution, power.length)
  const [from, to] = binsAround(hz, NEIGHBOURHOOD_HZ, resolution, power.length)
  let line = 0
  const neighbours: number[] = []
  for (let k = from; k <= to; k++) {
    if (k >= first && k <= last) line += power[k] as number
    else neighbours.push(power[k] as number)
  }
  const expected = (dsp.median(neighbours) / medianOverMean(segments)) * (last - first + 1)
  return {
    hz,
    db: expected > 0 ? 10 * Math.log10(line / expected) : 0,
    amplitude: Math.sqrt(2 * Math.max(0, line - expected) * resolution),
  }
}

/** Every harmonic whose neighbourhood lies below half the sampling rate. */
export function harmonicsOf(quiet: QuietSpectrum, fundamental: number): Harmonic[] {
  const { power, resolution } = quiet.spectrum
  const highest = (power.length - 1) * resolution
  const harmonics: Harmonic[] = []
  for (let k = 1; k <= HARMONICS && k * fundamental + NEIGHBOURHOOD_HZ < highest; k++) {
    harmonics.push(harmonicAt(quiet, k * fundamental))
  }
  return harmonics
}

/**
 * Power of the harmonics that are there; of the odd ones only where the fundamental is not: a line at 120 Hz alone is
 * the strobe of a camera.
 */
const powerOf = (harmonics: readonly Harmonic[], foundDb: number): number => {
  const found = ({ db }: Harmonic): boolean => db >= foundDb
  const all = harmonics.slice(0, 1).some(found)
  return harmonics.reduce(
    (sum, each, i) => sum + (found(each) && (all || i % 2 === 0) ? each.amplitude ** 2 / 2 : 0),
    0,
  )
}

const unknown = (message: string) => ({ status: 'unknown', value: null, message }) as const

/** Hum against the whole channel, and against what rest should have. */
function statusOf(power: number, share: number, skinVolts: number | null): Status {
  const rms = skinVolts === null ? 0 : Math.sqrt(power) * skinVolts
  return worstOf([
    share >= POOR_SHARE ? 'poor' : share >= USABLE_SHARE ? 'usable' : 'good',
    rms >= USABLE_RMS ? 'usable' : 'good',
  ])
}

/**
 * Looks for the line in the quietest quarter of the recording. A share of 5 % of the channel's power adds 2.5 % to
 * every amplitude, which an analysis can live with; 30 % adds 14 %, more than a session usually changes.
 */
export const powerLine: QualityCheck = {
  type: 'quality-check',
  id: 'powerLine',
  summary: 'How far the power line and its harmonics stand out from their neighbourhood',
  unit: 'dB',
  reference: 'Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440',
  assess({ raw, signals, gaps, rate, skinVolts }: CheckInput) {
    if (!signals) return unknown('It cannot be filtered.')
    const quiet = quietSpectrum(raw, signals.filtered, gaps, rate)
    if (!quiet) return unknown('Too short to tell the power line.')
    const foundDb = FOUND_DB * (1 + 1 / quiet.segments)
    const candidates = [50, 60].map((hz) => {
      const harmonics = harmonicsOf(quiet, hz)
      return { hz, harmonics, power: powerOf(harmonics, foundDb) }
    })
    const [line] = candidates.sort((a, b) => b.power - a.power)
    if (!line || line.harmonics.length === 0) {
      return unknown('The sampling rate is too low to tell the power line.')
    }
    const value = Math.max(...line.harmonics.map(({ db }) => db))
    const total = dsp.rms(signals.filtered) ** 2
    const share = total > 0 ? Math.min(1, line.power / total) : 0
    const details = {
      fundamentalHz: line.power > 0 ? line.hz : null,
      harmonics: line.harmonics,
      powerPercent: 100 * share,
    }
    const status = statusOf(line.power, share, skinVolts)
    if (status === 'good') return { status, value, details }
    const size = skinVolts === null ? '' : ` of ${shownVolts(Math.sqrt(line.power) * skinVolts)} RMS`
    const message = `Hum${size} from the power line at ${line.hz} Hz is ${(100 * share).toPrecision(2)} % of the power.`
    return { status, value, message, details }
  },
}
