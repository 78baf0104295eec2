/** Signing in. */

import { useRead } from '../../api/use-read.ts'
import { Brand } from '../../app/brand.tsx'
import { LanguageSwitch, ThemeSwitch } from '../../app/switches.tsx'
import { useViewTitle } from '../../app/use-view-change.ts'
import { Notice } from '../../ui/notice.tsx'
import { PasswordForm } from './password-form.tsx'
import { rememberPlace } from './return-to.ts'
import { words } from './words.ts'
import './sign-in.css'

/** A provider is known by the name of its computer. */
const hostOf = (issuer: string): string => (URL.canParse(issuer) ? new URL(issuer).hostname : issuer)

function Provider() {
  const t = words()
  const { data, problem } = useRead('GET /api/login/methods', {})
  if (problem && problem.code !== 'UNREACHABLE') return <p class="soft">{t.methodsUnknown}</p>
  if (!data?.oidc) return null
  return (
    <>
      <a
        class="button primary"
        href={`${data.oidc.path}?returnTo=${encodeURIComponent('/')}`}
        onClick={rememberPlace}
      >
        {t.provider(hostOf(data.oidc.issuer))}
      </a>
      <p class="sign-in-or">{t.or}</p>
    </>
  )
}

interface Properties {
  /** Why nobody is signed in. */
  readonly because: 'first' | 'ended' | 'left'
}

export function SignIn({ because }: Properties) {
  const t = words()
  useViewTitle(t.title)
  return (
    <main class="sign-in">
      <header>
        <Brand />
        <span class="soft">{t.about}</span>
      </header>
      <div class="card">
        <h1>{t.title}</h1>
        {because === 'ended' && <Notice kind="warning">{t.ended}</Notice>}
        {because === 'left' && <Notice kind="good">{t.left}</Notice>}
        <Provider />
        <PasswordForm />
      </div>
      <section class="sign-in-help">
        <details>
          <summary>{t.help}</summary>
          <p>{t.firstSetup}</p>
        </details>
        <details>
          <summary>{t.forgotten}</summary>
          <p>{t.forgottenHint}</p>
        </details>
      </section>
      <footer class="row">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </main>
  )
}
