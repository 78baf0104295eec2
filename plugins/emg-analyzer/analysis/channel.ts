/** The analysis of one channel: gaps, filtering, envelopes, contractions, metrics, in this order. */
import { dsp } from '../../../src/sdk.ts'
import type { RecordingChannel } from '../../c3d-reader/index.ts'
import { countClipped } from './clipping.ts'
import { findContractions, findThresholds } from './contractions.ts'
import { bridgeGaps, findGaps, type Gaps, keptSamples, type Run } from './gaps.ts'
import { METRICS } from './metrics.ts'
import type { AnalysisParameters } from './parameters.ts'
import type { ChannelAnalysis } from './schema.ts'

/** Upper corner as a share of half the sampling rate: a band-pass needs some room below it. */
const HIGHEST_SHARE = 0.9

/** A channel that can be analysed, filtered. */
interface Conditioned {
  readonly filtered: Float64Array
  readonly envelope: Float64Array
  readonly detection: Float64Array
}

/** The sampling rate that is used for a channel. */
export const rateOf = (channel: RecordingChannel, { rateOverride }: AnalysisParameters): number =>
  rateOverride ?? channel.rate

const bandOf = (rate: number, { bandPass }: AnalysisParameters): [number, number] => [
  bandPass.lowHz,
  Math.min(bandPass.highHz, (HIGHEST_SHARE * rate) / 2),
]

const bandPassOf = (rate: number, parameters: AnalysisParameters) =>
  dsp.butterworth({
    order: parameters.bandPass.order,
    kind: 'band',
    cutoff: bandOf(rate, parameters),
    rate,
  })

/** Sizes of values beyond which their squares, summed, leave the range of numbers. */
const SMALLEST = 1e-100
const LARGEST = 1e100

function largestSize(x: Float64Array, { mask }: Gaps): number {
  let most = 0
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i] as number)
    if (size > most && !mask?.[i]) most = size
  }
  return most
}

/** Why no figure can be given, or null. */
function obstacle(x: Float64Array, gaps: Gaps, rate: number, parameters: AnalysisParameters): string | null {
  if (x.length === 0) return 'there are no samples'
  if (gaps.kept === 0) return 'it holds one value throughout, or no numbers'
  if (!(rate >= parameters.minimumRateHz)) {
    return `the sampling rate of ${rate} Hz is too low for surface EMG; ${parameters.minimumRateHz} Hz is the least`
  }
  const [low, high] = bandOf(rate, parameters)
  if (Math.max(low, parameters.envelope.cutoffHz, parameters.detection.cutoffHz) >= high) {
    return `the sampling rate of ${rate} Hz leaves no band between ${low} and ${high} Hz to filter`
  }
  const shortest = Math.ceil(rate / 4)
  if (gaps.kept < shortest) return `there are ${gaps.kept} samples; ${shortest} (0.25 s) is the least`
  const extension = dsp.padLength(bandPassOf(rate, parameters))
  if (x.length <= extension) return `there are ${x.length} samples; the filter takes ${extension + 1}`
  const size = largestSize(x, gaps)
  if (size < SMALLEST || size > LARGEST) return `its values, of up to ${size}, are no amplitudes`
  return null
}

function condition(x: Float64Array, gaps: Gaps, rate: number, parameters: AnalysisParameters): Conditioned {
  const { envelope, detection } = parameters
  const bridged = bridgeGaps(x, gaps)
  const offset = dsp.mean(keptSamples(x, gaps))
  const centred = bridged.map((value) => value - offset)
  const filtered = dsp.sosfiltfilt(bandPassOf(rate, parameters), centred)
  return {
    filtered,
    envelope: dsp.linearEnvelope(filtered, rate, envelope.cutoffHz, envelope.order),
    detection: dsp.linearEnvelope(filtered, rate, detection.cutoffHz, envelope.order),
  }
}

const toMs = (samples: number, rate: number): number => Number(((samples / rate) * 1000).toFixed(3))

function describeRun(
  run: Run,
  envelope: Float64Array,
  { mask }: Gaps,
  rate: number,
): ChannelAnalysis['contractions'][number] {
  let sum = 0
  let most = Number.NEGATIVE_INFINITY
  let count = 0
  for (let i = run.start; i < run.end; i++) {
    if (mask?.[i]) continue
    const value = envelope[i] as number
    sum += value
    most = Math.max(most, value)
    count++
  }
  return {
    startMs: toMs(run.start, rate),
    endMs: toMs(run.end, rate),
    durationMs: toMs(run.end - run.start, rate),
    meanAmplitude: count > 0 ? sum / count : null,
    maxAmplitude: count > 0 ? most : null,
  }
}

/** Only dropouts and clipping, which are read off the signal as it came. */
function describeQuality(x: Float64Array, gaps: Gaps, rate: number): ChannelAnalysis['quality'] {
  const blocks = gaps.dropouts.map(({ start, end }) => ({
    startMs: toMs(start, rate),
    endMs: toMs(end, rate),
    samples: end - start,
  }))
  const lost = gaps.dropouts.reduce((sum, { start, end }) => sum + end - start, 0)
  return {
    dropouts: { count: blocks.length, totalMs: toMs(lost, rate), blocks },
    clippedPercent: gaps.kept > 0 ? (100 * countClipped(x, gaps)) / gaps.kept : 0,
    nonFinite: gaps.nonFinite,
  }
}

/** Gaps of a channel, by the dropout length of the parameters. */
const gapsOf = (x: Float64Array, rate: number, { dropoutMs }: AnalysisParameters): Gaps =>
  findGaps(x, Math.max(2, Math.ceil((dropoutMs / 1000) * rate)))

export function analyzeChannel(channel: RecordingChannel, parameters: AnalysisParameters): ChannelAnalysis {
  const x = channel.samples()
  const rate = rateOf(channel, parameters)
  const gaps = gapsOf(x, rate, parameters)
  const reason = obstacle(x, gaps, rate, parameters)
  const unit = channel.unit?.trim() || 'V'
  const common = {
    index: channel.index,
    name: channel.name,
    label: channel.label,
    unit,
    unitBasis: channel.unit?.trim() ? ('declared' as const) : ('assumed' as const),
    rate,
    samples: x.length,
    durationS: x.length / rate,
    quality: describeQuality(x, gaps, rate),
  }
  if (reason !== null) {
    const metrics = Object.fromEntries(METRICS.map(({ id }) => [id, { value: null, unit, reason }]))
    return { ...common, band: null, thresholds: null, contractions: [], metrics }
  }
  const { filtered, envelope, detection } = condition(x, gaps, rate, parameters)
  const thresholds = findThresholds(detection, gaps, rate, parameters.detection)
  const runs = thresholds ? findContractions(detection, gaps, rate, parameters.detection, thresholds) : []
  const input = { filtered: keptSamples(filtered, gaps), envelope: keptSamples(envelope, gaps) }
  return {
    ...common,
    band: bandOf(rate, parameters),
    thresholds,
    contractions: runs.map((run) => describeRun(run, envelope, gaps, rate)),
    metrics: Object.fromEntries(METRICS.map(({ id, compute }) => [id, { value: compute(input), unit }])),
  }
}

/** The linear envelope of a channel, for drawing; null where nothing can be computed. */
export function channelEnvelope(
  channel: RecordingChannel,
  parameters: AnalysisParameters,
): Float64Array | null {
  const x = channel.samples()
  const rate = rateOf(channel, parameters)
  const gaps = gapsOf(x, rate, parameters)
  if (obstacle(x, gaps, rate, parameters) !== null) return null
  return condition(x, gaps, rate, parameters).envelope
}
