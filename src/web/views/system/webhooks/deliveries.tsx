/** Recordings that storages have announced, and what became of each. */
import { type Answer, ask } from '../../../api/client.ts'
import { usePages } from '../../../api/use-pages.ts'
import { refresh } from '../../../api/use-read.ts'
import { go, href, path, query } from '../../../app/router.ts'
import { may } from '../../../app/viewer.ts'
import { dateTime } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { SelectField } from '../../../ui/field.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { Table } from '../../../ui/table.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { codeText, jobProblems } from '../jobs/texts.ts'
import { words } from './words.ts'

type Delivery = Answer<'GET /api/webhooks/storage/deliveries'>['items'][number]

const STATES = {
  pending: { kind: 'unknown', word: 'pending' },
  processing: { kind: 'running', word: 'processing' },
  completed: { kind: 'good', word: 'done' },
  failed: { kind: 'bad', word: 'givenUp' },
} as const satisfies Record<Delivery['status'], { kind: BadgeKind; word: string }>

const STATUSES = Object.keys(STATES) as readonly Delivery['status'][]

function Row({
  of,
  onRetry,
  isBusy,
}: {
  readonly of: Delivery
  readonly onRetry: () => void
  readonly isBusy: boolean
}) {
  const t = words()
  const { status, failure, patientCode, sessionId } = of
  const { kind, word } = STATES[status]
  const object = of.path ?? of.object
  return (
    <tr>
      <td class="whole">{dateTime(of.receivedAt)}</td>
      <th scope="row" class="webhook-address">
        {object ?? <span class="soft">{t.withheld}</span>}
      </th>
      <td>
        {patientCode === null ? (
          <span class="soft">{t.noPatient}</span>
        ) : (
          <a href={href(`/patients/${encodeURIComponent(patientCode)}`)}>{patientCode}</a>
        )}
      </td>
      <td>
        <Badge kind={kind}>{t[word]}</Badge>
        {failure && <span class="soft">{codeText(failure.code)}</span>}
        {sessionId && (
          <span class="soft">
            <a href={href(`/sessions/${sessionId}`)}>{t.toSession}</a>
          </span>
        )}
      </td>
      {may('jobs:manage') && (
        <td class="actions">
          {status === 'failed' && (
            <button
              type="button"
              disabled={isBusy}
              aria-label={t.retryOf(object ?? dateTime(of.receivedAt))}
              onClick={onRetry}
            >
              {t.retry}
            </button>
          )}
        </td>
      )}
    </tr>
  )
}

export function Deliveries() {
  const t = words()
  const status = STATUSES.find((each) => each === query.value.get('status'))
  const pages = usePages('GET /api/webhooks/storage/deliveries', { query: { ...(status && { status }) } })
  const retry = useTask(async (id: string) => {
    await ask('POST /api/jobs/{id}/retry', { path: { id } })
    refresh('/api/webhooks/storage', '/api/jobs')
    say(t.retried)
  })
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">{t.deliveries}</h2>
      <div class="fields system-filters">
        <SelectField
          label={t.state}
          value={status ?? ''}
          options={[
            { value: '', label: t.anyState },
            ...STATUSES.map((value) => ({ value, label: t[STATES[value].word] })),
          ]}
          onChange={({ currentTarget }) =>
            go(href(path.value, { status: currentTarget.value || null }), 'replace')
          }
        />
      </div>
      {retry.problem && <ProblemNotice problem={retry.problem} texts={jobProblems()} />}
      <Listing pages={pages} empty={<Empty title={t.noDeliveries} text={t.noDeliveriesText} />}>
        {(items) => (
          <Table
            caption={t.deliveriesCaption}
            columns={[
              t.received,
              t.object,
              t.patient,
              t.outcome,
              may('jobs:manage') && { hidden: t.actions },
            ]}
          >
            {items.map((each) => (
              <Row
                key={each.id}
                of={each}
                isBusy={retry.isRunning}
                onRetry={() => void retry.run(each.jobId)}
              />
            ))}
          </Table>
        )}
      </Listing>
    </section>
  )
}
