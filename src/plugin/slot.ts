/** The place of one plugin in the host: how it stands, what it has given, and what has to be undone with it. */
import type { Route } from '../http/route.ts'
import type { Command } from '../terminal/command.ts'
import type { Plugin } from './define.ts'

/** Whether a plugin came with the executable, or from the plugins folder. */
export type Origin = 'built-in' | 'external'

/** How a plugin stands. */
export interface PluginState {
  readonly name: string
  readonly version: string
  readonly summary: string
  readonly origin: Origin
  readonly state: 'ready' | 'running' | 'quarantined' | 'stopped'
  /** Why it is quarantined. */
  readonly reason?: string
}

export interface Slot {
  readonly plugin: Plugin
  readonly origin: Origin
  /** What an external plugin is pinned by. */
  readonly hash?: string
  state: PluginState['state']
  reason?: string
  /** What its setup has returned; undefined until then. */
  service?: unknown
  routes: readonly Route[]
  commands: readonly Command[]
  /** Whatever its setup has added anywhere registers its undo here; it runs when the plugin is unloaded. */
  readonly loaded: AsyncDisposableStack
}

export const createSlot = (plugin: Plugin, origin: Origin, hash?: string): Slot => ({
  plugin,
  origin,
  ...(hash === undefined ? {} : { hash }),
  state: 'ready',
  routes: [],
  commands: [],
  loaded: new AsyncDisposableStack(),
})

export const stateOf = ({ plugin, origin, state, reason }: Slot): PluginState => ({
  name: plugin.name,
  version: plugin.version,
  summary: plugin.summary,
  origin,
  state,
  ...(reason === undefined ? {} : { reason }),
})

export const needsOf = ({ needs = {} }: Plugin): Plugin[] => Object.values(needs)

/** Whether a plugin is at work: those that are quarantined or stopped are not. */
export const isAlive = ({ state }: Slot): boolean => state === 'ready' || state === 'running'
