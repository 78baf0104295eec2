/** Tries plugins out in another process before this one imports them: those that are new, or set otherwise. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { VERSION } from '../../version.ts'
import type { Quarantined } from '../../workers/protocol.ts'
import type { Pin, Pins } from './lock.ts'

/** In the plugins folder; whoever can write there can pin as well. */
export const PASSED_FILE = '.plugins.passed.json'

const Passed = v.object({ release: v.string(), passed: v.array(v.string()) })
const RELEASE = `${VERSION}, bun ${Bun.version}`

/** Names a plugin with its content and all that is set of it. */
const keyOf = (name: string, { hash }: Pin, settings: string): string =>
  `${name} ${hash} ${new Bun.CryptoHasher('sha256').update(settings).digest('hex')}`

/** @returns what has passed under this very release; nothing where that cannot be told */
async function readPassed(folder: string): Promise<readonly string[]> {
  try {
    const { release, passed } = v.parse(Passed, JSON.parse(await readFile(join(folder, PASSED_FILE), 'utf8')))
    return release === RELEASE ? passed : []
  } catch {
    return []
  }
}

/**
 * Takes note of plugins that could be imported and set up in a worker. Where that cannot be written they are only tried
 * out again.
 *
 * @param pins all that are pinned now: of no other it is remembered
 * @param settingsOf see {@link SettingSources.textOf}
 */
export async function notePassed(
  folder: string,
  pins: Pins,
  names: readonly string[],
  settingsOf: (plugin: string) => string,
): Promise<void> {
  const before = await readPassed(folder)
  const current = Object.entries(pins).map(([name, { hash }]) => `${name} ${hash} `)
  const added = names.flatMap((name) => (pins[name] ? [keyOf(name, pins[name], settingsOf(name))] : []))
  const kept = before.filter((key) => current.some((start) => key.startsWith(start)))
  const passed = [...new Set([...kept, ...added])].sort()
  if (passed.join() === before.join()) return
  const partial = join(folder, `${PASSED_FILE}.${process.pid}`)
  try {
    await writeFile(partial, `${JSON.stringify({ release: RELEASE, passed }, null, 2)}\n`, { mode: 0o600 })
    await rename(partial, join(folder, PASSED_FILE))
  } catch {
    // A folder that is only read.
  }
}

export interface TrialOptions {
  readonly folder: string
  /** See {@link SettingSources.textOf}. */
  settingsOf(plugin: string): string
  /** Sets all plugins up in another process. @returns those that cannot be, and why */
  tryOut(pardoned: readonly string[]): Promise<readonly Quarantined[]>
}

export interface Trial {
  /** Tries them out, unless all have passed before. @returns those that shall not be imported, and why */
  begin(enabled: Pins): Promise<readonly Quarantined[]>
  /** Tries them out, as some have changed. @param pardoned are tried whatever was said of them */
  again(enabled: Pins, pardoned: readonly string[]): Promise<readonly Quarantined[]>
}

export function createTrial({ folder, settingsOf, tryOut }: TrialOptions): Trial {
  async function again(enabled: Pins, pardoned: readonly string[]): Promise<readonly Quarantined[]> {
    const found = await tryOut(pardoned)
    const passed = Object.keys(enabled).filter((name) => !found.some((each) => each.name === name))
    await notePassed(folder, enabled, passed, settingsOf)
    return found
  }
  return {
    async begin(enabled) {
      const passed = new Set(await readPassed(folder))
      const isKnown = ([name, pin]: [string, Pin]): boolean => passed.has(keyOf(name, pin, settingsOf(name)))
      return Object.entries(enabled).every(isKnown) ? [] : again(enabled, [])
    },
    again,
  }
}
