/** What is shown in each room of the system: loaded together, since who looks after a server walks through them. */
import type { ComponentType } from 'preact'
import { AuditRoom } from './audit/audit.tsx'
import { CacheRoom } from './cache/cache.tsx'
import { ExportsRoom } from './exports/exports.tsx'
import { JobsRoom } from './jobs/jobs.tsx'
import { KeysRoom } from './keys/keys.tsx'
import { SystemOverview } from './overview/overview.tsx'
import { PluginsRoom } from './plugins/plugins.tsx'
import type { RoomEntry } from './room/rooms.ts'
import { ScoringRoom } from './scoring/scoring.tsx'
import { UsersRoom } from './users/users.tsx'
import { WebhooksRoom } from './webhooks/webhooks.tsx'

export const SHOWN: Readonly<Record<RoomEntry['word'], ComponentType>> = {
  overview: SystemOverview,
  cache: CacheRoom,
  jobs: JobsRoom,
  plugins: PluginsRoom,
  scoring: ScoringRoom,
  users: UsersRoom,
  keys: KeysRoom,
  webhooks: WebhooksRoom,
  exports: ExportsRoom,
  audit: AuditRoom,
}
