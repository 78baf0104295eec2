/** Takes announced recordings in: message, delivery and job in one transaction, before anybody is told so. */
import type { Database, Jobs } from '../../../src/sdk.ts'
import { deliveries, takenMessages } from '../tables.ts'
import type { AuthenticMessage } from './authentic.ts'
import type { Delivery } from './store.ts'
import type { fetchRecording } from './take-in.ts'

/** What is to be fetched. */
export type NewDelivery = Pick<
  Delivery,
  'url' | 'object' | 'path' | 'patientCode' | 'startedAt' | 'sha256' | 'size'
>

/** Resolves with the id of the delivery when it survives whatever happens; with null where its message was taken before. */
export type Admit = (message: AuthenticMessage, delivery: NewDelivery) => Promise<string | null>

interface Waiting {
  readonly message: AuthenticMessage
  readonly delivery: NewDelivery
  readonly resolve: (id: string | null) => void
  readonly reject: (error: unknown) => void
}

/** So that one of them does not wait for very many others. */
const MOST_AT_ONCE = 50

/** Some messages of a batch were taken before: nothing of it is written. */
class TakenBefore extends Error {
  override readonly name = 'TakenBefore'

  constructor(readonly fresh: ReadonlySet<string>) {
    super('some of the messages were taken before')
  }
}

/** The first of each message, in one order on all servers: two that held what the other waits for would be a deadlock. */
function firstOfEach(batch: readonly Waiting[]): Waiting[] {
  const first = new Map(batch.toReversed().map((each) => [each.message.fingerprint, each]))
  return [...first.keys()].sort().map((key) => first.get(key) as Waiting)
}

/**
 * Those that come while others are being written share the next transaction: it costs one sync of the disk, however many
 * they are, and none waits for more than the one before.
 */
export function createAdmission(db: Database, jobs: Jobs, job: typeof fetchRecording): Admit {
  const waiting: Waiting[] = []
  let writing = false

  /** @returns ids of those that are written. @throws {TakenBefore} */
  const writeNew = (batch: readonly Waiting[]): Promise<Map<Waiting, string>> =>
    db.transaction(async (transaction) => {
      const tx = transaction as unknown as Database
      const ids = batch.map(() => Bun.randomUUIDv7())
      const rows = batch.map(({ delivery }, i) => ({ ...delivery, id: ids[i] as string }))
      // They are sent at once, in this order. That a message was taken before is rare, and then costs another transaction.
      const [taken] = await Promise.all([
        tx
          .insert(takenMessages)
          .values(batch.map(({ message }) => message))
          .onConflictDoNothing()
          .returning({ fingerprint: takenMessages.fingerprint }),
        tx.insert(deliveries).values(rows),
        jobs.enqueueAll(
          job,
          rows.map(({ id, patientCode }) => ({
            id,
            input: { deliveryId: id, ...(patientCode !== null && { patientCode }) },
          })),
          { tx },
        ),
      ])
      if (taken.length < batch.length)
        throw new TakenBefore(new Set(taken.map(({ fingerprint }) => fingerprint)))
      return new Map(batch.map((each, i) => [each, ids[i] as string]))
    })

  async function write(batch: readonly Waiting[]): Promise<Map<Waiting, string>> {
    if (batch.length === 0) return new Map()
    try {
      return await writeNew(batch)
    } catch (error) {
      if (!(error instanceof TakenBefore)) throw error
      return write(batch.filter(({ message }) => error.fresh.has(message.fingerprint)))
    }
  }

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_AT_ONCE)
      try {
        const ids = await write(firstOfEach(batch))
        for (const each of batch) each.resolve(ids.get(each) ?? null)
      } catch (error) {
        for (const each of batch) each.reject(error)
      }
    }
    writing = false
  }

  return (message, delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ message, delivery, resolve, reject })
      if (!writing) void writeAll()
    })
}
