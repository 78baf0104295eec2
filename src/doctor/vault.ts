/** Examines the vault: that its keys open what is sealed. Changes nothing. */
import type { HostConfig } from '../config/schema.ts'
import type { Database } from '../database/connection.ts'
import type { Finding } from '../plugin/examination.ts'
import type { DataFolder } from '../storage/data-folder.ts'
import { sampleValues } from '../vault/columns.ts'
import { keyPlace, keySource, placeName } from '../vault/open.ts'
import { registeredKeys } from '../vault/registry.ts'
import type { SealedColumn } from '../vault/sealed-column.ts'
import { createVault, type Vault } from '../vault/vault.ts'

/** Values of a column that are opened, from each end. */
const SAMPLE = 20

const opens = (vault: Vault, sealed: string, about: string): boolean => {
  try {
    vault.open(sealed, about)
    return true
  } catch {
    return false
  }
}

/** That the keys are there, and that some values of every sealed column open. @throws {Failure} 78 where they cannot be read */
export async function examineVault(
  host: HostConfig,
  folder: DataFolder,
  db: Database,
  columns: readonly SealedColumn[],
): Promise<Finding[]> {
  const place = keyPlace(host, folder)
  const source = await keySource(place)
  const ring = source.ring()
  const registered = await registeredKeys(db)
  if (ring.length === 0 && registered.length === 0) {
    return [
      { level: 'ok', sentence: 'Nothing has been sealed yet: the next start of the server makes a key.' },
    ]
  }
  const missing = registered.filter((id) => !ring.some((key) => key.id === id))
  const findings: Finding[] = missing.map((id) => ({
    level: 'fault',
    sentence: `The database may be sealed by the key ${id}, which is not in ${placeName(place)}.`,
    help: 'myoserve vault status',
  }))
  const vault = createVault(source)
  let opened = 0
  for (const column of columns) {
    const values = await sampleValues(db, column, SAMPLE)
    const shut = values.filter(({ id, value }) => !opens(vault, value, column.about(id)))
    opened += values.length - shut.length
    if (shut.length === 0) continue
    findings.push({
      level: 'fault',
      sentence: `Of ${values.length} values of ${column.indexed}, ${shut.length} do not open, that of ${shut[0]?.id} for one: they were changed outside the server, or their key is not there.`,
      help: 'myoserve vault status',
    })
  }
  if (findings.length > 0) return findings
  return [
    {
      level: 'ok',
      sentence: `The ${ring.length === 1 ? 'key' : `${ring.length} keys`} of the vault ${ring.length === 1 ? 'is' : 'are'} there; all ${opened} sealed values that were tried open.`,
    },
  ]
}
