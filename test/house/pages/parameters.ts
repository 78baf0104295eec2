/** The parameters of an analysis as tables: what they mean, by their schema, and what the presets say. */
import * as v from 'valibot'
import { AnalysisParametersSchema } from '../../../plugins/emg-analyzer/analysis/parameters.ts'
import { registry } from '../../support/analysis.ts'
import { table } from './blocks.ts'

const presets = registry.presets.list()

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as people write it. */
export function show(value: unknown): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.join(value.every(Number.isFinite) ? ' to ' : ', ')
  if (!isObject(value)) return String(value)
  return Object.entries(value)
    .map(([unit, amount]) => `${amount} ${unit}`)
    .join(', ')
}

/** The schemas of an object's parts, whether or not it may be null. */
function entriesOf(schema: v.GenericSchema): Record<string, v.GenericSchema> {
  const inner = 'wrapped' in schema ? (schema.wrapped as v.GenericSchema) : schema
  return 'entries' in inner ? (inner.entries as Record<string, v.GenericSchema>) : {}
}

const partOf = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : value)

/** Parts that have a table of their own. */
const APART = new Set(['metrics', 'detection.options'])

/** @param meaning of what it is part of, where it has none of its own */
function rowsOf(
  path: string,
  schema: v.GenericSchema,
  values: readonly unknown[],
  meaning: string,
): string[][] {
  if (APART.has(path)) return []
  const parts = Object.entries(entriesOf(schema))
  const own = v.getDescription(schema) ?? meaning
  // A part that no preset has is one line.
  if (parts.length > 0 && (path === '' || values.some(isObject))) {
    return parts.flatMap(([key, part]) =>
      rowsOf(
        path === '' ? key : `${path}.${key}`,
        part,
        values.map((value) => partOf(value, key)),
        own,
      ),
    )
  }
  return [[`\`${path}\``, ...values.map(show), own]]
}

/** Every parameter, with its value in each preset. */
export const presetTable = (): string =>
  table(
    ['parameter', ...presets.map(({ id }) => `\`${id}\``), 'meaning'],
    rowsOf(
      '',
      AnalysisParametersSchema,
      presets.map(({ parameters }) => parameters),
      '',
    ),
  )

/** Which figures each preset gives, and over which samples. */
export function presetMetricTable(): string {
  const names = new Set(presets.flatMap(({ parameters }) => Object.keys(parameters.metrics)))
  return table(
    ['figure', 'metric', ...presets.map(({ id }) => `\`${id}\``)],
    [...names].map((name) => {
      const each = presets.map(({ parameters }) => parameters.metrics[name])
      return [
        `\`${name}\``,
        [...new Set(each.flatMap((one) => (one ? [`\`${one.metric}\``] : [])))].join(', '),
        ...each.map((one) => (one ? `over ${one.over}` : '')),
      ]
    }),
  )
}

/** What a detector has in common with the step behind it, that step describes. */
const shared = entriesOf(AnalysisParametersSchema.entries.detection)

const descriptionOf = (name: string, from: ReadonlyArray<Record<string, v.GenericSchema>>): string =>
  from.map(({ [name]: schema }) => schema && v.getDescription(schema)).find(Boolean) ?? ''

/** Every parameter of every detector, with its default. */
export function detectorTables(): string {
  return registry.detectors
    .list()
    .map(({ id, summary, reference, parameters, defaults }) => {
      const rows = Object.entries(defaults).map(([name, value]) => [
        `\`${name}\``,
        show(value),
        descriptionOf(name, [entriesOf(parameters), shared]),
      ])
      return `### ${id}\n\n${summary}. ${reference}.\n\n${table(['parameter', 'default', 'meaning'], rows)}`
    })
    .join('\n')
}
