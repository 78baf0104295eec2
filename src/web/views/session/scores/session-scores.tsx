/** The score of a session: what it is, what it rests on, what is missing, and what people have to enter for it. */
import { useState } from 'preact/hooks'
import { ask } from '../../../api/client.ts'
import { type Pages, usePages } from '../../../api/use-pages.ts'
import { useRead } from '../../../api/use-read.ts'
import { may } from '../../../app/viewer.ts'
import { dateTime } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Notice, ProblemNotice } from '../../../ui/notice.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { Changed } from './changed.tsx'
import { addressOf, History, type StoredScore, shownScore } from './history.tsx'
import { GamePoints, gameText, Pressures, pressuresText } from './measured.tsx'
import { Muscles } from './muscles.tsx'
import { Overall } from './overall.tsx'
import { type Change, COMPONENTS, isCurrent, type Score } from './parts.ts'
import { Rating, ratingText } from './rating.tsx'
import { RulesInForce } from './rules.tsx'
import { refreshScores, type Session, useEntry } from './use-entry.ts'
import { useCurrentScore } from './use-score.ts'
import { words } from './words.ts'
import './scores.css'

/** What people enter, for those who may; what was entered, for others. */
function Entries({
  session,
  etag,
  score,
  onChanged,
}: {
  readonly session: Session
  readonly etag: string | undefined
  readonly score: Score | undefined
  readonly onChanged: (changes: readonly Change[]) => void
}) {
  const t = words()
  const rating = useEntry(session, etag, score, onChanged)
  const game = useEntry(session, etag, score, onChanged)
  const pressures = useEntry(session, etag, score, onChanged)
  return (
    <section class="card stack" aria-labelledby="scores-entry">
      <h2 id="scores-entry">{t.entry}</h2>
      {may('sessions:write') ? (
        <>
          <Rating session={session} save={rating} />
          <GamePoints session={session} save={game} />
          <Pressures session={session} save={pressures} />
        </>
      ) : (
        <>
          <p>{session.rpe === null ? t.rpeMissing : t.rpeIs(ratingText(session.rpe))}</p>
          <p>{t.named(t.gameTitle, gameText(session.game))}</p>
          <p>{t.named(t.bfrTitle, pressuresText(session.bfr))}</p>
        </>
      )}
    </section>
  )
}

function Store({
  session,
  score,
  stored,
}: {
  readonly session: Session
  readonly score: Score
  readonly stored: Pages<StoredScore>
}) {
  const t = words()
  const store = useTask(async () => {
    await ask('POST /api/sessions/{id}/score', { path: { id: session.id } })
    refreshScores(session)
    say(t.stored)
  })
  if (!stored.items) return null
  const newest = stored.items[0]
  if (isCurrent(newest, score)) {
    return (
      <p class="row">
        <Badge kind="good">{t.upToDate}</Badge>
      </p>
    )
  }
  return (
    <>
      {newest && <p>{t.outOfDate}</p>}
      {store.problem && <ProblemNotice problem={store.problem} retry={store.run} />}
      {may('scoring:write') && COMPONENTS.some((id) => score.components[id].value !== null) && (
        <p class="row">
          <button type="button" class="primary" disabled={store.isRunning} onClick={() => void store.run()}>
            {store.isRunning ? t.storing : t.store}
          </button>
        </p>
      )}
    </>
  )
}

/** The tab of a session that shows its score. @example <SessionScores sessionId={id} /> */
export function SessionScores({ sessionId }: { readonly sessionId: string }) {
  const t = words()
  const mayRead = may('scoring:read')
  const path = { id: sessionId }
  const session = useRead('GET /api/sessions/{id}', { path })
  const stored = usePages('GET /api/sessions/{id}/scores', mayRead ? { path, query: { limit: '20' } } : null)
  const current = useCurrentScore(mayRead ? session.data : undefined)
  const [changes, setChanges] = useState<readonly Change[] | null>(null)

  if (!mayRead) return <p>{t.notAllowed}</p>
  if (!session.data) {
    return session.problem ? <ProblemNotice problem={session.problem} retry={session.reload} /> : <Busy />
  }
  const past = stored.items?.find(({ id }) => id === shownScore())
  const newest = stored.items?.[0]
  // What was stored before is better than nothing where the recording cannot be scored now, and says so.
  const isFallback = !past && !current.score && current.problem !== undefined
  const hasFailed = session.data.status === 'failed'
  const score = past?.score ?? current.score ?? (isFallback ? newest?.score : undefined)
  return (
    <div class="stack scores">
      {past && (
        <Notice kind="warning">
          <p>{t.showing(dateTime(past.computedAt))}</p>
          <a class="button" href={addressOf(null)}>
            {t.backToNow}
          </a>
        </Notice>
      )}
      <div aria-live="polite">{changes && !past && <Changed changes={changes} />}</div>
      {!past && current.problem && <ProblemNotice problem={current.problem} retry={current.reload} />}
      {isFallback && newest && <Notice kind="warning">{t.analysisFailed}</Notice>}
      {session.data.recordingId === null ? (
        <Notice kind="info">{t.noRecording}</Notice>
      ) : (
        hasFailed && <Notice kind="warning">{t.notAnalysed}</Notice>
      )}
      <div class="scores-top">
        {score ? <Overall score={score} /> : !current.problem && <Busy />}
        {!past && (
          <div class="stack scores">
            <Entries
              session={session.data}
              etag={session.etag}
              score={current.score}
              onChanged={setChanges}
            />
            {current.resolution && <RulesInForce resolution={current.resolution} />}
          </div>
        )}
      </div>
      {score && <Muscles score={score} />}
      <section class="card stack" aria-labelledby="scores-history">
        <h2 id="scores-history">{t.history}</h2>
        <p class="soft">{t.historyWhy}</p>
        {current.score && !hasFailed && (
          <Store session={session.data} score={current.score} stored={stored} />
        )}
        <History stored={stored} />
      </section>
    </div>
  )
}
