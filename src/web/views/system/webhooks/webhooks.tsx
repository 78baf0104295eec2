/** Connections with other systems: who is told of analyses, and which recordings were announced. */
import { may } from '../../../app/viewer.ts'
import { Room } from '../room/room.tsx'
import { Deliveries } from './deliveries.tsx'
import { Subscriptions } from './subscriptions.tsx'
import { words } from './words.ts'
import './webhooks.css'

export function WebhooksRoom() {
  const t = words()
  return (
    <Room title={t.title} subtitle={t.intro}>
      {may('webhooks:read') && <Subscriptions />}
      {may('deliveries:read') && <Deliveries />}
    </Room>
  )
}
