/** What a detector of contractions is: data with a function, so that reading one teaches all. */
import type * as v from 'valibot'
import type { Gaps, Run } from '../conditioning/gaps.ts'

/** What contractions are looked for in. All signals have the same length and start. */
export interface DetectorInput {
  /** Band-passed samples in the unit of the channel, gaps bridged. */
  readonly filtered: Float64Array
  /** Envelope that amplitudes are read from. */
  readonly envelope: Float64Array
  /** The device's own picture of the channel, where the recording has one: evidence, not truth. */
  readonly activated: Float64Array | null
  readonly gaps: Gaps
  /** Sampling rate in Hz. */
  readonly rate: number
}

/** What was found. */
export interface Detection {
  /** Half-open runs of samples, in order, apart from each other, none inside a gap. */
  readonly runs: readonly Run[]
  /** Whether the sample at the end of a run belongs to it when its amplitude is read. */
  readonly endInclusive?: boolean
  /** The levels that decided, by name, in the unit of the signal they were laid on. */
  readonly thresholds: Readonly<Record<string, number>>
}

/** Options of a detector by their names. */
type Parameters = Readonly<Record<string, unknown>>

/** A detector; see {@link detector}. */
export interface Detector {
  readonly type: 'detector'
  /** Its name in parameters and results. */
  readonly id: string
  /** What it is, in one line. */
  readonly summary: string
  readonly reference: string
  /** Its own parameters, with units in their descriptions. */
  readonly parameters: v.GenericSchema<unknown, Parameters>
  readonly defaults: Parameters
  /**
   * Whether its runs are contractions as they are; else the pipeline merges near ones, and drops short ones after.
   */
  readonly finished: boolean
  /** @returns null when rest is unknown, so that nothing can be found */
  detect(input: DetectorInput, parameters: Parameters): Detection | null
}

/**
 * Declares a detector; the types of its parameters follow from its schema.
 *
 * @example
 * detector({
 *   id: 'fixed-level',
 *   summary: 'Above a stated amplitude',
 *   reference: 'none',
 *   parameters: v.object({ level: v.number() }),
 *   defaults: { level: 2e-5 },
 *   detect: ({ envelope, gaps }, { level }) => ({
 *     runs: stretchesOf(envelope.length, gaps.mask).flatMap((each) => runsAbove(envelope, level, each)),
 *     thresholds: { level },
 *   }),
 * })
 */
export function detector<P extends Parameters>(declaration: {
  readonly id: string
  readonly summary: string
  readonly reference: string
  readonly parameters: v.GenericSchema<unknown, P>
  readonly defaults: NoInfer<P>
  readonly finished?: boolean
  detect(input: DetectorInput, parameters: NoInfer<P>): Detection | null
}): Detector {
  // The pipeline hands it only parameters that its own schema accepted; this is the one place that says so.
  return { finished: false, ...declaration, type: 'detector' } as unknown as Detector
}

/** At least one sample. */
export const samplesOf = (ms: number, rate: number): number => Math.max(1, Math.round((ms / 1000) * rate))
