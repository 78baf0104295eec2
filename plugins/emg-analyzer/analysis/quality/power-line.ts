/** The power line: how far it stands out at 50 or 60 Hz and their harmonics. */
import { dsp } from '../../../../src/sdk.ts'
import type { QualityCheck } from './check.ts'

/** Half the width of the line, in Hz. */
const LINE_HZ = 1
/** Half the width of its neighbourhood. */
const NEIGHBOURHOOD_HZ = 5
/** A harmonic that stands out by less is none. */
const FOUND_DB = 10
/** Shares of the power of the channel. */
const USABLE_SHARE = 0.05
const POOR_SHARE = 0.3
const HARMONICS = 8

export interface Harmonic {
  readonly hz: number
  /** Power within 1 Hz over what the median of the neighbourhood within 5 Hz makes expect, in dB. */
  readonly db: number
  /** Amplitude of a sine with the power that stands out, in the unit of the channel. */
  readonly amplitude: number
}

const binsAround = (hz: number, half: number, resolution: number, count: number): [number, number] => [
  Math.max(1, Math.ceil((hz - half) / resolution)),
  Math.min(count - 1, Math.floor((hz + half) / resolution)),
]

function harmonicAt({ power, resolution }: dsp.Spectrum, hz: number): Harmonic {
  const [first, last] = binsAround(hz, LINE_HZ, resolution, power.length)
  const [from, to] = binsAround(hz, NEIGHBOURHOOD_HZ, resolution, power.length)
  let line = 0
  const neighbours: number[] = []
  for (let k = from; k <= to; k++) {
    if (k >= first && k <= last) line += power[k] as number
    else neighbours.push(power[k] as number)
  }
  const expected = dsp.median(neighbours) * (last - first + 1)
  return {
    hz,
    db: expected > 0 ? 10 * Math.log10(line / expected) : 0,
    amplitude: Math.sqrt(2 * Math.max(0, line - expected) * resolution),
  }
}

/** Every harmonic whose neighbourhood lies below half the sampling rate. */
export function harmonicsOf(spectrum: dsp.Spectrum, fundamental: number): Harmonic[] {
  const highest = (spectrum.power.length - 1) * spectrum.resolution
  const harmonics: Harmonic[] = []
  for (let k = 1; k <= HARMONICS && k * fundamental + NEIGHBOURHOOD_HZ < highest; k++) {
    harmonics.push(harmonicAt(spectrum, k * fundamental))
  }
  return harmonics
}

const powerOf = (harmonics: readonly Harmonic[]): number =>
  harmonics.reduce((sum, { db, amplitude }) => sum + (db >= FOUND_DB ? amplitude ** 2 / 2 : 0), 0)

export const powerLine: QualityCheck = {
  type: 'quality-check',
  id: 'powerLine',
  summary: 'How far the power line and its harmonics stand out from their neighbourhood',
  unit: 'dB',
  reference: 'Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440',
  assess({ spectrum }) {
    const found = spectrum()
    if (!found) return { status: 'unknown', value: null, message: 'Too short to tell the power line.' }
    const candidates = [50, 60].map((hz) => ({ hz, harmonics: harmonicsOf(found, hz) }))
    const [line, other] = candidates.sort((a, b) => powerOf(b.harmonics) - powerOf(a.harmonics))
    if (!line || line.harmonics.length === 0) {
      return {
        status: 'unknown',
        value: null,
        message: 'The sampling rate is too low to tell the power line.',
      }
    }
    const value = Math.max(...line.harmonics.map(({ db }) => db))
    // The lowest 5 Hz hold offset and movement.
    const total = dsp.spectralMoment(found, 0, [5, Number.POSITIVE_INFINITY]) * found.resolution
    const share = total > 0 ? powerOf(line.harmonics) / total : 0
    const present = share > 0
    const details = {
      fundamentalHz: present && powerOf(line.harmonics) > powerOf(other?.harmonics ?? []) ? line.hz : null,
      harmonics: line.harmonics,
      powerPercent: 100 * Math.min(1, share),
    }
    if (share < USABLE_SHARE) return { status: 'good', value, details }
    const message = `${details.powerPercent.toFixed(0)} % of the power is the power line at ${line.hz} Hz.`
    return { status: share >= POOR_SHARE ? 'poor' : 'usable', value, message, details }
  },
}
