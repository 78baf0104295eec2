/** The lock file: which external plugins are pinned, by which hash, and which of them are enabled. */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { EXIT, Failure, messageOf } from '../../exit.ts'

export const LOCK_FILE = 'plugins.lock.json'

const Pin = v.strictObject({
  version: v.string(),
  /** Its folder or file in the plugins folder. */
  path: v.pipe(v.string(), v.regex(/^[^./\\][^/\\]*$/)),
  hash: v.pipe(v.string(), v.regex(/^sha256-[0-9a-f]{64}$/)),
  enabled: v.boolean(),
  /** Counts how often a server that runs was asked to load it anew. */
  reloads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
})

/** What the lock file says of one plugin. */
export type Pin = v.InferOutput<typeof Pin>

const Lock = v.strictObject({
  lockVersion: v.literal(1),
  plugins: v.record(v.string(), Pin),
  /** Names of plugins that were pinned once: what is set for them is left over, and no mistake. */
  removed: v.optional(v.array(v.string()), []),
})

/** Pins by the names of plugins. */
export type Pins = Readonly<Record<string, Pin>>

/** The pins where there is no lock file. */
export const NO_PINS: Pins = {}

/** What the lock file holds. */
export interface LockContent {
  readonly pins: Pins
  readonly removed: readonly string[]
}

/**
 * @param folder of external plugins
 * @returns {@link NO_PINS} where there is no lock file
 * @throws {Failure} 78 when it cannot be read or is no lock file
 */
export async function readLock(folder: string): Promise<LockContent> {
  const path = join(folder, LOCK_FILE)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) {
      return { pins: NO_PINS, removed: [] }
    }
    throw new Failure(EXIT.badConfiguration, `cannot read ${path}: ${messageOf(cause)}`, { cause })
  }
  try {
    const { plugins, removed } = v.parse(Lock, JSON.parse(text))
    // Names are free: one that every object has is no pin by itself.
    return { pins: Object.assign(Object.create(null) as Pins, plugins), removed }
  } catch (cause) {
    throw new Failure(
      EXIT.badConfiguration,
      `${path} is no lock file of plugins (${messageOf(cause)}); move it away and pin each plugin with \`myoserve plugin add\``,
      { cause },
    )
  }
}

/** The pins of {@link readLock}. @throws {Failure} 78 */
export const readPins = async (folder: string): Promise<Pins> => (await readLock(folder)).pins

/**
 * Replaces the lock file whole, so that a reader sees the one or the other. It remembers the names of those that are
 * pinned no more.
 *
 * @throws {Failure} 73; 78 where what is there is no lock file
 */
export async function writePins(folder: string, pins: Pins): Promise<void> {
  const before = await readLock(folder)
  const known = new Set([...before.removed, ...Object.keys(before.pins)])
  const removed = [...known].filter((name) => !Object.hasOwn(pins, name)).sort()
  const path = join(folder, LOCK_FILE)
  const partial = join(folder, `.${LOCK_FILE}.${process.pid}`)
  const plugins = Object.fromEntries(Object.entries(pins).sort(([a], [b]) => (a < b ? -1 : 1)))
  const content = { lockVersion: 1, plugins, ...(removed.length > 0 && { removed }) }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = await open(partial, 'w', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(content, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } catch (cause) {
    throw new Failure(EXIT.cannotWrite, `cannot write ${path}: ${messageOf(cause)}`, { cause })
  }
}
