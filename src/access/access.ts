/** Access control of a server: who asks, and how users, login sessions and keys come and go. */
import type { Context } from 'hono'
import type { Audit } from '../audit/contract.ts'
import { createCacheState } from '../cache/state.ts'
import type { CacheSystem } from '../cache/system.ts'
import type { Database } from '../database/connection.ts'
import type { Identity } from '../identity/identity.ts'
import { createAuthenticate } from './authenticate.ts'
import { createKeyStore, type KeyStore } from './keys/store.ts'
import { createLogin, type Login } from './login/login.ts'
import { createLoginSessionStore, type LoginSessionStore } from './login/sessions.ts'
import { createThrottle, type Throttle } from './login/throttle.ts'
import type { OidcMaker } from './oidc/load.ts'
import type { Oidc } from './oidc/oidc.ts'
import type { Catalogue } from './permissions.ts'
import { createPreferenceStore, type PreferenceStore } from './preferences/preferences.ts'
import { createSetup, type Setup } from './setup/setup.ts'
import { createUserStore, type UserStore } from './users/store.ts'

export interface AccessOptions {
  readonly db: Database
  /** The same for what people change: it leaves an entry in the audit log with each change. */
  readonly changes: Database
  /** Announces what has changed, and hears of it. */
  readonly cache: CacheSystem
  readonly audit: Audit
  /** The permissions and roles that there are now. */
  readonly catalogue: () => Catalogue
  /** The provider that people may log in by; absent: there is none. */
  readonly oidc?: OidcMaker | undefined
}

/** What the routes, the commands and other ways to log in work with. */
export interface Access extends Login {
  /** @throws {Problem} 401 where somebody says who they are, and it is not so */
  identify(c: Context): Promise<Identity>
  readonly catalogue: () => Catalogue
  readonly users: UserStore
  readonly sessions: LoginSessionStore
  readonly keys: KeyStore
  readonly preferences: PreferenceStore
  readonly setup: Setup
  /** Absent where no provider is set. */
  readonly oidc: Oidc | undefined
  throttle(): Promise<Throttle>
}

/** Touches nothing before it is asked. */
export function createAccess(options: AccessOptions): Access {
  const { db, changes, cache, audit, catalogue, oidc } = options
  const users = createUserStore(changes, cache)
  const sessions = createLoginSessionStore(changes, cache)
  const keys = createKeyStore(changes, cache)
  const throttle = async (): Promise<Throttle> => createThrottle(db, await createCacheState(db).secret())
  const login = createLogin({ audit, users, sessions, throttle })
  const { openLoginSession } = login
  return {
    ...login,
    identify: createAuthenticate({ db, cache, catalogue }),
    catalogue,
    users,
    sessions,
    keys,
    preferences: createPreferenceStore(db, changes, cache),
    setup: createSetup(changes, users),
    oidc: oidc?.({ db, changes, audit, users, sessions, openLoginSession, catalogue }),
    throttle,
  }
}
