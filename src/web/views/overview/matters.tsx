/** What somebody has to look at, and what to do about it. */
import { href } from '../../app/router.ts'
import { dateTime } from '../../language/format.ts'
import { Shape } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { failureText } from '../../ui/recording-problems.ts'
import { type Matter, POOR_DAYS } from './attention.ts'
import { words } from './words.ts'

/** The first few: who has dealt with them sees the next. */
const MOST = 6

function Line({ matter }: { readonly matter: Matter }) {
  const t = words()
  const { id, patientCode, startedAt, failure } = matter.session
  const isFailed = matter.kind === 'failed'
  return (
    <li>
      <Shape kind={isFailed ? 'bad' : 'poor'} />
      <div>
        <strong>
          {isFailed ? t.failedSession(patientCode) : t.poorSession(patientCode, matter.poor, matter.channels)}
        </strong>
        <p>{isFailed && failure ? failureText(failure) : t.poorHint}</p>
        <small>{dateTime(startedAt)}</small>
      </div>
      <a
        class="button"
        href={href(`/sessions/${id}`)}
        aria-label={t.openOf(patientCode, dateTime(startedAt))}
      >
        {t.open}
      </a>
    </li>
  )
}

interface Properties {
  readonly matters: readonly Matter[]
  readonly hasMoreFailed: boolean
  /** Whether there is any session that could need somebody. */
  readonly hasSessions: boolean
  /** Whether the quality of signals was looked at: not by whoever may not see it. */
  readonly isJudged: boolean
}

export function Matters({ matters, hasMoreFailed, hasSessions, isJudged }: Properties) {
  const t = words()
  if (!hasSessions) return <Empty title={t.nothingYet} text={t.nothingYetHint} />
  if (matters.length === 0)
    return <Empty title={t.allWell} text={isJudged ? t.allWellHint(POOR_DAYS) : t.noneFailed} />
  return (
    <>
      <ul class="overview-matters">
        {matters.slice(0, MOST).map((matter) => (
          <Line key={`${matter.kind} ${matter.session.id}`} matter={matter} />
        ))}
      </ul>
      {(hasMoreFailed || matters.filter(({ kind }) => kind === 'failed').length > MOST) && (
        <p>
          <a href={href('/sessions', { status: 'failed' })}>{t.moreFailed}</a>
        </p>
      )}
    </>
  )
}
