/** The cookie of a login. RFC 6265bis: `__Host-` keeps other hosts of the domain from setting it. */
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { loginToken, parseLoginToken, type Token } from '../secret.ts'

const NAME = 'myoserve_session'

/** As browsers keep it; the server decides. */
const MAX_AGE_S = 24 * 3600

/** A cookie that was set without TLS counts for nothing where there is TLS. */
const nameOf = (secure: boolean): string => (secure ? `__Host-${NAME}` : NAME)

const put = (c: Context, secure: boolean, value: string, maxAge: number): void =>
  setCookie(c, nameOf(secure), value, { httpOnly: true, sameSite: 'Strict', path: '/', secure, maxAge })

/** What a browser has sent; null where that is nothing, undefined where it is no token. */
export function readLoginCookie(c: Context, secure: boolean): Token | null | undefined {
  const text = getCookie(c, nameOf(secure))
  if (text === undefined || text === '') return null
  return parseLoginToken(text) ?? undefined
}

export const setLoginCookie = (c: Context, secure: boolean, token: Token): void =>
  put(c, secure, loginToken(token), MAX_AGE_S)

export const clearLoginCookie = (c: Context, secure: boolean): void => put(c, secure, '', 0)

/** The header that clears it, for an answer that is thrown. */
export const clearedLoginCookie = (secure: boolean): string =>
  `${nameOf(secure)}=; Max-Age=0; Path=/; HttpOnly; ${secure ? 'Secure; ' : ''}SameSite=Strict`
