/** Who may see which delivery: those who see the patient that its sender has named, or all patients where there is none. */
import { Problem, type RecordKind } from '../../../src/sdk.ts'
import type { DeliveryStore } from './store.ts'

/** What is answered where there is no such delivery, and to whoever may not see the one there is. */
export const deliveryMissing = (): Problem =>
  new Problem(404, 'DELIVERY_NOT_FOUND', 'There is no delivery with this id.')

/** The records that deliveries are. */
export const deliveryKind = (deliveries: Pick<DeliveryStore, 'isVisible'>): RecordKind => ({
  visible: (id, scope) => deliveries.isVisible(id, scope),
  missing: deliveryMissing,
})
