/** What the rest of the server, and plugins, are handed to have something recorded. */
import type { Database } from '../database/connection.ts'
import type { RecordRef } from '../identity/record.ts'

/** How it ended: `refused` is the caller's doing, `failed` the server's. */
export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const

/** Something that was done, refused or failed. It names records by their ids, and never says what is in them. */
export interface AuditEvent {
  /** A permission, such as `patients:write`, or one word for what takes none, such as `login`. */
  readonly action: string
  /** What it was about, beside the records that the request itself concerns. */
  readonly records?: readonly RecordRef[]
  readonly outcome: (typeof AUDIT_OUTCOMES)[number]
  /** The stable code of what it was refused for, or failed with. */
  readonly code?: string
  /** The id of an identity; whoever acts, where absent. For a login, which makes somebody of nobody. */
  readonly actor?: string
}

/**
 * The audit log. Every request that changes something or concerns records is in it without anybody's doing, and so is
 * every transaction of a job: record here what is more than that.
 */
export interface Audit {
  /**
   * Records an event, with who acts, from where and by which request.
   *
   * @param tx the transaction that it belongs to: it is recorded if that is committed, and never if it is rolled back.
   *   Without one it is recorded at once, whether the database is there or not
   * @throws {Problem} 503 AUDIT_UNAVAILABLE where it can be kept nowhere
   * @example await audit.record({ action: 'patients:erase', records: [{ kind: 'patient', id: 'P001' }], outcome: 'done' }, tx)
   */
  record(event: AuditEvent, tx?: Database): Promise<void>
}
