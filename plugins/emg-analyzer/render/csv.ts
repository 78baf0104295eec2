/** Tidy CSV (RFC 4180): one line for each file and channel. */
import type { ChannelAnalysis, RecordingAnalysis } from '../analysis/index.ts'

/** Text that a spreadsheet would take for a formula is put behind an apostrophe. @see OWASP, CSV Injection */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'number' ? String(value) : harmless(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const metric = (id: string, { metrics }: ChannelAnalysis): number | null => metrics[id]?.value ?? null

const reason = ({ metrics }: ChannelAnalysis): string | null => {
  const missing = Object.values(metrics).find((each) => each.value === null)
  return missing && 'reason' in missing ? missing.reason : null
}

type Column = readonly [
  string,
  (channel: ChannelAnalysis, file: string, analysis: RecordingAnalysis) => string | number | null,
]

const COLUMNS: readonly Column[] = [
  ['file', (_, file) => file],
  ['channel_index', ({ index }) => index],
  ['channel', ({ name }) => name],
  ['unit', ({ unit }) => unit],
  ['unit_basis', ({ unitBasis }) => unitBasis],
  ['rate_hz', ({ rate }) => rate],
  ['duration_s', ({ durationS }) => durationS],
  ['contractions', (channel) => (reason(channel) === null ? channel.contractions.length : null)],
  [
    'contraction_ms',
    (channel) =>
      reason(channel) === null
        ? channel.contractions.reduce((sum, { durationMs }) => sum + durationMs, 0)
        : null,
  ],
  ['rms', (channel) => metric('rms', channel)],
  ['mav', (channel) => metric('mav', channel)],
  ['peak', (channel) => metric('peak', channel)],
  ['dropouts', ({ quality }) => quality.dropouts.count],
  ['dropout_ms', ({ quality }) => quality.dropouts.totalMs],
  ['clipped_percent', ({ quality }) => quality.clippedPercent],
  ['non_finite', ({ quality }) => quality.nonFinite],
  ['reason', reason],
  ['preset', (_, __, { preset }) => preset],
  ['pipeline_version', (_, __, { pipelineVersion }) => pipelineVersion],
]

export const csvHeader = (): string => `${COLUMNS.map(([name]) => name).join(',')}\r\n`

/** The lines of one recording; none when it has no EMG channel. */
export const csvRows = (file: string, analysis: RecordingAnalysis): string =>
  analysis.channels
    .map((channel) => `${COLUMNS.map(([, value]) => cell(value(channel, file, analysis))).join(',')}\r\n`)
    .join('')
