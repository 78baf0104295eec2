/** Loads, starts and stops plugins; one that fails is set aside with its reason, and the rest run on. */
import { patternsCollide } from '../cache/namespace.ts'
import { createCacheOperation } from '../cache/operator.ts'
import { EXIT, Failure, messageOf } from '../exit.ts'
import { RESPONSES } from '../http/response-cache.ts'
import { type Route, routeShape } from '../http/route.ts'
import type { Health } from '../observe/health.ts'
import type { Metric } from '../observe/metrics.ts'
import { processMetrics } from '../observe/process-metrics.ts'
import type { Command } from '../terminal/command.ts'
import { checkPlugins } from './checks.ts'
import { createMetricsCollector } from './collect-metrics.ts'
import { contextOf, type HostServices } from './context.ts'
import type { Link, Plugin } from './define.ts'
import { lendNeeds } from './lend.ts'
import { type PluginPanel, panelRoutes } from './panel-routes.ts'
import { checkRoutes } from './route-checks.ts'
import { createSlot, isAlive, needsOf, type PluginState, type Slot, stateOf } from './slot.ts'

/** A plugin from outside that was refused before any of its code was set up. */
export interface RefusedPlugin {
  readonly name: string
  /** Empty where it is not known. */
  readonly version: string
  readonly reason: string
}

/** What is known of the plugins that do not come with the executable. */
export interface Outsiders {
  /** Those among all plugins; they are held to stricter rules, and none of them is essential. */
  readonly plugins: readonly Plugin[]
  /** What they are pinned by, by their names. */
  readonly hashes?: Readonly<Record<string, string>>
  readonly refused: readonly RefusedPlugin[]
  /** Why some of them may not be set up. */
  readonly barred?: ReadonlyMap<Plugin, string>
}

/** All plugins of a process, set up. */
export interface PluginHost {
  /** Starts what was set up, in the order of needs, and begins to warm and to watch the cache. */
  start(): Promise<void>
  /** Ends what would keep clients or work on behind the scenes: streams, warming. */
  quiesce(): Promise<void>
  /** Stops what runs, in reverse order. A plugin that fails to stop is logged. */
  stop(): Promise<void>
  states(): PluginState[]
  /** The routes of every plugin that is not quarantined. */
  routes(): Route[]
  commands(): Command[]
  /** The panels of every plugin that is not quarantined. */
  panels(): PluginPanel[]
  links(): Promise<Link[]>
  health(): Promise<Array<PluginState & { health: Health }>>
  /** Of the process, the cache and every plugin that has some. */
  metrics(): Promise<Metric[]>
}

/**
 * Checks the plugins and sets them up.
 *
 * @throws {Failure} when an essential plugin is refused or fails
 */
export async function createPluginHost(
  plugins: readonly Plugin[],
  services: HostServices,
  outside: Outsiders = { plugins: [], refused: [] },
): Promise<PluginHost> {
  const { log } = services
  const operation = createCacheOperation(services.cache, log)
  const collectMetrics = createMetricsCollector(log)
  const slots: Slot[] = []
  const slotOf = (name: string): Slot | undefined =>
    slots.find((slot) => slot.plugin.name === name && slot.service !== undefined)
  const owners = new Map<string, string>()
  const commandOwners = new Map<string, string>()
  const isExternal = (plugin: Plugin): boolean => outside.plugins.includes(plugin)

  function quarantine(slot: Slot, reason: string, cause?: unknown): void {
    if (slot.plugin.essential && !isExternal(slot.plugin)) {
      throw new Failure(EXIT.ourFault, `plugin ${slot.plugin.name} cannot run: ${reason}`, { cause })
    }
    slot.state = 'quarantined'
    slot.reason = reason
    slot.routes = []
    slot.commands = []
    log.error({ plugin: slot.plugin.name, reason, err: cause }, 'plugin quarantined')
    for (const dependant of slots) {
      if (dependant.state === 'quarantined') continue
      if (needsOf(dependant.plugin).some((need) => need.name === slot.plugin.name)) {
        quarantine(dependant, `it needs ${slot.plugin.name}, which is quarantined`)
      }
    }
  }

  /** Takes back what a plugin has added to others. */
  async function leave({ plugin, loaded }: Slot): Promise<void> {
    try {
      await loaded.disposeAsync()
    } catch (error) {
      log.error({ plugin: plugin.name, err: error }, 'what a plugin has added could not be taken back')
    }
  }

  /** Those of plugins were held against each other already; these are the host's own. */
  function takenKey({ caches = {} }: Plugin): string | undefined {
    for (const { key } of Object.values(caches)) {
      const opened = services.cache.namespaces().map(({ space }) => space)
      const taken = [...opened, RESPONSES].find((space) => patternsCollide(space.key, key))
      if (taken) return `its cache key "${key}" collides with "${taken.key}" of the host`
    }
    return undefined
  }

  function takenCommand(commands: readonly Command[]): string | undefined {
    const taken = commands.find(({ name }) => commandOwners.has(name))
    return taken && `its command ${taken.name} is taken by ${commandOwners.get(taken.name)}`
  }

  async function setUp(slot: Slot): Promise<void> {
    const { plugin } = slot
    const missing = needsOf(plugin).find((need) => slotOf(need.name)?.state !== 'ready')
    if (missing) return quarantine(slot, `it needs ${missing.name}, which is quarantined`)
    const taken = takenKey(plugin)
    if (taken) return quarantine(slot, taken)
    try {
      const lent = lendNeeds(slot, (name) => slotOf(name) as Slot)
      const context = contextOf(plugin, services, operation.operator, lent)
      slot.service = (await plugin.setup(context)) ?? null
      slot.routes = plugin.routes?.(slot.service) ?? []
      slot.commands = plugin.commands?.(slot.service) ?? []
      const refusal =
        checkRoutes(plugin, slot.routes, owners, isExternal(plugin)) ?? takenCommand(slot.commands)
      if (refusal) return quarantine(slot, refusal)
      // Before its own: none of those can take the place of a panel by a parameter.
      slot.routes = [...panelRoutes(plugin), ...slot.routes]
    } catch (error) {
      return quarantine(slot, `its setup failed: ${messageOf(error)}`, error)
    }
    for (const route of slot.routes) owners.set(routeShape(route), plugin.name)
    for (const { name } of slot.commands) commandOwners.set(name, plugin.name)
  }

  for (const { plugin, refusal } of checkPlugins(plugins, new Set(outside.refused.map(({ name }) => name)))) {
    const origin = isExternal(plugin) ? 'external' : 'built-in'
    const slot = createSlot(plugin, origin, isExternal(plugin) ? outside.hashes?.[plugin.name] : undefined)
    slots.push(slot)
    const reason = refusal ?? outside.barred?.get(plugin)
    if (reason !== undefined) quarantine(slot, reason)
    else {
      await setUp(slot)
      if (!isAlive(slot)) await leave(slot)
    }
  }

  const refused = outside.refused.map((each): PluginState & { reason: string } => {
    log.error({ plugin: each.name, reason: each.reason }, 'plugin quarantined')
    return { ...each, summary: '', origin: 'external', state: 'quarantined' }
  })
  const alive = (): Slot[] => slots.filter(isAlive)
  const healthOf = async ({ plugin, service, state, reason }: Slot): Promise<Health> => {
    if (state === 'quarantined') return { status: 'failed', ...(reason === undefined ? {} : { reason }) }
    try {
      return (await plugin.health?.(service)) ?? { status: 'ok' }
    } catch (error) {
      return { status: 'failed', reason: messageOf(error) }
    }
  }

  /** They are for people to look at: for want of them nobody shall be without a server. */
  const linksOf = async ({ plugin, service }: Slot): Promise<readonly Link[]> => {
    try {
      return (await plugin.links?.(service)) ?? []
    } catch (error) {
      log.warn({ plugin: plugin.name, err: error }, 'its links are left out')
      return []
    }
  }

  return {
    async start() {
      for (const slot of slots) {
        if (slot.state !== 'ready') continue
        try {
          await slot.plugin.start?.(slot.service)
          operation.addWarmings(slot.plugin.name, slot.plugin.warm?.(slot.service) ?? [])
          slot.state = 'running'
        } catch (error) {
          quarantine(slot, `its start failed: ${messageOf(error)}`, error)
        }
      }
      operation.start()
    },
    quiesce: operation.stop,
    async stop() {
      await operation.stop()
      for (const slot of slots.filter((each) => each.state === 'running').reverse()) {
        slot.state = 'stopped'
        try {
          await slot.plugin.stop?.(slot.service)
        } catch (error) {
          log.error({ plugin: slot.plugin.name, err: error }, 'plugin failed to stop')
        }
      }
    },
    states: () => [...slots.map(stateOf), ...refused],
    routes: () => alive().flatMap((slot) => slot.routes),
    commands: () => alive().flatMap((slot) => slot.commands),
    panels: () =>
      alive().flatMap(({ plugin }) => (plugin.panels ?? []).map((panel) => ({ plugin: plugin.name, panel }))),
    async links() {
      return (await Promise.all(alive().map(linksOf))).flat()
    },
    health: async () => [
      ...(await Promise.all(slots.map(async (slot) => ({ ...stateOf(slot), health: await healthOf(slot) })))),
      ...refused.map((state) => ({ ...state, health: { status: 'failed' as const, reason: state.reason } })),
    ],
    metrics: () =>
      collectMetrics(
        [...processMetrics(), ...operation.metrics()],
        alive().filter(({ plugin }) => plugin.metrics !== undefined),
      ),
  }
}
