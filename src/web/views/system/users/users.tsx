/** Users: who signs in, as what, and what an administrator does for them. */
import { useState } from 'preact/hooks'
import { usePages } from '../../../api/use-pages.ts'
import { go, href, path, query } from '../../../app/router.ts'
import { may, viewer } from '../../../app/viewer.ts'
import { date } from '../../../language/format.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Listing } from '../../../ui/listing.tsx'
import { Table } from '../../../ui/table.tsx'
import { roleName } from '../permissions/texts.ts'
import { Room } from '../room/room.tsx'
import { AddUser, type Link, LinkDialog } from './add.tsx'
import { ManageUser, type User } from './manage.tsx'
import { words } from './words.ts'
import './users.css'

function State({ user }: { readonly user: User }) {
  const t = words()
  if (user.disabled) return <Badge kind="plain">{t.disabled}</Badge>
  return user.hasPassword ? <Badge kind="good">{t.active}</Badge> : <Badge kind="warning">{t.invited}</Badge>
}

function List({ users }: { readonly users: readonly User[] }) {
  const t = words()
  return (
    <Table
      caption={t.caption}
      columns={[t.name, t.roles, t.state, t.created, may('users:manage') && { hidden: t.actions }]}
    >
      {users.map((user) => (
        <tr key={user.id}>
          <th scope="row">
            {user.name} {viewer.value?.id === `user:${user.id}` && <span>({t.you})</span>}
            {user.displayName !== user.name && <span class="soft">{user.displayName}</span>}
          </th>
          <td>{user.roles.map(roleName).join(', ')}</td>
          <td>
            <State user={user} />
          </td>
          <td class="whole">{date(user.createdAt)}</td>
          {may('users:manage') && (
            <td class="actions">
              <a class="button" href={href(path.value, { user: user.id })} aria-label={t.manageOf(user.name)}>
                {t.manage}
              </a>
            </td>
          )}
        </tr>
      ))}
    </Table>
  )
}

export function UsersRoom() {
  const t = words()
  const pages = usePages('GET /api/users', { query: {} })
  const [isAdding, setAdding] = useState(false)
  const [link, setLink] = useState<Link>()
  const managed = may('users:manage') && pages.items?.find(({ id }) => id === query.value.get('user'))
  return (
    <Room
      title={t.title}
      subtitle={t.intro}
      actions={
        may('users:manage') && (
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t.add}
          </button>
        )
      }
    >
      <Listing pages={pages} empty={<Empty title={t.none} text={t.noneText} />}>
        {(items) => <List users={items} />}
      </Listing>
      {isAdding && (
        <AddUser
          onMade={(made) => {
            setAdding(false)
            setLink(made)
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {managed && !link && (
        <ManageUser
          user={managed}
          onLink={setLink}
          onClose={() => go(href(path.value), 'replace')}
          onGone={() => {
            go(href(path.value), 'replace')
            void pages.reload()
          }}
        />
      )}
      {link && <LinkDialog {...link} onClose={() => setLink(undefined)} />}
    </Room>
  )
}
