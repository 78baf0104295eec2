/** An analysis for people at a terminal: a table, with a picture of each channel. */
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'
import { formatAmplitude } from './amplitude.ts'
import { drawEnvelope, drawSpans } from './picture.ts'

export interface RenderInput {
  readonly file: string
  readonly analysis: RecordingAnalysis
  /** Linear envelope of each analysed channel, or null where there is none. */
  readonly envelopes: ReadonlyArray<Float64Array | null>
  readonly columns: number
  readonly color: boolean
}

/** Text out of a file may hold anything; a terminal obeys control characters. */
const clean = (text: string): string => text.replace(/\p{Cc}/gu, ' ')

const styled = (color: boolean, code: number, text: string): string =>
  color ? `\u001b[${code}m${text}\u001b[0m` : text
const DIM = 2
const BOLD = 1
const YELLOW = 33
const CYAN = 36

/** Breaks at blanks, so that no line is wider than `columns`. */
function wrapped(text: string, columns: number, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && indent.length + line.length + 1 + word.length > columns) {
      lines.push(indent + line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, indent + line]
}

function figures({ metrics, unit, unitBasis, contractions }: ChannelAnalysis): string {
  const shown = Object.entries(metrics).map(([id, metric]) =>
    metric.value === null ? undefined : `${id.toUpperCase()} ${formatAmplitude(metric.value, unit)}`,
  )
  const count = `${contractions.length} contraction${contractions.length === 1 ? '' : 's'}`
  const mean = contractions.reduce((sum, each) => sum + each.durationMs, 0) / contractions.length / 1000
  const lengths = contractions.length > 0 ? `, ${mean.toFixed(2)} s on average` : ''
  return [...shown.filter(Boolean), `${count}${lengths}`, unitBasis === 'assumed' ? '(unit assumed)' : '']
    .filter(Boolean)
    .join('   ')
}

function qualityNotes({ quality }: ChannelAnalysis): string[] {
  const { dropouts, clippedPercent, nonFinite } = quality
  return [
    dropouts.count > 0
      ? `${dropouts.count} dropouts, ${Math.round(dropouts.totalMs)} ms in all, left out`
      : '',
    clippedPercent > 0 ? `${clippedPercent.toFixed(2)} % of the samples clipped` : '',
    nonFinite > 0 ? `${nonFinite} samples are no number, left out` : '',
  ].filter(Boolean)
}

function renderChannel(
  channel: ChannelAnalysis,
  envelope: Float64Array | null,
  columns: number,
  color: boolean,
): string[] {
  const picture = columns - 4
  const lines = [`${styled(color, BOLD, clean(channel.name))}`]
  const reason = Object.values(channel.metrics).find((metric) => metric.value === null)
  if (reason && 'reason' in reason) lines.push(...wrapped(`no figures: ${reason.reason}`, columns, '  '))
  else lines.push(...wrapped(figures(channel), columns, '  '))
  for (const note of qualityNotes(channel)) lines.push(`  ${styled(color, YELLOW, `! ${note}`)}`)
  if (envelope) {
    lines.push(`  ${styled(color, CYAN, drawEnvelope(envelope, picture))}`)
    lines.push(`  ${drawSpans(channel.contractions, channel.durationS * 1000, picture)}`)
  }
  return lines
}

/** Channels left out, those of one reason in one line. */
function renderExclusions({ exclusions }: RecordingAnalysis, columns: number): string[] {
  const byReason = Map.groupBy(exclusions, ({ code, reason }) =>
    code === 'OTHER_SIGNAL' ? 'another signal' : reason,
  )
  return [...byReason].flatMap(([reason, channels]) => {
    const names = channels.map(({ name }) => clean(name)).join(', ')
    return wrapped(`Left out: ${names} (${clean(reason)})`, columns, '')
  })
}

/** @returns lines parted by newlines, none wider than `columns` where words allow */
export function renderAnalysis({ file, analysis, envelopes, columns, color }: RenderInput): string {
  const [first] = analysis.channels
  const facts = first ? `${first.durationS.toFixed(2)} s at ${first.rate} Hz` : 'no EMG channel'
  return [
    styled(color, BOLD, clean(file)),
    styled(color, DIM, `${facts}, preset ${analysis.preset}, pipeline ${analysis.pipelineVersion}`),
    '',
    ...analysis.channels.flatMap((channel, i) => [
      ...renderChannel(channel, envelopes[i] ?? null, columns, color),
      '',
    ]),
    ...renderExclusions(analysis, columns),
    ...analysis.warnings.flatMap(({ message }) => wrapped(`! ${clean(message)}`, columns, '')),
  ]
    .join('\n')
    .concat('\n')
}
