/**
 * Who a request comes from. PostgreSQL decides: what a node remembers of a user or a key is believed for half a second
 * from when it was asked for, and not at all while the node does not hear of changes. No other store has a say: who can
 * write to Redis becomes nobody by that.
 */
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import * as v from 'valibot'
import { openCaches } from '../cache/cache.ts'
import { namespace } from '../cache/namespace.ts'
import type { CacheSystem } from '../cache/system.ts'
import type { Database } from '../database/connection.ts'
import { clientOf } from '../http/client.ts'
import { Problem } from '../http/problem.ts'
import { type Identity, NOBODY } from '../identity/identity.ts'
import { SESSION_TAGS } from './changed.ts'
import { clearedLoginCookie, readLoginCookie } from './login/cookie.ts'
import { LOGIN_LIFE } from './login/sessions.ts'
import type { Catalogue } from './permissions.ts'
import { createRecent } from './recent.ts'
import { editionOf, type Rights, rightsOfKey, rightsOfUser } from './rights.ts'
import { isSecret, parseApiKey } from './secret.ts'
import { apiKeys, loginSessions, users } from './tables.ts'

/** What is remembered of a user: the rights are made from it. Of secrets, hashes. */
const Account = v.object({
  name: v.string(),
  roles: v.array(v.string()),
  disabled: v.boolean(),
  sessions: v.array(
    v.object({ id: v.string(), hash: v.string(), seenAt: v.number(), expiresAt: v.number() }),
  ),
})

/** Of a revision of the user, which is asked for first: an entry of another one is none. */
const SESSIONS = namespace({
  key: 'session:{userId}',
  ttl: '24h',
  tags: SESSION_TAGS,
  sharing: 'none',
  maxBytes: 64 * 1024,
  schema: v.nullable(Account),
})

/** A use is noted when the last one that is known is so old. */
const TOUCH_MS = 60_000

const identityOf = (id: string, name: string, proof: Identity['proof'], rights: Rights): Identity => ({
  id,
  name,
  proof,
  ...rights,
  edition: editionOf(rights),
})

export interface AuthenticateOptions {
  readonly db: Database
  readonly cache: CacheSystem
  readonly catalogue: () => Catalogue
}

/**
 * @returns says who asks: nobody, where they say nothing of it
 * @throws {Problem} 401 SESSION_ENDED, 401 KEY_REFUSED: unknown, wrong, expired, revoked, disabled are one answer
 */
export function createAuthenticate(options: AuthenticateOptions): (c: Context) => Promise<Identity> {
  const { db, cache, catalogue } = options
  const { accounts } = openCaches(cache, 'access', { accounts: SESSIONS })
  const touching = new Set<string>()

  /** Without waiting; several requests at once note one use. */
  function touch(id: string, lastUsed: number, note: (id: string) => Promise<unknown>): void {
    if (Date.now() - lastUsed < TOUCH_MS || touching.has(id)) return
    touching.add(id)
    cache.track(note(id).finally(() => touching.delete(id)))
  }

  const touchSession = (id: string): Promise<unknown> =>
    db
      .update(loginSessions)
      .set({ seenAt: sql`clock_timestamp()`, expiresAt: LOGIN_LIFE })
      .where(and(eq(loginSessions.id, id), sql`${loginSessions.expiresAt} > clock_timestamp()`))

  const touchKey = (id: string): Promise<unknown> =>
    db.update(apiKeys).set({ lastUsedAt: sql`clock_timestamp()` }).where(eq(apiKeys.id, id))

  async function loadAccount(userId: string): Promise<v.InferOutput<typeof Account> | null> {
    const rows = await db
      .select({
        name: users.name,
        roles: users.roles,
        disabled: users.disabled,
        id: loginSessions.id,
        hash: loginSessions.secretHash,
        seenAt: loginSessions.seenAt,
        expiresAt: loginSessions.expiresAt,
      })
      .from(users)
      .leftJoin(loginSessions, eq(loginSessions.userId, users.id))
      .where(eq(users.id, userId))
    const [first] = rows
    if (!first) return null
    return {
      name: first.name,
      roles: first.roles,
      disabled: first.disabled,
      sessions: rows.flatMap(({ id, hash, seenAt, expiresAt }) =>
        id === null || hash === null || seenAt === null || expiresAt === null
          ? []
          : [
              {
                id,
                hash: Buffer.from(hash).toString('hex'),
                seenAt: seenAt.getTime(),
                expiresAt: expiresAt.getTime(),
              },
            ],
      ),
    }
  }

  const recentUsers = createRecent(cache, async (userId) => {
    const [row] = await db.select({ revision: users.revision }).from(users).where(eq(users.id, userId))
    if (!row) return null
    const { value } = await accounts.getOrLoad({ userId }, () => loadAccount(userId), {
      inputs: String(row.revision),
    })
    if (!value || value.disabled) return null
    const rights = rightsOfUser(value, catalogue())
    return {
      identity: identityOf(`user:${userId}`, value.name, 'cookie', rights),
      sessions: value.sessions.map((each) => ({ ...each, hash: Buffer.from(each.hash, 'hex') })),
    }
  })

  const recentKeys = createRecent(cache, async (keyId) => {
    const [key] = await db
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
    return (
      key && { key, identity: identityOf(`key:${keyId}`, key.name, 'key', rightsOfKey(key, catalogue())) }
    )
  })

  async function byKey(text: string): Promise<Identity> {
    const token = parseApiKey(text)
    const found = token && (await recentKeys.get(token.id))
    if (found && isSecret(token.secret, found.key.secretHash)) {
      const { key, identity } = found
      if (key.expiresAt === null || key.expiresAt.getTime() > Date.now()) {
        touch(key.id, key.lastUsedAt?.getTime() ?? 0, touchKey)
        return identity
      }
    }
    throw new Problem(401, 'KEY_REFUSED', 'This key is unknown, has expired or was revoked.', {
      headers: { 'www-authenticate': 'Bearer realm="myoserve", error="invalid_token"' },
    })
  }

  async function byCookie(c: Context): Promise<Identity> {
    const { secure } = clientOf(c)
    const token = readLoginCookie(c, secure)
    if (token === null) return NOBODY
    const account = token && (await recentUsers.get(token.id))
    const session = account?.sessions.find(({ hash }) => isSecret((token as { secret: string }).secret, hash))
    if (account && session && session.expiresAt > Date.now()) {
      touch(session.id, session.seenAt, touchSession)
      return account.identity
    }
    throw new Problem(401, 'SESSION_ENDED', 'This login has ended; log in again.', {
      headers: {
        'www-authenticate': 'Bearer realm="myoserve"',
        'set-cookie': clearedLoginCookie(secure),
      },
    })
  }

  return (c) => {
    // Another scheme, such as that of a proxy before us, is not for us.
    const [, key] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? []
    return key === undefined ? byCookie(c) : byKey(key)
  }
}
