/** The MVC values of a patient as points of a chart: each where it begins to hold, with where it came from. */
import type { Answer } from '../../api/client.ts'
import type { ChartSeries } from '../../plot/chart/contract.ts'
import { type MuscleKey, muscleLook } from './trend-series.ts'

export type MvcRecord = Answer<'GET /api/patients/{code}/mvc/history'>['items'][number]

interface Texts {
  readonly muscle: (key: MuscleKey) => string
  /** Source, author and what has to be known of a record. */
  readonly about: (record: MvcRecord, isReplaced: boolean) => string
  /** Another muscle has a value from this time on. */
  readonly noneNew: string
}

/** Volts in one of the unit that a chart of such values is drawn in. */
export const mvcUnit = (
  records: readonly MvcRecord[],
): { readonly unit: 'µV' | 'mV'; readonly volts: number } =>
  records.some(({ value }) => value !== null && value >= 0.01)
    ? { unit: 'mV', volts: 1e-3 }
    : { unit: 'µV', volts: 1e-6 }

/** Muscles and sides of records, in the order of the trends. */
export function mvcKeys(records: readonly MvcRecord[]): MuscleKey[] {
  const found = new Map(
    records.map(({ muscle, side }) => [`${muscle} ${side}`, { muscle, side, nth: 0 }] as const),
  )
  const sides = ['left', 'right', 'none']
  return [...found.values()].sort(
    (a, b) => a.muscle.localeCompare(b.muscle) || sides.indexOf(a.side) - sides.indexOf(b.side),
  )
}

/** Records that begin to hold at the same time stand at one place, unless they are of the same muscle and side. */
export function mvcChart(
  records: readonly MvcRecord[],
  { muscle: label, about, noneNew }: Texts,
): { readonly at: number[]; readonly series: ChartSeries[] } {
  const replaced = new Set(records.map(({ supersedes }) => supersedes))
  const keys = mvcKeys(records)
  const { volts } = mvcUnit(records)
  const keyOf = ({ muscle, side }: MvcRecord) => `${muscle} ${side}`
  const places: { at: number; held: Map<string, MvcRecord> }[] = []
  const sorted = [...records].sort(
    (a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom) || a.recordedAt.localeCompare(b.recordedAt),
  )
  for (const record of sorted) {
    const at = Date.parse(record.validFrom)
    const open = places.find((place) => place.at === at && !place.held.has(keyOf(record)))
    if (open) open.held.set(keyOf(record), record)
    else places.push({ at, held: new Map([[keyOf(record), record]]) })
  }
  return {
    at: places.map(({ at }) => at),
    series: keys.map((key) => {
      const id = `${key.muscle} ${key.side}`
      const own = places.map(({ held }) => held.get(id))
      return {
        id,
        label: label(key),
        values: own.map((record) => (record?.value == null ? null : record.value / volts)),
        notes: own.map((record) => (record ? about(record, replaced.has(record.id)) : noneNew)),
        join: 'none',
        ...muscleLook(keys, key),
      }
    }),
  }
}
