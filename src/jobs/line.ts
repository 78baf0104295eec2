/** What one server hears of jobs: that there are some, that one is cancelled, that another server is gone. */
import type { Sql } from 'postgres'
import { createFeed, type FeedSession } from '../cache/invalidation/feed.ts'
import type { DatabaseConnection } from '../database/connection.ts'
import { QUEUE_SCHEMA } from '../database/queue-migration.ts'
import { messageOf } from '../exit.ts'
import type { Logger } from '../observe/log.ts'

/** How often it is looked, whatever is heard: what is due, and who is gone. */
const LOOK_MS = 2000

/**
 * How long a server must be seen to be without its connection until what it runs is taken from it. One whose PostgreSQL
 * was away is back sooner: see the waits of the feed.
 */
const GONE_MS = 2000

/** A server that has its connection but has not been heard of for so long is frozen, or cannot be reached. */
const SILENT_S = 30

/** On which pg-boss says that a queue has something to do, by its name. */
export const QUEUE_CHANNEL = `pgboss_${new Bun.CryptoHasher('sha224').update(QUEUE_SCHEMA).digest('hex').slice(0, 24)}`

/** On which it is said that a job is cancelled, by its id. */
export const CANCEL_CHANNEL = 'myoserve_jobs'

/** The name of a server's connection: it is there exactly as long as the server is. */
const connectionName = (node: string): string => `myoserve jobs ${node}`

export interface LineOptions {
  readonly database: Pick<DatabaseConnection, 'dedicated'>
  readonly log: Logger
  readonly node: string
  /** The queues that could take something now. */
  asking(): readonly string[]
  /** A queue has something to do in so many ms: none or fewer for now. */
  onDue(queue: string, inMs: number): void
  onCancel(job: string): void
  /** A server is gone, and what it runs may be taken. */
  onGone(node: string): void
}

export interface Line {
  /** Why nothing is heard; undefined where all is. */
  trouble(): string | undefined
  /** Looks at once, and not only when it is time. */
  look(): void
  close(): Promise<void>
}

interface Look {
  readonly due: Readonly<Record<string, number>> | null
  readonly gone: readonly string[] | null
}

/** One statement, so that a server with nothing to do costs next to nothing. */
async function readLook(sql: Sql, node: string, queues: readonly string[]): Promise<Look> {
  const schema = sql(QUEUE_SCHEMA)
  const [row] = await sql<Look[]>`
    select (
      select jsonb_object_agg(name, in_ms) from (
        select queue.name, (
          select ceil(extract(epoch from min(j.start_after) - now()) * 1000)::float8 from ${schema}.job j
          where j.name = queue.name and j.state < 'active' and not j.blocked
        ) as in_ms
        from jsonb_array_elements_text(${JSON.stringify(queues)}::text::jsonb) queue (name)
      ) asked where in_ms is not null
    ) as due, (
      select jsonb_agg(distinct r.node) from myoserve.job_runs r
      where r.node <> ${node}::uuid and (
        r.seen_at < now() - ${SILENT_S}::int * interval '1 s'
        or not exists (select from pg_stat_activity a where a.application_name = 'myoserve jobs ' || r.node)
      )
    ) as gone`
  return row ?? { due: null, gone: null }
}

export function openLine({ database, log, node, asking, onDue, onCancel, onGone }: LineOptions): Line {
  /** When a server was first seen to be gone. */
  const suspects = new Map<string, number>()
  let trouble: string | undefined = 'the database has not been reached yet'
  let said = ''
  let wake = Promise.withResolvers<void>()

  function judge(gone: readonly string[]): void {
    const now = performance.now()
    for (const known of suspects.keys()) if (!gone.includes(known)) suspects.delete(known)
    for (const each of gone) {
      const since = suspects.get(each) ?? now
      suspects.set(each, since)
      if (now - since < GONE_MS) continue
      suspects.delete(each)
      onGone(each)
    }
  }

  async function live(session: FeedSession): Promise<void> {
    await session.run((sql) => sql.unsafe(`listen ${QUEUE_CHANNEL}; listen ${CANCEL_CHANNEL}`))
    while (session.isAlive()) {
      wake = Promise.withResolvers()
      const { due, gone } = await session.run((sql) => readLook(sql, node, asking()))
      trouble = undefined
      said = ''
      for (const [queue, inMs] of Object.entries(due ?? {})) onDue(queue, inMs)
      judge(gone ?? [])
      await session.rest(LOOK_MS, wake.promise)
    }
  }

  const feed = createFeed({
    database,
    name: connectionName(node),
    hear(_session, channel, payload) {
      if (channel === QUEUE_CHANNEL) onDue(payload, 0)
      else onCancel(payload)
    },
    live,
    ended(_session, reason) {
      trouble = messageOf(reason)
      if (trouble !== said && trouble !== 'closed')
        log.warn({ reason: trouble }, 'jobs: the database is away')
      said = trouble
    },
  })

  return {
    trouble: () => trouble,
    look: () => wake.resolve(),
    close: () => feed.close(async () => undefined),
  }
}
