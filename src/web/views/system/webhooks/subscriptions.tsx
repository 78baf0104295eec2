/** Systems that are told when an analysis has ended. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { usePages } from '../../../api/use-pages.ts'
import { refresh } from '../../../api/use-read.ts'
import { may } from '../../../app/viewer.ts'
import { ago } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Acknowledge, Confirm } from '../../../ui/dialog.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { Table } from '../../../ui/table.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { Copyable } from '../copyable/copyable.tsx'
import { codeText } from '../jobs/texts.ts'
import { AddSubscription, EVENTS } from './add.tsx'
import { words } from './words.ts'

const PATH = '/api/webhooks/subscriptions'

type Subscription = Answer<'GET /api/webhooks/subscriptions/{id}'>

function ConfirmRemove({ of, onClose }: { readonly of: Subscription; readonly onClose: () => void }) {
  const t = words()
  const task = useTask(async () => {
    await ask('DELETE /api/webhooks/subscriptions/{id}', { path: { id: of.id } })
    refresh(PATH)
    say(t.removed)
    onClose()
  })
  return (
    <Confirm title={t.removeTitle} verb={t.remove} isDangerous task={task} onClose={onClose}>
      <p>{t.removeText(of.url)}</p>
    </Confirm>
  )
}

function Row({ of, onRemove }: { readonly of: Subscription; readonly onRemove: () => void }) {
  const t = words()
  const { id, url, active, lastDeliveredAt, lastFailedAt, lastFailureCode } = of
  const toggle = useTask(async () => {
    await ask('PATCH /api/webhooks/subscriptions/{id}', { path: { id }, body: { active: !active } })
    refresh(PATH)
    say(t.changed)
  })
  return (
    <tr>
      <th scope="row" class="webhook-address">
        {url}
        <span class="soft">
          {EVENTS.filter(({ event }) => of.events.includes(event))
            .map(({ word }) => t[word])
            .join(', ')}
        </span>
        {toggle.problem && <ProblemNotice problem={toggle.problem} />}
      </th>
      <td>
        <Badge kind={active ? 'good' : 'plain'}>{active ? t.active : t.paused}</Badge>
      </td>
      <td>{lastDeliveredAt ? ago(lastDeliveredAt) : <span class="soft">{t.never}</span>}</td>
      <td class="webhook-failure">
        {lastFailedAt ? ago(lastFailedAt) : <span class="soft">{t.never}</span>}
        {lastFailureCode && <span class="soft">{codeText(lastFailureCode)}</span>}
      </td>
      {may('webhooks:manage') && (
        <td class="actions">
          <button
            type="button"
            disabled={toggle.isRunning}
            aria-label={active ? t.pauseOf(url) : t.resumeOf(url)}
            onClick={() => void toggle.run()}
          >
            {active ? t.pause : t.resume}
          </button>
          <button type="button" aria-label={t.removeOf(url)} onClick={onRemove}>
            {t.remove}…
          </button>
        </td>
      )}
    </tr>
  )
}

function List({ items }: { readonly items: readonly Subscription[] }) {
  const t = words()
  const [removing, setRemoving] = useState<Subscription>()
  return (
    <>
      <Table
        caption={t.subscriptionsCaption}
        columns={[
          t.address,
          t.state,
          t.lastDelivered,
          t.lastFailed,
          may('webhooks:manage') && { hidden: t.actions },
        ]}
      >
        {items.map((each) => (
          <Row key={each.id} of={each} onRemove={() => setRemoving(each)} />
        ))}
      </Table>
      {removing && <ConfirmRemove of={removing} onClose={() => setRemoving(undefined)} />}
    </>
  )
}

export function Subscriptions() {
  const t = words()
  const pages = usePages('GET /api/webhooks/subscriptions', { query: {} })
  const [isAdding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string>()
  return (
    <section aria-labelledby="subscriptions">
      <h2 id="subscriptions">{t.subscriptions}</h2>
      <Listing pages={pages} empty={<Empty title={t.none} text={t.noneText} />}>
        {(items) => <List items={items} />}
      </Listing>
      {may('webhooks:manage') && (
        <p>
          <button type="button" onClick={() => setAdding(true)}>
            {t.add}…
          </button>
        </p>
      )}
      {isAdding && (
        <AddSubscription
          onMade={(made) => {
            setAdding(false)
            setSecret(made)
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {secret !== undefined && (
        <Acknowledge title={t.made} verb={t.stored} onClose={() => setSecret(undefined)}>
          <p>{t.secretText}</p>
          <Copyable label={t.secret} text={secret} />
        </Acknowledge>
      )}
    </section>
  )
}
