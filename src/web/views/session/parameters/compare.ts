/** Two analyses of one recording held against each other, figure by figure. */
import type { AnalysedChannel, Analysis, Pair } from '../../../api/shapes.ts'
import { voltsIn } from '../../../language/amounts.ts'
import { totalsOf, whyUncounted } from '../contractions/count.ts'

/** How a figure is to be shown. */
export type FigureKind =
  | 'count'
  | 'duration'
  | 'amplitude'
  | 'percent'
  | 'frequency'
  | 'slope'
  | 'index'
  | 'verdict'

/** A figure on one side: a number, a word, or why there is none. */
export interface Side {
  readonly value: number | string | null
  readonly reason?: string | undefined
}

export interface Difference {
  /** What of: a channel by its name, or the muscle of a pair. */
  readonly of: string
  /** Index of the channel; null for a pair. */
  readonly channel: number | null
  readonly figure: FigureId
  readonly kind: FigureKind
  /** Of `amplitude` and `frequency`: the unit of the channel or of the metric. */
  readonly unit: string
  readonly before: Side
  readonly after: Side
  readonly hasChanged: boolean
  /** Of `before`, in percent; null where there is none, or the two are figures of different things. */
  readonly changePercent: number | null
  /** Whether both are there, and not of the same: of contractions and of the recording, by two methods. */
  readonly isOfOther: boolean
}

export const FIGURES = [
  'contractions',
  'reached',
  'strong',
  'long',
  'meanDuration',
  'underTension',
  'meanAmplitude',
  'mvc',
  'activeRms',
  'rms',
  'mav',
  'peak',
  'medianFrequency',
  'fatigueSlope',
  'fatigueChance',
  'verdict',
  'robinsonIndex',
  'symmetry',
] as const
export type FigureId = (typeof FIGURES)[number]

interface Figure extends Side {
  /** What the figure is of, where that depends on parameters: figures of other things do not compare. */
  readonly basis?: string | null | undefined
  readonly figure: FigureId
  readonly kind: FigureKind
  readonly unit: string
}

const meanOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((each) => each !== null)
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length
}

const METRICS = ['activeRms', 'rms', 'mav', 'peak', 'medianFrequency'] as const

function metricsOf({ metrics, unit }: AnalysedChannel): Figure[] {
  return METRICS.map((figure) => {
    const metric = metrics[figure]
    return {
      figure,
      kind: figure === 'medianFrequency' ? 'frequency' : 'amplitude',
      unit: metric?.unit ?? (figure === 'medianFrequency' ? 'Hz' : unit),
      basis: metric?.over,
      value: metric?.value ?? null,
      reason: metric && 'reason' in metric ? metric.reason : undefined,
    }
  })
}

function figuresOf(channel: AnalysedChannel): Figure[] {
  const { contractions, bursts, mvc, fatigue, quality, unit } = channel
  const { all, reached, strong, long } = totalsOf(channel)
  const why = all === null ? (whyUncounted(channel) ?? undefined) : undefined
  const slope = fatigue?.slopes?.medianFrequency
  const plain = (figure: FigureId, kind: FigureKind, value: Side['value'], reason?: string): Figure => ({
    figure,
    kind,
    unit: '',
    value,
    reason,
  })
  return [
    plain('contractions', 'count', all, why),
    plain('reached', 'count', reached),
    plain('strong', 'count', strong),
    plain('long', 'count', long),
    plain('meanDuration', 'duration', bursts.meanDurationMs),
    plain('underTension', 'duration', all === null ? null : bursts.timeUnderTensionMs, why),
    {
      ...plain('meanAmplitude', 'amplitude', meanOf(contractions.map(({ meanAmplitude }) => meanAmplitude))),
      unit,
    },
    // MVC values are in V whatever the unit of the channel.
    {
      ...plain('mvc', 'amplitude', mvc?.value ?? null, mvc?.reason ?? undefined),
      unit: 'V',
      basis: mvc && `${mvc.source} ${mvc.method}`,
    },
    ...metricsOf(channel),
    {
      ...plain('fatigueSlope', 'slope', slope?.percentPerMinute ?? null, fatigue?.reason),
      basis: fatigue?.basis,
    },
    { ...plain('fatigueChance', 'index', slope?.p ?? null, fatigue?.reason), basis: fatigue?.basis },
    plain('verdict', 'verdict', quality.verdict),
  ]
}

const indexOf = (index: { value: number | null; reason?: string }): Side => ({
  value: index.value,
  reason: index.reason,
})

function pairFigures(pair: Extract<Pair, { kind: 'symmetry' }>, { channels }: Analysis): Figure[] {
  const left = channels.find(({ index }) => index === pair.left)
  const basis = `${pair.of} ${left?.metrics.activeRms ? 'contractions' : 'recording'}`
  return [
    { figure: 'robinsonIndex', kind: 'percent', unit: '%', basis, ...indexOf(pair.robinsonIndex) },
    { figure: 'symmetry', kind: 'percent', unit: '%', basis, ...indexOf(pair.ghostlySymmetry) },
  ]
}

/** Less than three digits show: not worth a row among those that have changed. */
const NEGLIGIBLE = 5e-4

function hasChanged({ value: before }: Side, { value: after }: Side): boolean {
  if (typeof before !== 'number' || typeof after !== 'number') return before !== after
  return Math.abs(after - before) > NEGLIGIBLE * Math.max(Math.abs(before), Math.abs(after))
}

/** In one unit where both are voltages: a channel that is read anew may have another. */
function inOneUnit(before: Figure, after: Figure): Side {
  const [from, to] = [voltsIn(after.unit), voltsIn(before.unit)]
  return typeof after.value === 'number' && from !== null && to !== null && from !== to
    ? { ...after, value: (after.value * from) / to }
    : after
}

function held(of: string, channel: number | null, before: Figure, after: Figure | undefined): Difference {
  const side: Side = after ? inOneUnit(before, after) : { value: null }
  const [was, is] = [before.value, side.value]
  const isOfOther =
    was !== null &&
    is !== null &&
    before.basis != null &&
    after?.basis != null &&
    before.basis !== after.basis
  return {
    of,
    channel,
    figure: before.figure,
    kind: before.kind,
    unit: before.unit,
    before: { value: before.value, reason: before.reason },
    after: { value: side.value, reason: side.reason },
    hasChanged: isOfOther || hasChanged(before, side),
    isOfOther,
    changePercent:
      !isOfOther && typeof was === 'number' && typeof is === 'number' && was !== 0
        ? (100 * (is - was)) / Math.abs(was)
        : null,
  }
}

/** Figures of nothing on one side, for a channel that only the other analysis has. */
const emptied = (figures: readonly Figure[]): Figure[] =>
  figures.map(({ figure, kind, unit }) => ({ figure, kind, unit, value: null }))

/** Every figure of both, those that have changed first, then by figure, so that one of all channels stands together. */
export function compareAnalyses(before: Analysis, after: Analysis): Difference[] {
  const differences: Difference[] = []
  for (const channel of after.channels) {
    const now = figuresOf(channel)
    const old = before.channels.find(({ index }) => index === channel.index)
    for (const [i, figure] of (old ? figuresOf(old) : emptied(now)).entries())
      differences.push(held(channel.name, channel.index, figure, now[i]))
  }
  for (const channel of before.channels)
    if (!after.channels.some(({ index }) => index === channel.index))
      for (const figure of figuresOf(channel))
        differences.push(held(channel.name, channel.index, figure, undefined))
  for (const pair of before.pairs) {
    if (pair.kind !== 'symmetry') continue
    const now = after.pairs.find(
      (each) => each.kind === 'symmetry' && each.left === pair.left && each.right === pair.right,
    )
    const figures = now?.kind === 'symmetry' ? pairFigures(now, after) : []
    for (const [i, figure] of pairFigures(pair, before).entries())
      differences.push(held(pair.muscle, null, figure, figures[i]))
  }
  return differences.toSorted(
    (a, b) =>
      Number(b.hasChanged) - Number(a.hasChanged) || FIGURES.indexOf(a.figure) - FIGURES.indexOf(b.figure),
  )
}
