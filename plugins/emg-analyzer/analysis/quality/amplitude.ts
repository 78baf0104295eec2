/** Checks of amplitude: clipping, signal to noise, noise at rest. */
import { dsp } from '../../../../src/sdk.ts'
import { type Run, solidParts } from '../conditioning/gaps.ts'
import { type CheckInput, type QualityCheck, rate as rateStatus } from './check.ts'
import { countClipped } from './clipping.ts'

/** Rest shorter than this tells nothing of noise. */
const LEAST_REST_S = 0.5

/** Windows that the quietest is looked for among. */
const NOISE_WINDOW_S = 0.5

const MICROVOLT = 1e-6

export const clipping: QualityCheck = {
  type: 'quality-check',
  id: 'clipping',
  summary: 'Share of samples at a rail of the amplifier or the file',
  unit: '%',
  reference: 'Runs of three samples and more within 0.5 % of the largest value, twice or more',
  assess({ raw, gaps }) {
    const clipped = countClipped(raw, gaps)
    const value = gaps.kept > 0 ? (100 * clipped) / gaps.kept : 0
    if (clipped === 0) return { status: 'good', value }
    const shown = value < 0.01 ? 'less than 0.01' : value.toPrecision(3)
    const message = `${shown} % of the samples are clipped: amplitudes are lower bounds.`
    return { status: rateStatus(value, 0, 1), value, message, details: { samples: clipped } }
  },
}

/** Root mean square over stretches together; null for no samples. */
function rmsOver(x: Float64Array, runs: readonly Run[]): number | null {
  let squares = 0
  let n = 0
  for (const { start, end } of runs) {
    for (let i = start; i < end; i++) squares += (x[i] as number) ** 2
    n += end - start
  }
  return n > 0 ? Math.sqrt(squares / n) : null
}

function levels({ signals, contractions, rest, rate }: CheckInput) {
  if (!signals || contractions.length === 0) return null
  const length = rest.reduce((sum, { start, end }) => sum + end - start, 0)
  if (length < LEAST_REST_S * rate) return null
  const active = rmsOver(
    signals.clean,
    contractions.flatMap((run) => solidParts(run, signals.gaps)),
  )
  const quiet = rmsOver(signals.clean, rest)
  return active && quiet ? { active, quiet } : null
}

export const signalToNoise: QualityCheck = {
  type: 'quality-check',
  id: 'signalToNoise',
  summary: 'RMS of contractions over RMS of rest',
  unit: 'dB',
  reference: 'Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440',
  assess(input) {
    const found = levels(input)
    if (!found) {
      return { status: 'unknown', value: null, message: 'Contraction and rest were not both seen.' }
    }
    const value = 20 * Math.log10(found.active / found.quiet)
    const details = { activeRms: found.active, restRms: found.quiet }
    if (value >= 15) return { status: 'good', value, details }
    const message = `Contractions stand only ${value.toFixed(1)} dB above rest.`
    return { status: value < 10 ? 'poor' : 'usable', value, message, details }
  },
}

/** RMS of the quietest window of half a second that holds no gap; null where there is none. */
function quietestRms({ signals, rate }: CheckInput): number | null {
  if (!signals) return null
  const { clean, gaps } = signals
  const length = Math.max(1, Math.round(NOISE_WINDOW_S * rate))
  let least: number | null = null
  for (let start = 0; start + length <= clean.length; start += length) {
    if (gaps.mask?.subarray(start, start + length).includes(1)) continue
    const value = dsp.rms(clean.subarray(start, start + length))
    if (least === null || value < least) least = value
  }
  return least
}

export const baselineNoise: QualityCheck = {
  type: 'quality-check',
  id: 'baselineNoise',
  summary: 'RMS of the quietest half second of the filtered signal',
  unit: '{unit}',
  reference: 'SENIAM; De Luca et al. (2010), J Biomech 43:1573',
  assess(input) {
    const value = quietestRms(input)
    if (value === null) return { status: 'unknown', value, message: 'No half second is free of gaps.' }
    if (input.volts === null) return { status: 'unknown', value, message: 'Its unit is not known in volts.' }
    const microvolts = (value * input.volts) / MICROVOLT
    if (microvolts < 10) return { status: 'good', value }
    const shown = microvolts.toPrecision(3)
    if (input.contractions.length === 0) {
      return {
        status: 'usable',
        value,
        message: `Even the quietest half second has ${shown} µV RMS: noise, or no rest in the recording.`,
      }
    }
    return {
      status: microvolts >= 50 ? 'poor' : 'usable',
      value,
      message: `Rest has ${shown} µV RMS; under 5 µV is usual.`,
    }
  },
}
