/** The own account: who one is, how the page looks, the password, where one is signed in. */
import { roleText } from '../../app/role-text.ts'
import { LanguageSwitch, ThemeSwitch } from '../../app/switches.tsx'
import { isUser, type Viewer, viewer } from '../../app/viewer.ts'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Page } from '../../ui/page.tsx'
import { LoginsCard } from './logins-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { words } from './words.ts'
import './account.css'

function seenBy({ patients }: Viewer): string {
  const t = words()
  if (patients === 'all') return t.seesAll
  return patients === 'own' ? t.seesOwn : patients.join(', ')
}

function Who({ who }: { readonly who: Viewer }) {
  const t = words()
  return (
    <section class="card stack" aria-labelledby="account-who">
      <h2 id="account-who">{t.who}</h2>
      <Facts
        facts={[
          { label: t.name, value: who.displayName },
          { label: t.loginName, value: who.name },
          { label: t.roles, value: who.roles.map(roleText).join(', ') },
          { label: t.sees, value: seenBy(who), note: who.pseudonymous ? t.pseudonymous : undefined },
        ]}
      />
    </section>
  )
}

function Display() {
  const t = words()
  return (
    <section class="card stack" aria-labelledby="account-display">
      <h2 id="account-display">{t.display}</h2>
      <div class="row account-display">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      {isUser.value && <p class="soft">{t.displayHint}</p>}
    </section>
  )
}

export function Account() {
  const t = words()
  const who = viewer.value
  if (!who) return null
  return (
    <Page title={t.title}>
      {isUser.value ? (
        <div class="account">
          <div class="stack">
            <Who who={who} />
            <Display />
          </div>
          <PasswordCard />
          <LoginsCard />
        </div>
      ) : (
        <>
          <Empty title={t.noUser} text={t.noUserHint} />
          <Display />
        </>
      )}
    </Page>
  )
}
