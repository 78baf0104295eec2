/** What a recording says of itself, for people: the text form of `inspect`. */
import { clean, fit, wrapped } from '../../src/sdk.ts'
import type { RecordingDescription } from './recording.ts'

type Fields = Readonly<Record<string, unknown>>

/** Values of a list that are shown. */
const SHOWN_VALUES = 6

/** Least width in columns: a figure that is cut off could pass for another one. */
const NARROWEST = 80

/** Widest cell of a table but the last, in columns. */
const WIDEST_CELL = 32

function scalar(value: unknown): string {
  if (typeof value === 'number') return figure(value)
  if (!has(value)) return '-'
  return clean(typeof value === 'object' ? JSON.stringify(value) : String(value)) || '-'
}

/** Six significant digits; a power of ten where zeros would hide them. */
function figure(value: number): string {
  const size = Math.abs(value)
  const short = value.toPrecision(6)
  const plain = value === 0 || Number.isInteger(value) || (size >= 1e-3 && size < 1e9)
  return plain ? String(Number(short.includes('e') ? value : short)) : Number(short).toExponential()
}

/** The first values of a list, behind how many there are: what stands at the end may be cut off. */
function shortened(value: unknown): string {
  if (!Array.isArray(value)) return scalar(value)
  if (value.length === 0) return '(none)'
  const shown = value.slice(0, SHOWN_VALUES).map(shortened).join(', ')
  return value.length > SHOWN_VALUES ? `[${value.length}] ${shown}, …` : shown
}

const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : [])

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}

const has = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

type Cells = readonly string[]

/** Aligned columns; only the last one gives way to the width. */
function table(rows: readonly Cells[], width: number, numeric = false): string[] {
  const fitted = rows.map((row) => row.map((cell, i) => (i < row.length - 1 ? fit(cell, WIDEST_CELL) : cell)))
  const widths: number[] = []
  for (const row of fitted) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, Bun.stringWidth(cell))
  }
  return fitted.map((row) => {
    const padded = row.map((cell, i) => {
      const blanks = ' '.repeat((widths[i] as number) - Bun.stringWidth(cell))
      return numeric && i > 1 ? blanks + cell : cell + blanks
    })
    return fit(`  ${padded.join('  ')}`.trimEnd(), width)
  })
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', title, ...lines] : []

/** Fields that the summary words itself; any other single value gets a row of its own. */
const WORDED = new Set([
  'processor',
  'storage',
  'framesPresent',
  'framesDeclared',
  'firstFrame',
  'points',
  'pointRate',
  'pointLabels',
  'analogs',
  'analogRate',
  'analogSamples',
])

const amount = (value: unknown, words: string): string => (has(value) ? `${scalar(value)}${words}` : '')

const joined = (...parts: readonly string[]): string => parts.filter(Boolean).join(', ')

function seconds(count: unknown, rate: unknown): string {
  if (typeof count !== 'number' || typeof rate !== 'number' || !(rate > 0)) return ''
  return `${(count / rate).toFixed(2)} s`
}

function frames({ framesPresent, framesDeclared, firstFrame, pointRate }: Fields): string {
  const count = [framesPresent, framesDeclared].filter(has).map(scalar).join(' of ')
  return joined(
    count,
    has(firstFrame) ? `from number ${scalar(firstFrame)}` : '',
    seconds(framesPresent, pointRate),
  )
}

const plates = (value: unknown): string =>
  list(value)
    .map(({ type }) => `type ${scalar(type)}`)
    .join(', ')

function summary(it: Fields, width: number): string[] {
  const labels = Array.isArray(it.pointLabels) && it.pointLabels.length > 0 ? shortened(it.pointLabels) : ''
  const rates = list(it.alternativeRates).map(
    ({ kind, value, source }) => `${scalar(kind)} ${scalar(value)} Hz (${scalar(source)})`,
  )
  const others = Object.entries(it).filter(
    ([name, value]) => !WORDED.has(name) && has(value) && typeof value !== 'object',
  )
  const rows = [
    [
      'Format',
      joined(
        has(it.processor) ? scalar(it.processor) : '',
        has(it.storage) ? `${scalar(it.storage)} samples` : '',
      ),
    ],
    ['Frames', frames(it)],
    ['Points', joined(amount(it.points, has(it.pointRate) ? ` at ${scalar(it.pointRate)} Hz` : ''), labels)],
    [
      'Analogs',
      joined(
        amount(it.analogs, has(it.analogRate) ? ` at ${scalar(it.analogRate)} Hz` : ''),
        amount(it.analogSamples, ' samples each'),
        seconds(it.analogSamples, it.analogRate),
      ),
    ],
    ['Other rates', rates.join(', ')],
    ['Force plates', plates(it.forcePlates)],
    ...others.map(([name, value]) => [spaced(name), scalar(value)]),
  ]
  return table(
    rows.filter(([, said]) => said),
    width,
  )
}

/** `sumAbsPoints` as `Sum abs points`. */
function spaced(name: string): string {
  const words = clean(name).replace(/(?<=[a-z])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** Columns of a table that a figure takes, its gap counted. */
const FIGURE_WIDTH = 14
/** Columns that are left for label and unit. */
const NAMES_WIDTH = 24

function statistics(stats: readonly Fields[], width: number): string[] {
  const columns = ['mean', 'std', 'min', 'max', 'first', 'last']
    .filter((column) => stats.some((each) => each[column] !== undefined))
    .slice(0, 2 * Math.floor((width - NAMES_WIDTH) / (2 * FIGURE_WIDTH)))
  const rows = stats.map((each) => [
    fit(scalar(each.label), NAMES_WIDTH - 10),
    fit(scalar(each.unit), 4),
    ...columns.map((column) => scalar(each[column])),
  ])
  return table([['LABEL', 'UNIT', ...columns.map((column) => column.toUpperCase())], ...rows], width, true)
}

function channels(it: Fields, width: number): string[] {
  const stats = list(it.channels)
  if (stats.length > 0) return statistics(stats, width)
  const units: readonly unknown[] = Array.isArray(it.analogUnits) ? it.analogUnits : []
  const labels: readonly unknown[] = Array.isArray(it.analogLabels) ? it.analogLabels : []
  const rates: readonly unknown[] = Array.isArray(it.analogRates) ? it.analogRates : []
  return table(
    labels.map((label, i) => [
      String(i + 1),
      scalar(label),
      has(units[i]) ? scalar(units[i]) : '',
      ...(has(rates[i]) ? [`${scalar(rates[i])} Hz`] : []),
    ]),
    width,
  )
}

const events = (it: Fields, width: number): string[] =>
  table(
    list(it.events).map(({ time, label, context, subject, description }) => [
      typeof time === 'number' ? `${time.toFixed(3)} s` : '-',
      scalar(label),
      [context, subject, description].filter(has).map(scalar).join(', '),
    ]),
    width,
  )

const parameters = (it: Fields, width: number): string[] =>
  Object.entries(fields(it.parameters)).flatMap(([group, members]) =>
    table(
      Object.entries(fields(members)).map(([name, parameter]) => [
        clean(`${group}:${name}`),
        shortened(fields(parameter).value),
      ]),
      width,
    ),
  )

const warnings = (it: Fields, width: number): string[] =>
  list(it.warnings).flatMap(({ code, message }) =>
    wrapped(`! ${scalar(message)} (${scalar(code)})`, width, '  '),
  )

/**
 * Words a description: a summary, then warnings, channels, events and parameters. What a format does not state is
 * left out. Safe to print whatever the file holds.
 *
 * @param description the JSON of `inspect`
 * @param width in columns; 80 is the least
 * @example
 * ```ts
 * process.stdout.write(renderDescription(recording.describe({ stats: true }), process.stdout.columns))
 * ```
 */
export function renderDescription(description: RecordingDescription, width = 100): string {
  const room = Math.max(NARROWEST, width)
  return `${[
    ...summary(description, room),
    ...section('Warnings', warnings(description, room)),
    ...section('Channels', channels(description, room)),
    ...section('Events', events(description, room)),
    ...section('Parameters', parameters(description, room)),
  ].join('\n')}\n`
}
