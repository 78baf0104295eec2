/** The ways into the page, and who gets to see which. */
import type { IconName } from '../ui/icon.tsx'

/** A way in. */
export interface Entry {
  readonly to: string
  /** Its picture, and its name among the words of the frame. */
  readonly name: IconName & ('overview' | 'upload' | 'patients' | 'sessions' | 'system')
  /** Permissions of which one suffices; none: everybody. */
  readonly needs: readonly string[]
}

const ENTRIES: readonly Entry[] = [
  { to: '/', name: 'overview', needs: [] },
  { to: '/upload', name: 'upload', needs: ['intake:write', 'recordings:write'] },
  { to: '/patients', name: 'patients', needs: ['patients:read'] },
  { to: '/sessions', name: 'sessions', needs: ['sessions:read'] },
  {
    to: '/system',
    name: 'system',
    needs: ['cache:read', 'audit:read', 'users:read', 'keys:read', 'scoring:configure', 'jobs:manage'],
  },
]

export const entriesFor = (may: (permission: string) => boolean): Entry[] =>
  ENTRIES.filter(({ needs }) => needs.length === 0 || needs.some(may))

/** Whether a path lies within an entry: it is the entry's own, or below it. */
export const isWithin = (to: string, path: string): boolean =>
  path === to || (to !== '/' && path.startsWith(`${to}/`))
