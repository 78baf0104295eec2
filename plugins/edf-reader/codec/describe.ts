/** The JSON that says what a recording holds: plain data, no NaN, and nothing that names a person. */
import type { EdfChannel } from './channels.ts'
import type { EdfVariant } from './header.ts'
import type { EdfRecording } from './read.ts'
import type { EdfGap } from './timeline.ts'
import type { EdfWarning } from './warnings.ts'

/** Gaps that are spelled out; the warning of them counts them all. */
const MOST_GAPS = 1000

/** Statistics of the samples that are numbers; null where there are none. */
export interface EdfChannelStatistics {
  readonly label: string
  readonly unit: string | null
  readonly mean: number | null
  /** Standard deviation of the population. */
  readonly std: number | null
  readonly min: number | null
  readonly max: number | null
  /** First and last sample; null where it is missing. */
  readonly first: number | null
  readonly last: number | null
}

/** What one signal says of itself. */
export interface EdfSignalDescription {
  readonly label: string
  readonly unit: string | null
  /** Hz. */
  readonly rate: number
  readonly samples: number
  readonly transducer: string
  readonly prefilter: string
  readonly physicalMin: number | null
  readonly physicalMax: number | null
  readonly digitalMin: number | null
  readonly digitalMax: number | null
}

/** One recording in JSON. */
export interface EdfDescription {
  readonly variant: EdfVariant
  /** See {@link EdfRecording.start}. */
  readonly start: string | null
  /** Whether the file says more of the patient than that it says nothing; what it says is not repeated here. */
  readonly namesPatient: boolean
  /** Seconds, gaps included. */
  readonly durationS: number
  readonly recordsDeclared: number | null
  readonly recordsPresent: number
  readonly recordDurationS: number | null
  /** Signals that hold samples. */
  readonly analogs: number
  /** Hz, where all of them have one; else null. */
  readonly analogRate: number | null
  /** Samples of each, where all have as many; else null. */
  readonly analogSamples: number | null
  /** Hz, of each. */
  readonly analogRates: readonly number[]
  readonly analogLabels: readonly string[]
  readonly analogUnits: ReadonlyArray<string | null>
  readonly signals: readonly EdfSignalDescription[]
  /** Annotations; seconds from the first sample, and seconds that they last where that is stated. */
  readonly events: ReadonlyArray<{
    readonly time: number
    readonly duration: number | null
    readonly label: string
  }>
  /** Stretches of which nothing is stored, at most 1000; seconds from the first sample. */
  readonly gaps: readonly EdfGap[]
  /** With `stats`. */
  readonly channels?: readonly EdfChannelStatistics[]
  readonly warnings: readonly EdfWarning[]
}

function statisticsOf({ header, unit, samples }: EdfChannel): EdfChannelStatistics {
  const x = samples()
  let n = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number
    if (Number.isNaN(value)) continue
    n++
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < x.length; i++) {
    const distance = (x[i] as number) - mean
    if (!Number.isNaN(distance)) squares += distance * distance
  }
  return {
    label: header.label,
    unit,
    mean: finite(mean),
    std: finite(Math.sqrt(squares / n)),
    min: finite(min),
    max: finite(max),
    first: finite(x[0]),
    last: finite(x.at(-1)),
  }
}

const finite = (value = Number.NaN): number | null => (Number.isFinite(value) ? value : null)

/** The value that all have. */
function common(values: readonly number[]): number | null {
  const [first = null] = values
  return values.every((value) => value === first) ? first : null
}

/** What stands in a field of EDF+ where nothing is to be said. */
const SAYS_NOTHING = /^[X\s]*$/i

/**
 * Describes a recording as plain JSON data. What the fields of patient and recording say is left out: both may name
 * persons, and the file itself keeps it.
 *
 * @param options.stats read every sample too
 */
export function describeEdf(recording: EdfRecording, options: { stats?: boolean } = {}): EdfDescription {
  const { header, channels } = recording
  return {
    variant: header.variant,
    start: recording.start,
    namesPatient: !SAYS_NOTHING.test(header.patient),
    durationS: recording.duration,
    recordsDeclared: header.records,
    recordsPresent: recording.recordsPresent,
    recordDurationS: header.recordDuration,
    analogs: channels.length,
    analogRate: common(channels.map(({ rate }) => rate)),
    analogSamples: common(channels.map(({ length }) => length)),
    analogRates: channels.map(({ rate }) => rate),
    analogLabels: channels.map(({ header: { label } }) => label),
    analogUnits: channels.map(({ unit }) => unit),
    signals: channels.map(({ header: signal, unit, rate, length }) => ({
      label: signal.label,
      unit,
      rate,
      samples: length,
      transducer: signal.transducer,
      prefilter: signal.prefilter,
      physicalMin: signal.physicalMin,
      physicalMax: signal.physicalMax,
      digitalMin: signal.digitalMin,
      digitalMax: signal.digitalMax,
    })),
    events: recording.events.map(({ time, duration, text }) => ({ time, duration, label: text })),
    gaps: recording.gaps.slice(0, MOST_GAPS),
    ...(options.stats ? { channels: channels.map(statisticsOf) } : {}),
    warnings: recording.warnings,
  }
}
