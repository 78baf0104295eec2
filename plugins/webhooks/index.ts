/** Webhooks: recordings that a storage announces, and lab software that is told of analyses. */
import migration from '../../drizzle/webhooks/0000_deliveries_and_subscriptions.sql' with { type: 'text' }
import { definePlugin } from '../../src/sdk.ts'
import c3dReader from '../c3d-reader/index.ts'
import clinicalRecords from '../clinical-records/index.ts'
import intake from '../intake/index.ts'
import sessionAnalysis from '../session-analysis/index.ts'
import { announcedRecordings, eraseDeliveries } from './erase.ts'
import { createAdmission } from './inbound/admit.ts'
import type { InboundParts } from './inbound/parts.ts'
import { deliveryRule } from './inbound/retention.ts'
import { type Inbound, inboundRoutes } from './inbound/routes.ts'
import { createDeliveryStore } from './inbound/store.ts'
import { fetchRecording } from './inbound/take-in.ts'
import { inboundMetrics } from './inbound/tally.ts'
import { deliveryKind } from './inbound/visibility.ts'
import { notifySubscriber, type OutgoingParts, outgoingHandlers } from './outgoing/notify.ts'
import { subscriptionRoutes } from './outgoing/routes.ts'
import { SECRET, sealSecrets } from './outgoing/secrets.ts'
import { createSubscriptionStore } from './outgoing/store.ts'
import { WebhookConfig } from './settings.ts'
import { deliveries, subscriptions, takenMessages } from './tables.ts'

/** What the plugin works with. */
type WebhookService = Inbound &
  InboundParts &
  OutgoingParts & {
    /** Seals what stands in clear; answers how many. */
    sealSecrets(): Promise<number>
  }

export default definePlugin({
  name: 'webhooks',
  version: '1.0.0',
  host: '^1',
  summary: 'Fetches recordings that a storage announces, and tells lab software of analyses',
  // What it tells of are the events of the analyses.
  needs: { recordings: c3dReader, records: clinicalRecords, analyses: sessionAnalysis, intake },
  config: WebhookConfig,
  tables: { deliveries, takenMessages, subscriptions },
  migrations: [{ id: '0000_deliveries_and_subscriptions', sql: migration }],
  permissions: [
    {
      name: 'deliveries:read',
      summary: 'See recordings that a storage has announced, and what became of them',
      roles: ['therapist'],
    },
    { name: 'webhooks:read', summary: 'See who is told of analyses', roles: [] },
    { name: 'webhooks:manage', summary: 'Say who is told of analyses', roles: [] },
  ],
  jobs: [fetchRecording, notifySubscriber],
  on: outgoingHandlers,
  sealed: [SECRET],
  setup: ({ config, clock, db, jobs, log, needs, vault }): WebhookService => ({
    config,
    clock,
    db,
    jobs,
    log,
    intake: needs.intake,
    records: needs.records,
    deliveries: createDeliveryStore(db),
    subscriptions: createSubscriptionStore(db, vault),
    admit: createAdmission(db, jobs, fetchRecording),
    sealSecrets: () => sealSecrets(db, vault),
    tally: { accepted: 0, ignored: 0, refused: 0 },
    extensions: () => needs.recordings.formats.list().flatMap(({ extensions }) => [...extensions]),
  }),
  records: ({ deliveries: store }) => ({ delivery: deliveryKind(store) }),
  routes: (service) => [...inboundRoutes(service), ...subscriptionRoutes(service)],
  async start({ log, sealSecrets: seal }) {
    const count = await seal()
    if (count > 0) log.info({ count }, 'secrets of subscriptions were sealed that stood in clear')
  },
  retention: ({ config }) => [deliveryRule(config.retention)],
  recordingsOf: (_, patient, tx) => announcedRecordings(patient, tx),
  erase: (_, patient, work) => eraseDeliveries(patient, work),
  metrics: ({ tally }) => inboundMetrics(tally),
})
