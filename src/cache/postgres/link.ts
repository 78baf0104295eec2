/** The connections of the tier: every call under a deadline, a breaker before them, new ones when they are silent. */
import type { Sql } from 'postgres'
import type { DatabaseConnection } from '../../database/connection.ts'
import type { Dedicated } from '../../database/dedicated.ts'
import { type Breaker, type BreakerOptions, createBreaker } from '../breaker.ts'
import { withDeadline } from '../deadline.ts'
import { TierFailure, type TierState } from '../tiers/tier.ts'
import { describeFailure } from './failure.ts'

/** So few that the cache cannot take the server from those who need it for more than speed. */
const CONNECTIONS = 4

/** What was begun on connections that are given up may go on for so long. */
const GRACE_MS = 2000

export interface LinkOptions {
  readonly database: Pick<DatabaseConnection, 'dedicated'>
  readonly deadlineMs: number
  readonly breaker?: Partial<BreakerOptions> | undefined
  readonly onChange?: ((state: TierState) => void) | undefined
}

export interface Link {
  state(): TierState
  isAvailable(): boolean
  /**
   * Runs a query.
   *
   * @param late told what came after the deadline; null: it failed then
   * @param ms another deadline than the usual one
   * @throws {TierFailure}
   */
  run<T>(
    query: (sql: Sql) => Promise<T>,
    options?: { readonly late?: (answer: { readonly value: T } | null) => void; readonly ms?: number },
  ): Promise<T>
  close(): void
}

export function createLink({ database, deadlineMs, onChange, breaker: breakerOptions }: LinkOptions): Link {
  const breaker: Breaker = createBreaker(breakerOptions)
  const retired = new Set<Dedicated>()
  let lastFailure: TierState['lastFailure'] = null
  let closed = false
  let said: TierState['breaker'] = 'closed'

  const open = (): Dedicated =>
    database.dedicated({
      max: CONNECTIONS,
      // Its promise is dropped, so that a cut would end the process: porsager/postgres#1192.
      fetch_types: false,
      connect_timeout: Math.max(1, Math.ceil(deadlineMs / 1000)),
    })
  let current = open()

  /** Silent or cut, they stay so: the next call has new ones, and those that wait on the old ones a little time. */
  function retire(connections: Dedicated): void {
    if (connections !== current || closed) return
    current = open()
    retired.add(connections)
    setTimeout(() => {
      retired.delete(connections)
      connections.destroy()
    }, GRACE_MS)
  }

  const state = (): TierState => ({ id: 'postgres', breaker: breaker.state(), lastFailure })
  function tell(): void {
    const now = breaker.state()
    if (now === said) return
    said = now
    onChange?.(state())
  }

  return {
    state,
    isAvailable: () => !closed && breaker.isOpenToCalls(),
    async run(query, { late, ms = deadlineMs } = {}) {
      const permit = closed ? null : breaker.enter()
      if (!permit) throw new TierFailure('postgres', 'open', 'PostgreSQL: it failed before and is left alone')
      let connections = current
      try {
        const until = performance.now() + ms
        const answer = await withDeadline(query(connections.sql), ms, late).catch((error: unknown) => {
          // A connection that was cut while it was idle says nothing of the server; every statement may run twice.
          if (describeFailure(error)?.reason !== 'offline') throw error
          retire(connections)
          connections = current
          return withDeadline(query(connections.sql), Math.max(1, until - performance.now()), late)
        })
        permit.succeeded()
        return answer
      } catch (cause) {
        const failure = describeFailure(cause)
        if (!failure) {
          permit.withdrawn()
          throw cause
        }
        const { reason, message, answered } = failure
        if (answered) permit.succeeded()
        else permit.failed()
        if (reason === 'timeout') retire(connections)
        lastFailure = { message, at: Date.now() }
        throw new TierFailure('postgres', reason, `PostgreSQL: ${message}`, { cause })
      } finally {
        tell()
      }
    },
    close() {
      closed = true
      for (const connections of [current, ...retired]) connections.destroy()
      retired.clear()
    },
  }
}
