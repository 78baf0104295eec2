/** Runs the jobs of one queue on this server: claims as many as it may, and settles each. */
import type { Database } from '../database/connection.ts'
import { isServiceFailure } from '../http/failures.ts'
import type { Logger } from '../observe/log.ts'
import { within } from '../within.ts'
import { type Attempt, type Outcome, startAttempt, UNEXPECTED } from './attempt.ts'
import { affectedBy, type Boss, bind } from './boss.ts'
import type { QueueTally } from './contract.ts'
import { JobLost } from './job.ts'
import { createProgressWriter } from './progress.ts'
import type { Queue } from './queue.ts'
import {
  type Claim,
  claimKey,
  forbidRetry,
  forgetRun,
  handBack,
  noteProgress,
  noteRuns,
} from './statements.ts'

/** Waits between attempts to write down what has become of a job. */
const FIRST_WAIT_MS = 50
const LONGEST_WAIT_MS = 2000

/** When a server stops, jobs may end for so long; then they are asked to, and not waited for much longer. */
const FINISH_MS = 3000
const ABORT_MS = 1000

export interface WorkerParts {
  readonly db: Database
  readonly boss: Boss['boss']
  readonly node: string
  readonly log: Logger
  /** Called when there is something to do, at once or later, of which nobody is told. */
  look(): void
  /** Called when it is not known whether a claim was committed. */
  unsure(): void
}

export interface QueueWorker {
  readonly queue: Queue
  /** Whether it could take something now. */
  isFree(): boolean
  /** Takes what there is. */
  pump(): void
  /** The same, in so many ms; the soonest is done. */
  pumpIn(ms: number): void
  /** Ends an attempt that is not ours any more. */
  lose(job: string): void
  /** What it runs: keys of claims by the ids of jobs. */
  running(): ReadonlyMap<string, string>
  tally(): QueueTally
  /** Takes nothing more; lets what runs end, or hands it back. */
  stop(): Promise<void>
}

interface Running {
  readonly claim: Claim
  readonly attempt: Attempt
  readonly settled: Promise<void>
}

export function startWorker(queue: Queue, service: unknown, parts: WorkerParts): QueueWorker {
  const { db, boss, node, log } = parts
  const running = new Map<string, Running>()
  const tally = { completed: 0, failed: 0, interrupted: 0, runMs: 0 }
  const context = { plugin: queue.plugin, job: queue.name }
  let stopping = false
  let pumping = false
  let wanted = false
  let timer: { readonly at: number; readonly handle: ReturnType<typeof setTimeout> } | undefined

  const claim = (most: number) =>
    db.transaction(async (tx) => {
      const jobs = await boss.fetch<unknown & object>(queue.id, { batchSize: most, db: bind(tx) })
      const claims = jobs.map(({ id, retryCount }) => ({ id, queue: queue.id, attempt: retryCount }))
      if (claims.length > 0) await noteRuns(tx, node, claims)
      return jobs.map(({ data }, i) => ({ claim: claims[i] as Claim, data: data as unknown }))
    })

  const fenced = ({ id, attempt }: Claim) => [{ id, retryCount: attempt }]

  /** In the transaction of the effect. */
  async function complete(tx: Database, each: Claim): Promise<void> {
    const response = await boss.complete(queue.id, fenced(each), undefined, { db: bind(tx) })
    if (affectedBy(response) === 0) throw new JobLost('the job is not run by this attempt any more')
    await forgetRun(tx, each)
  }

  async function write(each: Claim, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'interrupted') {
      await handBack(db, node, each, outcome.waitS)
      parts.look()
      return
    }
    if (outcome.kind === 'completed') await boss.complete(queue.id, fenced(each), undefined, { db: bind(db) })
    if (outcome.kind === 'failed') {
      await db.transaction(async (tx) => {
        if (!outcome.retry) await forbidRetry(tx, each)
        await boss.fail(queue.id, fenced(each), { code: outcome.code }, { db: bind(tx) })
      })
      parts.look()
    }
    await forgetRun(db, each)
  }

  /** Writes down what has become of a job, as soon as the database is there. */
  async function settle(each: Claim, outcome: Outcome): Promise<void> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
      try {
        return await write(each, outcome)
      } catch (error) {
        // Another server takes it when this one is gone.
        if (stopping || !isServiceFailure(error)) {
          log.error(
            { ...context, id: each.id, err: error },
            'jobs: the end of a job could not be written down',
          )
          return
        }
        await Bun.sleep(wait)
      }
    }
  }

  function count(outcome: Outcome): void {
    if (outcome.kind === 'completed') tally.completed++
    else if (outcome.kind === 'failed') tally.failed++
    else tally.interrupted++
  }

  function begin(each: Claim, data: unknown): void {
    const began = performance.now()
    const progress = createProgressWriter((percent, note) => noteProgress(db, each, percent, note))
    const attempt = startAttempt({
      queue,
      service,
      id: each.id,
      data,
      attempt: each.attempt + 1,
      progress: progress.write,
      complete: (tx) => complete(tx, each),
    })
    const settled = (async () => {
      const outcome = await attempt.ended
      progress.end()
      tally.runMs += performance.now() - began
      count(outcome)
      if (outcome.kind === 'failed') {
        const { code, error } = outcome
        const said = { ...context, id: each.id, attempt: each.attempt + 1, code }
        // What was expected needs no more than its code, and a message may name a person.
        log.warn(code === UNEXPECTED ? { ...said, err: error } : said, 'job failed')
      }
      await settle(each, outcome)
      running.delete(each.id)
      pump()
    })()
    running.set(each.id, { claim: each, attempt, settled })
  }

  async function pumpAll(): Promise<void> {
    pumping = true
    try {
      do {
        wanted = false
        const free = queue.concurrency - running.size
        if (free <= 0) return
        const claimed = await claim(free)
        for (const each of claimed) begin(each.claim, each.data)
        if (claimed.length === free) wanted = true
      } while (wanted && !stopping)
    } catch (error) {
      parts.unsure()
      // It is looked again before long.
      if (!isServiceFailure(error)) log.error({ ...context, err: error }, 'jobs: none could be taken')
    } finally {
      pumping = false
    }
  }

  let pumped: Promise<void> = Promise.resolve()
  function pump(): void {
    wanted = true
    if (!pumping && !stopping) pumped = pumpAll()
  }

  return {
    queue,
    isFree: () => !stopping && running.size < queue.concurrency,
    pump,
    pumpIn(ms) {
      const at = performance.now() + ms
      if (stopping || (timer && timer.at <= at)) return
      clearTimeout(timer?.handle)
      const handle = setTimeout(() => {
        timer = undefined
        pump()
      }, ms)
      timer = { at, handle }
    },
    lose: (job) => running.get(job)?.attempt.lose(),
    running: () => new Map([...running.values()].map(({ claim: each }) => [each.id, claimKey(each)])),
    tally: () => ({ plugin: queue.plugin, name: queue.name, ...tally }),
    async stop() {
      stopping = true
      clearTimeout(timer?.handle)
      await within(pumped, FINISH_MS)
      const all = Promise.all([...running.values()].map(({ settled }) => settled))
      if (await within(all, FINISH_MS)) return
      for (const { attempt } of running.values()) attempt.interrupt(ABORT_MS)
      await within(all, 2 * ABORT_MS)
    },
  }
}
