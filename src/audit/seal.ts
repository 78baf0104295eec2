/** Gives entries their place in the chain, in the order of time, after they were committed: writers wait for nobody. */
import type { Database } from '../database/connection.ts'
import type { SealedEntry } from './entry.ts'
import { entryHash, GENESIS } from './hash.ts'
import { chainState, lock, setSeals, tryLock, unsealedEntries } from './statements.ts'

/** Entries of one transaction. */
const BATCH = 1000

/** Whether somebody else seals now is found out, or waited for. */
type Patience = 'now' | 'wait'

async function sealBatch(tx: Database, patience: Patience): Promise<{ sealed: number; isLast: boolean }> {
  if (patience === 'wait') await lock(tx)
  else if (!(await tryLock(tx))) return { sealed: 0, isLast: true }
  // What another node has sealed before is seen from here on.
  const { seq: last, hash } = await chainState(tx)
  let seq = last
  let previous = hash ?? GENESIS
  const sealed: SealedEntry[] = []
  for (const { seq: _none, hash: _neither, ...entry } of await unsealedEntries(tx, BATCH)) {
    const content = { ...entry, seq: ++seq, previous }
    previous = entryHash(content)
    sealed.push({ ...content, hash: previous })
  }
  if (sealed.length > 0)
    await setSeals(
      tx,
      sealed.map(({ id, seq, previous, hash }) => ({ id, seq, previous, hash })),
    )
  return { sealed: sealed.length, isLast: sealed.length < BATCH }
}

/**
 * Seals what is not sealed yet.
 *
 * @param patience whether another node that seals is waited for; it seals the same
 * @returns how many entries it has sealed itself
 */
export async function sealAll(db: Database, patience: Patience = 'now'): Promise<number> {
  let all = 0
  for (;;) {
    const { sealed, isLast } = await db.transaction((tx) => sealBatch(tx as unknown as Database, patience))
    all += sealed
    if (isLast) return all
  }
}
