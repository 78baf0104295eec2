/** Metrics, and their text for Prometheus. */

/** One value of a metric, told from the others by its labels. No label holds what could name a person. */
export interface MetricSample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** One distribution: quantiles by share (0 to 1), with count and sum of all that was observed. */
export interface SummarySample {
  readonly labels?: Readonly<Record<string, string>>
  readonly quantiles: Readonly<Record<string, number>>
  readonly sum: number
  readonly count: number
}

/**
 * A metric with its samples. Units are base units, in the name: seconds, bytes. A counter ends in `_total`.
 *
 * @see https://prometheus.io/docs/practices/naming/
 */
export type Metric = { readonly name: string; readonly help: string } & (
  | { readonly type: 'counter' | 'gauge'; readonly samples: readonly MetricSample[] }
  | { readonly type: 'summary'; readonly samples: readonly SummarySample[] }
)

/** Of the text format 0.0.4. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

/** Longer values are no labels but data. */
const LONGEST_LABEL = 120

/** More series than this of one metric would fill the memory of whoever collects them. */
const MOST_SAMPLES = 1000

const labelsOf = (labels: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))

function checkMetric({ name, help, type, samples }: Metric): string | undefined {
  if (!NAME.test(name)) return `"${name}" is not in snake_case`
  if (!help.trim()) return `${name} has no help`
  if ((type === 'counter') !== name.endsWith('_total'))
    return `${name}: counters end in _total, and only they`
  if (/_(?:sum|count|bucket)$/.test(name)) return `${name} ends in a suffix that a summary adds`
  if (samples.length > MOST_SAMPLES) return `${name} has more than ${MOST_SAMPLES} samples`
  const series = samples.map(({ labels }) => labelsOf(labels))
  if (new Set(series).size !== series.length) return `${name} has two samples with the same labels`
  for (const [label, value] of samples.flatMap(({ labels = {} }) => Object.entries(labels))) {
    if (!NAME.test(label)) return `${name}: the label "${label}" is not in snake_case`
    if (type === 'summary' && label === 'quantile') return `${name}: a summary sets the label quantile itself`
    if (value.length > LONGEST_LABEL) return `${name}: a value of ${label} is longer than ${LONGEST_LABEL}`
  }
  return undefined
}

/**
 * What is wrong with the first metric that is not as it should be, in one sentence; undefined where all are.
 *
 * @param prefix what every name has to begin with
 * @param taken names that are taken already
 */
export function checkMetrics(
  metrics: readonly Metric[],
  prefix: string,
  taken: ReadonlySet<string>,
): string | undefined {
  const names = new Set(taken)
  for (const metric of metrics) {
    if (!metric.name.startsWith(prefix)) return `${metric.name} does not begin with ${prefix}`
    if (names.has(metric.name)) return `${metric.name} is there twice`
    names.add(metric.name)
    const wrong = checkMetric(metric)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
const escapeLabel = (text: string): string => escapeHelp(text).replaceAll('"', '\\"')

const numberText = (value: number): string =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'

function line(name: string, labels: Readonly<Record<string, string>> | undefined, value: number): string {
  const pairs = Object.entries(labels ?? {}).map(([label, text]) => `${label}="${escapeLabel(text)}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${numberText(value)}\n`
}

const summaryLines = (name: string, { labels, quantiles, sum, count }: SummarySample): string =>
  Object.entries(quantiles)
    .map(([quantile, value]) => line(name, { ...labels, quantile }, value))
    .join('') +
  line(`${name}_sum`, labels, sum) +
  line(`${name}_count`, labels, count)

function metricText(metric: Metric): string {
  const { name, help, type } = metric
  const samples =
    metric.type === 'summary'
      ? metric.samples.map((sample) => summaryLines(name, sample))
      : metric.samples.map(({ labels, value }) => line(name, labels, value))
  return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n${samples.join('')}`
}

/**
 * The text that Prometheus reads, of metrics that {@link checkMetrics} finds nothing wrong with.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 * @example
 * metricsText([{ name: 'reads_total', help: 'Reads.', type: 'counter', samples: [{ value: 3 }] }])
 * // # HELP reads_total Reads.
 * // # TYPE reads_total counter
 * // reads_total 3
 */
export const metricsText = (metrics: readonly Metric[]): string => metrics.map(metricText).join('')
