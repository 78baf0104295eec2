/** The job that fetches an announced recording and takes it in. */
import * as v from 'valibot'
import { inOneTransaction, JobFailure, type JobRun, job, SYSTEM } from '../../../src/sdk.ts'
import { noteFailure } from './failed-session.ts'
import { failureOf } from './failure.ts'
import { fetchObject } from './fetch.ts'
import type { InboundParts } from './parts.ts'
import type { Delivery } from './store.ts'

/** Attempts beside the first: about half an hour. */
const RETRIES = 10

/** Longer than any fetch may take, with the reading of what was fetched. */
const TIMEOUT_MS = 45 * 60_000

const Input = v.object({
  deliveryId: v.pipe(v.string(), v.uuid()),
  /** As the sender has named the patient: whoever may see them may follow the job. */
  patientCode: v.optional(v.string()),
})

type Run = JobRun<v.InferOutput<typeof Input>, InboundParts>

async function takeIn({ service, signal, complete }: Run, delivery: Delivery): Promise<void> {
  const { db, intake, deliveries, config } = service
  const { id, object, path, patientCode, startedAt } = delivery
  const waiting = patientCode === null ? null : await deliveries.failedSessionOf(object, patientCode)
  const { row, session } = await intake.accept({
    by: SYSTEM,
    bytes: fetchObject(config, delivery, signal),
    path,
    patientCode: patientCode ?? undefined,
    startedAt: startedAt ?? undefined,
    waitingSession: waiting ?? undefined,
  })
  await inOneTransaction(db, async ({ tx }) => {
    const state = { status: 'completed', recordingId: row.id, sessionId: session?.id ?? null } as const
    await deliveries.proceed(id, state, tx)
    await complete(tx)
  })
}

/**
 * Fetches a recording and takes it in. Whatever breaks, the same bytes are one recording in one session. What fails for
 * good says so in its delivery and stays a failed job, to be tried again by whoever has put right what was wrong.
 */
export const fetchRecording = job({
  name: 'fetch-recording',
  schema: Input,
  retries: RETRIES,
  backoff: { firstS: 1, mostS: 600 },
  timeoutMs: TIMEOUT_MS,
  // Those who announce are not to wait for what is fetched.
  concurrency: 2,
  async run(run: Run) {
    const { deliveries, log } = run.service
    const delivery = await deliveries.find(run.input.deliveryId)
    if (!delivery || delivery.status === 'completed') return
    await deliveries.proceed(delivery.id, { status: 'processing' })
    try {
      await takeIn(run, delivery)
    } catch (error) {
      if (run.signal.aborted) throw error
      const { passing, ...failure } = failureOf(error)
      if (passing && run.attempt <= RETRIES) {
        throw failure.code === 'INTAKE_FAILED' ? error : new JobFailure(failure.code, failure.reason)
      }
      log.warn(
        { deliveryId: delivery.id, code: failure.code, err: error },
        'an announced recording was not had',
      )
      await noteFailure(run.service, delivery, failure)
      throw new JobFailure(failure.code, failure.reason, { retry: false })
    }
    await deliveries.forgetExpired()
  },
})
