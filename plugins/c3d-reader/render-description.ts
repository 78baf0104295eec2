/** What a recording says of itself, for people: the text form of `inspect`. */
import type { RecordingDescription } from './recording.ts'

/** Text out of a file may hold anything; a terminal obeys control characters. */
const clean = (value: unknown): string => String(value ?? '-').replace(/\p{Cc}/gu, ' ')

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const SHORTEST_LIST = 6

function shortened(value: unknown): string {
  if (!Array.isArray(value)) return clean(value)
  const flat = value.flat(7)
  const shown = flat.slice(0, SHORTEST_LIST).map(clean).join(', ')
  return flat.length > SHORTEST_LIST ? `${shown}, … (${flat.length})` : shown
}

const rows = (cells: readonly (readonly string[])[]): string[] => {
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)))
  return cells.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd())
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length ? ['', title, ...lines] : []

const number = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(6))) : '-'

function summary(it: RecordingDescription): string[] {
  return rows([
    ['Format', `${clean(it.processor)}, ${clean(it.storage)}`],
    ['Frames', `${clean(it.framesPresent)} of ${clean(it.framesDeclared)}, from ${clean(it.firstFrame)}`],
    ['Points', `${clean(it.points)} at ${number(it.pointRate)} Hz  ${shortened(it.pointLabels)}`.trimEnd()],
    [
      'Analogs',
      `${clean(it.analogs)} at ${number(it.analogRate)} Hz, ${clean(it.analogSamples)} samples each`,
    ],
  ])
}

function channels(it: RecordingDescription): string[] {
  const stats = list(it.channels).map(record)
  if (stats.length === 0)
    return list(it.analogLabels).map((label, i) => `  ${String(i + 1).padStart(3)}  ${clean(label)}`)
  const columns = ['mean', 'std', 'min', 'max'] as const
  return rows([
    ['', 'UNIT', ...columns.map((column) => column.toUpperCase())],
    ...stats.map((each) => [
      clean(each.label),
      clean(each.unit),
      ...columns.map((column) => number(each[column])),
    ]),
  ])
}

const parameters = (it: RecordingDescription): string[] =>
  Object.entries(record(it.parameters)).flatMap(([group, members]) =>
    rows(
      Object.entries(record(members)).map(([name, parameter]) => [
        clean(`${group}:${name}`),
        shortened(record(parameter).value),
      ]),
    ),
  )

/** @param description the JSON of `inspect`; what is missing is shown as `-` */
export function renderDescription(description: RecordingDescription): string {
  const events = list(description.events).map(record)
  const warnings = list(description.warnings).map(record)
  return `${[
    ...summary(description),
    ...section('Warnings', rows(warnings.map(({ code, message }) => [clean(code), clean(message)]))),
    ...section('Channels', channels(description)),
    ...section(
      'Events',
      rows(events.map(({ time, label, context }) => [`${number(time)} s`, clean(label), clean(context)])),
    ),
    ...section('Parameters', parameters(description)),
  ].join('\n')}\n`
}
