/** What the taking in of announced recordings works with. */
import type { Database, Logger } from '../../../src/sdk.ts'
import type { ClinicalRecords } from '../../clinical-records/index.ts'
import type { Intake } from '../../intake/index.ts'
import type { FetchLimits } from './fetch.ts'
import type { DeliveryStore } from './store.ts'

/** What the job works with. */
export interface InboundParts {
  readonly db: Database
  readonly log: Logger
  readonly intake: Intake
  readonly records: ClinicalRecords
  readonly deliveries: DeliveryStore
  readonly config: FetchLimits
}
