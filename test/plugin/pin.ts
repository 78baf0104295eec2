/** Pins plugins behind the back of the product, as an older release or a careless person might have. */
import { join } from 'node:path'
import { fingerprint } from '../../src/plugin/external/fingerprint.ts'
import { readPins, writePins } from '../../src/plugin/external/lock.ts'

/** Pins folders that were pinned before as they are now, whatever is wrong with them. */
export async function pinAll(folder: string, names: readonly string[]): Promise<void> {
  const pins = { ...(await readPins(folder)) }
  for (const name of names) {
    const { hash } = await fingerprint(join(folder, name), true)
    pins[name] = { version: '1.0.0', path: name, hash, enabled: true }
  }
  await writePins(folder, pins)
}
