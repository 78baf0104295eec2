/** Keys of lab software: which there are, when each was used last, what it may do. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { usePages } from '../../../api/use-pages.ts'
import { refresh } from '../../../api/use-read.ts'
import { may } from '../../../app/viewer.ts'
import { ago, date, fixed } from '../../../language/format.ts'
import { Badge, type BadgeKind } from '../../../ui/badge.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { Table } from '../../../ui/table.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import { Room } from '../room/room.tsx'
import { AddKey, keyProblems, SecretDialog } from './add.tsx'
import { keyState } from './draft.ts'
import { words } from './words.ts'
import './keys.css'

type Key = Answer<'GET /api/keys/{id}'>

const KINDS = {
  active: 'good',
  expired: 'warning',
  revoked: 'plain',
} as const satisfies Record<string, BadgeKind>

function ConfirmRevoke({ of, onClose }: { readonly of: Key; readonly onClose: () => void }) {
  const t = words()
  const task = useTask(async () => {
    await ask('DELETE /api/keys/{id}', { path: { id: of.id } })
    refresh('/api/keys')
    say(t.done)
    onClose()
  })
  return (
    <Confirm
      title={t.revokeTitle(of.name)}
      verb={t.revoke}
      isDangerous
      task={task}
      texts={keyProblems()}
      onClose={onClose}
    >
      <p>{t.revokeText}</p>
    </Confirm>
  )
}

function Row({ of, onRevoke }: { readonly of: Key; readonly onRevoke: () => void }) {
  const t = words()
  const state = keyState(of, Date.now())
  const { permissions, patients } = of
  return (
    <tr>
      <th scope="row">
        {of.name}
        <span class="soft">{t.madeOn(date(of.createdAt))}</span>
      </th>
      <td>
        <Badge kind={KINDS[state]}>{t[state]}</Badge>
        {of.revokedAt && <span class="soft">{t.revokedOn(date(of.revokedAt))}</span>}
      </td>
      <td>
        <details>
          <summary>
            {permissions.length === 1 ? t.onePermission : t.nPermissions(fixed(permissions.length))}
          </summary>
          <ul class="key-codes">
            {permissions.map((name) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </details>
      </td>
      <td>{patients === 'all' ? t.all : patients.join(', ')}</td>
      <td class="whole">{of.lastUsedAt ? ago(of.lastUsedAt) : <span class="soft">{t.neverUsed}</span>}</td>
      <td class="whole">{of.expiresAt ? date(of.expiresAt) : <span class="soft">{t.never}</span>}</td>
      {may('keys:manage') && (
        <td class="actions">
          {state !== 'revoked' && (
            <button type="button" aria-label={t.revokeOf(of.name)} onClick={onRevoke}>
              {t.revoke}…
            </button>
          )}
        </td>
      )}
    </tr>
  )
}

function List({ keys }: { readonly keys: readonly Key[] }) {
  const t = words()
  const [revoking, setRevoking] = useState<Key>()
  return (
    <>
      <Table
        caption={t.caption}
        columns={[
          t.name,
          t.state,
          t.permissions,
          t.patients,
          t.used,
          t.expires,
          may('keys:manage') && { hidden: t.actions },
        ]}
      >
        {keys.map((each) => (
          <Row key={each.id} of={each} onRevoke={() => setRevoking(each)} />
        ))}
      </Table>
      {revoking && <ConfirmRevoke of={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  )
}

export function KeysRoom() {
  const t = words()
  const pages = usePages('GET /api/keys', { query: {} })
  const [isAdding, setAdding] = useState(false)
  const [made, setMade] = useState<Answer<'POST /api/keys'>>()
  return (
    <Room
      title={t.title}
      subtitle={t.intro}
      actions={
        may('keys:manage') && (
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t.add}
          </button>
        )
      }
    >
      <Listing pages={pages} empty={<Empty title={t.none} text={t.noneText} />}>
        {(items) => <List keys={items} />}
      </Listing>
      {isAdding && (
        <AddKey
          onMade={(key) => {
            setAdding(false)
            setMade(key)
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {made && <SecretDialog made={made} onClose={() => setMade(undefined)} />}
    </Room>
  )
}
