/** An analysis for people at a terminal: a table, with a picture under each row. */

import { clean, fitEnd, painter, type Style, toAscii, wrapped } from '../../../src/sdk.ts'
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'
import { exclusionNotes, fatigueNote, missingMetrics, qualityNotes, targetNote } from './notes.ts'
import { drawEnvelope, drawSpans } from './picture.ts'
import { figureOf, headOf, layOutTable, rowOf, type Table } from './table.ts'

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
const LEGEND = 'Envelopes, each scaled to its peak; ━ contraction, × dropout'

const lengthOf = ({ durationS, rate }: ChannelAnalysis): string => `${durationS.toFixed(2)} s at ${rate} Hz`

/** Length and rate of all channels, or null where they differ. */
function commonLength(channels: readonly ChannelAnalysis[]): string | null {
  const lengths = new Set(channels.map(lengthOf))
  return lengths.size === 1 ? ([...lengths][0] ?? null) : null
}

/** medianFrequency as words. */
const wordsOf = (id: string): string =>
  clean(id)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()

/** What the row of a channel has no room for. */
function remarksOn(channel: ChannelAnalysis, { below }: Table, ownLength: boolean): string[] {
  const remarks: string[] = []
  if (ownLength) remarks.push(lengthOf(channel))
  // An index without a comparison says nothing to people.
  const figures = below.filter((id) => {
    const metric = channel.metrics[id]
    return metric && metric.value !== null && !metric.unit.startsWith('1/')
  })
  if (figures.length > 0) {
    remarks.push(figures.map((id) => `${wordsOf(id)} ${figureOf(channel, id)}`).join(', '))
  }
  if (channel.unitBasis === 'assumed') {
    remarks.push(`amplitudes taken as ${clean(channel.unit)} (unit assumed)`)
  }
  for (const note of [targetNote(channel), fatigueNote(channel)]) if (note !== null) remarks.push(note)
  return remarks
}

function renderPicture(
  channel: ChannelAnalysis,
  envelope: Float64Array,
  columns: number,
  style: Style,
): string[] {
  const width = columns - 2 * INDENT.length
  const { contractions, quality, durationS } = channel
  const marks = drawSpans(contractions, quality.dropouts.blocks, durationS * 1000, width)
  return [INDENT + style('cyan', drawEnvelope(envelope, width)), ...(marks ? [INDENT + marks] : [])]
}

function renderChannels({ analysis, envelopes }: RenderInput, columns: number, style: Style): string[] {
  const { channels } = analysis
  const table = layOutTable(channels, columns)
  const ownLength = commonLength(channels) === null
  return [
    style('dim', headOf(table)),
    ...channels.flatMap((channel, i) => {
      const envelope = envelopes[i] ?? null
      const cautions = [...missingMetrics(channel), ...qualityNotes(channel)]
      return [
        style('bold', rowOf(table, channel)),
        ...remarksOn(channel, table, ownLength).flatMap((remark) => wrapped(remark, columns, INDENT)),
        ...cautions
          .flatMap((caution) => wrapped(caution, columns, `${INDENT}! `, `${INDENT}  `))
          .map((line) => style('yellow', line)),
        ...(envelope ? renderPicture(channel, envelope, columns, style) : []),
        '',
      ]
    }),
    ...(envelopes.some((envelope) => envelope !== null) ? [style('dim', LEGEND)] : []),
  ]
}

function factsOf(analysis: RecordingAnalysis): string {
  const { channels, preset, pipelineVersion } = analysis
  const count = channels.length === 0 ? 'no' : channels.length
  const length = commonLength(channels)
  return [
    `${count} EMG channel${channels.length > 1 ? 's' : ''}`,
    ...(length === null ? [] : [length]),
    `preset ${preset}`,
    `pipeline ${pipelineVersion}`,
  ].join(', ')
}

/**
 * Renders one recording: a table of its channels with a small picture of each envelope, then what was left out and
 * what the reader and the analysis warn of. Safe to print whatever the file holds.
 *
 * @returns lines that end with a newline each, none wider than `columns` (taken as 60 to 200)
 * @example
 * ```ts
 * const { columns, color } = terminal
 * terminal.out(renderAnalysis({ file: 'gait.c3d', analysis, envelopes, columns, color }))
 * ```
 */
export function renderAnalysis(input: RenderInput): string {
  const { file, analysis } = input
  const columns = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(input.columns)))
  const style = painter(input.color)
  const text = [
    style('bold', fitEnd(clean(file), columns)),
    ...wrapped(factsOf(analysis), columns, '').map((line) => style('dim', line)),
    '',
    ...(analysis.channels.length > 0 ? renderChannels(input, columns, style) : []),
    ...exclusionNotes(analysis).flatMap((note) => wrapped(note, columns, '', INDENT)),
    ...analysis.warnings
      .flatMap(({ code, message }) => wrapped(`${clean(message)} (${clean(code)})`, columns, '! ', INDENT))
      .map((line) => style('yellow', line)),
  ]
    .map((line) => `${line}\n`)
    .join('')
  return input.ascii ? toAscii(text) : text
}
