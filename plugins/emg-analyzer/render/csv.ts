/** Tidy CSV (RFC 4180): one row for each file and channel. */
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'
import { type Cell, csvLine } from './csv-line.ts'
import { isWithoutFigures } from './notes.ts'

const metric = (channel: ChannelAnalysis, id: string): Cell => channel.metrics[id]?.value ?? null

/** Every reason why a figure is missing. */
function reasons({ metrics }: ChannelAnalysis): Cell {
  const all = Object.values(metrics).flatMap((each) => ('reason' in each ? [each.reason] : []))
  return all.length > 0 ? [...new Set(all)].join('; ') : null
}

const contractionMs = ({ contractions }: ChannelAnalysis): number =>
  contractions.reduce((sum, { durationMs }) => sum + durationMs, 0)

/** Only where it may be read as fatigue. */
const medianSlope = ({ fatigue }: ChannelAnalysis): Cell =>
  fatigue?.valid ? (fatigue.slopes?.medianFrequency.percentPerMinute ?? null) : null

/** Empty where neither target can be told. */
function goodContractions({ contractions }: ChannelAnalysis): Cell {
  const judged = contractions.filter(({ isGood }) => isGood !== null)
  return judged.length > 0 || contractions.length === 0 ? judged.filter(({ isGood }) => isGood).length : null
}

/** A name, and where its cell comes from. Programs rely on the names: columns may be added, at the end. */
type Column = readonly [
  name: string,
  cell: (channel: ChannelAnalysis, file: string, analysis: RecordingAnalysis) => Cell,
]

const COLUMNS: readonly Column[] = [
  ['file', (_, file) => file],
  ['channel_index', ({ index }) => index],
  ['channel', ({ name }) => name],
  ['unit', ({ unit }) => unit],
  ['unit_basis', ({ unitBasis }) => unitBasis],
  ['rate_hz', ({ rate }) => rate],
  ['samples', ({ samples }) => samples],
  ['duration_s', ({ durationS }) => durationS],
  ['contractions', (channel) => (isWithoutFigures(channel) ? null : channel.contractions.length)],
  ['contraction_ms', (channel) => (isWithoutFigures(channel) ? null : contractionMs(channel))],
  ['rms', (channel) => metric(channel, 'rms')],
  ['mav', (channel) => metric(channel, 'mav')],
  ['peak', (channel) => metric(channel, 'peak')],
  ['dropouts', ({ quality }) => quality.dropouts.count],
  ['dropout_ms', ({ quality }) => quality.dropouts.totalMs],
  ['clipped_percent', ({ quality }) => quality.clippedPercent],
  ['non_finite', ({ quality }) => quality.nonFinite],
  ['reason', reasons],
  ['preset', (_, __, { preset }) => preset],
  ['pipeline_version', (_, __, { pipelineVersion }) => pipelineVersion],
  ['muscle', ({ muscle }) => muscle],
  ['side', ({ side }) => side],
  ['quality', ({ quality }) => quality.verdict],
  ['active_rms', (channel) => metric(channel, 'activeRms')],
  ['mean_frequency_hz', (channel) => metric(channel, 'meanFrequency')],
  ['median_frequency_hz', (channel) => metric(channel, 'medianFrequency')],
  ['median_frequency_percent_per_min', medianSlope],
  ['mvc_v', ({ mvc }) => mvc?.value ?? null],
  ['mvc_source', ({ mvc }) => mvc?.source ?? null],
  ['good_contractions', goodContractions],
]

/** The header line, the same for every recording, with its CRLF. */
export const csvHeader = (): string => csvLine(COLUMNS.map(([name]) => name))

/**
 * The rows of one recording, each with its CRLF: `rms`, `mav` and `peak` in the row's `unit`, `contraction_ms` all
 * contractions together. A figure that is missing is an empty cell, and `reason` says why. Channels that are no EMG
 * have no row, so a recording without EMG has none.
 *
 * @param file name or path to write in each row
 * @example
 * ```ts
 * process.stdout.write(csvHeader() + csvRows('gait.c3d', analysis))
 * ```
 */
export const csvRows = (file: string, analysis: RecordingAnalysis): string =>
  analysis.channels
    .map((channel) => csvLine(COLUMNS.map(([, cell]) => cell(channel, file, analysis))))
    .join('')
