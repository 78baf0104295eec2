/** Who is at the page, how it looks, and the way out. */
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { problemText } from '../ui/problem-text.ts'
import { useTask } from '../ui/use-task.ts'
import { roleText } from './role-text.ts'
import { LanguageSwitch, ThemeSwitch } from './switches.tsx'
import { isUser, signOut, viewer } from './viewer.ts'
import { words } from './words.ts'
import './account-menu.css'

export function AccountMenu() {
  const t = words()
  const leave = useTask(signOut)
  const who = viewer.value
  if (!who) return null
  const name = isUser.value ? who.displayName : t.openAccess
  return (
    <Menu
      label={
        <>
          <Icon name="account" />
          <span class="account-name">{name}</span>
        </>
      }
      name={t.accountOf(name)}
    >
      <p class="account-who">
        <strong>{name}</strong>
        <small>{isUser.value ? who.roles.map(roleText).join(', ') : t.openAccessHint}</small>
      </p>
      <LanguageSwitch />
      <ThemeSwitch />
      {isUser.value && (
        <>
          <a class="button" href="#/account">
            {t.account}
          </a>
          <button type="button" disabled={leave.isRunning} onClick={() => void leave.run()}>
            {t.signOut}
          </button>
        </>
      )}
      {leave.problem && <p role="alert">{problemText(leave.problem)}</p>}
    </Menu>
  )
}
