/** The sessions of a patient; two of them can be chosen to be held against each other. */
import { useState } from 'preact/hooks'
import type { Session } from '../../api/shapes.ts'
import { usePages } from '../../api/use-pages.ts'
import { href } from '../../app/router.ts'
import { may } from '../../app/viewer.ts'
import { dateTime, exact, exactPercent } from '../../language/format.ts'
import { SessionState } from '../../ui/badge.tsx'
import { Empty } from '../../ui/empty.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { NumberCell } from '../../ui/number-cell.tsx'
import { Pending } from '../../ui/pending.tsx'
import { Table } from '../../ui/table.tsx'
import { recordWords } from './record-words.ts'
import { words } from './words.ts'

interface LineProperties {
  readonly session: Session
  readonly isChosen: boolean
  readonly mayChoose: boolean
  readonly onChoose: () => void
}

function Line({ session, isChosen, mayChoose, onChoose }: LineProperties) {
  const t = recordWords()
  const { id, startedAt, startedAtBasis, status, recordingId, rpe, bfr, game } = session
  const when = dateTime(startedAt)
  const pressure = (value: number | null) => (value === null ? t.notMeasured : exactPercent(value))
  const hasBfr = bfr.left !== null || bfr.right !== null
  return (
    <tr>
      <td>
        <label class="patient-choice">
          <input
            type="checkbox"
            aria-label={t.chooseThis(when)}
            checked={isChosen}
            disabled={!isChosen && !mayChoose}
            onChange={onChoose}
          />
        </label>
      </td>
      <th scope="row">
        <a href={href(`/sessions/${id}`)}>{when}</a>
        {(startedAtBasis === 'received' || startedAtBasis === 'file-name') && (
          <small>{t[startedAtBasis]}</small>
        )}
      </th>
      <td>
        <SessionState recordingId={recordingId} status={status} />
      </td>
      <NumberCell text={rpe === null ? null : exact(rpe)} why={t.notGiven} />
      <NumberCell
        text={hasBfr ? `${pressure(bfr.left)} / ${pressure(bfr.right)}` : null}
        why={t.notMeasured}
      />
      <NumberCell text={game ? `${exact(game.points)} / ${exact(game.max)}` : null} why={t.noGame} />
    </tr>
  )
}

export function Sessions({ code }: { readonly code: string }) {
  const t = recordWords()
  const pages = usePages('GET /api/sessions', { query: { patientCode: code, sort: '-startedAt' } })
  const [chosen, choose] = useState<readonly string[]>([])
  if (!pages.items) return <Pending read={pages} />
  if (pages.items.length === 0)
    return (
      <Empty title={t.noSessions} text={t.noSessionsHint}>
        {may('intake:write') && (
          <a class="button primary" href={href('/upload', { patient: code })}>
            {words().upload}
          </a>
        )}
      </Empty>
    )
  // The earlier one first, whichever was chosen first.
  const [a, b] = pages.items
    .filter(({ id }) => chosen.includes(id))
    .sort((x, y) => x.startedAt.localeCompare(y.startedAt))
  return (
    <div class="stack">
      {pages.items.length > 1 && may('analytics:read') && (
        <div class="row" role="status">
          {a && b ? (
            <a class="button primary" href={href(`/patients/${code}/compare`, { a: a.id, b: b.id })}>
              {t.compare}
            </a>
          ) : (
            <span class="soft patient-hint">{a ? t.chosenOne : t.chooseHint}</span>
          )}
        </div>
      )}
      <Table
        caption={t.sessionsOf}
        class="patient-sessions"
        columns={[t.choose, t.began, t.status, { number: t.rpe }, { number: t.bfr }, { number: t.game }]}
      >
        {pages.items.map((session) => (
          <Line
            key={session.id}
            session={session}
            isChosen={chosen.includes(session.id)}
            mayChoose={chosen.length < 2}
            onChoose={() =>
              choose(
                chosen.includes(session.id)
                  ? chosen.filter((id) => id !== session.id)
                  : [...chosen, session.id],
              )
            }
          />
        ))}
      </Table>
      <MoreButton pages={pages} />
    </div>
  )
}
