/** Two sessions of a patient side by side, with differences where they say something. */
import { useRead } from '../../api/use-read.ts'
import { href, query } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime, NO_FIGURE } from '../../language/format.ts'
import { colon } from '../../language/language.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Scrolling } from '../../ui/scrolling.tsx'
import { muscleName, muscleText } from '../patient/muscle-text.ts'
import type { TrendPoint } from '../patient/trend-series.ts'
import { trendWords } from '../patient/trend-words.ts'
import { type Cause, type ComparedRow, compare, type Figure, type Measure } from './comparison.ts'
import { differenceText, measureText } from './measure-text.ts'
import { usePoints } from './use-points.ts'
import { words } from './words.ts'
import './compare.css'

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

function ComparedTable({ title, a, b, rows, isScore = false }: TableProperties) {
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

/** How a session was analysed and scored. */
function SessionHead({ label, point }: { readonly label: string; readonly point: TrendPoint }) {
  const t = words()
  const { analysis, analysisReason, score, scoreReason } = point
  return (
    <section class="card" aria-label={label}>
      <h2>
        {label}
        {colon()} <a href={href(`/sessions/${point.sessionId}`)}>{dateTime(point.startedAt)}</a>
      </h2>
      <p class="soft">
        {analysis ? (
          t.analysed(analysis.preset, analysis.pipelineVersion)
        ) : (
          <>
            {t.notAnalysedBecause} <Said text={analysisReason ?? t.noReason} />
          </>
        )}
      </p>
      <p class="soft">
        {score ? (
          t.scored(score.configuration.name, score.configuration.version)
        ) : (
          <>
            {t.notScoredBecause} <Said text={scoreReason ?? t.noReason} />
          </>
        )}
      </p>
    </section>
  )
}

/** The channels of a kept analysis, where it may be read. */
function useKept({ sessionId, analysis }: TrendPoint) {
  const asked = analysis && may('analyses:read') ? { path: { id: sessionId, analysisId: analysis.id } } : null
  const read = useRead('GET /api/sessions/{id}/analyses/{analysisId}', asked)
  return { ...read, isMissing: asked !== null && !read.data && !read.problem }
}

function Compared({ code, a, b }: { readonly code: string; readonly a: TrendPoint; readonly b: TrendPoint }) {
  const t = words()
  const kept = { a: useKept(a), b: useKept(b) }
  const problem = kept.a.problem ?? kept.b.problem
  if (kept.a.isMissing || kept.b.isMissing) return <Busy />
  const { causes, muscles, symmetry, scores } = compare(a, b, {
    a: kept.a.data?.result.channels,
    b: kept.b.data?.result.channels,
  })
  return (
    <div class="stack">
      {problem && (
        <ProblemNotice problem={problem} retry={() => Promise.all([kept.a.reload(), kept.b.reload()])} />
      )}
      {causes.length > 0 ? (
        <Notice kind="warning" title={t.notComparable}>
          <ul class="compare-causes">
            {causes.map((cause) => (
              <li key={cause}>{t[`cause.${cause}`]}</li>
            ))}
          </ul>
          <p>{t.withheld}</p>
        </Notice>
      ) : (
        a.analysis && b.analysis && <Notice kind="good">{t.comparable}</Notice>
      )}
      <div class="compare-heads">
        <SessionHead label={t.earlier} point={a} />
        <SessionHead label={t.later} point={b} />
      </div>
      {muscles.map(({ muscle, side, nth, rows }) => {
        const title = muscleText({ muscle, side, nth })
        return <ComparedTable key={title} title={title} a={a} b={b} rows={rows} />
      })}
      {symmetry.map(({ muscle, rows }) => (
        <ComparedTable
          key={muscle}
          title={`${t.symmetry}${colon()} ${muscleName(muscle)}`}
          a={a}
          b={b}
          rows={rows}
        />
      ))}
      <ComparedTable title={t.scores} a={a} b={b} rows={scores} isScore />
      <div class="row not-printed">
        <a class="button" href={href(`/patients/${code}/compare`, { a: b.sessionId, b: a.sessionId })}>
          {t.swap}
        </a>
      </div>
    </div>
  )
}

function Chosen({ code, a, b }: { readonly code: string; readonly a: string; readonly b: string }) {
  const t = words()
  const { points, reload } = usePoints(code, a, b)
  if (points.kind === 'reading') return <Busy />
  if (points.kind === 'failed') return <ProblemNotice problem={points.problem} retry={reload} />
  if (points.kind === 'missing') return <Empty title={t.notFound}>{<ToSessions code={code} />}</Empty>
  return <Compared code={code} a={points.a} b={points.b} />
}

const ToSessions = ({ code }: { readonly code: string }) => (
  <a class="button" href={href(`/patients/${code}`, { tab: 'sessions' })}>
    {words().toSessions}
  </a>
)

export function CompareView({ code }: { readonly code: string }) {
  const t = words()
  const [a, b] = [query.value.get('a'), query.value.get('b')]
  return (
    <Page
      title={t.title}
      trail={
        <>
          <a href={href('/patients')}>{t.patients}</a> / <a href={href(`/patients/${code}`)}>{code}</a>
        </>
      }
    >
      {!a || !b || a === b ? (
        <Empty title={a && a === b ? t.same : t.choose}>
          <ToSessions code={code} />
        </Empty>
      ) : (
        <Chosen code={code} a={a} b={b} />
      )}
    </Page>
  )
}
