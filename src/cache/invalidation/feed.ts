/** A connection of its own on which a node hears the others; lost, it is made anew. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from 'postgres'
import type { DatabaseConnection } from '../../database/connection.ts'
import { messageOf } from '../../exit.ts'
import { within } from '../../within.ts'
import { withDeadline } from '../deadline.ts'

/** One life of the connection. */
export interface FeedSession {
  isAlive(): boolean
  /**
   * Runs a query under a deadline. One that fails or takes too long ends the session: what its silence means, the next
   * one finds out. Rejects at once when the session ends.
   */
  run<T>(query: (sql: Sql) => Promise<T>): Promise<T>
  /** Waits so many ms, or until the session ends, or until it is woken. */
  rest(ms: number, woken?: Promise<void>): Promise<void>
  /** Ends it, with the reason. */
  fail(reason: Error): void
  /** Resolves with the reason when it has ended. */
  readonly ended: Promise<Error>
}

/** No query of the feed may take longer; connecting is part of the first one. */
export const FEED_DEADLINE_MS = 3000

const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 1000

export interface FeedOptions {
  readonly database: Pick<DatabaseConnection, 'dedicated'>
  /** By which PostgreSQL knows the connection, up to 63 bytes. */
  readonly name: string
  /** Called for each notification, in order. */
  hear(session: FeedSession, channel: string, payload: string): void
  /** Lives as long as the session: it resolves or rejects when there is nothing more to do. */
  live(session: FeedSession): Promise<void>
  /** Called at once when a session has ended. */
  ended(session: FeedSession, reason: Error): void
}

export interface Feed {
  close(last: (session: FeedSession) => Promise<unknown>): Promise<void>
}

function openSession({ database, name, hear, ended: onEnd }: FeedOptions): FeedSession {
  const { promise: ended, resolve } = Promise.withResolvers<Error>()
  /** What waits here for the end: reactions to `ended` would pile up, a few a second for as long as it lives. */
  const waiting = new Set<(reason: Error) => void>()
  let alive = true
  const fail = (reason: Error): void => {
    if (!alive) return
    alive = false
    onEnd(session, reason)
    resolve(reason)
    for (const tell of waiting) tell(reason)
    connection.destroy()
  }
  const connection = database.dedicated({
    max: 1,
    // Its promise is dropped, so that a cut would end the process (porsager/postgres#1192); no array is used here.
    fetch_types: false,
    idle_timeout: 0,
    max_lifetime: 0,
    connect_timeout: FEED_DEADLINE_MS / 1000,
    // What a node writes here is worthless after a crash, but for its registration, which says so.
    connection: { application_name: name, synchronous_commit: 'off' },
    onnotify: (channel, payload) => {
      // What throws within the driver fails the query of somebody else.
      try {
        if (alive) hear(session, channel, payload)
      } catch (error) {
        fail(error instanceof Error ? error : new Error(messageOf(error)))
      }
    },
    onclose: () => fail(new Error('the connection was closed')),
  })
  const session: FeedSession = {
    isAlive: () => alive,
    async run(query) {
      if (!alive) throw new Error('the connection was closed')
      const end = Promise.withResolvers<never>()
      end.promise.catch(() => undefined)
      waiting.add(end.reject)
      try {
        return await withDeadline(Promise.race([query(connection.sql), end.promise]), FEED_DEADLINE_MS)
      } catch (error) {
        fail(error instanceof Error ? error : new Error(messageOf(error)))
        throw error
      } finally {
        waiting.delete(end.reject)
      }
    },
    async rest(ms, woken) {
      if (!alive) return
      const over = new AbortController()
      const tell = (): void => over.abort()
      waiting.add(tell)
      // No timer of the globals: while the contract of plugins is held, those are counted as the plugin's.
      const rested = sleep(ms, undefined, { signal: over.signal }).catch(() => undefined)
      await (woken ? Promise.race([rested, woken]) : rested)
      // One that was woken would keep the process.
      tell()
      waiting.delete(tell)
    },
    fail,
    ended,
  }
  return session
}

/** Keeps a session alive, and opens the next one when it has ended. */
export function createFeed(options: FeedOptions): Feed {
  const closing = Promise.withResolvers<void>()
  let closed = false
  let current: FeedSession | undefined

  async function keep(): Promise<void> {
    let wait = FIRST_WAIT_MS
    while (!closed) {
      const begun = performance.now()
      const session = openSession(options)
      current = session
      options.live(session).catch((error: unknown) => session.fail(error as Error))
      await session.ended
      wait =
        performance.now() - begun > FEED_DEADLINE_MS ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, wait * 2)
      if (!closed) await within(closing.promise, wait * (0.5 + Math.random() / 2))
    }
  }
  const kept = keep()
  return {
    async close(last) {
      closed = true
      closing.resolve()
      if (current?.isAlive()) {
        await last(current).catch(() => undefined)
        current.fail(new Error('closed'))
      }
      await kept
    },
  }
}
