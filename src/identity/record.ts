/** Records that belong to patients, and who may see which. */
import type { Identity } from './identity.ts'
import type { PatientScope } from './scope.ts'

/** One record: a patient by code, a session or a recording by id, or what else a plugin declares. */
export interface RecordRef {
  readonly kind: string
  readonly id: string
}

/** How records of one kind are kept from those who may not see them. The plugin that owns their patients declares it. */
export interface RecordKind {
  /**
   * Whether a record is one of those in scope. Never asked for a scope of all patients. False where there is no such
   * record: that answers as a missing one does.
   *
   * @param by who asks, where a record that belongs to no patient is seen by whoever has brought it
   */
  visible(
    id: string,
    scope: Exclude<PatientScope, 'all'>,
    by: Pick<Identity, 'id'>,
  ): boolean | Promise<boolean>
  /** The very error that is answered where there is no such record. */
  missing(id: string): Error
}

/** All kinds that the plugins declare, by name. */
export type RecordKinds = ReadonlyMap<string, RecordKind>
