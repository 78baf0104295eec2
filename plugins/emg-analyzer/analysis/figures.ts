/** Metrics, window statistics and quality of one channel: what comes with the executable first, then plugin by plugin. */
import { createHandouts, type Handouts } from './foreign/handouts.ts'
import { figureOf, stretchesOf, windowStatistics } from './metrics/evaluate.ts'
import type { Measure, Stretch } from './metrics/measure.ts'
import type { MetricInput } from './metrics/metric.ts'
import type { AnalysisParameters } from './parameters.ts'
import type { CheckInput } from './quality/check.ts'
import { type Judged, judgeBy } from './quality/verdict.ts'
import type { MetricFigure, WindowStatistics } from './schema.ts'
import type { Share, Tools } from './tools.ts'

/** What figures are computed from: all that was found out about a channel's signal. */
export interface FigureSource {
  readonly parameters: AnalysisParameters
  readonly unit: string
  /** Null where nothing can be measured: see {@link FigureSource.obstacle}. */
  readonly measure: Measure | null
  readonly obstacle: string | null
  /** Of the recording. */
  readonly samples: number
  readonly rate: number
  /** What the quality checks look at. */
  readonly examined: CheckInput
}

export interface Figures {
  readonly metrics: Record<string, MetricFigure>
  readonly windows: Record<string, WindowStatistics> | null
  readonly judged: readonly Judged[]
}

/** The stretches that figures are of, each made once, so that all who ask for its spectrum share it. */
interface Stretches {
  readonly recording: Stretch | undefined
  readonly contractions: Stretch | undefined
  /** Windows without a gap. */
  readonly windows: Iterable<Stretch>
}

/** @param handouts what plugins from outside are handed; absent for those that come with the executable */
function figuresOf(
  source: FigureSource,
  stretches: Stretches,
  share: Share,
  tools: Tools,
  handouts?: Handouts,
): Figures {
  const { parameters, unit, obstacle, measure, examined } = source
  const inputOf = (stretch: Stretch): MetricInput => handouts?.stretch(stretch) ?? stretch
  const none = examined.contractions.length === 0 ? 'there is no contraction' : null
  const inputs = {
    recording: stretches.recording && inputOf(stretches.recording),
    contractions: stretches.contractions && inputOf(stretches.contractions),
  }
  const metrics = Object.entries(parameters.metrics).flatMap(([name, { metric: id, over }]) => {
    const metric = share.metrics.has(id) ? tools.metrics.get(id) : undefined
    if (!metric) return []
    const reason = obstacle ?? (over === 'contractions' ? none : null)
    return [[name, figureOf(metric, inputs[over], { unit, over, reason })] as const]
  })
  const windowed = (parameters.windows?.metrics ?? []).flatMap((id) =>
    share.metrics.has(id) ? (tools.metrics.get(id) ?? []) : [],
  )
  const input = handouts && share.checks.length > 0 ? handouts.check(examined) : examined
  return {
    metrics: Object.fromEntries(metrics),
    windows:
      measure && parameters.windows ? windowStatistics(windowed, stretches.windows, inputOf, unit) : null,
    judged: judgeBy(share.checks, input),
  }
}

/** Puts parts in the order that the parameters and the registry have. */
function inOrder(parts: readonly Figures[], { parameters }: FigureSource, { checks }: Tools): Figures {
  const pick = <T>(names: readonly string[], records: ReadonlyArray<Record<string, T> | null>) => {
    const all = Object.assign({}, ...records) as Record<string, T>
    return Object.fromEntries(names.map((name) => [name, all[name] as T]))
  }
  const judged = new Map(parts.flatMap((part) => part.judged.map((each) => [each.check.id, each])))
  return {
    metrics: pick(
      Object.keys(parameters.metrics),
      parts.map(({ metrics }) => metrics),
    ),
    windows: parts.some(({ windows }) => windows)
      ? pick(
          parameters.windows?.metrics ?? [],
          parts.map(({ windows }) => windows),
        )
      : null,
    judged: checks.map(({ id }) => judged.get(id) as Judged),
  }
}

/**
 * All figures of a channel; to be asked for last of all. Code from outside is handed the very samples that everything
 * else was computed from, so that nothing may be read from these afterwards.
 *
 * @throws {PluginFault} also where a plugin has written into what it was handed
 */
export function computeFigures(source: FigureSource, tools: Tools): Figures {
  const { measure, parameters, samples, rate, examined } = source
  const windows = measure && parameters.windows ? stretchesOf(measure, parameters.windows, samples, rate) : []
  const stretches: Stretches = {
    recording: measure?.over([{ start: 0, end: samples }]),
    contractions: measure?.over(examined.contractions),
    windows: tools.foreign.length > 0 ? [...windows] : windows,
  }
  const own = figuresOf(source, stretches, tools.own, tools)
  if (tools.foreign.length === 0) return own
  const handouts = createHandouts()
  const parts = tools.foreign.map((share) => {
    const part = figuresOf(source, stretches, share, tools, handouts)
    handouts.verify(share.plugin)
    return part
  })
  return inOrder([own, ...parts], source, tools)
}
