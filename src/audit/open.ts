/** Opens the audit log of a server: journal, carrier, sealer, and what the others are handed. */
import { hostname } from 'node:os'
import type { MiddlewareHandler } from 'hono'
import type { Database } from '../database/connection.ts'
import { clientOf } from '../http/client.ts'
import { isServiceFailure } from '../http/failures.ts'
import { isProblem } from '../http/problem.ts'
import type { Route } from '../http/route.ts'
import { type Acting, act, acting } from '../identity/acting.ts'
import { SYSTEM } from '../identity/identity.ts'
import type { Logger } from '../observe/log.ts'
import type { Metric } from '../observe/metrics.ts'
import { startCarrier } from './carry.ts'
import type { Audit, AuditEvent } from './contract.ts'
import { auditedDatabase, type Recorder, sayInTransaction } from './database.ts'
import { type AuditEntry, entryOf } from './entry.ts'
import { openJournal } from './journal.ts'
import { auditMetrics } from './metrics.ts'
import { pruneLog } from './prune.ts'
import { auditRequests } from './requests.ts'
import { auditRoutes } from './routes.ts'
import { startSealer } from './sealer.ts'
import { insertEntries } from './statements.ts'

/** What has been kept long enough is looked for so often. */
const PRUNE_MS = 86_400_000
const FIRST_PRUNE_MS = 60_000

/** The audit log of one server. */
export interface AuditSystem {
  readonly audit: Audit
  /** The database for whatever changes records: see {@link auditedDatabase}. @param route who acts where nobody says so */
  database(route: string): Database
  /** Says who acts while a route answers, and records what has become of it. */
  request(route: Route): MiddlewareHandler
  readonly routes: readonly Route[]
  metrics(): Metric[]
  /** Carries and seals what is left. */
  close(): Promise<void>
}

/** The code of what has failed: never its message, which may name a person. */
function codeOf(error: unknown): string {
  if (isServiceFailure(error)) return 'DATABASE_UNAVAILABLE'
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^[A-Z]/.test(code) ? code : 'FAILED'
}

const bySystem = (): Acting =>
  act({ identity: SYSTEM, action: 'system:change', route: 'SERVER' }, () => acting() as Acting)

export interface AuditOptions {
  readonly db: Database
  /** Of this process alone: the journal, and the anchor of the chain. */
  readonly folder: string
  /** How long entries are kept, in ms. */
  readonly retentionMs: number
  readonly log: Logger
  readonly node?: string
}

export async function openAudit({
  db,
  folder,
  retentionMs,
  log,
  node = hostname(),
}: AuditOptions): Promise<AuditSystem> {
  const sealer = await startSealer({ db, folder, log })
  const journal = openJournal(folder)
  const carrier = startCarrier({ db, journal, log, onCarried: sealer.wake })
  const counts = { done: 0, refused: 0, failed: 0 }
  const made = (by: Acting, event: Omit<AuditEvent, 'action'> & { readonly action?: string }): AuditEntry => {
    counts[event.outcome]++
    return entryOf(by, event, node, Date.now())
  }

  const recorder: Recorder = {
    entryOf: (by) => made(by, { outcome: 'done' }),
    onCommitted: sealer.wake,
    onFailed(by, error) {
      const isRefused = isProblem(error) && error.status < 500
      try {
        carrier.add(made(by, { outcome: isRefused ? 'refused' : 'failed', code: codeOf(error) }))
      } catch (unavailable) {
        // What has failed has changed nothing; its own error is what is to be seen.
        log.error({ err: unavailable, route: by.route }, 'audit: a failure could not be recorded')
      }
    },
  }

  async function prune(): Promise<void> {
    try {
      const removed = await pruneLog(db, Date.now() - retentionMs, node)
      if (removed > 0)
        log.info({ removed }, 'audit: entries were removed that are older than they are to be kept')
      if (removed > 0) sealer.wake()
    } catch (error) {
      log.warn({ err: error }, 'audit: nothing could be removed')
    }
  }
  let pruning = setTimeout(function again() {
    pruning = setTimeout(again, PRUNE_MS)
    void prune()
  }, FIRST_PRUNE_MS)

  return {
    audit: {
      async record(event, tx) {
        const by = acting() ?? bySystem()
        if (!tx) {
          carrier.add(made(by, event))
          by.isSaid = true
          return
        }
        await insertEntries(tx, [made(by, event)])
        if (sayInTransaction()) return
        by.recorded++
        sealer.wake()
      },
    },
    database: (route) => auditedDatabase(db, route, recorder),
    request: auditRequests(
      (by, event) => carrier.add(made(by, event)),
      (c) => clientOf(c).address,
    ),
    routes: auditRoutes(db, folder),
    metrics: () => auditMetrics({ counts, journal, carrier, sealer }),
    async close() {
      clearTimeout(pruning)
      await carrier.close()
      await sealer.close()
    },
  }
}
