/** The cookie that tells the browser a login began in. It opens nothing. */
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { newSecret } from '../secret.ts'
import { PENDING_S } from './pending.ts'

const NAME = 'myoserve_oidc'

const nameOf = (secure: boolean): string => (secure ? `__Host-${NAME}` : NAME)

/** The secret of a browser; undefined where it has none. */
export function readBrowser(c: Context, secure: boolean): string | undefined {
  const text = getCookie(c, nameOf(secure))
  return text !== undefined && /^[A-Za-z0-9_-]{43}$/.test(text) ? text : undefined
}

/**
 * The secret of a browser, made where it has none. Logins in several of its windows have the same: none ends another.
 * `Lax`, as the provider sends the browser back from its own site.
 */
export function keepBrowser(c: Context, secure: boolean): string {
  const browser = readBrowser(c, secure) ?? newSecret()
  setCookie(c, nameOf(secure), browser, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure,
    maxAge: PENDING_S,
  })
  return browser
}
