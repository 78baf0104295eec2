/** Evaluates metrics over a stretch, and over windows. */
import type { Run } from '../conditioning/gaps.ts'
import type { AnalysisParameters } from '../parameters.ts'
import type { MetricFigure, WindowStatistics } from '../schema.ts'
import type { Measure, Stretch } from './measure.ts'
import type { Measured, Metric, MetricInput } from './metric.ts'

const NOT_FINITE = { reason: 'its value is no number' }

/** One metric of one stretch. */
export function measureOf(metric: Metric, stretch: MetricInput): Measured {
  if (stretch.signal.length === 0) return { reason: 'there are no samples' }
  const measured = metric.compute(stretch)
  return typeof measured === 'number' && !Number.isFinite(measured) ? NOT_FINITE : measured
}

export const unitOf = (metric: Metric, unit: string): string => metric.unit.replaceAll('{unit}', unit)

/** A metric as results state it. @param context.reason why there can be none, or null */
export function figureOf(
  metric: Metric,
  stretch: MetricInput | undefined,
  context: {
    readonly unit: string
    readonly over: 'recording' | 'contractions'
    readonly reason: string | null
  },
): MetricFigure {
  const { unit, over, reason } = context
  const measured =
    stretch && reason === null ? measureOf(metric, stretch) : { reason: reason ?? 'there are no samples' }
  const common = { unit: unitOf(metric, unit), over, n: stretch?.signal.length ?? 0 }
  return typeof measured === 'number'
    ? { value: measured, ...common }
    : { value: null, ...common, reason: measured.reason }
}

/** Every window that lies in the recording whole. */
function windowsOf(length: number, rate: number, lengthMs: number, overlap: number): Run[] {
  const window = Math.max(1, Math.trunc((lengthMs / 1000) * rate))
  const step = Math.max(1, Math.trunc(window * (1 - overlap)))
  const runs: Run[] = []
  for (let start = 0; start + window <= length; start += step) runs.push({ start, end: start + window })
  return runs
}

/** Fewer windows give no statistics. */
const FEWEST_WINDOWS = 3

function statisticsOf(values: readonly number[], unit: string): WindowStatistics {
  const n = values.length
  if (n < FEWEST_WINDOWS) {
    const reason = `${n} windows have a value; ${FEWEST_WINDOWS} is the least`
    return { mean: null, sd: null, min: null, max: null, coefficientOfVariation: null, n, unit, reason }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  const sd = Math.sqrt(variance)
  return {
    mean,
    sd,
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
    coefficientOfVariation: mean === 0 ? null : sd / mean,
    n,
    unit,
  }
}

/**
 * Windows of a recording; one that holds a gap is left out.
 *
 * @param samples of the recording
 */
export function* stretchesOf(
  measure: Measure,
  { lengthMs, overlap }: NonNullable<AnalysisParameters['windows']>,
  samples: number,
  rate: number,
): Generator<Stretch> {
  for (const run of windowsOf(samples, rate, lengthMs, overlap)) {
    const stretch = measure.over([run])
    if (stretch.signal.length === run.end - run.start) yield stretch
  }
}

/** Statistics of metrics over windows. @param inputOf what of a window the metrics are handed */
export function windowStatistics(
  metrics: readonly Metric[],
  windows: Iterable<Stretch>,
  inputOf: (window: Stretch) => MetricInput,
  unit: string,
): Record<string, WindowStatistics> {
  const values = metrics.map((): number[] => [])
  if (metrics.length > 0) {
    for (const window of windows) {
      const input = inputOf(window)
      for (const [i, metric] of metrics.entries()) {
        const measured = measureOf(metric, input)
        if (typeof measured === 'number') values[i]?.push(measured)
      }
    }
  }
  return Object.fromEntries(
    metrics.map((metric, i) => [metric.id, statisticsOf(values[i] ?? [], unitOf(metric, unit))]),
  )
}
