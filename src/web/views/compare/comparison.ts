/** Two sessions held against each other: figures, differences, and where a difference would say nothing. */
import { SYMMETRIES, type TrendMuscle, type TrendPoint } from '../patient/trend-series.ts'
import { analysisCauses, type Cause, differs, mvcCauses, targetCauses } from './causes.ts'
import { type ComparedRow, type Figure, lacking, NOT_RECORDED, NOT_SCORED, row } from './compared-row.ts'
import { type KeptChannel, keptRows, muscleRows } from './muscle-rows.ts'

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
  // A score counts what reached the MVC and the targets, and how many of those were asked for.
  const asked = [...places.values()].flatMap(({ muscle, side, nth }) =>
    targetCauses(found(a, muscle, side, nth), found(b, muscle, side, nth), ['contractions']),
  )
  const ofScores = new Set([...ofMuscles.filter((cause) => cause !== 'fatigueBasis'), ...asked])
  const scores = scoresOf(a, b, [...ofScores])
  const all = [...symmetry.flatMap(({ rows }) => rows), ...scores].flatMap(({ causes }) => causes)
  return { causes: [...new Set([...analysed, ...ofMuscles, ...all])], muscles, symmetry, scores }
}
