/** Seals everything anew by a new key, while servers run; goes on where a former run was ended. */
import type { Database } from '../database/connection.ts'
import { EXIT, Failure } from '../exit.ts'
import { type KeyUse, keyUses, reseal } from './columns.ts'
import { newVaultKey } from './key.ts'
import { readKeyFile, replaceKeys } from './key-file.ts'
import { type KeyPlace, placeName } from './open.ts'
import { aloneWithKeys, forgetKey, registeredKeys, registerKeys } from './registry.ts'
import type { SealedColumn } from './sealed-column.ts'
import { createVault, type KeySource } from './vault.ts'

/** Values of one transaction. */
const BATCH = 200

/** What a server may have sealed by the old key just before it saw the new one is written down by then. */
const LAST_WRITES_MS = 1000

/** What a rotation has come to. */
export interface Rotation {
  /** The key that everything is sealed by now. */
  readonly key: string
  /** Whether it was made by this run; else the run has gone on with one that was there. */
  readonly made: boolean
  readonly sealed: number
  /** What does not open, as `column:row`, and was left as it is. */
  readonly failed: readonly string[]
}

const countOf = (uses: readonly KeyUse[], counts: (key: string | null) => boolean): number =>
  uses.reduce((sum, { key, count }) => sum + (counts(key) ? count : 0), 0)

/** Makes a key, unless something is left to be sealed by the newest. @returns the key to seal by */
const chooseKey = (
  db: Database,
  place: KeyPlace,
  source: KeySource,
  columns: readonly SealedColumn[],
): Promise<{ readonly key: string; readonly made: boolean }> =>
  aloneWithKeys(db, async (tx) => {
    const ring = source.ring()
    const newest = ring.at(-1)
    if (!newest) throw new Failure(EXIT.badConfiguration, `there are no keys yet in ${placeName(place)}`)
    const missing = (await registeredKeys(tx)).filter((id) => !ring.some((key) => key.id === id))
    if (missing.length > 0) {
      throw new Failure(
        EXIT.badConfiguration,
        `the key ${missing[0]} is not in ${placeName(place)}; put it back first`,
      )
    }
    const uses = await keyUses(tx, columns)
    const isUnderWay = countOf(uses, (key) => key !== newest.id) > 0
    // A key that has sealed nothing yet is as good as another new one.
    const isFresh = countOf(uses, (key) => key === newest.id) === 0 && ring.length > 1
    if (place.kind === 'command' || (isUnderWay && ring.length > 1) || isFresh) {
      await registerKeys(tx, [newest.id])
      return { key: newest.id, made: false }
    }
    const made = newVaultKey()
    // First the note: a node that starts between the two waits for this transaction.
    await registerKeys(tx, [made.id])
    const file = readKeyFile(place.path, place.shared)
    if (!file) throw new Failure(EXIT.badConfiguration, `${place.path} is not there any more`)
    await replaceKeys(place.path, [...file.ring, made], file)
    return { key: made.id, made: true }
  })

/**
 * @param onTotal told how many values there are to be sealed anew
 * @param onStep told how many more were
 * @throws {Failure} 78 where keys are missing, 73 where the file cannot be written
 */
export async function rotate(options: {
  readonly db: Database
  readonly place: KeyPlace
  readonly source: KeySource
  readonly columns: readonly SealedColumn[]
  onTotal(count: number): void
  onStep(count: number): void
}): Promise<Rotation> {
  const { db, place, source, columns, onTotal, onStep } = options
  const { key: newest, made } = await chooseKey(db, place, source, columns)
  const vault = createVault(source)
  const failed = new Set<string>()
  let sealed = 0
  const pass = async (): Promise<void> => {
    for (const column of columns) {
      let after: string | undefined
      do {
        const step = await reseal(db, column, vault, { newest, after, limit: BATCH })
        after = step.after
        sealed += step.sealed
        for (const id of step.failed) failed.add(`${column.indexed}:${id}`)
        if (step.sealed > 0) onStep(step.sealed)
      } while (after !== undefined)
    }
  }
  onTotal(countOf(await keyUses(db, columns), (key) => key !== newest))
  await pass()
  if (made) {
    await Bun.sleep(LAST_WRITES_MS)
    await pass()
  }
  return { key: newest, made, sealed, failed: [...failed] }
}

/**
 * Drops a key that seals nothing in the database any more.
 *
 * @throws {Failure} 65 while something is sealed by it, 64 for the newest one, or one that there is not
 */
export const forget = (
  db: Database,
  place: KeyPlace,
  source: KeySource,
  columns: readonly SealedColumn[],
  id: string,
): Promise<void> =>
  aloneWithKeys(db, async (tx) => {
    const ring = source.ring()
    const isHeld = ring.some((key) => key.id === id)
    if (!isHeld && !(await registeredKeys(tx)).includes(id))
      throw new Failure(EXIT.usage, `there is no key ${id}`)
    if (ring.at(-1)?.id === id) throw new Failure(EXIT.usage, `the key ${id} is the newest one, and seals`)
    const count = countOf(await keyUses(tx, columns), (key) => key === id)
    if (count > 0) {
      throw new Failure(
        EXIT.badData,
        `${count} values are sealed by the key ${id}; run \`myoserve vault rotate\` first`,
      )
    }
    await forgetKey(tx, id)
    if (!isHeld || place.kind === 'command') return
    const file = readKeyFile(place.path, place.shared)
    if (file)
      await replaceKeys(
        place.path,
        file.ring.filter((key) => key.id !== id),
        file,
      )
  })
