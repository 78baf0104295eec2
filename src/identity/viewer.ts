/** An identity in a request: what it may do, and which records it may see. */
import { type Identity, may } from './identity.ts'
import type { RecordKinds, RecordRef } from './record.ts'

/** What a handler knows of who asks. */
export interface Viewer extends Identity {
  /** Whether it has a permission. */
  may(permission: string): boolean
  /** Whether it may see a record. True for one that does not exist where it sees all patients. */
  sees(record: RecordRef): Promise<boolean>
  /** @throws what a missing record answers, unless it may see this one */
  mustSee(record: RecordRef): Promise<void>
}

/**
 * @param kinds what is not among them is seen by those alone who see all patients
 */
export function createViewer(identity: Identity, kinds: RecordKinds): Viewer {
  const { scope } = identity
  const sees = async ({ kind, id }: RecordRef): Promise<boolean> =>
    scope === 'all' || (await kinds.get(kind)?.visible(id, scope, identity)) === true
  return {
    ...identity,
    may: (permission) => may(identity, permission),
    sees,
    async mustSee(record) {
      if (await sees(record)) return
      const kind = kinds.get(record.kind)
      throw kind ? kind.missing(record.id) : new Error(`there are no records of the kind ${record.kind}`)
    },
  }
}
