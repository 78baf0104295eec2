/** Who acts now: told once where work begins, known to all that it calls. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Identity, NOBODY, SYSTEM } from './identity.ts'
import type { RecordRef } from './record.ts'

/** A request, a job or a command while it is under way. */
export interface Acting {
  /** Nobody until it is known who. */
  identity: Identity
  /** Whether that is known. What is done to find it out is no change that is recorded. */
  isKnown: boolean
  /** The permission it takes, such as `patients:write`; `job:run` for a job. */
  readonly action: string
  /** Method and path pattern of a request; `JOB plugin/name` or `COMMAND name` otherwise. Never a path as it was asked for. */
  readonly route: string
  /** Whether it may change something: a request that is not a GET, a job, a command. */
  readonly changes: boolean
  readonly requestId: string | null
  /** Of the client. */
  readonly address: string | null
  /** The records that it concerns, as far as they are known. */
  records: readonly RecordRef[]
  /** How many records the answer of a list holds; null where it is none. */
  count: number | null
  /** Transactions of it that were committed with their entry in the audit log. */
  recorded: number
  /** Whether it has been recorded by hand, outside a transaction: then nothing is added at its end. */
  isSaid: boolean
}

const storage = new AsyncLocalStorage<Acting>()

/** Who acts now; undefined where nobody has said so, as in what a plugin does by a clock of its own. */
export const acting = (): Acting | undefined => storage.getStore()

/**
 * Runs something as somebody's doing: it, and all that it begins.
 *
 * @example await act({ identity: SYSTEM, action: 'users:write', route: 'COMMAND user add' }, () => users.add(name))
 */
export const act = <T>(of: Pick<Acting, 'action' | 'route'> & Partial<Acting>, work: () => T): T =>
  storage.run(
    {
      identity: NOBODY,
      isKnown: of.identity !== undefined,
      changes: true,
      requestId: null,
      address: null,
      records: [],
      count: null,
      recorded: 0,
      isSaid: false,
      ...of,
    },
    work,
  )

/** Says who acts, once it is known. */
export function actAs(identity: Identity): void {
  const now = storage.getStore()
  if (!now) return
  now.identity = identity
  now.isKnown = true
}

/** Runs what the server does by itself. */
export const actAsSystem = <T>(
  action: string,
  route: string,
  work: () => T,
  records: readonly RecordRef[] = [],
): T => act({ identity: SYSTEM, action, route, records }, work)

/**
 * Names records that what is under way is about, where no parameter of its route does: the patient that it has just
 * made, the session that a job works on. The audit log then names them. Say it in the transaction of the change, or
 * before.
 *
 * @example concerning({ kind: 'patient', id: created.code })
 */
export function concerning(...records: readonly RecordRef[]): void {
  const now = storage.getStore()
  if (!now) return
  const added = records.filter(
    ({ kind, id }) => !now.records.some((each) => each.kind === kind && each.id === id),
  )
  if (added.length > 0) now.records = [...now.records, ...added]
}

/** Says how many records the answer of a list holds; null for any other answer. */
export function counting(count: number | null): void {
  const now = storage.getStore()
  if (now) now.count = count
}
