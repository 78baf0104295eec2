/** An analysis for people at a terminal: a table, with a picture under each row. */
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'
import { formatAmplitude } from './amplitude.ts'
import { clean, fitEnd, pad, painter, type Style, toAscii, wrapped } from './layout.ts'
import { exclusionNotes, isWithoutFigures, missingMetrics, qualityNotes } from './notes.ts'
import { drawEnvelope, drawSpans } from './picture.ts'

/** What is rendered, and for which terminal. */
export interface RenderInput {
  /** Name or path to show. */
  readonly file: string
  readonly analysis: RecordingAnalysis
  /** Linear envelope of each analysed channel, in the order of `analysis.channels`; null where there is none. */
  readonly envelopes: ReadonlyArray<Float64Array | null>
  /** Width of the terminal; lines take 60 to 200 columns. */
  readonly columns: number
  readonly color: boolean
  /** ASCII alone, for terminals and printers that have no other characters; false by default. */
  readonly ascii?: boolean
}

const NARROWEST = 60
const WIDEST = 200
const INDENT = '  '
const GAP = '  '
const NAME_WIDTH = { least: 12, most: 32 } as const
const METRIC_WIDTH = { least: 9, most: 14 } as const
const CONTRACTIONS_WIDTH = 16

/** Columns of the table. */
interface Layout {
  readonly columns: number
  readonly nameWidth: number
  readonly metricWidth: number
  /** Metrics that have a column. */
  readonly inTable: readonly string[]
  /** Metrics that find no room there and are listed below. */
  readonly below: readonly string[]
}

function layOut(channels: readonly ChannelAnalysis[], columns: number): Layout {
  const ids = [...new Set(channels.flatMap(({ metrics }) => Object.keys(metrics)))]
  const figures = channels.flatMap((channel) => ids.map((id) => Bun.stringWidth(figureOf(channel, id))))
  const metricWidth = figures.reduce(
    (most, width) => Math.min(METRIC_WIDTH.most, Math.max(most, width)),
    METRIC_WIDTH.least,
  )
  const free = columns - NAME_WIDTH.least - GAP.length - CONTRACTIONS_WIDTH
  const fitting = Math.min(ids.length, Math.floor(free / (metricWidth + GAP.length)))
  const names = channels.reduce((most, { name }) => Math.max(most, Bun.stringWidth(clean(name))), 0)
  const spare = free - fitting * (metricWidth + GAP.length)
  return {
    columns,
    metricWidth,
    nameWidth: Math.min(NAME_WIDTH.most, NAME_WIDTH.least + spare, Math.max(NAME_WIDTH.least, names)),
    inTable: ids.slice(0, fitting),
    below: ids.slice(fitting),
  }
}

const lengthOf = ({ durationS, rate }: ChannelAnalysis): string => `${durationS.toFixed(2)} s at ${rate} Hz`

/** Length and rate of all channels, or null where they differ. */
function commonLength(channels: readonly ChannelAnalysis[]): string | null {
  const lengths = new Set(channels.map(lengthOf))
  return lengths.size === 1 ? ([...lengths][0] ?? null) : null
}

function contractionsOf(channel: ChannelAnalysis): string {
  const { contractions } = channel
  if (isWithoutFigures(channel)) return '-'
  if (contractions.length === 0) return 'none'
  const mean = contractions.reduce((sum, { durationMs }) => sum + durationMs, 0) / contractions.length
  return `${contractions.length}, mean ${(mean / 1000).toFixed(2)} s`
}

function figureOf(channel: ChannelAnalysis, id: string): string {
  const metric = channel.metrics[id]
  return metric === undefined || metric.value === null
    ? '-'
    : formatAmplitude(metric.value, clean(metric.unit))
}

function row(name: string, figures: readonly string[], contractions: string, layout: Layout): string {
  const cells = [
    pad(name, layout.nameWidth),
    ...figures.map((figure) => pad(figure, layout.metricWidth, 'right')),
    pad(contractions, CONTRACTIONS_WIDTH),
  ]
  return cells.join(GAP).trimEnd()
}

function renderChannel(
  channel: ChannelAnalysis,
  envelope: Float64Array | null,
  layout: Layout,
  ownLength: boolean,
  style: Style,
): string[] {
  const { columns, inTable, below } = layout
  const figures = inTable.map((id) => figureOf(channel, id))
  const remarks = [
    ...(ownLength ? [lengthOf(channel)] : []),
    ...(below.length > 0 ? [below.map((id) => `${id} ${figureOf(channel, id)}`).join(', ')] : []),
    ...(channel.unitBasis === 'assumed' ? [`amplitudes taken as ${clean(channel.unit)} (unit assumed)`] : []),
  ]
  const cautions = [...missingMetrics(channel), ...qualityNotes(channel)]
  const lines = [
    style('bold', row(clean(channel.name), figures, contractionsOf(channel), layout)),
    ...remarks.flatMap((remark) => wrapped(remark, columns, INDENT)),
    ...cautions
      .flatMap((caution) => wrapped(caution, columns, `${INDENT}! `, `${INDENT}  `))
      .map((line) => style('yellow', line)),
  ]
  if (!envelope) return lines
  const width = columns - 2 * INDENT.length
  const { contractions, quality, durationS } = channel
  const marks = drawSpans(contractions, quality.dropouts.blocks, durationS * 1000, width)
  return [...lines, INDENT + style('cyan', drawEnvelope(envelope, width)), ...(marks ? [INDENT + marks] : [])]
}

function renderTable(input: RenderInput, columns: number, style: Style): string[] {
  const { channels } = input.analysis
  if (channels.length === 0) return []
  const layout = layOut(channels, columns)
  const common = commonLength(channels)
  const head = row(
    'CHANNEL',
    layout.inTable.map((id) => id.toUpperCase()),
    'CONTRACTIONS',
    layout,
  )
  const legend = 'Envelopes, each scaled to its peak; ━ contraction, × dropout'
  return [
    style('dim', head),
    ...channels.flatMap((channel, i) => [
      ...renderChannel(channel, input.envelopes[i] ?? null, layout, common === null, style),
      '',
    ]),
    ...(input.envelopes.some((envelope) => envelope !== null)
      ? wrapped(legend, columns, '').map((line) => style('dim', line))
      : []),
  ]
}

/**
 * Renders one recording: a table of its channels with a small picture of each envelope, then what was left out and
 * what the reader and the analysis warn of.
 *
 * @returns lines that end with a newline each, none wider than `columns` (taken as 60 to 200)
 */
export function renderAnalysis(input: RenderInput): string {
  const { file, analysis } = input
  const columns = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(input.columns)))
  const style = painter(input.color)
  const { channels } = analysis
  const facts = [
    channels.length === 0
      ? 'no EMG channel'
      : `${channels.length} EMG channel${channels.length === 1 ? '' : 's'}`,
    commonLength(channels),
    `preset ${analysis.preset}`,
    `pipeline ${analysis.pipelineVersion}`,
  ].filter((fact) => fact !== null)
  const text = [
    style('bold', fitEnd(clean(file), columns)),
    ...wrapped(facts.join(', '), columns, '').map((line) => style('dim', line)),
    '',
    ...renderTable(input, columns, style),
    ...exclusionNotes(analysis).flatMap((note) => wrapped(note, columns, '', INDENT)),
    ...analysis.warnings
      .flatMap(({ code, message }) => wrapped(`${clean(message)} (${clean(code)})`, columns, '! ', INDENT))
      .map((line) => style('yellow', line)),
  ].map((line) => `${line}\n`)
  return input.ascii ? toAscii(text.join('')) : text.join('')
}
