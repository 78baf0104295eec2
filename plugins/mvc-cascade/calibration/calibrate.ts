/** Calibration: the MVC of one channel of an MVC recording, from several trials. */
import { dsp } from '../../../src/sdk.ts'
import { largestRms, type Run } from '../calculate.ts'
import { isPlausible } from '../limits.ts'
import type { MvcFlag, MvcTrial } from '../records/record.ts'
import { clippedPercents } from './clipping.ts'
import { bridge, gapMask } from './gaps.ts'
import { findTrials } from './trials.ts'

/** Corners in Hz and order of one pass; two are made. De Luca et al. (2010), J Biomech 43:1573; SENIAM. */
const BAND = [20, 450] as const
const ORDER = 4
/** Upper corner as a share of half the sampling rate: a band-pass needs some room below it. */
const HIGHEST_SHARE = 0.9
/** Below this rate in Hz too little of the spectrum of surface EMG is left. */
const LOWEST_RATE = 200
/** Trials that differ by more are no reliable maximum: the subject held back, or an electrode moved. */
const MOST_SPREAD_PERCENT = 10

/** Part of a recording, in ms from its first sample. */
export interface TrialWindow {
  readonly startMs: number
  readonly endMs: number
}

/** What a channel came to. */
export interface Calibration {
  /** V: the largest trial. */
  readonly value: number
  readonly trials: readonly MvcTrial[]
  /** `(largest - smallest) / largest` in %; null for one trial. */
  readonly spreadPercent: number | null
  readonly flags: readonly MvcFlag[]
}

/** Why a channel gives no MVC. */
export interface Refusal {
  readonly refusal: string
}

const toMs = (samples: number, rate: number): number => Number(((samples / rate) * 1000).toFixed(3))

function bandPass(x: Float64Array, rate: number): Float64Array | Refusal {
  if (!(rate >= LOWEST_RATE)) {
    return {
      refusal: `its sampling rate of ${rate} Hz is too low for surface EMG; ${LOWEST_RATE} Hz is the least`,
    }
  }
  const cutoff = [BAND[0], Math.min(BAND[1], (HIGHEST_SHARE * rate) / 2)] as const
  const sections = dsp.butterworth({ order: ORDER, kind: 'band', cutoff, rate })
  const least = Math.max(dsp.padLength(sections), Math.ceil(rate / 2)) + 1
  if (x.length < least) return { refusal: `it has ${x.length} samples; ${least} are the least` }
  const offset = dsp.mean(x)
  return dsp.sosfiltfilt(
    sections,
    x.map((value) => value - offset),
  )
}

function runsOf(windows: readonly TrialWindow[], rate: number, length: number): Run[] | Refusal {
  const runs = windows.map(({ startMs, endMs }) => ({
    start: Math.round((startMs / 1000) * rate),
    end: Math.round((endMs / 1000) * rate),
  }))
  const outside = runs.findIndex(({ end }) => end > length)
  return outside < 0
    ? runs
    : {
        refusal: `trial ${outside + 1} ends at ${windows[outside]?.endMs} ms, after the recording (${toMs(length, rate)} ms)`,
      }
}

const isRefusal = (value: object): value is Refusal => 'refusal' in value

const everyTrial = (values: readonly (number | null)[]): values is readonly number[] => !values.includes(null)

/**
 * The MVC of one channel: band-pass of 20 to 450 Hz, then the largest RMS over 500 ms of each trial, then the
 * largest trial. Dropouts count in no trial.
 *
 * @see Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440
 * @param samples in V
 * @param rate Hz
 * @param unitBasis whether the file declares the unit
 * @param windows the trials; null: they are looked for
 */
export function calibrate(
  samples: Float64Array,
  rate: number,
  unitBasis: 'declared' | 'assumed',
  windows: readonly TrialWindow[] | null,
): Calibration | Refusal {
  const mask = gapMask(samples, rate)
  if (mask && !mask.includes(0)) return { refusal: 'it holds one value throughout, or no numbers' }
  const filtered = bandPass(bridge(samples, mask), rate)
  if (isRefusal(filtered)) return filtered
  const runs = windows ? runsOf(windows, rate, samples.length) : findTrials(filtered, rate)
  if (isRefusal(runs)) return runs
  if (runs.length === 0) return { refusal: 'no trial stands out from rest; state the trials in ms' }
  const values = runs.map((run) => largestRms(filtered, rate, run, mask))
  if (!everyTrial(values)) {
    const place = values.indexOf(null)
    return { refusal: `trial ${place + 1} is shorter than 250 ms, or most of it is a dropout` }
  }
  const clipped = clippedPercents(samples, runs, mask)
  const trials = runs.map(({ start, end }, i) => ({
    startMs: toMs(start, rate),
    endMs: toMs(end, rate),
    value: values[i] as number,
    clippedPercent: clipped[i] as number,
  }))
  const value = Math.max(...values)
  if (!isPlausible(value)) {
    const basis = unitBasis === 'assumed' ? ', in V for want of a declared unit,' : ''
    return { refusal: `its largest trial of ${value} V${basis} is outside of 1 uV to 10 mV` }
  }
  const spreadPercent = trials.length > 1 ? (100 * (value - Math.min(...values))) / value : null
  const flags: MvcFlag[] = []
  if (clipped.some((percent) => percent > 0)) flags.push('CLIPPED')
  if (spreadPercent !== null && spreadPercent > MOST_SPREAD_PERCENT) flags.push('SPREAD_OVER_10')
  if (trials.length === 1) flags.push('ONE_TRIAL')
  if (unitBasis === 'assumed') flags.push('UNIT_ASSUMED')
  return { value, trials, spreadPercent, flags }
}
