/** The rooms of the system by address, and who gets to see each. */

/** One room. */
export interface RoomEntry {
  readonly path: string
  /** Its word in the table of rooms. */
  readonly word:
    | 'overview'
    | 'cache'
    | 'jobs'
    | 'plugins'
    | 'audit'
    | 'scoring'
    | 'users'
    | 'keys'
    | 'webhooks'
    | 'exports'
  /** Permissions of which one suffices. */
  readonly needs: readonly string[]
}

/** Whoever runs the server holds one of these; therapists and researchers hold none. */
const RUNS_IT = ['cache:read', 'jobs:manage', 'audit:read', 'users:read', 'keys:read', 'scoring:configure']

export const ROOMS: readonly RoomEntry[] = [
  { path: '/system', word: 'overview', needs: RUNS_IT },
  { path: '/system/cache', word: 'cache', needs: ['cache:read'] },
  { path: '/system/jobs', word: 'jobs', needs: ['jobs:read'] },
  { path: '/system/plugins', word: 'plugins', needs: RUNS_IT },
  { path: '/system/scoring', word: 'scoring', needs: ['scoring:read'] },
  { path: '/system/users', word: 'users', needs: ['users:read'] },
  { path: '/system/keys', word: 'keys', needs: ['keys:read'] },
  { path: '/system/webhooks', word: 'webhooks', needs: ['webhooks:read', 'deliveries:read'] },
  { path: '/system/exports', word: 'exports', needs: ['exports:read'] },
  { path: '/system/audit', word: 'audit', needs: ['audit:read'] },
]

/** Those that somebody of these permissions gets to see, in their order. */
export const roomsFor = (may: (permission: string) => boolean): readonly RoomEntry[] =>
  ROOMS.filter(({ needs }) => needs.some(may))
