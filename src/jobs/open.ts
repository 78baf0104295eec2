/** Opens the jobs of a server on its database. */
import type { Database, DatabaseConnection } from '../database/connection.ts'
import type { Logger } from '../observe/log.ts'
import { openBoss } from './boss.ts'
import type { QueueTally } from './contract.ts'
import { createEvents, createJobs } from './enqueue.ts'
import { createHeartbeat } from './heartbeat.ts'
import { openLine } from './line.ts'
import { createOperator } from './operator.ts'
import { type JobDeclaration, type Queue, queuesOf, splitQueueId } from './queue.ts'
import { createQueueKeeper } from './queue-keeper.ts'
import { handBack } from './statements.ts'
import type { JobSystem } from './system.ts'
import { type QueueWorker, startWorker } from './worker.ts'

interface Declared {
  readonly declaration: JobDeclaration
  /** By the names of jobs and handlers. */
  readonly queues: ReadonlyMap<string, Queue>
}

/** @throws where the schema of pg-boss is not there, or is another release's */
export async function openJobs({
  database,
  changes = database.db,
  log,
}: {
  readonly database: Pick<DatabaseConnection, 'db' | 'dedicated'>
  /** For what is done with jobs at somebody's request; absent: the same. */
  readonly changes?: Database
  readonly log: Logger
}): Promise<JobSystem> {
  const { db } = database
  const node = crypto.randomUUID()
  const opened = await openBoss(database, log)
  const { boss } = opened
  const keeper = await createQueueKeeper(boss)
  const plugins = new Map<string, Declared>()
  const workers = new Map<string, QueueWorker>()
  const ended: QueueTally[] = []
  const quiet = new AbortController()
  let reasonOf: (plugin: string) => string | undefined = () => undefined

  const wake = (queues: ReadonlySet<string>): void => {
    for (const id of queues) workers.get(id)?.pump()
  }
  const handlersOf = (event: string): Queue[] =>
    [...plugins.values()].flatMap(({ queues }) => queues.get(`on.${event}`) ?? [])

  const line = openLine({
    database,
    log,
    node,
    asking: () => [...workers.values()].filter((each) => each.isFree()).map(({ queue }) => queue.id),
    onDue(queue, inMs) {
      if (inMs <= 0) workers.get(queue)?.pump()
      else workers.get(queue)?.pumpIn(inMs)
    },
    onCancel(job) {
      for (const each of workers.values()) each.lose(job)
    },
    onGone(gone) {
      handBack(db, gone).then(
        (queues) => {
          if (queues.size > 0)
            log.warn({ queues: [...queues] }, 'jobs: taken over from a server that is gone')
          wake(queues)
        },
        (error: unknown) => log.warn({ err: error }, 'jobs: those of a server that is gone were not taken'),
      )
    },
  })

  const heart = createHeartbeat({ db, node, workers: () => [...workers.values()], log })

  function held(queue: string): string | null {
    if (workers.has(queue)) return null
    const { plugin } = splitQueueId(queue)
    const reason = reasonOf(plugin)
    if (reason !== undefined) return reason
    return plugins.has(plugin)
      ? `the plugin ${plugin} has no such job, or does not run`
      : `there is no plugin ${plugin}`
  }

  async function endWork(own: readonly QueueWorker[]): Promise<void> {
    await Promise.all(own.map((each) => each.stop()))
    for (const each of own) {
      if (workers.get(each.queue.id) !== each) continue
      workers.delete(each.queue.id)
      ended.push(each.tally())
    }
  }

  const parts = {
    db: changes,
    boss,
    ready: keeper.ready,
    expect: (queue: Queue, inMs: number) => workers.get(queue.id)?.pumpIn(inMs),
  }
  return {
    operator: createOperator({
      db: changes,
      boss,
      held,
      tallies: () => [...ended, ...[...workers.values()].map((each) => each.tally())],
      trouble: line.trouble,
      quiet: quiet.signal,
    }),
    open(declaration) {
      const queues = new Map(queuesOf(declaration).map((queue) => [queue.name, queue]))
      const declared: Declared = { declaration, queues }
      plugins.set(declaration.name, declared)
      return {
        jobs: createJobs(declaration, queues, parts),
        events: createEvents(declaration, handlersOf, parts),
        close() {
          if (plugins.get(declaration.name) === declared) plugins.delete(declaration.name)
        },
      }
    },
    async work(plugin, service) {
      const queues = [...(plugins.get(plugin)?.queues.values() ?? [])]
      await Promise.all(queues.map(keeper.ready))
      const own = queues.map((queue) =>
        startWorker(queue, service, { db, boss, node, log, look: line.look, unsure: heart.hurry }),
      )
      for (const each of own) workers.set(each.queue.id, each)
      if (own.length > 0) line.look()
      return () => endWork(own)
    },
    explain(reason) {
      reasonOf = reason
    },
    quiesce: () => quiet.abort(),
    stop: () => endWork([...workers.values()]),
    async close() {
      quiet.abort()
      await endWork([...workers.values()])
      heart.stop()
      await handBack(db, node).catch(() => undefined)
      await line.close()
      await opened.close()
    },
  }
}
