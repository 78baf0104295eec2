/** Logging in: by name and password, or once somebody else has said who it is. */
import type { Context } from 'hono'
import type { Audit } from '../../audit/contract.ts'
import { clientOf } from '../../http/client.ts'
import { isProblem, Problem } from '../../http/problem.ts'
import { verifyPassword } from '../password.ts'
import type { UserRow, UserStore } from '../users/store.ts'
import { shortAgent } from './agent.ts'
import { clearLoginCookie, readLoginCookie, setLoginCookie } from './cookie.ts'
import type { LoginSession, LoginSessionStore } from './sessions.ts'
import type { Throttle } from './throttle.ts'

export interface Login {
  /**
   * Logs a user in by name and password, and sets the cookie of the answer.
   *
   * @throws {Problem} 401 LOGIN_FAILED, the same for an unknown name, a wrong password and a disabled user, and after
   *   the same time; 429 LOGIN_THROTTLED; 503 LOGIN_BUSY
   */
  byPassword(name: string, password: string, c: Context): Promise<UserRow>
  /**
   * Turns an identity from outside into a login session: ends the one that the browser had, makes a new one, and sets
   * the cookie of the answer. Whoever calls it has made sure who it is.
   *
   * @throws {Problem} 401 LOGIN_FAILED where there is no such user, or one who is disabled
   * @example
   * await access.openLoginSession(userId, c)
   * return c.redirect('/')
   */
  openLoginSession(userId: string, c: Context): Promise<void>
  /** Whether a password is that of a user; failures count as those of a login. */
  confirm(name: string, password: string, c: Context): Promise<boolean>
  /** The login session of a request. */
  current(c: Context): Promise<LoginSession | undefined>
  /** Ends the login session of a request, and clears the cookie. */
  end(c: Context): Promise<void>
}

export interface LoginOptions {
  readonly audit: Audit
  readonly users: UserStore
  readonly sessions: LoginSessionStore
  readonly throttle: () => Promise<Throttle>
}

const failed = (): Problem => new Problem(401, 'LOGIN_FAILED', 'Name and password do not belong together.')

/** Who logs in is nobody until then. */
const by = (userId: string) => ({ actor: `user:${userId}`, records: [{ kind: 'user', id: userId }] })

export function createLogin({ audit, users, sessions, throttle }: LoginOptions): Login {
  /** @throws {Problem} 429 LOGIN_THROTTLED, 503 LOGIN_BUSY */
  async function check(name: string, password: string, c: Context): Promise<UserRow | undefined> {
    const attempt = await (await throttle()).enter(name, clientOf(c).address)
    const user = await users.byName(name)
    const matches = await verifyPassword(password, user?.passwordHash ?? null)
    if (!user || !matches || user.disabled) return undefined
    await attempt.succeeded()
    return user
  }

  async function openFor(userId: string, c: Context): Promise<void> {
    const { address, secure } = clientOf(c)
    const place = { address, agent: shortAgent(c.req.header('user-agent')) }
    const token = await sessions.open(userId, place, readLoginCookie(c, secure), (tx) =>
      audit.record({ action: 'login', outcome: 'done', ...by(userId) }, tx),
    )
    setLoginCookie(c, secure, token)
  }

  return {
    async byPassword(name, password, c) {
      try {
        const user = await check(name, password, c)
        if (!user) throw failed()
        await openFor(user.id, c)
        return user
      } catch (error) {
        if (isProblem(error) && error.status < 500) {
          const known = await users.byName(name)
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
    async openLoginSession(userId, c) {
      const user = await users.find(userId)
      if (!user || user.disabled) throw failed()
      await openFor(userId, c)
    },
    confirm: async (name, password, c) => (await check(name, password, c)) !== undefined,
    async current(c) {
      const token = readLoginCookie(c, clientOf(c).secure)
      return token ? sessions.find(token) : undefined
    },
    async end(c) {
      const { secure } = clientOf(c)
      const token = readLoginCookie(c, secure)
      const session = token ? await sessions.find(token) : undefined
      clearLoginCookie(c, secure)
      if (!session) return
      await sessions.end(session.userId, session.id, (tx) =>
        audit.record({ action: 'logout', outcome: 'done', ...by(session.userId) }, tx),
      )
    },
  }
}
