/** The place of one plugin in the host: how it stands, what it has given, and what has to be undone with it. */
import type { CacheOperation } from '../cache/operator.ts'
import type { Route } from '../http/route.ts'
import type { RecordKind } from '../identity/record.ts'
import type { Command } from '../terminal/command.ts'
import type { Tasks } from '../workers/task.ts'
import type { HostServices } from './context.ts'
import type { Plugin } from './define.ts'
import type { Pin } from './external/lock.ts'

/** Whether a plugin came with the executable, or from the plugins folder. */
export type Origin = 'built-in' | 'external'

/** How a plugin stands. */
export interface PluginState {
  readonly name: string
  readonly version: string
  readonly summary: string
  readonly origin: Origin
  /** What an external one is pinned by. */
  readonly hash?: string
  readonly state: 'ready' | 'running' | 'quarantined' | 'stopped'
  /** Why it is quarantined. */
  readonly reason?: string
  /** Whether it is others that it is quarantined for: what it needs, or what has taken what it declares. */
  readonly blocked?: boolean
}

export interface Slot {
  readonly plugin: Plugin
  readonly origin: Origin
  readonly hash?: string
  /** Differs where its answers may: by version, content, settings and how often it was asked to be loaded anew. */
  edition: string
  state: PluginState['state']
  reason?: string
  /** See {@link PluginState}. */
  blocked: boolean
  /** What its setup has returned; undefined until then. */
  service?: unknown
  routes: readonly Route[]
  records: Readonly<Record<string, RecordKind>>
  commands: readonly Command[]
  tasks: Tasks
  /** Requests that its routes are answering. */
  requests: number
  /** Each ends an event stream that it has opened. */
  readonly streams: Set<() => void>
  /** What its setup has added anywhere registers its undo here. It runs when the plugin leaves. */
  readonly loaded: AsyncDisposableStack
  /** What its start has begun registers its end here. It runs when the plugin stops, is quarantined or leaves. */
  readonly started: AsyncDisposableStack
  /** Settles when what was begun has ended; undefined as long as it shall not. */
  ended?: Promise<void>
}

/** A plugin from outside that was refused before any of its code was set up. */
export interface RefusedPlugin {
  readonly name: string
  /** Empty where it is not known. */
  readonly version: string
  readonly reason: string
  /** Whether it is others that it is refused for, so that it may be taken once they are gone. */
  readonly blocked?: boolean
}

/** What the parts of the host work on. */
export interface HostState {
  readonly services: HostServices
  readonly operation: CacheOperation
  /** In the order of needs. */
  slots: Slot[]
  refused: readonly RefusedPlugin[]
  /** Names of external plugins that are about to be there, for the first time or again. */
  returning: ReadonlySet<string>
}

export const createSlot = (plugin: Plugin, origin: Origin, pin?: Pick<Pin, 'hash' | 'reloads'>): Slot => ({
  plugin,
  origin,
  ...(pin && { hash: pin.hash }),
  edition: [plugin.name, plugin.version, pin?.hash ?? '', pin?.reloads ?? 0].join(' '),
  state: 'ready',
  blocked: false,
  routes: [],
  records: {},
  commands: [],
  tasks: {},
  requests: 0,
  streams: new Set(),
  loaded: new AsyncDisposableStack(),
  started: new AsyncDisposableStack(),
})

export const stateOf = ({ plugin, origin, hash, state, reason, blocked }: Slot): PluginState => ({
  name: plugin.name,
  version: plugin.version,
  summary: plugin.summary,
  origin,
  ...(hash === undefined ? {} : { hash }),
  state,
  ...(reason === undefined ? {} : { reason }),
  ...(blocked ? { blocked } : {}),
})

/** Whether a plugin is at work: those that are quarantined or stopped are not. */
export const isAlive = ({ state }: Slot): boolean => state === 'ready' || state === 'running'

/** Whether a plugin needs one of some others by itself. */
export const needsAnyOf = ({ plugin }: Slot, names: ReadonlySet<string>): boolean =>
  Object.values(plugin.needs ?? {}).some(({ name }) => names.has(name))

/** The slots of some plugins and of all that need them, in the order of needs. */
export function withDependants(slots: readonly Slot[], names: Iterable<string>): Slot[] {
  const affected = new Set(names)
  return slots.filter((slot) => {
    const isAffected = affected.has(slot.plugin.name) || needsAnyOf(slot, affected)
    if (isAffected) affected.add(slot.plugin.name)
    return isAffected
  })
}
