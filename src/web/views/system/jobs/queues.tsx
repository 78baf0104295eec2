/** How many jobs of each kind wait, run, and were given up; each figure leads to these jobs. */
import type { ComponentChildren } from 'preact'
import { useRead } from '../../../api/use-read.ts'
import { href, path } from '../../../app/router.ts'
import { fixed } from '../../../language/format.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Pending } from '../../../ui/pending.tsx'
import { Table } from '../../../ui/table.tsx'
import { totalsOf } from './follow.ts'
import { kindOf } from './texts.ts'
import { words } from './words.ts'

const COUNTED = ['waiting', 'running', 'failed'] as const

const Count = ({
  n,
  search,
  label,
}: {
  readonly n: number
  readonly search: Readonly<Record<string, string>>
  readonly label: ComponentChildren
}) =>
  n === 0 ? (
    <>0</>
  ) : (
    <a href={href(path.value, search)}>
      {fixed(n)}
      <span class="hidden-text"> {label}</span>
    </a>
  )

export function Queues() {
  const t = words()
  const { data, problem, reload } = useRead('GET /api/jobs/queues', {})
  const labels = { waiting: t.Waiting, running: t.Running, failed: t.Failed }
  if (problem || !data) return <Pending read={{ problem, reload }} />
  if (data.items.length === 0) return <Empty title={t.noQueues} text={t.noQueuesText} />
  const totals = totalsOf(data.items)
  return (
    <>
      <ul class="job-totals">
        {COUNTED.map((state) => (
          <li key={state} class={`card ${state === 'failed' && totals.failed > 0 ? 'bad' : ''}`}>
            <span class="soft">{labels[state]}</span>
            <strong>
              <Count n={totals[state]} search={{ state }} label={labels[state]} />
            </strong>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t.queues}</summary>
        <Table
          caption={t.queuesCaption}
          columns={[t.kind, t.plugin, ...COUNTED.map((state) => ({ number: labels[state] }))]}
        >
          {data.items.map((queue) => (
            <tr key={`${queue.plugin} ${queue.name}`}>
              <th scope="row">{kindOf(queue.name)}</th>
              <td>
                <code>{queue.plugin}</code>
              </td>
              {COUNTED.map((state) => (
                <td key={state} class="number">
                  <Count
                    n={queue[state]}
                    search={{ state, plugin: queue.plugin, name: queue.name }}
                    label={labels[state]}
                  />
                </td>
              ))}
            </tr>
          ))}
        </Table>
      </details>
    </>
  )
}
