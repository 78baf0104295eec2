/** All jobs, for those who watch and operate them. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { violatedConstraint } from '../database/constraint.ts'
import { affectedBy, type Boss, bind } from './boss.ts'
import type { JobFilter, JobInfo, JobOperator, JobState, QueueCounts } from './contract.ts'
import { CANCEL_CHANNEL, QUEUE_CHANNEL } from './line.ts'
import { splitQueueId } from './queue.ts'
import { countJobs, type JobRow, notify, selectJobs } from './statements.ts'

/** How often it is looked at jobs that are followed. */
const FOLLOW_MS = 200

/** How old counts may be. */
const COUNTS_MS = 5000

const STATES: Readonly<Record<JobRow['state'], JobState>> = {
  created: 'waiting',
  retry: 'waiting',
  active: 'running',
  completed: 'completed',
  cancelled: 'cancelled',
  failed: 'failed',
}

const STORED: Readonly<Record<JobState, SQL>> = {
  waiting: sql`j.state < 'active'`,
  running: sql`j.state = 'active'`,
  completed: sql`j.state = 'completed'`,
  failed: sql`j.state = 'failed'`,
  cancelled: sql`j.state = 'cancelled'`,
}

const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))

const hasEnded = ({ state }: JobInfo): boolean => state !== 'waiting' && state !== 'running'

/** Letters and digits only, so that nothing in it stands for another character. */
const startsWith = (plugin: string): SQL => sql`starts_with(j.name, ${`${plugin}.`})`

function conditionOf({ id, plugin, name, state, before, taking }: JobFilter): SQL {
  const conditions = [
    id === undefined ? undefined : sql`j.id = ${id}::uuid`,
    plugin !== undefined && name !== undefined ? sql`j.name = ${`${plugin}.${name}`}` : undefined,
    plugin !== undefined && name === undefined ? startsWith(plugin) : undefined,
    plugin === undefined && name !== undefined
      ? sql`substr(j.name, strpos(j.name, '.') + 1) = ${name}`
      : undefined,
    state && STORED[state],
    before === undefined ? undefined : sql`j.id < ${before}::uuid`,
    taking && sql`(${taking(sql`j.data`)})`,
  ]
  return sql.join([sql`true`, ...conditions.filter((each) => each !== undefined)], sql` and `)
}

export interface OperatorParts {
  readonly db: Database
  readonly boss: Boss['boss']
  /** Why no server at hand will run jobs of a queue. */
  held(queue: string): string | null
  tallies: JobOperator['tallies']
  trouble: JobOperator['trouble']
  /** Nobody follows jobs any more when it aborts. */
  readonly quiet: AbortSignal
}

export function createOperator({ db, boss, held, tallies, trouble, quiet }: OperatorParts): JobOperator {
  let counted: { readonly at: number; readonly counts: Promise<readonly QueueCounts[]> } | undefined

  const infoOf = (row: JobRow): JobInfo => {
    const state = STATES[row.state]
    return {
      id: row.id,
      ...splitQueueId(row.name),
      state,
      attempts: row.started === null ? 0 : row.retry_count + 1,
      priority: row.priority,
      enqueuedAt: new Date(row.created),
      notBefore: new Date(row.not_before),
      startedAt: dateOf(row.started),
      finishedAt: dateOf(row.finished),
      errorCode: state === 'completed' ? null : row.code,
      progress: row.percent === null ? null : { percent: row.percent, note: row.note },
      held: state === 'waiting' ? held(row.name) : null,
    }
  }

  const find = async (id: string): Promise<JobRow | undefined> =>
    (await selectJobs(db, sql`j.id = ${id}::uuid`, 1))[0]

  const get = async (id: string): Promise<JobInfo | null> => {
    const row = await find(id)
    return row ? infoOf(row) : null
  }

  return {
    list: async (filter, limit) => (await selectJobs(db, conditionOf(filter), limit)).map(infoOf),
    get,
    async retry(id) {
      const row = await find(id)
      if (!row) return 'absent'
      try {
        return await db.transaction(async (tx) => {
          const affected = affectedBy(await boss.retry(row.name, id, { db: bind(tx) }))
          await notify(tx, QUEUE_CHANNEL, row.name)
          return affected === 0 ? 'refused' : 'done'
        })
      } catch (error) {
        // Another one with its key waits or runs.
        if (violatedConstraint(error) !== undefined) return 'refused'
        throw error
      }
    },
    async cancel(id) {
      const row = await find(id)
      if (!row) return 'absent'
      return db.transaction(async (tx) => {
        const affected = affectedBy(await boss.cancel(row.name, id, { db: bind(tx) }))
        await notify(tx, CANCEL_CHANNEL, id)
        return affected === 0 ? 'refused' : 'done'
      })
    },
    async *follow(id, signal) {
      let last = ''
      while (!signal.aborted && !quiet.aborted) {
        const info = await get(id)
        if (!info) return
        const seen = JSON.stringify(info)
        if (seen !== last) yield info
        last = seen
        if (hasEnded(info)) return
        await Bun.sleep(FOLLOW_MS)
      }
    },
    counts() {
      const now = performance.now()
      if (!counted || now - counted.at > COUNTS_MS) {
        const counts = countJobs(db).then((rows) =>
          rows.map(({ name, ...rest }) => ({ ...splitQueueId(name), ...rest })),
        )
        counts.catch(() => {
          counted = undefined
        })
        counted = { at: now, counts }
      }
      return counted.counts
    },
    tallies,
    trouble,
  }
}
