/** The analysis of one channel's signal: gaps, filters, contractions, figures, fatigue, quality, in this order. */
import type { RecordingChannel } from '../../c3d-reader/index.ts'
import { type CalculatedMvc, calculateMvc, p95Envelope, voltsPer } from '../../mvc-cascade/index.ts'
import { burstStatistics } from './bursts.ts'
import { condition } from './conditioning/condition.ts'
import { prepareChannel } from './conditioning/prepare.ts'
import type { PairedSignals, Signals } from './conditioning/signals.ts'
import { describeContraction } from './contraction.ts'
import type { Detection, Detector } from './detectors/detector.ts'
import { finishRuns } from './detectors/finish.ts'
import { applyEdits, type ContractionEdit, type MarkedRun } from './edits.ts'
import { describeFatigue } from './fatigue/fatigue.ts'
import { fatiguePoints } from './fatigue/points.ts'
import { computeFigures } from './figures.ts'
import { createMeasure, type Measure } from './metrics/measure.ts'
import type { AnalysisParameters } from './parameters.ts'
import { checkInputOf, countFaults, verdictOf } from './quality/verdict.ts'
import type { ChannelAnalysis, ContractionResult } from './schema.ts'
import type { Tools } from './tools.ts'

/** What a channel's signal says, before its contractions are held against an MVC and targets. */
export interface ChannelSignal {
  readonly result: Omit<
    ChannelAnalysis,
    'muscle' | 'side' | 'anatomyBasis' | 'mvc' | 'target' | 'contractions'
  >
  readonly contractions: ReadonlyArray<
    Omit<ContractionResult, 'mvcPercent' | 'meetsMvc' | 'meetsDuration' | 'isGood'>
  >
  /** Volts in one unit of the channel. */
  readonly volts: number | null
  /** The MVC that this recording lets be seen, in the unit of the channel. */
  readonly calculated: CalculatedMvc | null
  /** Null where nobody asked for them, and where nothing can be computed. */
  readonly paired: PairedSignals | null
  readonly missedEdits: readonly ContractionEdit[]
}

interface Input {
  readonly channel: RecordingChannel
  readonly activated: RecordingChannel | undefined
  readonly parameters: AnalysisParameters
  readonly tools: Tools
  /** Of this channel. */
  readonly edits: readonly ContractionEdit[]
  /** Whether the channel works against another. */
  readonly isPaired: boolean
}

function detectIn(
  signals: Signals,
  activated: Float64Array | null,
  { detection }: AnalysisParameters,
  detector: Detector,
): Detection | null {
  const { filtered, clean, envelope, gaps, rate } = signals
  const input = { filtered: clean === filtered ? filtered : clean, envelope, activated, gaps, rate }
  const found = detector.detect(input, detection.options)
  if (!found || detector.finished) return found
  return { ...found, runs: finishRuns(found.runs, gaps, rate, detection) }
}

function fatigueOf(
  signals: Signals | null,
  runs: readonly MarkedRun[],
  measure: Measure | null,
  { fatigue, spectra, metricSignal }: AnalysisParameters,
  unit: string,
  obstacle: string | null,
): ChannelAnalysis['fatigue'] {
  if (!fatigue) return null
  const found =
    signals && measure
      ? fatiguePoints(signals, runs, measure, fatigue)
      : { basis: 'recording' as const, points: [] }
  const slow =
    signals && signals.rate < spectra.minimumRateHz
      ? `the sampling rate of ${signals.rate} Hz is too low for spectra; ${spectra.minimumRateHz} Hz is the least`
      : null
  return describeFatigue(found, {
    minimumCount: fatigue.minimumCount,
    unit,
    reason: obstacle ?? slow ?? (metricSignal === 'raw' && !signals ? 'there is no signal' : null),
  })
}

/** Share of the contractions' samples at which the device's own picture is above 0. */
function agreement(activated: Float64Array | null, runs: readonly MarkedRun[]): number | null {
  if (!activated || runs.length === 0) return null
  let active = 0
  let n = 0
  for (const { start, end } of runs) {
    for (let i = start; i < end; i++) if ((activated[i] as number) > 0) active++
    n += end - start
  }
  return (100 * active) / n
}

/** The MVC of this recording, and for each contraction what is held against an MVC. */
function mvcAmplitudes(
  signals: Signals,
  runs: readonly MarkedRun[],
  { mvcMethod }: AnalysisParameters,
): { readonly calculated: CalculatedMvc | null; readonly each: ReadonlyArray<number | null> | null } {
  if (mvcMethod === 'p95-envelope') return { calculated: p95Envelope(signals.envelope), each: null }
  const values = runs.map((run) => calculateMvc(signals.clean, signals.rate, [run], signals.gaps.mask))
  const found = values.filter((value) => value !== null)
  const [first] = found
  return {
    calculated: first
      ? { ...first, value: found.reduce((most, { value }) => Math.max(most, value), 0), n: found.length }
      : null,
    each: values.map((value) => value?.value ?? null),
  }
}

/** What a pair reads, when plugins from outside have had the samples in their hands. */
const pairedOf = ({ envelope, gaps, rate }: Signals, { foreign }: Tools): PairedSignals =>
  foreign.length === 0
    ? { envelope, gaps, rate }
    : { envelope: envelope.slice(), gaps: structuredClone(gaps), rate }

/**
 * What comes back holds none of the samples but those of {@link ChannelSignal.paired}: the signals of all channels at once
 * are many times as large as the file.
 *
 * @throws {PluginFault}
 */
export function analyzeSignal({
  channel,
  activated,
  parameters,
  tools,
  edits,
  isPaired,
}: Input): ChannelSignal {
  const { raw, rate, gaps, obstacle } = prepareChannel(channel, parameters)
  const declared = channel.unit?.trim() || null
  const unit = declared ?? 'V'
  const volts = voltsPer(unit)
  const signals = obstacle === null ? condition(raw, gaps, rate, parameters) : null
  const measure = signals && createMeasure(signals, parameters)
  const picture = activated?.samples() ?? null
  const found = signals && detectIn(signals, picture, parameters, tools.detector)
  const { runs, missed } = applyEdits(found?.runs ?? [], signals ? edits : [], { samples: raw.length, rate })
  const mvc = signals && mvcAmplitudes(signals, runs, parameters)
  const examined = checkInputOf({ raw, gaps, rate, volts, signals, contractions: runs })
  const counted = countFaults(examined)
  const activatedAgreement = agreement(picture, runs)
  const fatigue = fatigueOf(signals, runs, measure, parameters, unit, obstacle)
  const contractions = runs.map((run, i) =>
    describeContraction(run, signals as Signals, {
      endInclusive: found?.endInclusive === true,
      mvcAmplitude: mvc?.each ? (mvc.each[i] ?? null) : undefined,
    }),
  )
  const paired = signals && isPaired ? pairedOf(signals, tools) : null
  const { metrics, windows, judged } = computeFigures(
    { parameters, unit, measure, obstacle, samples: raw.length, rate, examined },
    tools,
  )
  return {
    result: {
      index: channel.index,
      name: channel.name,
      label: channel.label,
      unit,
      unitBasis: declared ? 'declared' : 'assumed',
      rate,
      samples: raw.length,
      durationS: raw.length / rate,
      band: signals && [signals.band[0], signals.band[1]],
      spectra: measure && {
        segmentSamples: measure.segment,
        resolutionHz: rate / measure.segment,
        band: measure.reading.band && [measure.reading.band[0], measure.reading.band[1]],
        dimitrovBand: measure.reading.dimitrovBand && [
          measure.reading.dimitrovBand[0],
          measure.reading.dimitrovBand[1],
        ],
      },
      thresholds: found ? { ...found.thresholds } : null,
      activatedAgreement,
      bursts: burstStatistics(runs, raw.length, rate),
      metrics,
      windows,
      fatigue,
      quality: verdictOf(judged, counted, unit),
    },
    contractions,
    volts,
    calculated: mvc?.calculated ?? null,
    paired,
    missedEdits: signals ? missed : edits,
  }
}

/** The envelope of a channel, for drawing; null where nothing can be computed. */
export function channelEnvelope(
  channel: RecordingChannel,
  parameters: AnalysisParameters,
): Float64Array | null {
  const { raw, rate, gaps, obstacle } = prepareChannel(channel, parameters)
  return obstacle === null ? condition(raw, gaps, rate, parameters).envelope : null
}
