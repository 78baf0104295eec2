/** Loads the external plugins of a folder: those that are pinned, unchanged and enabled. */
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type SettingName, settingNames } from '../../config/load.ts'
import { messageOf } from '../../exit.ts'
import { marked } from '../../workers/marked.ts'
import type { Quarantined } from '../../workers/protocol.ts'
import type { Plugin } from '../define.ts'
import type { RefusedPlugin } from '../slot.ts'
import { fingerprint, SOURCE_FILE } from './fingerprint.ts'
import { forgetModules, importPlugin } from './import.ts'
import { LOCK_FILE, type LockContent, type Pin, type Pins, readLock } from './lock.ts'
import { type ModuleOffer, offerModules } from './offer.ts'
import { isRefusal, PluginRefused } from './refusal.ts'

export interface ExternalPlugins {
  /** Loaded, in the order of their names. */
  readonly plugins: readonly Plugin[]
  /** Not loaded, each with the reason. */
  readonly refused: readonly RefusedPlugin[]
  /** Pinned, but not to be loaded. */
  readonly disabled: ReadonlyArray<{ readonly name: string; readonly version: string }>
  /** What they are pinned by, and all that the lock file holds beside; nothing where it could not be read. */
  readonly pins: Pins
  /** Names of those that were there once. */
  readonly removed: readonly string[]
}

export const NO_EXTERNAL_PLUGINS: ExternalPlugins = {
  plugins: [],
  refused: [],
  disabled: [],
  pins: {},
  removed: [],
}

export interface LoadOptions {
  /** The plugins folder. */
  readonly folder: string
  /** Whether somebody has named that folder, so that it has to be there. */
  readonly named?: boolean
  readonly builtIn: readonly Plugin[]
  readonly offer: ModuleOffer
  /** A plugin that is passed over, since another shall take its place. */
  readonly except?: string
  /**
   * Asked once where there is something to load, before any of it is imported.
   *
   * @param enabled what is going to be
   * @returns the plugins that shall not be imported, and why
   */
  tryOut?(enabled: Pins): Promise<readonly Quarantined[]>
}

/** What stands in the plugins folder and may be a plugin. */
export async function entriesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter(({ name }) => !name.startsWith('.'))
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink() || SOURCE_FILE.test(entry.name))
    .map(({ name }) => name)
    .sort()
}

/** None of the plugins can be loaded. */
const allRefused = (names: readonly string[], reason: string): ExternalPlugins => ({
  ...NO_EXTERNAL_PLUGINS,
  refused: names.map((name) => ({ name, version: '', reason })),
})

/** What stands in the plugins folder and is not run, as nobody has pinned it. */
export function unpinned(folder: string, entries: readonly string[], pins: Pins): RefusedPlugin[] {
  const pinned = new Set(Object.values(pins).map(({ path }) => path))
  return entries
    .filter((entry) => !pinned.has(entry))
    .map((entry) => ({
      name: entry.replace(SOURCE_FILE, ''),
      version: '',
      reason: `it is not pinned; \`myoserve plugin add ${join(folder, entry)}\` pins it`,
    }))
}

/** @throws {PluginRefused} */
async function loadPinned(folder: string, name: string, pin: Pin): Promise<Plugin> {
  const path = join(folder, pin.path)
  const { hash, files } = await fingerprint(path, true)
  if (hash !== pin.hash) {
    throw new PluginRefused(
      `its files were changed after they were pinned; \`myoserve plugin add ${path}\` pins them as they are`,
    )
  }
  await forgetModules(path, files)
  const plugin = await importPlugin(path)
  if (plugin.name === name) return plugin
  throw new PluginRefused(
    `it calls itself ${plugin.name}, but is pinned as ${name}; \`myoserve plugin remove ${name}\` removes it`,
  )
}

/** The name of a setting that would mean two things, with who has it already. */
function takenSetting(plugin: Plugin, taken: readonly SettingName[]): string | undefined {
  if (!plugin.config) return undefined
  const own = settingNames([{ name: plugin.name, schema: plugin.config }]).filter(({ section }) => section)
  for (const { key, flag, env } of own) {
    const other = taken.find((each) => each.flag === flag || each.env === env)
    if (other) {
      return `its setting ${key} would be --${flag} and ${env}, which ${other.section || 'the host'} has already`
    }
  }
  return undefined
}

/** @throws {PluginRefused} where its name, or one of its settings, is taken */
export function checkNames(plugin: Plugin, others: readonly Plugin[]): void {
  if (others.some(({ name }) => name === plugin.name)) {
    throw new PluginRefused(`another plugin is called ${plugin.name} already`, { blocked: true })
  }
  const sections = others.flatMap(({ name, config }) => (config ? [{ name, schema: config }] : []))
  const settings = settingNames(sections)
  if (settings.some(({ section, key }) => section === '' && key === plugin.name)) {
    throw new PluginRefused(`a setting of the host is called ${plugin.name} already`)
  }
  const taken = takenSetting(plugin, settings)
  if (taken !== undefined) throw new PluginRefused(taken, { blocked: true })
}

/** Some of the pins of a plugins folder, to be loaded. */
export interface PinnedPlugins {
  readonly folder: string
  readonly entries: readonly string[]
  readonly pins: Pins
  /** Names of those that shall be loaded, if they are enabled. */
  readonly wanted: readonly string[]
  /** Plugins that are there already. */
  readonly others: readonly Plugin[]
  readonly offer: ModuleOffer
  /** See {@link LoadOptions}. */
  tryOut?: LoadOptions['tryOut']
}

const only = (pins: Pins, names: readonly string[]): Pins =>
  Object.fromEntries(names.map((name) => [name, pins[name] as Pin]))

/** Loads them with fresh code, in the order of their names. Whatever is wrong with one costs no other. */
export async function loadPins({
  folder,
  entries,
  pins,
  wanted,
  others,
  offer,
  tryOut,
}: PinnedPlugins): Promise<Pick<ExternalPlugins, 'plugins' | 'refused'>> {
  const enabled = wanted.filter((name) => pins[name]?.enabled).toSorted()
  const failed = new Map<string, Quarantined>()
  if (enabled.length > 0) {
    const untried = (error: unknown): Quarantined[] =>
      enabled.map((name) => ({ name, reason: `it could not be tried out: ${messageOf(error)}` }))
    for (const each of (await tryOut?.(only(pins, enabled)).catch(untried)) ?? []) failed.set(each.name, each)
    await offerModules(offer)
  }
  const plugins: Plugin[] = []
  const refused: RefusedPlugin[] = []
  for (const name of enabled) {
    const pin = pins[name] as Pin
    try {
      if (!entries.includes(pin.path)) {
        throw new PluginRefused(
          `its files are missing from ${folder}; \`myoserve plugin remove ${name}\` forgets it`,
        )
      }
      const why = failed.get(name)
      if (why) throw new PluginRefused(why.reason, why)
      const plugin = await marked(name, () => loadPinned(folder, name, pin))
      checkNames(plugin, [...others, ...plugins])
      plugins.push(plugin)
    } catch (error) {
      const blocked = isRefusal(error) && error.blocked
      refused.push({ name, version: pin.version, reason: messageOf(error), blocked })
    }
  }
  return { plugins, refused }
}

/**
 * Loads what is pinned and enabled. Code that is not pinned, or was changed since, is never run. Whatever is wrong with
 * a plugin, the lock file or the folder itself is said among those that are refused.
 */
export async function loadExternalPlugins({
  folder,
  named = false,
  builtIn,
  offer,
  except,
  tryOut,
}: LoadOptions): Promise<ExternalPlugins> {
  let entries: string[]
  let lock: LockContent
  try {
    entries = await entriesOf(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !named) return NO_EXTERNAL_PLUGINS
    return allRefused([basename(folder)], `cannot read the plugins folder ${folder}: ${messageOf(error)}`)
  }
  try {
    lock = await readLock(folder)
  } catch (error) {
    const names = entries.map((entry) => entry.replace(SOURCE_FILE, ''))
    return allRefused(names.length > 0 ? names : [LOCK_FILE], messageOf(error))
  }
  const { pins, removed } = lock
  const wanted = Object.keys(pins).filter((name) => name !== except)
  const { plugins, refused } = await loadPins({
    folder,
    entries,
    pins,
    wanted,
    others: builtIn,
    offer,
    tryOut,
  })
  return {
    plugins,
    refused: [...unpinned(folder, entries, pins), ...refused],
    disabled: wanted.flatMap((name) => {
      const { enabled, version } = pins[name] as Pin
      return enabled ? [] : [{ name, version }]
    }),
    pins,
    removed,
  }
}
