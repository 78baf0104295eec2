/** Two sessions of a patient side by side, with differences where they say something. */
import { useRead } from '../../api/use-read.ts'
import { href, query } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime } from '../../language/format.ts'
import { colon } from '../../language/language.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Notice, ProblemNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { muscleName, muscleText } from '../patient/muscle-text.ts'
import type { TrendPoint } from '../patient/trend-series.ts'
import { rulesName } from '../session/scores/rules-name.ts'
import { ComparedTable } from './compared-table.tsx'
import { compare } from './comparison.ts'
import { usePoints } from './use-points.ts'
import { words } from './words.ts'
import './compare.css'

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
          t.scored(rulesName(score.configuration))
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
  const hasMvc = muscles.some(({ rows }) =>
    rows.some((each) => each.measure === 'mvc' && each.a.value !== null && each.b.value !== null),
  )
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
        a.analysis && b.analysis && <Notice kind="good">{hasMvc ? t.comparable : t.comparableNoMvc}</Notice>
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
