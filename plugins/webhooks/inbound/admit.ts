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

/** A delivery that was taken in; null where its message was taken before. */
export type Admitted = { readonly id: string; readonly jobId: string } | null

/** Resolves when the delivery survives whatever happens. */
export type Admit = (message: AuthenticMessage, delivery: NewDelivery) => Promise<Admitted>

interface Waiting {
  readonly message: AuthenticMessage
  readonly delivery: NewDelivery
  readonly resolve: (admitted: Admitted) => void
  readonly reject: (error: unknown) => void
}

/** As many are written at once as the connection takes without waiting. */
const MOST_AT_ONCE = 50

const byFingerprint = (a: Waiting, b: Waiting): number =>
  a.message.fingerprint < b.message.fingerprint ? -1 : a.message.fingerprint > b.message.fingerprint ? 1 : 0

/**
 * Those that come while others are being written share the next transaction: it costs one sync of the disk, however many
 * they are, and none waits for more than the one before.
 */
export function createAdmission(db: Database, jobs: Jobs, job: typeof fetchRecording): Admit {
  const waiting: Waiting[] = []
  let writing = false

  /** @returns those whose message was not taken before, with what they are from now on */
  const write = (batch: readonly Waiting[]): Promise<Map<Waiting, Admitted>> =>
    db.transaction(async (transaction) => {
      const tx = transaction as unknown as Database
      // In one order on all servers: two that held what the other one waits for would be a deadlock.
      const messages = batch.map(({ message }) => message)
      const taken = await tx
        .insert(takenMessages)
        .values(messages)
        .onConflictDoNothing()
        .returning({ fingerprint: takenMessages.fingerprint })
      const fresh = new Set(taken.map(({ fingerprint }) => fingerprint))
      // Of the same message twice in one batch, the first counts.
      const news = batch.filter(({ message }) => fresh.delete(message.fingerprint))
      const admitted = await Promise.all(
        news.map(async () => {
          const id = Bun.randomUUIDv7()
          return { id, jobId: await jobs.enqueue(job, { deliveryId: id }, { tx }) }
        }),
      )
      const rows = news.map(({ delivery }, i) => ({ ...delivery, ...(admitted[i] as NonNullable<Admitted>) }))
      if (rows.length > 0) await tx.insert(deliveries).values(rows)
      return new Map(news.map((each, i) => [each, admitted[i] ?? null]))
    })

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_AT_ONCE).sort(byFingerprint)
      try {
        const admitted = await write(batch)
        for (const each of batch) each.resolve(admitted.get(each) ?? null)
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
