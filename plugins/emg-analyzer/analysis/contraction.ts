/** One contraction: what its signal says, and what it is held against. */
import type { Signals } from './conditioning/signals.ts'
import type { MarkedRun } from './edits.ts'
import type { ContractionResult } from './schema.ts'

type Described = Omit<ContractionResult, 'mvcPercent' | 'meetsMvc' | 'meetsDuration' | 'isGood'>

const toMs = (samples: number, rate: number): number => (samples / rate) * 1000

/**
 * Times and amplitudes of a contraction. Sizes of the envelope are taken, which may undershoot zero near rest.
 *
 * @param options.mvcAmplitude what is held against an MVC; the largest envelope where it is not given
 */
export function describeContraction(
  { start, end, source }: MarkedRun,
  { envelope, gaps: { mask }, rate }: Signals,
  options: { readonly endInclusive: boolean; readonly mvcAmplitude: number | null | undefined },
): Described {
  let sum = 0
  let most = 0
  let count = 0
  const last = Math.min(envelope.length, options.endInclusive ? end + 1 : end)
  for (let i = start; i < last; i++) {
    if (mask?.[i]) continue
    const value = Math.abs(envelope[i] as number)
    sum += value
    most = Math.max(most, value)
    count++
  }
  const maxAmplitude = count > 0 ? most : null
  return {
    startMs: toMs(start, rate),
    endMs: toMs(end, rate),
    durationMs: toMs(end - start, rate),
    source,
    meanAmplitude: count > 0 ? sum / count : null,
    maxAmplitude,
    mvcAmplitude: options.mvcAmplitude === undefined ? maxAmplitude : options.mvcAmplitude,
  }
}

/** What a contraction is held against; null where it is not known. */
export interface Bar {
  /** In the unit of the channel. */
  readonly mvc: number | null
  /** Share of it that is to be reached, in %. */
  readonly percent: number
  readonly durationMs: number | null
}

/** Both criteria, or the one that is known. */
function both(meetsMvc: boolean | null, meetsDuration: boolean | null): boolean | null {
  if (meetsMvc === null) return meetsDuration
  return meetsDuration === null ? meetsMvc : meetsMvc && meetsDuration
}

/** Holds a contraction against MVC and duration. What is not known stays null. */
export function judge(contraction: Described, { mvc, percent, durationMs }: Bar): ContractionResult {
  const { mvcAmplitude } = contraction
  const known = mvc !== null && mvc > 0 && mvcAmplitude !== null
  const meetsMvc = known ? mvcAmplitude >= (mvc * percent) / 100 : null
  const meetsDuration = durationMs === null ? null : contraction.durationMs >= durationMs
  return {
    ...contraction,
    mvcPercent: known ? (100 * mvcAmplitude) / mvc : null,
    meetsMvc,
    meetsDuration,
    isGood: both(meetsMvc, meetsDuration),
  }
}
