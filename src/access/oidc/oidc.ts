/** Logging in by a provider of OpenID Connect: the authorization code flow, bound to the browser that it begins in. */
import type { Context } from 'hono'
import * as client from 'openid-client'
import type { Audit } from '../../audit/contract.ts'
import type { Database } from '../../database/connection.ts'
import { clientOf } from '../../http/client.ts'
import { isProblem, Problem } from '../../http/problem.ts'
import { concerning } from '../../identity/acting.ts'
import type { Logger } from '../../observe/log.ts'
import type { Login } from '../login/login.ts'
import type { LoginSessionStore } from '../login/sessions.ts'
import type { Catalogue } from '../permissions.ts'
import type { User, UserStore } from '../users/store.ts'
import { isAway, reasonOf } from './calls.ts'
import { type Claims, claimAt } from './claims.ts'
import { keepBrowser, readBrowser } from './cookie.ts'
import { subjectOfLogout } from './logout-token.ts'
import { createPendingLogins } from './pending.ts'
import { createProvider, unavailable } from './provider.ts'
import type { OidcSettings } from './settings.ts'
import { createSettle } from './settle.ts'
import { createSubjectStore, type SubjectStore } from './subjects.ts'

const CALLBACK = '/api/login/oidc/callback'

export interface Oidc {
  /** As OIDC_ISSUER has it. */
  readonly issuer: string
  /** Begins a login. @returns where the browser is to go @throws {Problem} 503 OIDC_UNAVAILABLE */
  begin(c: Context, returnTo: string): Promise<URL>
  /**
   * Ends a login: makes sure who it is, and sets the cookie of the answer.
   *
   * @returns the path that the browser is to go to
   * @throws {Problem} 401 OIDC_LOGIN_EXPIRED, 401 OIDC_LOGIN_REFUSED, 403 OIDC_USER_UNKNOWN, 403 OIDC_USER_DISABLED,
   *   403 OIDC_ROLES_REFUSED, 409 LAST_ADMINISTRATOR, 503 OIDC_UNAVAILABLE
   */
  finish(c: Context): Promise<string>
  /**
   * Ends all login sessions of the user that a logout token of the provider names; of somebody who is none, nothing.
   *
   * @throws {Problem} 400 OIDC_TOKEN_REFUSED, 503 OIDC_UNAVAILABLE
   */
  logOut(token: string): Promise<void>
  /** Where a browser ends what the provider remembers of it; our own front page where there is no such thing. */
  logoutUrl(c: Context): Promise<string>
  readonly subjects: SubjectStore
}

export interface OidcOptions {
  readonly settings: OidcSettings
  readonly db: Database
  /** The same for what people change: it leaves an entry in the audit log with each change. */
  readonly changes: Database
  readonly audit: Audit
  readonly users: UserStore
  readonly sessions: Pick<LoginSessionStore, 'endAll'>
  readonly openLoginSession: Login['openLoginSession']
  readonly catalogue: () => Catalogue
  readonly log: Logger
}

const expired = (): Problem =>
  new Problem(
    401,
    'OIDC_LOGIN_EXPIRED',
    'This login has ended, took longer than ten minutes, or began in another browser; begin again.',
  )

const refused = (): Problem =>
  new Problem(401, 'OIDC_LOGIN_REFUSED', 'The provider has not let you in, or its answer does not hold.')

export function createOidc(options: OidcOptions): Oidc {
  const { settings, db, changes, audit, users, sessions, openLoginSession, catalogue, log } = options
  const { issuer, scopes, nameClaim, rolesClaim, roles: grants, createUsers, publicUrl } = settings
  const provider = createProvider(settings, log)
  const pending = createPendingLogins(db)
  // As URLs are compared: with or without the slash of an empty path it is the same.
  const subjects = createSubjectStore(changes, new URL(issuer).href, users)

  const settle = createSettle({ settings, users, subjects, catalogue })

  const ourUrl = (c: Context, path: string): string => {
    const { secure, host } = clientOf(c)
    return `${publicUrl ?? `${secure ? 'https' : 'http'}://${host}`}${path}`
  }

  /** The claims of the ID token, and those that it lacks of the provider's userinfo. */
  async function askClaims(c: Context, login: Awaited<ReturnType<typeof pending.end>>): Promise<Claims> {
    if (!login) throw expired()
    const here = new URL(ourUrl(c, CALLBACK) + new URL(c.req.url).search)
    const configuration = await provider.client()
    try {
      const tokens = await client.authorizationCodeGrant(configuration, here, {
        expectedState: login.state,
        expectedNonce: login.nonce,
        pkceCodeVerifier: login.codeVerifier,
      })
      const claims = tokens.claims() as client.IDToken
      const wanted = [...(grants ? [rolesClaim] : []), ...(createUsers ? [nameClaim] : [])]
      const lacks = wanted.some((name) => claimAt(claims, name) === undefined)
      if (!lacks || configuration.serverMetadata().userinfo_endpoint === undefined) return claims
      return { ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims }
    } catch (error) {
      const away = isAway(error)
      log[away ? 'error' : 'warn']({ issuer, reason: reasonOf(error) }, 'oidc: a login came to nothing')
      throw away ? unavailable() : refused()
    }
  }

  return {
    issuer,
    subjects,
    async begin(c, returnTo) {
      const configuration = await provider.client()
      const login = await pending.begin(keepBrowser(c, clientOf(c).secure), returnTo)
      return client.buildAuthorizationUrl(configuration, {
        redirect_uri: ourUrl(c, CALLBACK),
        scope: scopes,
        state: login.state,
        nonce: login.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(login.codeVerifier),
        code_challenge_method: 'S256',
      })
    },
    async finish(c) {
      let known: User | undefined
      try {
        const state = c.req.query('state')
        const browser = readBrowser(c, clientOf(c).secure)
        const login = state && browser ? await pending.end(state, browser) : undefined
        const claims = await askClaims(c, login)
        const subject = String(claims.sub)
        known = await subjects.userOf(subject)
        const user = await settle(claims, subject, known)
        await openLoginSession(user.id, c)
        return login?.returnTo ?? '/'
      } catch (error) {
        if (isProblem(error) && error.status < 500) {
          await audit.record({
            action: 'login',
            outcome: 'refused',
            code: error.code,
            ...(known && { records: [{ kind: 'user', id: known.id }] }),
          })
        }
        throw error
      }
    },
    async logOut(token) {
      const metadata = (await provider.client()).serverMetadata()
      const subject = await subjectOfLogout(token, metadata, settings.clientId, provider.keys)
      const user = await subjects.userOf(subject)
      if (!user) return
      concerning({ kind: 'user', id: user.id })
      await sessions.endAll(user.id)
    },
    async logoutUrl(c) {
      const configuration = await provider.client()
      if (configuration.serverMetadata().end_session_endpoint === undefined) return '/'
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: ourUrl(c, '/') }).href
    },
  }
}
