/** From a raw channel to the signals that figures are read from: the steps, in their order. */
import { dsp } from '../../../../src/sdk.ts'
import type { AnalysisParameters } from '../parameters.ts'
import { bandOf, bandPassOf, notchesOf } from './filters.ts'
import { bridgeGaps, type Gaps, keptSamples, withoutGaps } from './gaps.ts'
import type { Signals } from './signals.ts'

/** A step of the conditioning: each takes the signal of the one before. */
interface Step {
  readonly id: string
  apply(x: Float64Array, context: StepContext): Float64Array
}

interface StepContext {
  readonly gaps: Gaps
  readonly rate: number
  readonly parameters: AnalysisParameters
}

const bridge: Step = { id: 'bridge-gaps', apply: (x, { gaps }) => bridgeGaps(x, gaps) }

const removeOffset: Step = {
  id: 'remove-offset',
  apply(x, { gaps, parameters }) {
    if (!parameters.removeOffset) return x
    const offset = dsp.mean(keptSamples(x, gaps))
    const centred = new Float64Array(x.length)
    for (let i = 0; i < x.length; i++) centred[i] = (x[i] as number) - offset
    return centred
  },
}

const bandPass: Step = {
  id: 'band-pass',
  apply: (x, { rate, parameters }) => dsp.sosfiltfilt(bandPassOf(rate, parameters), x),
}

const notch: Step = {
  id: 'notch',
  apply(x, { rate, parameters }) {
    const sections = notchesOf(rate, parameters)
    return sections.length > 0 ? dsp.sosfiltfilt(sections, x) : x
  },
}

const envelope: Step = {
  id: 'envelope',
  apply(x, { rate, parameters }) {
    const { cutoffHz, order, dualPassCorrection, smoothingMs } = parameters.envelope
    const smooth = dsp.linearEnvelope(x, rate, cutoffHz, order, { dualPassCorrection })
    if (smoothingMs === null) return smooth
    return dsp.movingMeanSame(smooth, Math.max(1, Math.trunc((smoothingMs / 1000) * rate)))
  },
}

const run = (steps: readonly Step[], x: Float64Array, context: StepContext): Float64Array =>
  steps.reduce((signal, step) => step.apply(signal, context), x)

/** The signals that there are so far. */
export type Unfinished = Pick<Signals, 'gaps' | 'rate'> & Partial<Signals>

/**
 * Gaps are bridged and the offset taken out before the band-pass, which comes before rectification; the notch
 * stands between them, so that spectra can be taken before it and the envelope after. Stops after every filter, so that
 * whoever has others waiting can let them in between, and leave when it has what it wants.
 *
 * @param raw samples in the unit of the channel; kept
 * @param gaps all there are; left out where the parameters say so
 * @param rate Hz
 */
export function* conditionStepwise(
  raw: Float64Array,
  gaps: Gaps,
  rate: number,
  parameters: AnalysisParameters,
): Generator<Unfinished, Signals> {
  const masked = parameters.gaps.mask ? gaps : withoutGaps(raw.length)
  const context = { gaps: masked, rate, parameters }
  const bridged = run([bridge, removeOffset], raw, context)
  const filtered = run([bandPass], bridged, context)
  const first = { raw, bridged, filtered, gaps: masked, rate }
  yield first
  const clean = run([notch], filtered, context)
  yield { ...first, clean }
  return { ...first, clean, envelope: run([envelope], clean, context), band: bandOf(rate, parameters) }
}

/** {@link conditionStepwise} at one go. */
export function condition(...input: Parameters<typeof conditionStepwise>): Signals {
  const steps = conditionStepwise(...input)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
