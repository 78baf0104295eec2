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
      <Shape kind={isFailed ? 'bad' : 'warning'} />
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

export function Matters({
  matters,
  hasMoreFailed,
}: {
  readonly matters: readonly Matter[]
  readonly hasMoreFailed: boolean
}) {
  const t = words()
  if (matters.length === 0)
    return (
      <Empty title={t.allWell}>
        <p>{t.allWellHint(POOR_DAYS)}</p>
      </Empty>
    )
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
