/** What is asked of PostgreSQL beside what pg-boss does: attempts that run, and jobs as they are looked at. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { QUEUE_SCHEMA } from '../database/queue-migration.ts'

const JOB = sql.raw(`${QUEUE_SCHEMA}.job`)
const QUEUE = sql.raw(`${QUEUE_SCHEMA}.queue`)
const STATE = sql.raw(`${QUEUE_SCHEMA}.job_state`)
const RUNS = sql.raw('myoserve.job_runs')

/** A job that ends its server so often is given up: it may be what ends it. */
const MOST_INTERRUPTIONS = 25

/** The claim of one attempt. */
export interface Claim {
  readonly id: string
  readonly queue: string
  /** `retry_count` as it was claimed. */
  readonly attempt: number
}

export const noteRuns = (tx: Database, node: string, claims: readonly Claim[]) =>
  tx.execute(sql`
    insert into ${RUNS} (job, queue, attempt, node)
    values ${sql.join(
      claims.map(({ id, queue, attempt }) => sql`(${id}::uuid, ${queue}, ${attempt}::int, ${node}::uuid)`),
      sql`, `,
    )}
    on conflict (job) do update set
      queue = excluded.queue, attempt = excluded.attempt, node = excluded.node, seen_at = now(),
      percent = null, note = null`)

export const forgetRun = (db: Database, { id, attempt }: Claim) =>
  db.execute(sql`delete from ${RUNS} where job = ${id}::uuid and attempt = ${attempt}::int`)

export const noteProgress = (db: Database, { id, attempt }: Claim, percent: number, note: string | null) =>
  db.execute(sql`
    update ${RUNS} set percent = ${percent}::smallint, note = ${note}
    where job = ${id}::uuid and attempt = ${attempt}::int`)

/** Names one attempt. */
export const claimKey = ({ id, attempt }: Claim): string => `${id}:${attempt}`

/** Says that a node is there. @returns what it runs by the database, by {@link claimKey} */
export async function beat(db: Database, node: string): Promise<ReadonlyMap<string, Claim>> {
  const claims = await db.execute<{ id: string; queue: string; attempt: number }>(sql`
    update ${RUNS} set seen_at = now() where node = ${node}::uuid returning job as id, queue, attempt`)
  return new Map(claims.map((claim) => [claimKey(claim), claim]))
}

/**
 * Gives what a node runs, or one attempt of it, back to be run again, and not counted as a retry.
 *
 * @param waitS seconds before it is
 * @returns the queues that have something to do again
 */
export async function handBack(
  db: Database,
  node: string,
  only?: Claim,
  waitS = 0,
): Promise<ReadonlySet<string>> {
  const which = only ? sql`and job = ${only.id}::uuid and attempt = ${only.attempt}::int` : sql``
  const rows = await db.execute<{ name: string }>(sql`
    with taken as (delete from ${RUNS} where node = ${node}::uuid ${which} returning job, queue, attempt),
    judged as (
      select taken.*, j.retry_limit >= q.retry_limit + ${MOST_INTERRUPTIONS}::int as is_over
      from taken join ${QUEUE} q on q.name = taken.queue
      join ${JOB} j on j.name = taken.queue and j.id = taken.job
    )
    update ${JOB} j set
      state = (case when is_over then 'failed' else 'retry' end)::${STATE},
      retry_limit = case when is_over then retry_limit else retry_limit + 1 end,
      start_after = now() + ${waitS}::int * interval '1 s',
      completed_on = case when is_over then now() end,
      output = case when is_over then '{"code":"JOB_INTERRUPTED"}'::jsonb else output end
    from judged
    where j.name = judged.queue and j.id = judged.job and j.state = 'active' and j.retry_count = judged.attempt
    returning j.name`)
  return new Set(rows.map(({ name }) => name))
}

/** Has no further attempt follow the one that runs. */
export const forbidRetry = (tx: Database, { id, queue, attempt }: Claim) =>
  tx.execute(sql`
    update ${JOB} set retry_limit = retry_count
    where name = ${queue} and id = ${id}::uuid and state = 'active' and retry_count = ${attempt}::int`)

/** The id of the job of a queue that has a key and has not ended. */
export async function findByKey(db: Database, queue: string, key: string): Promise<string | undefined> {
  const [row] = await db.execute<{ id: string }>(sql`
    select id from ${JOB}
    where name = ${queue} and singleton_key = ${key} and state <= 'active' and policy = 'exclusive'`)
  return row?.id
}

/** A job as it stands; times in ms since 1970. */
export interface JobRow extends Record<string, unknown> {
  readonly id: string
  readonly name: string
  readonly state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed'
  readonly retry_count: number
  readonly priority: number
  readonly created: number
  readonly not_before: number
  readonly started: number | null
  readonly finished: number | null
  readonly code: string | null
  readonly percent: number | null
  readonly note: string | null
}

const ms = (column: string): SQL => sql.raw(`(extract(epoch from j.${column}) * 1000)::float8`)

/** @param where of `j`, the job */
export const selectJobs = (db: Database, where: SQL, limit: number) =>
  db.execute<JobRow>(sql`
    select j.id, j.name, j.state, j.retry_count, j.priority, ${ms('created_on')} as created,
      ${ms('start_after')} as not_before, ${ms('started_on')} as started, ${ms('completed_on')} as finished,
      j.output ->> 'code' as code, r.percent, r.note
    from ${JOB} j left join ${RUNS} r on r.job = j.id and r.attempt = j.retry_count and j.state = 'active'
    where ${where} order by j.id desc limit ${limit}`)

export const countJobs = (db: Database) =>
  db.execute<{ name: string; waiting: number; running: number; failed: number }>(sql`
    select name, (count(*) filter (where state < 'active'))::int as waiting,
      (count(*) filter (where state = 'active'))::int as running,
      (count(*) filter (where state = 'failed'))::int as failed
    from ${JOB} group by name order by name`)

export const notify = (db: Database, channel: string, payload: string) =>
  db.execute(sql`select pg_notify(${channel}, ${payload})`)
