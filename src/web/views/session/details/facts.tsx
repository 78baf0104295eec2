/** What is known of the session beside its signal, and when it began, which can be put right. */
import { useState } from 'preact/hooks'
import { ask } from '../../../api/client.ts'
import type { Session } from '../../../api/shapes.ts'
import { refresh } from '../../../api/use-read.ts'
import { href, path } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { dateTime, exact, exactPercent } from '../../../language/format.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { type Fact, Facts } from '../../../ui/facts.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { instantOf, localOf } from '../../patient-mvc/instants.ts'
import { words } from './words.ts'

function StartForm({
  session,
  etag,
  onClose,
}: {
  readonly session: Session
  readonly etag: string | undefined
  readonly onClose: () => void
}) {
  const t = words()
  const [local, setLocal] = useState(localOf(session.startedAt))
  const [isTried, setTried] = useState(false)
  const startedAt = instantOf(local)
  const save = useTask(async (instant: string) => {
    await ask('PATCH /api/sessions/{id}', {
      path: { id: session.id },
      body: { startedAt: instant },
      ifMatch: etag,
    })
    refresh(`/api/sessions/${session.id}`, '/api/sessions?', `/api/patients/${session.patientCode}`)
    say(t.saved)
    onClose()
  })
  return (
    <Dialog title={t.changeStart} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (startedAt !== null) void save.run(startedAt)
        }}
      >
        <TextField
          type="datetime-local"
          label={t.newStart}
          hint={t.startHint}
          value={local}
          error={isTried && startedAt === null ? t.startMissing : undefined}
          disabled={save.isRunning}
          onInput={({ currentTarget }) => setLocal(currentTarget.value)}
        />
        {save.problem && <ProblemNotice problem={save.problem} />}
        <footer>
          <button type="submit" class="primary" disabled={save.isRunning}>
            {t.save}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

function factsOf({ startedAt, startedAtBasis, rpe, bfr, game }: Session): Fact[] {
  const t = words()
  const measured = (['left', 'right'] as const).filter((side) => bfr[side] !== null)
  return [
    { label: t.started, value: dateTime(startedAt), note: t[startedAtBasis] },
    {
      label: t.exertion,
      value: rpe === null ? null : t.ofTen(exact(rpe)),
      note: rpe === null ? t.notEntered : undefined,
    },
    {
      label: t.pressure,
      value:
        measured.length === 0
          ? null
          : measured.map((side) => `${t[side]} ${exactPercent(bfr[side])}`).join(', '),
      note: measured.length === 0 ? t.notMeasured : t.pressureNote,
    },
    {
      label: t.game,
      value: game === null ? null : t.points(exact(game.points), exact(game.max)),
      note: game === null ? t.noGame : undefined,
    },
  ]
}

export function SessionFacts({
  session,
  etag,
}: {
  readonly session: Session
  readonly etag: string | undefined
}) {
  const t = words()
  const [isOpen, setOpen] = useState(false)
  const { settings, withheld } = session
  return (
    <section class="card stack" aria-labelledby="session-facts">
      <h2 id="session-facts">{t.facts}</h2>
      <Facts facts={factsOf(session)} />
      {withheld && withheld.length > 0 && <p class="soft">{t.withheld}</p>}
      {settings && Object.keys(settings).length > 0 && (
        <details>
          <summary>{t.settings}</summary>
          <pre class="session-json">{JSON.stringify(settings, null, 2)}</pre>
        </details>
      )}
      {may('sessions:write') && (
        <div class="row not-printed">
          <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
            {t.changeStart}
          </button>
          {may('scoring:read') && (
            <span class="soft">
              {t.enterScores} <a href={href(path.value, { tab: 'scores' })}>{t.toScores}</a>
            </span>
          )}
        </div>
      )}
      {isOpen && <StartForm session={session} etag={etag} onClose={() => setOpen(false)} />}
    </section>
  )
}
