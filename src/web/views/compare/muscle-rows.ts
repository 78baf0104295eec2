/** What is compared of one muscle: by the trend, and by the analysis that was kept. */
import type { Answer } from '../../api/client.ts'
import { voltsIn } from '../../language/amounts.ts'
import type { TrendMuscle } from '../patient/trend-series.ts'
import { type Cause, differs, mvcCauses, targetCauses } from './causes.ts'
import { type ComparedRow, type Figure, type Measure, NOT_RECORDED, row } from './compared-row.ts'

/** A count is null where a single contraction could not be judged: it is no count of the others. */
const counted = (value: number | null): Figure => ({
  value,
  reason: value === null ? { known: 'notOfEvery' } : null,
})

/** @param analysed in what the analyses differ @param missing what stands for a muscle that a session lacks */
export function muscleRows(
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
  const basis: Cause[] = differs(a?.medianFrequencySlope.basis, b?.medianFrequencySlope.basis)
    ? ['fatigueBasis']
    : []
  const byMvc = [...mvc, ...targetCauses(a, b, ['mvcPercent'])]
  const byDuration = targetCauses(a, b, ['durationMs'])
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

/** What the kept analysis of a session says of a channel beyond the trend. */
export type KeptChannel = Answer<'GET /api/sessions/{id}/analyses/{analysisId}'>['result']['channels'][number]

const KEPT = [
  ['amplitude', 'activeRms'],
  ['medianFrequency', 'medianFrequency'],
] as const

/** Figures that depend on no MVC: metrics of the contractions, amplitudes in volts whatever unit the file has. */
export function keptRows(
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
