/** Where one is signed in, and ending that. */
import { useState } from 'preact/hooks'
import { ask } from '../../api/client.ts'
import { refresh, useRead } from '../../api/use-read.ts'
import { ago, dateTime } from '../../language/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { ProblemNotice } from '../../ui/notice.tsx'
import { Pending } from '../../ui/pending.tsx'
import { Table } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useTask } from '../../ui/use-task.ts'
import { agentText } from './agent-text.ts'
import { words } from './words.ts'

const PATH = '/api/me/sessions'

export function LoginsCard() {
  const t = words()
  const { data, problem, reload } = useRead('GET /api/me/sessions', {})
  const [isAsking, setAsking] = useState(false)
  const end = useTask(async (id: string) => {
    await ask('DELETE /api/me/sessions/{id}', { path: { id } })
    refresh(PATH)
    say(t.ended)
  })
  const endOthers = useTask(async () => {
    await ask('DELETE /api/me/sessions', {})
    setAsking(false)
    refresh(PATH)
    say(t.endedAll)
  })
  const others = data?.items.filter(({ current }) => !current) ?? []
  return (
    <section class="card stack account-logins" aria-labelledby="account-logins">
      <header class="row">
        <h2 id="account-logins">{t.logins}</h2>
        {others.length > 1 && (
          <button type="button" onClick={() => setAsking(true)}>
            {t.endAll}
          </button>
        )}
      </header>
      <p class="soft">{t.loginsHint}</p>
      {end.problem && <ProblemNotice problem={end.problem} />}
      {!data ? (
        <Pending read={{ problem, reload }} />
      ) : (
        <Table caption={t.logins} columns={[t.browser, t.address, t.since, t.seen, { hidden: t.action }]}>
          {data.items.map(({ id, agent, address, createdAt, seenAt, current }) => (
            <tr key={id}>
              <th scope="row">{agentText(agent)}</th>
              <td>{address}</td>
              <td>{dateTime(createdAt)}</td>
              <td>{ago(seenAt)}</td>
              <td class="number">
                {current ? (
                  <Badge kind="plain">{t.here}</Badge>
                ) : (
                  <button
                    type="button"
                    aria-label={t.endOf(agentText(agent), address)}
                    disabled={end.isRunning}
                    onClick={() => void end.run(id)}
                  >
                    {t.end}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {isAsking && (
        <Confirm title={t.endAllTitle} verb={t.endAll} task={endOthers} onClose={() => setAsking(false)}>
          <p>{t.endAllBody}</p>
        </Confirm>
      )}
    </section>
  )
}
