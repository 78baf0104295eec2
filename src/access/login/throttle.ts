/** Slows down who guesses: after a few failures by name or by address, each further one costs twice the wait before. */

import { isIPv6 } from 'node:net'
import { eq, sql } from 'drizzle-orm'
import { personalHash } from '../../cache/key.ts'
import type { Database } from '../../database/connection.ts'
import { Problem } from '../../http/problem.ts'
import { loginThrottle } from '../tables.ts'

interface Limit {
  /** Failures that cost nothing: people mistype. */
  readonly free: number
  readonly longestS: number
}

/** Many people may share an address, such as that of a proxy; nobody shares a name. */
const LIMITS = { name: { free: 5, longestS: 900 }, address: { free: 50, longestS: 300 } } as const

type Kind = keyof typeof LIMITS

/** A failure is forgotten after so long without another. */
const FORGET_S = 86_400

/** An attempt that was let in. Counted as a failure until it is known to be none. */
export interface Attempt {
  succeeded(): Promise<void>
}

export interface Throttle {
  /**
   * To be called before a password is looked at, so that many at once are counted too.
   *
   * @param name as it was typed, whether or not there is such a user: what is answered tells nothing of that
   * @throws {Problem} 429 LOGIN_THROTTLED with Retry-After
   */
  enter(name: string, address: string): Promise<Attempt>
  /** Forgets the failures by a name. */
  forgive(name: string): Promise<void>
}

/** Whoever has an IPv6 address has all of its /64. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const gap = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const all = [...groups, ...Array<string>(gap).fill('0'), ...rest]
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** @param secret keys the hashes that stand for names and addresses */
export function createThrottle(db: Database, secret: string): Throttle {
  const subjectOf = (kind: Kind, text: string): string => `${kind}:${personalHash(secret, text)}`

  async function count(kind: Kind, subject: string): Promise<void> {
    const { free, longestS }: Limit = LIMITS[kind]
    const failures = sql`case when ${loginThrottle.failedAt} < clock_timestamp() - make_interval(secs => ${FORGET_S})
      then 1 else ${loginThrottle.failures} + 1 end`
    const rows = await db
      .insert(loginThrottle)
      .values({ subject, failures: 1, failedAt: sql`clock_timestamp()`, lockedUntil: sql`clock_timestamp()` })
      .onConflictDoUpdate({
        target: loginThrottle.subject,
        set: {
          failures,
          failedAt: sql`clock_timestamp()`,
          lockedUntil: sql`clock_timestamp() + make_interval(secs => case when ${failures} < ${free} then 0
            else least(${longestS}, power(2, least(30, ${failures} - ${free}))) end)`,
        },
        setWhere: sql`${loginThrottle.lockedUntil} <= clock_timestamp()`,
      })
      .returning({ subject: loginThrottle.subject })
    if (rows.length > 0) return
    const [locked] = await db
      .select({
        seconds: sql<string>`extract(epoch from ${loginThrottle.lockedUntil} - clock_timestamp())`,
      })
      .from(loginThrottle)
      .where(eq(loginThrottle.subject, subject))
    const seconds = Math.max(1, Math.ceil(Number(locked?.seconds ?? 1)))
    throw new Problem(429, 'LOGIN_THROTTLED', `Too many logins have failed; try again in ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    })
  }

  return {
    async enter(name, address) {
      const byAddress = subjectOf('address', networkOf(address))
      const byName = subjectOf('name', name)
      await count('address', byAddress)
      await count('name', byName)
      return {
        async succeeded() {
          await db.delete(loginThrottle).where(eq(loginThrottle.subject, byName))
          // Whoever knows one password shall not wash off what was guessed of others.
          await db
            .update(loginThrottle)
            .set({
              failures: sql`greatest(0, ${loginThrottle.failures} - 1)`,
              lockedUntil: sql`case when ${loginThrottle.failures} <= ${LIMITS.address.free}
                then clock_timestamp() else ${loginThrottle.lockedUntil} end`,
            })
            .where(eq(loginThrottle.subject, byAddress))
          await db
            .delete(loginThrottle)
            .where(sql`${loginThrottle.failedAt} < clock_timestamp() - make_interval(secs => ${FORGET_S})`)
        },
      }
    },
    async forgive(name) {
      await db.delete(loginThrottle).where(eq(loginThrottle.subject, subjectOf('name', name)))
    },
  }
}
