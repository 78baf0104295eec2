/** The trend of a patient as series of charts: what is missing is a gap with its reason, what does not compare stands apart. */
import type { Answer } from '../../api/client.ts'
import type { ChartSeries, Colour, Dash, Marker } from '../../plot/chart/contract.ts'

export type Trend = Answer<'GET /api/patients/{code}/trends'>
export type TrendPoint = Trend['sessions'][number]
export type TrendMuscle = TrendPoint['muscles'][number]
export type Difference = TrendPoint['differs'][number]
type Figure = { readonly value: number | null; readonly reason?: string | null }

/** A muscle of a side; `nth` tells channels apart that bear the same. */
export interface MuscleKey {
  readonly muscle: string
  readonly side: TrendMuscle['side']
  readonly nth: number
}

const COLOURS: Readonly<Record<TrendMuscle['side'], Colour>> = {
  left: '--left',
  right: '--right',
  none: '--plot-good',
}
const DASHES: Readonly<Record<TrendMuscle['side'], Dash>> = { left: 'solid', right: 'dashed', none: 'dotted' }
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'triangle-down']

const keyText = ({ muscle, side, nth }: MuscleKey): string => `${muscle} ${side} ${nth}`

const keysOf = ({ muscles }: TrendPoint): MuscleKey[] =>
  muscles.map(({ muscle, side }, i) => ({
    muscle,
    side,
    nth: muscles.slice(0, i).filter((each) => each.muscle === muscle && each.side === side).length,
  }))

/** All muscles of a trend, those of one muscle beside each other, left first. */
export function muscleKeys(points: readonly TrendPoint[]): MuscleKey[] {
  const found = new Map<string, MuscleKey>()
  for (const point of points) for (const key of keysOf(point)) found.set(keyText(key), key)
  const sides = ['left', 'right', 'none']
  return [...found.values()].sort(
    (a, b) =>
      a.muscle.localeCompare(b.muscle) || sides.indexOf(a.side) - sides.indexOf(b.side) || a.nth - b.nth,
  )
}

/** A muscle in a session; undefined: it was not recorded there. */
export const muscleAt = (point: TrendPoint, key: MuscleKey): TrendMuscle | undefined =>
  point.muscles.filter(({ muscle, side }) => muscle === key.muscle && side === key.side)[key.nth]

/** How a muscle looks in every chart: sides by colour and dash, and each by a marker of its own. */
export const muscleLook = (
  keys: readonly MuscleKey[],
  key: MuscleKey,
): { readonly colour: Colour; readonly dash: Dash; readonly marker: Marker } => ({
  colour: COLOURS[key.side],
  dash: DASHES[key.side],
  marker: MARKERS[Math.max(0, keys.indexOf(key)) % MARKERS.length] as Marker,
})

interface Said {
  readonly value: number | null
  /** Why there is none, or what has to be known of it. */
  readonly note: string | null
}

interface Texts {
  readonly muscle: (key: MuscleKey) => string
  /** The muscle was not recorded in a session. */
  readonly notRecorded: string
  /** A sentence of the server. */
  readonly said: (sentence: string) => string
}

/** One series for each muscle. */
export function muscleSeries(
  points: readonly TrendPoint[],
  figure: (muscle: TrendMuscle) => Said,
  { muscle: label, notRecorded, said }: Texts,
): ChartSeries[] {
  const keys = muscleKeys(points)
  return keys.map((key) => {
    const found = points.map((point): Said => {
      const muscle = muscleAt(point, key)
      if (muscle) return figure(muscle)
      return { value: null, note: point.analysisReason === null ? notRecorded : said(point.analysisReason) }
    })
    return {
      id: keyText(key),
      label: label(key),
      values: found.map(({ value }) => value),
      notes: found.map(({ note }) => note),
      ...muscleLook(keys, key),
    }
  })
}

/** A figure with its reason, as a point of a series. */
export const plain = ({ value, reason }: Figure, said: (sentence: string) => string): Said => ({
  value,
  note: value === null && reason ? said(reason) : null,
})

export const SYMMETRIES = ['ghostlySymmetry', 'robinsonIndex', 'symmetryAngle', 'limbSymmetryIndex'] as const
export type SymmetryIndex = (typeof SYMMETRIES)[number]

type SymmetryBasis = TrendPoint['symmetry'][number]['of']

/**
 * Which points are of something else than the newest one of their muscle, of shares of the MVC or of amplitudes: both
 * are called symmetry, and do not compare.
 */
export function isOfOtherBasis(points: readonly TrendPoint[]): boolean[] {
  const newest = new Map<string, SymmetryBasis>()
  for (const { symmetry } of points) for (const { muscle, of } of symmetry) newest.set(muscle, of)
  return points.map(({ symmetry }) => symmetry.some(({ muscle, of }) => newest.get(muscle) !== of))
}

/** One series for each muscle that has two sides. */
export function symmetrySeries(
  points: readonly TrendPoint[],
  index: SymmetryIndex,
  texts: {
    readonly notRecorded: string
    readonly said: (sentence: string) => string
    /** What an index is of: shares of the MVC, or amplitudes as they are. */
    readonly basis: (of: SymmetryBasis) => string
  },
): ChartSeries[] {
  const muscles = [...new Set(points.flatMap(({ symmetry }) => symmetry.map(({ muscle }) => muscle)))].sort()
  return muscles.map((muscle, i) => {
    const found = points.map((point): Said => {
      const pair = point.symmetry.find((each) => each.muscle === muscle)
      if (pair) {
        const figure = plain(pair[index], texts.said)
        return figure.value === null ? figure : { ...figure, note: texts.basis(pair.of) }
      }
      return {
        value: null,
        note: point.analysisReason === null ? texts.notRecorded : texts.said(point.analysisReason),
      }
    })
    return {
      id: muscle,
      label: muscle,
      values: found.map(({ value }) => value),
      notes: found.map(({ note }) => note),
      marker: MARKERS[i % MARKERS.length] as Marker,
    }
  })
}

export const SCORES = ['overall', 'compliance', 'symmetry', 'effort', 'game'] as const
export type ScorePart = (typeof SCORES)[number]

/** The overall score and its components. */
export function scoreSeries(
  points: readonly TrendPoint[],
  labels: Readonly<Record<ScorePart, string>>,
  said: (sentence: string) => string,
): ChartSeries[] {
  return SCORES.map((part) => {
    const found = points.map(({ score, scoreReason }): Said => {
      if (!score) return { value: null, note: scoreReason && said(scoreReason) }
      return plain(part === 'overall' ? score.overall : score.components[part], said)
    })
    return {
      id: part,
      label: labels[part],
      values: found.map(({ value }) => value),
      notes: found.map(({ note }) => note),
    }
  })
}

/** Adherence as it was at each session. */
export function adherenceSeries(
  points: readonly TrendPoint[],
  label: string,
  note: (adherence: TrendPoint['adherence']) => string,
): ChartSeries[] {
  return [
    {
      id: 'adherence',
      label,
      values: points.map(({ adherence }) => adherence.score),
      notes: points.map(({ adherence }) => note(adherence)),
    },
  ]
}

const OF_ANALYSIS: readonly Difference[] = ['preset', 'pipeline version', 'parameters', 'plugins']

/**
 * In what each point was made otherwise than the newest, in words; null where it compares. A score depends on all of
 * it, a figure of the analysis on how that was made.
 */
export const apartOf = (
  points: readonly TrendPoint[],
  of: 'analysis' | 'score',
  say: (differences: readonly Difference[]) => string,
): (string | null)[] =>
  points.map(({ differs }) => {
    const own = of === 'score' ? differs : differs.filter((each) => OF_ANALYSIS.includes(each))
    return own.length === 0 ? null : say(own)
  })

/** Shares of the MVC that the newest session asks for, each with the muscles that it is asked of. */
export function amplitudeTargets(
  points: readonly TrendPoint[],
): { readonly percent: number; readonly of: readonly MuscleKey[]; readonly isOfAll: boolean }[] {
  const newest = points.findLast(({ muscles }) => muscles.length > 0)
  if (!newest) return []
  const keys = keysOf(newest)
  const found = new Map<number, MuscleKey[]>()
  for (const [i, { contractions }] of newest.muscles.entries()) {
    const { mvcPercent } = contractions.target
    if (mvcPercent === null) continue
    found.set(mvcPercent, [...(found.get(mvcPercent) ?? []), keys[i] as MuscleKey])
  }
  return [...found].map(([percent, of]) => ({ percent, of, isOfAll: of.length === keys.length }))
}
