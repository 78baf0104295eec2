/** Who asks: a user, a key of lab software, the server itself, or nobody. */
import type { PatientScope } from './scope.ts'

/** How it was proven: a cookie is sent by a browser on its own, a key never is. */
export type Proof = 'cookie' | 'key' | 'none'

/** Somebody who asks, with their rights. */
export interface Identity {
  /** `user:` or `key:` with an id, or `open`, `system`, `nobody`. It stands in the audit log and in keys of the cache. */
  readonly id: string
  /** What people call it. */
  readonly name: string
  readonly proof: Proof
  readonly roles: readonly string[]
  readonly permissions: 'all' | ReadonlySet<string>
  readonly scope: PatientScope
  /** Whether everything that tells who a patient is stays hidden: free text, names of files, the files themselves. */
  readonly pseudonymous: boolean
  /** Another text when any of its rights is another: what was cached for the former ones is not served. */
  readonly edition: string
}

/** Who has not said who they are. */
export const NOBODY: Identity = {
  id: 'nobody',
  name: 'nobody',
  proof: 'none',
  roles: [],
  permissions: new Set(),
  scope: { patients: [] },
  pseudonymous: true,
  edition: '',
}

/** Everybody at this computer, where access control is turned off. */
export const OPEN: Identity = {
  id: 'open',
  name: 'everybody at this computer',
  proof: 'none',
  roles: ['admin'],
  permissions: 'all',
  scope: 'all',
  pseudonymous: false,
  edition: '',
}

/** The server itself: its jobs, its watched folder, its commands. */
export const SYSTEM: Identity = { ...OPEN, id: 'system', name: 'the server' }

/** Whether an identity has a permission. `public` is no permission: everybody has it. */
export const may = ({ permissions }: Pick<Identity, 'permissions'>, permission: string): boolean =>
  permission === 'public' || permissions === 'all' || permissions.has(permission)

/**
 * Names whom an answer was made for: two requests have the same text only where each may see all that the other may.
 * It stands in the key of every cached answer.
 */
export const subjectOf = ({ id, edition }: Identity): string => `${id} ${edition}`
