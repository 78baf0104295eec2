/** One user: name and roles, password, login sessions, whether let in. */
import { useState } from 'preact/hooks'
import { type Answer, ask } from '../../../api/client.ts'
import { refresh, useRead } from '../../../api/use-read.ts'
import { ago, date } from '../../../language/format.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Confirm, Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import { say } from '../../../ui/toasts.tsx'
import { useTask } from '../../../ui/use-task.ts'
import type { Link } from './add.tsx'
import { userProblems } from './problem-texts.ts'
import { RoleBoxes } from './role-boxes.tsx'
import { words } from './words.ts'

export type User = Answer<'GET /api/users/{id}'>

function Change({ user }: { readonly user: User }) {
  const t = words()
  const [displayName, setDisplayName] = useState(user.displayName)
  const [roles, setRoles] = useState<readonly string[]>(user.roles)
  const task = useTask(async () => {
    await ask('PATCH /api/users/{id}', {
      path: { id: user.id },
      body: { roles: [...roles], ...(displayName.trim() && { displayName: displayName.trim() }) },
    })
    refresh('/api/users')
    say(t.saved)
  })
  return (
    <form
      class="stack"
      aria-label={t.change}
      onSubmit={(event) => {
        event.preventDefault()
        if (roles.length > 0) void task.run()
      }}
    >
      <TextField
        label={t.displayName}
        value={displayName}
        maxLength={100}
        autocomplete="off"
        onInput={({ currentTarget }) => setDisplayName(currentTarget.value)}
      />
      <RoleBoxes chosen={roles} isMissing={roles.length === 0} onChange={setRoles} />
      {task.problem && <ProblemNotice problem={task.problem} texts={userProblems()} />}
      <p>
        <button type="submit" class="primary" disabled={task.isRunning}>
          {t.save}
        </button>
      </p>
    </form>
  )
}

function Sessions({ user, onEnd }: { readonly user: User; readonly onEnd: () => void }) {
  const t = words()
  const { data, problem, reload } = useRead('GET /api/users/{id}/sessions', { path: { id: user.id } })
  return (
    <section>
      <h3>{t.sessions}</h3>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!data && !problem && <Busy />}
      {data?.items.length === 0 && <p class="soft">{t.noSessions}</p>}
      {data && data.items.length > 0 && (
        <>
          <ul>
            {data.items.map(({ id, address, agent, seenAt }) => (
              <li key={id}>
                {address}, {t.seen(ago(seenAt))}
                <small class="soft user-agent">{agent}</small>
              </li>
            ))}
          </ul>
          <button type="button" onClick={onEnd}>
            {t.end}…
          </button>
        </>
      )}
    </section>
  )
}

type Deed = 'reset' | 'disable' | 'remove' | 'end'

interface DeedProperties {
  readonly deed: Deed
  readonly user: User
  readonly onLink: (link: Link) => void
  readonly onClose: () => void
  readonly onGone: () => void
}

/** Asks first: each of these keeps somebody from working. */
function ConfirmDeed({ deed, user, onLink, onClose, onGone }: DeedProperties) {
  const t = words()
  const path = { id: user.id }
  const deeds: Readonly<Record<Deed, () => Promise<void>>> = {
    async reset() {
      const { data } = await ask('POST /api/users/{id}/reset', { path })
      onLink({ name: user.name, link: data })
    },
    async disable() {
      await ask('PATCH /api/users/{id}', { path, body: { disabled: true } })
      say(t.disabled_)
    },
    async remove() {
      await ask('DELETE /api/users/{id}', { path })
      say(t.removed)
      onGone()
    },
    async end() {
      await ask('DELETE /api/users/{id}/sessions', { path })
      say(t.ended)
    },
  }
  const task = useTask(async () => {
    await deeds[deed]()
    // Of one that is gone nothing is read again.
    if (deed !== 'remove') refresh('/api/users')
    onClose()
  })
  return (
    <Confirm
      title={t[`${deed}Title`](user.name)}
      verb={t[deed]}
      isDangerous
      task={task}
      texts={userProblems()}
      onClose={onClose}
    >
      <p>{t[`${deed}Text`]}</p>
    </Confirm>
  )
}

interface Properties {
  readonly user: User
  readonly onLink: (link: Link) => void
  readonly onClose: () => void
  readonly onGone: () => void
}

export function ManageUser({ user, onLink, onClose, onGone }: Properties) {
  const t = words()
  const [deed, setDeed] = useState<Deed>()
  const enable = useTask(async () => {
    await ask('PATCH /api/users/{id}', { path: { id: user.id }, body: { disabled: false } })
    refresh('/api/users')
    say(t.enabled_)
  })
  return (
    <Dialog title={t.manageOf(user.name)} onClose={onClose}>
      <div class="stack">
        <Change key={user.id} user={user} />
        <section>
          <h3>{t.password}</h3>
          <p class="soft">
            {user.hasPassword ? t.hasPassword(date(user.passwordChangedAt ?? user.createdAt)) : t.noPassword}
          </p>
          <p class="row">
            <button type="button" onClick={() => setDeed('reset')}>
              {t.reset}…
            </button>
            {user.disabled ? (
              <button type="button" disabled={enable.isRunning} onClick={() => void enable.run()}>
                {t.enable}
              </button>
            ) : (
              <button type="button" onClick={() => setDeed('disable')}>
                {t.disable}…
              </button>
            )}
            <button type="button" onClick={() => setDeed('remove')}>
              {t.remove}…
            </button>
          </p>
          {enable.problem && <ProblemNotice problem={enable.problem} texts={userProblems()} />}
        </section>
        <Sessions user={user} onEnd={() => setDeed('end')} />
      </div>
      {deed && (
        <ConfirmDeed
          deed={deed}
          user={user}
          onLink={onLink}
          onClose={() => setDeed(undefined)}
          onGone={onGone}
        />
      )}
    </Dialog>
  )
}
