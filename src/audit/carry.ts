/** Moves what the journal holds to the database, a little later, and again until it is there. */
import type { Database } from '../database/connection.ts'
import { isServiceFailure } from '../http/failures.ts'
import type { Logger } from '../observe/log.ts'
import { within } from '../within.ts'
import type { AuditEntry } from './entry.ts'
import type { Journal } from './journal.ts'
import { insertEntries } from './statements.ts'

/** Entries are gathered for so long. */
const GATHER_MS = 200

/** Waits between attempts while the database is away. */
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 2000

/** Rows of one statement. */
const BATCH = 1000

/** When a server stops, the database is waited for no longer; what is left is carried at the next start. */
const LONGEST_END_MS = 3000

export interface Carrier {
  /** Writes an entry to the journal. @throws {Problem} 503 AUDIT_UNAVAILABLE */
  add(entry: AuditEntry): void
  /** Entries that were carried since the start. */
  carried(): number
  /** Carries what is left, if the database is there. */
  close(): Promise<void>
}

export function startCarrier({
  db,
  journal,
  log,
  onCarried,
}: {
  readonly db: Database
  readonly journal: Journal
  readonly log: Logger
  /** Called when entries have come to the database. */
  onCarried(): void
}): Carrier {
  let timer: ReturnType<typeof setTimeout> | undefined
  let carrying: Promise<void> = Promise.resolve()
  let carried = 0
  let wait = FIRST_WAIT_MS
  let closed = false

  async function carryFile(file: string): Promise<void> {
    const { entries, damaged } = journal.read(file)
    if (damaged > 0) log.error({ file, lines: damaged }, 'audit: a journal has lines that cannot be read')
    for (let i = 0; i < entries.length; i += BATCH) await insertEntries(db, entries.slice(i, i + BATCH))
    journal.done(file)
    carried += entries.length
  }

  /** @returns whether all was carried */
  async function carry(): Promise<boolean> {
    let file: string | undefined
    try {
      for (;;) {
        const files = journal.complete()
        if (files.length === 0) break
        for (file of files) await carryFile(file)
        onCarried()
      }
      wait = FIRST_WAIT_MS
      return true
    } catch (error) {
      if (isServiceFailure(error)) log.warn('audit: the database is away; entries wait in the journal')
      else log.error({ err: error }, 'audit: the journal could not be carried to the database')
      // It may take long enough for the power to fail.
      if (file !== undefined) journal.sync(file)
      return false
    }
  }

  function plan(ms: number): void {
    if (timer !== undefined || closed) return
    timer = setTimeout(() => {
      carrying = carry().then((done) => {
        timer = undefined
        if (done && journal.backlog() === 0) return
        plan(done ? GATHER_MS : wait)
        if (!done) wait = Math.min(LONGEST_WAIT_MS, wait * 2)
      })
    }, ms)
  }

  // What a former process has left.
  if (journal.backlog() > 0) plan(0)
  return {
    add(entry) {
      journal.append(entry)
      plan(GATHER_MS)
    },
    carried: () => carried,
    async close() {
      closed = true
      clearTimeout(timer)
      await within(carrying, LONGEST_END_MS)
      await within(carry(), LONGEST_END_MS)
      journal.close()
    },
  }
}
