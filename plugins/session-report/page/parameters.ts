/** Every parameter of an analysis, in words, with its value and unit. */
import type { FullAnalysis } from '../../emg-analyzer/index.ts'
import type { Language } from '../languages/index.ts'
import { type Content, joined, type Markup, markup, own } from '../markup.ts'
import { metricName } from './metrics.ts'

/** The unit that a name ends in. */
const UNITS: ReadonlyArray<readonly [RegExp, string]> = [
  [/Hz$/, 'Hz'],
  [/Ms$|\.ms$/, 'ms'],
]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const entry = (name: Content, path: string, value: Content): Markup =>
  markup`<li>${name} <code>${path}</code> <strong>${value}</strong></li>
`

/** Single values by their path. */
function* leaves(value: unknown, path: string): Generator<readonly [string, unknown]> {
  if (!isObject(value)) yield [path, value]
  else
    for (const [name, each] of Object.entries(value))
      yield* leaves(each, path === '' ? name : `${path}.${name}`)
}

function shown(path: string, value: unknown, language: Language): Content {
  const { texts, figures } = language
  const unit = path.endsWith('.samples')
    ? texts.provenance.samples
    : UNITS.find(([pattern]) => pattern.test(path))?.[1]
  if (typeof value === 'number') return figures.plain(value, unit)
  if (Array.isArray(value)) {
    const items = value.map((each) => shown('', each, language))
    return [
      joined(items, value.every((each) => typeof each === 'number') ? ' – ' : ', '),
      unit ? ` ${unit}` : '',
    ]
  }
  const word = texts.provenance.values[String(value) as keyof typeof texts.provenance.values]
  return word ?? own(String(value))
}

/** All parameters; the path of each stands in code beside its words, as a request has it. */
export function parametersOf({ parameters }: FullAnalysis, language: Language): Markup {
  const { texts } = language
  const { parameters: names, detectorOption } = texts.provenance
  const { metrics, ...rest } = parameters
  const nameOf = (path: string): Content =>
    path.startsWith('detection.options.') ? detectorOption : (names[path as keyof typeof names] ?? '')
  const entries = [...leaves(rest, '')].map(([path, value]) =>
    entry(nameOf(path), path, shown(path, value, language)),
  )
  const figures = Object.entries(metrics).map(
    ([id, { over }]) => markup`${metricName(id, language)} (${texts.metrics.overs[over]})`,
  )
  return markup`<ul class="parameters">
${entries}${entry(names.metrics, 'metrics', joined(figures, ', '))}</ul>`
}
