/** Two sessions held against each other: figures, differences, and where a difference would say nothing. */
import type { Answer } from '../../api/client.ts'
import { voltsIn } from '../../language/amounts.ts'
import { SYMMETRIES, type TrendMuscle, type TrendPoint } from '../patient/trend-series.ts'

/** What was not the same, so that some figures do not compare. */
export type Cause =
  | 'preset'
  | 'pipeline'
  | 'parameters'
  | 'plugins'
  | 'mvc'
  | 'mvcSource'
  | 'fatigueBasis'
  | 'symmetryBasis'
  | 'scoring'
  | 'targets'

export interface Figure {
  readonly value: number | null
  /** Why there is none: as the server says it, or what the view has words for. */
  readonly reason:
    | string
    | { readonly known: 'notRecorded' | 'notOfEvery' | 'notAnalysed' | 'notScored' }
    | null
}

/** What is compared, and in what: `points` are percentage points. */
export type Measure =
  | 'contractions'
  | 'good'
  | 'meetsMvc'
  | 'meetsDuration'
  | 'meanDuration'
  | 'mvc'
  | 'amplitude'
  | 'medianFrequency'
  | 'mvcPercent'
  | 'fatigueSlope'
  | 'robinsonIndex'
  | 'symmetryAngle'
  | 'ghostlySymmetry'
  | 'limbSymmetryIndex'
  | 'overall'
  | 'compliance'
  | 'symmetry'
  | 'effort'
  | 'game'

export interface ComparedRow {
  readonly measure: Measure
  readonly a: Figure
  readonly b: Figure
  /** b − a; null where one is missing or the two do not compare. */
  readonly difference: number | null
  /** Why the two do not compare; empty where they do. */
  readonly causes: readonly Cause[]
}

export interface ComparedMuscle {
  readonly muscle: string
  readonly side: TrendMuscle['side']
  /** Tells channels apart that bear the same muscle and side. */
  readonly nth: number
  readonly rows: readonly ComparedRow[]
}

export interface Comparison {
  /** What differs between the two as a whole. */
  readonly causes: readonly Cause[]
  readonly muscles: readonly ComparedMuscle[]
  readonly symmetry: readonly { readonly muscle: string; readonly rows: readonly ComparedRow[] }[]
  readonly scores: readonly ComparedRow[]
}

const NOT_RECORDED: Figure = { value: null, reason: { known: 'notRecorded' } }
const NOT_ANALYSED: Figure = { value: null, reason: { known: 'notAnalysed' } }
const NOT_SCORED: Figure = { value: null, reason: { known: 'notScored' } }

/** What stands for a muscle or a pair that a session lacks; why it was not analysed is said of the session once. */
const lacking = ({ analysis }: TrendPoint): Figure => (analysis ? NOT_RECORDED : NOT_ANALYSED)

function row(measure: Measure, a: Figure, b: Figure, causes: readonly Cause[]): ComparedRow {
  const difference = a.value === null || b.value === null || causes.length > 0 ? null : b.value - a.value
  return { measure, a, b, difference, causes }
}

type Analysis = NonNullable<TrendPoint['analysis']>

const pluginsOf = ({ plugins }: Analysis): string =>
  plugins
    .map(({ name, version }) => `${name} ${version}`)
    .sort()
    .join(' ')

/** A count is null where a single contraction could not be judged: it is no count of the others. */
const counted = (value: number | null): Figure => ({
  value,
  reason: value === null ? { known: 'notOfEvery' } : null,
})

/** In what two analyses were made differently. */
export function analysisCauses(a: TrendPoint['analysis'], b: TrendPoint['analysis']): Cause[] {
  if (!a || !b) return []
  const causes: Cause[] = []
  if (a.preset !== b.preset) causes.push('preset')
  if (a.pipelineVersion !== b.pipelineVersion) causes.push('pipeline')
  // Another preset has other parameters: that is said once.
  if (a.preset === b.preset && a.parametersHash !== b.parametersHash) causes.push('parameters')
  if (pluginsOf(a) !== pluginsOf(b)) causes.push('plugins')
  return causes
}

const differs = <T>(a: T | null | undefined, b: T | null | undefined): boolean =>
  a !== null && a !== undefined && b !== null && b !== undefined && a !== b

function mvcCauses(a: TrendMuscle | undefined, b: TrendMuscle | undefined): Cause[] {
  const causes: Cause[] = []
  if (differs(a?.amplitude.mvc, b?.amplitude.mvc)) causes.push('mvc')
  if (differs(a?.amplitude.mvcSource, b?.amplitude.mvcSource)) causes.push('mvcSource')
  return causes
}

function muscleRows(
  a: TrendMuscle | undefined,
  b: TrendMuscle | undefined,
  analysed: readonly Cause[],
  missing: readonly [Figure, Figure],
): ComparedRow[] {
  const figure = (pick: (muscle: TrendMuscle) => Pick<Figure, 'value'> & Partial<Figure>): [Figure, Figure] =>
    [a, b].map((muscle, i): Figure => {
      if (!muscle) return missing[i] as Figure
      return { reason: null, ...pick(muscle) }
    }) as [Figure, Figure]
  const mvc = mvcCauses(a, b)
  const [ours, theirs] = [a?.contractions.target, b?.contractions.target]
  const targets = (field: 'durationMs' | 'mvcPercent'): Cause[] =>
    ours && theirs && ours[field] !== theirs[field] ? ['targets'] : []
  const basis: Cause[] = differs(a?.medianFrequencySlope.basis, b?.medianFrequencySlope.basis)
    ? ['fatigueBasis']
    : []
  const byMvc = [...mvc, ...targets('mvcPercent')]
  const byDuration = targets('durationMs')
  const isGoodBy = [...new Set([...byMvc, ...byDuration])]
  const rows: [Measure, [Figure, Figure], readonly Cause[]][] = [
    ['contractions', figure(({ contractions }) => counted(contractions.total)), []],
    ['good', figure(({ contractions }) => counted(contractions.good)), isGoodBy],
    ['meetsMvc', figure(({ contractions }) => counted(contractions.meetsMvc)), byMvc],
    ['meetsDuration', figure(({ contractions }) => counted(contractions.meetsDuration)), byDuration],
    ['meanDuration', figure(({ contractions }) => ({ value: contractions.meanDurationMs })), []],
    ['mvcPercent', figure(({ amplitude }) => amplitude), mvc],
    [
      'fatigueSlope',
      figure(({ medianFrequencySlope: { value, valid, reason } }) => ({
        value: valid ? value : null,
        reason,
      })),
      basis,
    ],
  ]
  return [
    // What the shares are of: not a result of the analysis, so that it always compares.
    row('mvc', ...figure(({ amplitude: { mvc: value, reason } }) => ({ value, reason })), []),
    ...rows.map(([measure, [left, right], causes]) => row(measure, left, right, [...analysed, ...causes])),
  ]
}

function symmetryOf(a: TrendPoint, b: TrendPoint, analysed: readonly Cause[]): Comparison['symmetry'] {
  const muscles = [...new Set([...a.symmetry, ...b.symmetry].map(({ muscle }) => muscle))].sort()
  return muscles.map((muscle) => {
    const pairs = [a, b].map(({ symmetry }) => symmetry.find((pair) => pair.muscle === muscle))
    const basis: Cause[] = differs(pairs[0]?.of, pairs[1]?.of) ? ['symmetryBasis'] : []
    // Of shares of the MVC, another one on either side is another symmetry.
    const isOfMvc = pairs.some((pair) => pair?.of === 'mvc-percent')
    const held = isOfMvc ? (['left', 'right'] as const) : []
    const ofSide = ({ muscles: all }: TrendPoint, side: 'left' | 'right') =>
      all.find((each) => each.muscle === muscle && each.side === side)
    const mvc = new Set(held.flatMap((side) => mvcCauses(ofSide(a, side), ofSide(b, side))))
    return {
      muscle,
      rows: SYMMETRIES.map((measure) => {
        const [left = NOT_RECORDED, right = NOT_RECORDED] = pairs.map((pair, i): Figure => {
          const point = i === 0 ? a : b
          return pair ? pair[measure] : lacking(point)
        })
        return row(measure, left, right, [...analysed, ...basis, ...mvc])
      }),
    }
  })
}

const SCORES = ['overall', 'compliance', 'symmetry', 'effort', 'game'] as const

function scoresOf(a: TrendPoint, b: TrendPoint, causes: readonly Cause[]): ComparedRow[] {
  const isScoring =
    differs(a.score?.scoringVersion, b.score?.scoringVersion) ||
    differs(a.score?.configuration.id, b.score?.configuration.id) ||
    differs(a.score?.configuration.version, b.score?.configuration.version)
  return SCORES.map((part) => {
    const [left = NOT_RECORDED, right = NOT_RECORDED] = [a, b].map(({ score }): Figure => {
      if (!score) return NOT_SCORED
      return part === 'overall' ? score.overall : score.components[part]
    })
    // What somebody has said and what the game has counted come from no analysis.
    const isOfAnalysis = part !== 'effort' && part !== 'game'
    return row(part, left, right, [
      ...(isOfAnalysis ? causes : []),
      ...(isScoring ? (['scoring'] as const) : []),
    ])
  })
}

/** What the kept analysis of a session says of a channel beyond the trend. */
export type KeptChannel = Answer<'GET /api/sessions/{id}/analyses/{analysisId}'>['result']['channels'][number]

const KEPT = [
  ['amplitude', 'activeRms'],
  ['medianFrequency', 'medianFrequency'],
] as const

/** Figures that depend on no MVC: metrics of the contractions, where both were kept in the same unit. */
function keptRows(
  a: KeptChannel | undefined,
  b: KeptChannel | undefined,
  analysed: readonly Cause[],
): ComparedRow[] {
  return KEPT.flatMap(([measure, metric]) => {
    const [left, right] = [a, b].map((channel) => channel?.metrics[metric])
    if (!left && !right) return []
    const [x, y] = [left, right].map((found): Figure => {
      if (!found) return NOT_RECORDED
      const factor = measure === 'amplitude' ? voltsIn(found.unit) : 1
      const value = found.value === null || factor === null ? null : found.value * factor
      return { value, reason: 'reason' in found ? found.reason : null }
    }) as [Figure, Figure]
    return [row(measure, x, y, analysed)]
  })
}

/** Kept channels of two sessions; undefined for one whose analysis was not kept, or is not there yet. */
export interface KeptPair {
  readonly a: readonly KeptChannel[] | undefined
  readonly b: readonly KeptChannel[] | undefined
}

/** Holds `b` against `a`. */
export function compare(
  a: TrendPoint,
  b: TrendPoint,
  kept: KeptPair = { a: undefined, b: undefined },
): Comparison {
  const analysed = analysisCauses(a.analysis, b.analysis)
  const places = new Map<string, { muscle: string; side: TrendMuscle['side']; nth: number }>()
  for (const { muscles } of [a, b]) {
    const counts = new Map<string, number>()
    for (const { muscle, side } of muscles) {
      const nth = counts.get(`${muscle} ${side}`) ?? 0
      counts.set(`${muscle} ${side}`, nth + 1)
      places.set(`${muscle} ${side} ${nth}`, { muscle, side, nth })
    }
  }
  const found = ({ muscles }: TrendPoint, muscle: string, side: string, nth: number) =>
    muscles.filter((each) => each.muscle === muscle && each.side === side)[nth]
  const channel = (of: 'a' | 'b', muscle: string, side: string, nth: number) =>
    kept[of]?.filter((each) => (each.muscle ?? each.name) === muscle && (each.side ?? 'none') === side)[nth]
  const sides = ['left', 'right', 'none']
  const muscles = [...places.values()]
    .sort((x, y) => x.muscle.localeCompare(y.muscle) || sides.indexOf(x.side) - sides.indexOf(y.side))
    .map(({ muscle, side, nth }) => ({
      muscle,
      side,
      nth,
      rows: [
        ...muscleRows(found(a, muscle, side, nth), found(b, muscle, side, nth), analysed, [
          lacking(a),
          lacking(b),
        ]),
        ...keptRows(channel('a', muscle, side, nth), channel('b', muscle, side, nth), analysed),
      ],
    }))
  const symmetry = symmetryOf(a, b, analysed)
  const ofMuscles = [...new Set(muscles.flatMap(({ rows }) => rows.flatMap(({ causes }) => causes)))]
  // A score counts what reached the MVC and the targets.
  const counted = ofMuscles.filter((cause) => cause !== 'fatigueBasis')
  const scores = scoresOf(a, b, counted)
  const all = [...symmetry.flatMap(({ rows }) => rows), ...scores].flatMap(({ causes }) => causes)
  return { causes: [...new Set([...analysed, ...ofMuscles, ...all])], muscles, symmetry, scores }
}
