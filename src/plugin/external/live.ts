/** Keeps a host that runs in step with the plugins folder: what its lock file says is taken up as it says it. */
import { messageOf } from '../../exit.ts'
import type { Logger } from '../../observe/log.ts'
import type { Quarantined } from '../../workers/protocol.ts'
import type { Outsiders, PluginChange } from '../change.ts'
import type { Plugin } from '../define.ts'
import { type ExternalPlugins, entriesOf, loadPins, unpinned } from './load.ts'
import { LOCK_FILE, NO_PINS, type Pin, type Pins, readPins } from './lock.ts'
import type { ModuleOffer } from './offer.ts'
import { watchFolder } from './watch.ts'

export interface LiveOptions {
  readonly folder: string
  readonly builtIn: readonly Plugin[]
  readonly offer: ModuleOffer
  /** What was loaded at the start. */
  readonly initial: ExternalPlugins
  /** Changes the host. */
  change(change: PluginChange): Promise<void>
  /** Tries all that are enabled out in another process. @returns those that shall not be imported here, and why */
  tryOut(enabled: Pins, changed: readonly string[]): Promise<readonly Quarantined[]>
  readonly migrate: PluginChange['migrate']
  readonly log: Logger
}

export interface LivePlugins {
  /** Takes up what has changed since the last look. Resolves when that is done. */
  look(): Promise<void>
  /** Looks no more, and resolves when a change that is under way is done. */
  close(): Promise<void>
}

const sameCode = (a: Pin, b: Pin): boolean =>
  a.hash === b.hash && a.path === b.path && (a.reloads ?? 0) === (b.reloads ?? 0)

/** What differs between two states of a lock file, by the names of plugins. */
export function differences(before: Pins, after: Pins): { leaving: string[]; coming: string[] } {
  const leaving: string[] = []
  const coming: string[] = []
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name], after[name]]
    const [was, is] = [old?.enabled === true, now?.enabled === true]
    if (was && is && sameCode(old as Pin, now as Pin)) continue
    if (was) leaving.push(name)
    if (is) coming.push(name)
  }
  return { leaving, coming }
}

const namesOf = (some: readonly { readonly name: string }[]): string =>
  some
    .map(({ name }) => name)
    .toSorted()
    .join()

export function watchPlugins(options: LiveOptions): LivePlugins {
  const { folder, builtIn, offer, initial, change, tryOut, migrate, log } = options
  let { pins } = initial
  let plugins = initial.plugins
  /** Those that nobody has pinned, and those that are pinned and were refused all the same. */
  let strangers = initial.refused.filter(({ name, version }) => pins[name]?.version !== version)
  let refused = initial.refused.filter((each) => !strangers.includes(each))
  let trouble: string | undefined
  let looking: Promise<void> | undefined
  let isDue = false

  /** @throws in one sentence where the lock file does not say what shall be */
  async function read(): Promise<Pins> {
    const after = await readPins(folder)
    if (after !== NO_PINS || Object.keys(pins).length === 0) return after
    throw new Error(`${LOCK_FILE} is missing from ${folder}`)
  }

  async function takeUp(after: Pins): Promise<void> {
    // Nobody has pinned anything yet.
    if (after === NO_PINS) return
    const { leaving, coming } = differences(pins, after)
    const entries = await entriesOf(folder)
    const unknown = unpinned(folder, entries, after)
    if (leaving.length + coming.length === 0 && namesOf(unknown) === namesOf(strangers)) {
      pins = after
      return
    }
    log.info({ leaving, coming }, 'plugins change')
    async function load(wanted: readonly string[]): Promise<Outsiders> {
      const names = [...new Set([...coming, ...wanted])]
      const gone = new Set([...leaving, ...names])
      const staying = plugins.filter(({ name }) => !gone.has(name))
      const others = [...builtIn, ...staying]
      // Those that leave are to be known as well: workers of before are used no more.
      const enabled = Object.fromEntries(Object.entries(after).filter(([, pin]) => pin.enabled))
      const tried = gone.size > 0 ? tryOut(enabled, [...gone]) : Promise.resolve([])
      const untried = (err: unknown): void => log.error({ err }, 'plugins could not be tried out')
      const options = { folder, entries, pins: after, wanted: names, others, offer, tryOut: () => tried }
      const [loaded] = await Promise.all([loadPins(options), tried.catch(untried)])
      const before = refused.filter(({ name }) => !gone.has(name) && after[name]?.enabled)
      plugins = [...staying, ...loaded.plugins]
      refused = [...before, ...loaded.refused]
      strangers = unknown
      pins = after
      return { plugins: loaded.plugins, pins: after, refused: [...unknown, ...refused] }
    }
    await change({ leaving, load, migrate })
  }

  /** Whatever is wrong with the folder is said once, and changes nothing. */
  async function lookOnce(): Promise<void> {
    try {
      const after = await read()
      if (trouble !== undefined) log.info('the plugins folder can be read again')
      trouble = undefined
      await takeUp(after)
    } catch (error) {
      const sentence = messageOf(error)
      if (sentence !== trouble) log.error({ err: error }, `plugins stay as they are: ${sentence}`)
      trouble = sentence
    }
  }

  async function lookWhileDue(): Promise<void> {
    while (isDue) {
      isDue = false
      await lookOnce()
    }
    looking = undefined
  }

  function look(): Promise<void> {
    isDue = true
    looking ??= lookWhileDue()
    return looking
  }

  const unwatch = watchFolder(folder, () => void look())
  return {
    look,
    async close() {
      unwatch()
      isDue = false
      await looking
    },
  }
}
