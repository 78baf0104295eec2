/** Checks of amplitude: clipping, signal to noise, noise at rest. */
import { type Run, solidParts } from '../conditioning/gaps.ts'
import { type CheckInput, type QualityCheck, rate as rateStatus } from './check.ts'
import { clippedAt } from './clipping.ts'
import { activeRms, rmsOver, shownVolts } from './levels.ts'

/** Rest shorter than this is none: between the strides of gait, muscles do not come to rest. */
const LEAST_REST_S = 0.5

/** Windows that are as loud as this many times the quietest are as quiet: chance alone makes a tenth either way. */
const AS_QUIET = 1.3

/** From 1 % of clipped samples on, the peaks of every contraction are cut. */
const POOR_CLIPPED_PERCENT = 1

export const clipping: QualityCheck = {
  type: 'quality-check',
  id: 'clipping',
  summary: 'Share of samples at a rail of the amplifier or the file',
  unit: '%',
  reference:
    'Samples within 0.5 % of an extreme, eight and more in three visits, that outnumber those next to it fourfold',
  assess({ raw, gaps }) {
    const { count, lower, upper } = clippedAt(raw, gaps)
    const value = gaps.kept > 0 ? (100 * count) / gaps.kept : 0
    if (count === 0) return { status: 'good', value }
    const shown = value < 0.01 ? 'less than 0.01' : value.toPrecision(3)
    const message = `${shown} % of the samples are clipped: amplitudes are lower bounds.`
    return {
      status: rateStatus(value, 0, POOR_CLIPPED_PERCENT),
      value,
      message,
      // Samples from these values on outwards are clipped: what draws the raw signal marks them.
      details: { samples: count, lower, upper },
    }
  },
}

const isLong =
  (rate: number) =>
  ({ start, end }: Run): boolean =>
    end - start >= LEAST_REST_S * rate

function levels(input: CheckInput) {
  const { signals, rest, rate } = input
  if (!signals) return null
  const active = activeRms(input)
  const quiet = rmsOver(signals.clean, rest.filter(isLong(rate)))
  return active && quiet ? { active, quiet } : null
}

/**
 * Under 10 dB, noise adds more than 5 % to the amplitude of contractions and hides the weak ones; from 15 dB on it
 * adds less than 2 %. 15 dB is also where Sinderby et al. (1995), J Appl Physiol 79:1803, accept EMG. Without any
 * contraction nothing tells rest from an electrode that came off, so that the channel is not called good.
 */
export const signalToNoise: QualityCheck = {
  type: 'quality-check',
  id: 'signalToNoise',
  summary: 'RMS of contractions over RMS of rest',
  unit: 'dB',
  reference: 'Sinderby et al. (1995), J Appl Physiol 79:1803; Merletti & Cerone (2020)',
  assess(input) {
    if (input.signals && input.contractions.length === 0) {
      const message =
        'No contraction was found: the muscle was at rest or active throughout, or its electrode picked up nothing.'
      return { status: 'usable', value: null, message }
    }
    const found = levels(input)
    if (!found) {
      const message = 'A contraction and half a second of rest were not both seen.'
      return { status: 'unknown', value: null, message }
    }
    const value = 20 * Math.log10(found.active / found.quiet)
    const details = { activeRms: found.active, restRms: found.quiet }
    if (value >= 15) return { status: 'good', value, details }
    const message = `Contractions stand only ${value.toFixed(1)} dB above rest.`
    return { status: value < 10 ? 'poor' : 'usable', value, message, details }
  },
}

/** Half seconds that lie in stretches whole. */
const halfSecondsIn = (runs: readonly Run[], rate: number): Run[] => {
  const length = Math.max(1, Math.round(LEAST_REST_S * rate))
  return runs.flatMap(({ start, end }) =>
    Array.from({ length: Math.floor((end - start) / length) }, (_, i) => {
      const from = start + i * length
      return { start: from, end: from + length }
    }),
  )
}

/** RMS of the half seconds that are as quiet as the quietest: it alone would be quieter than rest is. */
function quietRms(x: Float64Array, windows: readonly Run[]): number | null {
  const levelled = windows.map((run) => ({ run, level: rmsOver(x, [run]) ?? 0 }))
  const least = levelled.reduce((quietest, { level }) => Math.min(quietest, level), Number.POSITIVE_INFINITY)
  return rmsOver(
    x,
    levelled.filter(({ level }) => level <= AS_QUIET * least).map(({ run }) => run),
  )
}

/**
 * Electrode and amplifier together have under 5 µV RMS on prepared skin; 10 µV shows in weak contractions, 50 µV is
 * as much as these are.
 *
 * @see Huigen et al. (2002), Med Biol Eng Comput 40:332
 */
export const baselineNoise: QualityCheck = {
  type: 'quality-check',
  id: 'baselineNoise',
  summary: 'RMS of the filtered signal in its quietest half seconds',
  unit: '{unit}',
  reference: 'Huigen et al. (2002), Med Biol Eng Comput 40:332; De Luca et al. (2010), J Biomech 43:1573',
  assess({ signals, raw, rate, rest, contractions, volts, skinVolts }) {
    if (!signals) return { status: 'unknown', value: null, message: 'It cannot be filtered.' }
    const atRest = contractions.length > 0 ? halfSecondsIn(rest, rate) : []
    const anywhere = halfSecondsIn(solidParts({ start: 0, end: raw.length }, signals.gaps), rate)
    const value = quietRms(signals.clean, atRest.length > 0 ? atRest : anywhere)
    if (value === null) return { status: 'unknown', value, message: 'No half second is free of gaps.' }
    if (volts === null || skinVolts === null) return { status: 'unknown', value }
    const level = value * volts
    if (level < 10e-6) return { status: 'good', value }
    const shown = shownVolts(level)
    if (atRest.length === 0) {
      return {
        status: 'usable',
        value,
        message: `Even the quietest half second has ${shown} RMS: noise, or no rest in the recording.`,
      }
    }
    return {
      status: level >= 50e-6 ? 'poor' : 'usable',
      value,
      message: `Rest has ${shown} RMS; under 5 µV is usual.`,
    }
  },
}
