/** A table of figures of two sessions, with the reason wherever one or its difference is missing. */
import { dateTime, NO_FIGURE } from '../../language/format.ts'
import { Said } from '../../ui/said.tsx'
import { Scrolling } from '../../ui/scrolling.tsx'
import type { TrendPoint } from '../patient/trend-series.ts'
import { trendWords } from '../patient/trend-words.ts'
import type { Cause } from './causes.ts'
import type { ComparedRow, Figure, Measure } from './compared-row.ts'
import { differenceText, measureText } from './measure-text.ts'
import { words } from './words.ts'

/** What a figure is called. */
function labelOf(measure: Measure, isScore: boolean): string {
  const t = words()
  const shared = trendWords()
  switch (measure) {
    case 'ghostlySymmetry':
    case 'robinsonIndex':
    case 'symmetryAngle':
    case 'limbSymmetryIndex':
      return shared[`${measure}Short`]
    case 'symmetry':
      return isScore ? shared.symmetryScore : shared.symmetry
    case 'overall':
    case 'compliance':
    case 'effort':
    case 'game':
      return shared[measure]
    default:
      return t[measure]
  }
}

const causesText = (causes: readonly Cause[]): string => {
  const t = words()
  return causes.map((cause) => t[`cause.${cause}`]).join('; ')
}

function Reason({ reason }: Pick<Figure, 'reason'>) {
  const t = words()
  if (typeof reason === 'string') return <Said text={reason} />
  return <span>{reason === null ? t.noReason : t[reason.known]}</span>
}

function FigureCell({ measure, figure }: { readonly measure: Measure; readonly figure: Figure }) {
  return (
    <td class="number">
      {measureText(measure, figure.value)}
      {figure.value === null && (
        <small>
          <Reason reason={figure.reason} />
        </small>
      )}
    </td>
  )
}

function Row({ row, isScore }: { readonly row: ComparedRow; readonly isScore: boolean }) {
  const t = words()
  const { measure, a, b, difference, causes } = row
  return (
    <tr>
      <th scope="row">{labelOf(measure, isScore)}</th>
      <FigureCell measure={measure} figure={a} />
      <FigureCell measure={measure} figure={b} />
      <td class="number">
        {difference === null ? (
          <>
            {NO_FIGURE}
            <small>{causes.length > 0 ? causesText(causes) : t.missing}</small>
          </>
        ) : (
          differenceText(measure, difference, t.pointsShort)
        )}
      </td>
    </tr>
  )
}

interface TableProperties {
  readonly title: string
  readonly a: TrendPoint
  readonly b: TrendPoint
  readonly rows: readonly ComparedRow[]
  readonly isScore?: boolean
}

export function ComparedTable({ title, a, b, rows, isScore = false }: TableProperties) {
  const t = words()
  return (
    <section class="card">
      <Scrolling label={title}>
        <table class="compared">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t.measure}</th>
              <th scope="col" class="number">
                {dateTime(a.startedAt)}
              </th>
              <th scope="col" class="number">
                {dateTime(b.startedAt)}
              </th>
              <th scope="col" class="number">
                {t.difference}
                <small>{t.differenceNote}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.measure} row={row} isScore={isScore} />
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  )
}
