/** What a chart says in words: of a place at a time to whoever moves over it, of all places in its table. */
import { dateTime, NO_FIGURE, significant, withUnit } from '../../language/format.ts'
import { colon } from '../../language/language.ts'
import type { ChartProperties, ChartX } from './contract.ts'

/** How many places x has. */
export const placesOf = (x: ChartX): number => (x.kind === 'time' ? x.at.length : x.names.length)

/** What a place is called. */
export const placeText = (x: ChartX, i: number): string => {
  if (x.kind === 'category') return x.names[i] ?? ''
  const ms = x.at[i]
  if (ms === undefined) return ''
  return x.format ? x.format(ms) : dateTime(new Date(ms).toISOString())
}

/** The figure at a place with its unit, and why there is none or what has to be known of it. */
export function figureAt(
  { series, unit, format }: Pick<ChartProperties, 'series' | 'unit' | 'format'>,
  of: number,
  i: number,
): { readonly text: string; readonly note: string | null } {
  const value = series[of]?.values[i] ?? null
  const note = series[of]?.notes?.[i] ?? null
  if (value === null || !Number.isFinite(value)) return { text: NO_FIGURE, note }
  const shown = format ? format(value) : significant(value)
  return { text: format || unit === '' ? shown : withUnit(shown, unit), note }
}

/** One place in one sentence, for those who hear it. */
export function spoken(
  chart: Pick<ChartProperties, 'x' | 'series' | 'unit' | 'format' | 'apart'>,
  i: number,
  hidden: ReadonlySet<string>,
  none: string,
): string {
  const figures = chart.series.flatMap(({ id, label }, of) => {
    if (hidden.has(id)) return []
    const { text, note } = figureAt(chart, of, i)
    return [`${label}${colon()} ${text === NO_FIGURE ? none : text}${note ? ` (${note})` : ''}`]
  })
  return [placeText(chart.x, i), ...figures, chart.apart?.[i] ?? []].flat().join('; ')
}

/** What the y axis reaches over: the figures shown, what it has to include, and a little room. */
export function extent(
  chart: Pick<ChartProperties, 'series' | 'include' | 'references'>,
  hidden: ReadonlySet<string>,
): [number, number] {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  const take = (value: number | null) => {
    if (value === null || !Number.isFinite(value)) return
    if (value < least) least = value
    if (value > most) most = value
  }
  for (const { id, values } of chart.series) if (!hidden.has(id)) values.forEach(take)
  const bounds = chart.include ?? [0]
  for (const value of bounds) take(value)
  for (const { value } of chart.references ?? []) take(value)
  if (least > most) return [0, 1]
  const room = (most - least || Math.abs(most) || 1) * 0.06
  // A bound that nothing exceeds is the end of the axis.
  return [
    bounds.includes(least) ? least : least - room,
    bounds.includes(most) && most > least ? most : most + room,
  ]
}
