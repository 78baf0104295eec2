/** Tells subscribers of analyses: a job for each of them, in the transaction that has heard of the event. */
import * as v from 'valibot'
import { type Clock, type Database, JobFailure, type JobRun, type Jobs, job, on } from '../../../src/sdk.ts'
import { analysisCompleted, analysisFailed } from '../../session-analysis/index.ts'
import type { WebhookConfig } from '../settings.ts'
import { signed } from '../signature.ts'
import { EVENT_NAMES } from '../tables.ts'
import { send } from './send.ts'
import type { EventName, SubscriptionStore } from './store.ts'

/** What it works with. */
export interface OutgoingParts {
  readonly db: Database
  readonly jobs: Jobs
  readonly clock: Clock
  readonly config: Pick<WebhookConfig, 'privateTargets'>
  readonly subscriptions: SubscriptionStore
}

const Message = v.object({
  subscriptionId: v.pipe(v.string(), v.uuid()),
  /** The same for all subscribers and all attempts. */
  eventId: v.string(),
  event: v.picklist(EVENT_NAMES),
  occurredAt: v.string(),
  data: v.record(v.string(), v.unknown()),
})

type Run = JobRun<v.InferOutput<typeof Message>, OutgoingParts>

/**
 * Sends a message to one subscriber, about a day long: 18 times, at first after seconds, in the end after hours. What is
 * given up then is a failed job, which can be tried again.
 */
export const notifySubscriber = job({
  name: 'notify-subscriber',
  schema: Message,
  retries: 17,
  backoff: { firstS: 2, mostS: 14_400 },
  timeoutMs: 30_000,
  concurrency: 8,
  async run({ service, input, signal }: Run) {
    const { subscriptions, clock, config } = service
    const { subscriptionId, eventId, event, occurredAt, data } = input
    const subscription = await subscriptions.find(subscriptionId)
    // Nobody wants to know any more.
    if (!subscription?.active) return
    const body = JSON.stringify({ id: eventId, event, occurredAt, data })
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Myoserve',
      'x-myoserve-event': event,
      'x-myoserve-event-id': eventId,
      ...signed(subscriptions.secretOf(subscription), Math.floor(clock.now() / 1000), body),
    }
    try {
      await send({ url: subscription.url, headers, body }, config.privateTargets, signal)
    } catch (error) {
      if (error instanceof JobFailure) await subscriptions.note(subscriptionId, error.code)
      throw error
    }
    await subscriptions.note(subscriptionId, null)
  },
})

async function tell(
  event: EventName,
  data: Readonly<Record<string, unknown>>,
  { db, jobs, clock, subscriptions }: OutgoingParts,
  { id: eventId, complete }: Pick<JobRun, 'id' | 'complete'>,
): Promise<void> {
  const occurredAt = new Date(clock.now()).toISOString()
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Database
    const all = (await subscriptions.wanting(event, tx)).map((subscriptionId) => ({
      id: Bun.randomUUIDv7(),
      input: { subscriptionId, eventId, event, occurredAt, data },
    }))
    await jobs.enqueueAll(notifySubscriber, all, { tx })
    await complete(tx)
  })
}

/** What is done when an analysis has ended. */
export const outgoingHandlers = [
  on(analysisCompleted, (data, service: OutgoingParts, run) =>
    tell('analysis.completed', data, service, run),
  ),
  on(analysisFailed, (data, service: OutgoingParts, run) => tell('analysis.failed', data, service, run)),
]
