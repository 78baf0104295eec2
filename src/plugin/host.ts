/** Loads, starts and stops plugins; one that fails is set aside with its reason, and the rest run on. */
import { createCacheOperation } from '../cache/operator.ts'
import type { Route } from '../http/route.ts'
import { type Permission, permissionOf, type Role } from '../identity/permission.ts'
import type { RecordKinds } from '../identity/record.ts'
import type { Metric } from '../observe/metrics.ts'
import { processMetrics } from '../observe/process-metrics.ts'
import type { PluginRule } from '../retention/rule.ts'
import type { Command } from '../terminal/command.ts'
import type { Tasks } from '../workers/task.ts'
import { admit, change, type Outsiders, type PluginChange } from './change.ts'
import { createMetricsCollector } from './collect-metrics.ts'
import type { HostServices } from './context.ts'
import type { Link, Plugin } from './define.ts'
import { end } from './end.ts'
import type { Examination } from './examination.ts'
import { mountedRoutes } from './mount.ts'
import type { PluginPanel } from './panel-routes.ts'
import { quarantine } from './quarantine.ts'
import { healthReport, linksOf, type PluginHealth, statesOf } from './report.ts'
import { type HostState, isAlive, type PluginState, withDependants } from './slot.ts'
import { start } from './start.ts'

/** All plugins of a process, as they stand. */
export interface PluginHost {
  /** Starts what was set up, in the order of needs, and begins to warm and to watch the cache. */
  start(): Promise<void>
  /** Ends what would keep clients or work on behind the scenes: streams, warming. */
  quiesce(): Promise<void>
  /** Stops what runs, in reverse order, after a change that is under way. A plugin that fails to stop is logged. */
  stop(): Promise<void>
  /**
   * Sets a plugin aside while it runs, and those that need it with it: its routes answer 503, and nothing else of it is
   * run until it is loaded again. Does nothing for one that is not at work.
   *
   * @returns whether it was set aside: one that the server is nothing without, or that such a one needs, runs on
   */
  quarantine(name: string, reason: string): boolean
  /** Changes the external plugins, after the changes before it. */
  change(change: PluginChange): Promise<void>
  /** Has a function called after each change and each quarantine: routes are then others. */
  onChange(listener: () => void): void
  states(): PluginState[]
  /** Names what runs: the same text for the same plugins of the same content and settings. It may hold secrets. */
  edition(): string
  /** Settles when a plugin that is about to be there, for the first time or again, is; undefined for any other. */
  returning(name: string): Promise<void> | undefined
  /** Why a plugin that is quarantined answers nothing; undefined for any other. */
  quarantined(name: string): string | undefined
  /** The routes of every plugin that was set up. Those of one that is quarantined since answer 503. */
  routes(): Route[]
  /** The kinds of records that the plugins at work declare. */
  records(): RecordKinds
  /** The permissions that there are: each with the roles that have it. */
  permissions(): Permission[]
  /** The roles that plugins bring. */
  roles(): Role[]
  commands(): Command[]
  /** The tasks of a plugin that was set up. */
  tasks(plugin: string): Tasks | undefined
  /** The panels of every plugin that is not quarantined. */
  panels(): PluginPanel[]
  links(): Promise<Link[]>
  /** What the plugins that were set up have to be examined by. */
  examinations(): Array<{ readonly plugin: string; readonly examination: Examination }>
  /** What the plugins at work remove when it has been kept long enough. */
  retention(): PluginRule[]
  health(): Promise<PluginHealth[]>
  /** Of the process, the cache and every plugin that has some. */
  metrics(): Promise<Metric[]>
}

function quarantineByName(host: HostState, name: string, reason: string): boolean {
  const slot = host.slots.find((each) => each.plugin.name === name && isAlive(each))
  if (!slot) return false
  const affected = withDependants(host.slots, [name]).filter(isAlive)
  const kept = affected.find(({ plugin, origin }) => plugin.essential && origin === 'built-in')
  if (kept) {
    host.services.log.error(
      { plugin: name, reason },
      `plugin is at fault, and ${kept.plugin.name} needs it to run`,
    )
    return false
  }
  quarantine(host, slot, reason)
  return true
}

async function stopAll(host: HostState): Promise<void> {
  await host.operation.stop()
  for (const slot of host.slots.filter(({ state }) => state === 'running').reverse()) {
    slot.state = 'stopped'
    await end(host, slot)
  }
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
  const host: HostState = { services, operation, slots: [], refused: [], returning: new Set() }
  const listeners: Array<() => void> = []
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  let changing: Promise<void> = Promise.resolve()

  services.jobs.explain((name) => {
    const slot = host.slots.find(({ plugin }) => plugin.name === name)
    return slot?.state === 'quarantined' ? `the plugin ${name} is quarantined: ${slot.reason}` : undefined
  })
  await admit(host, plugins, outside)
  return {
    async start() {
      for (const slot of host.slots) if (slot.state === 'ready') await start(host, slot)
      operation.start()
    },
    quiesce: operation.stop,
    async stop() {
      await changing
      await stopAll(host)
    },
    quarantine(name, reason) {
      const isAside = quarantineByName(host, name, reason)
      if (isAside) changed()
      return isAside
    },
    change(next) {
      const done = changing.then(() => change(host, next, changed))
      changing = done.catch(() => undefined)
      return done
    },
    onChange: (listener) => void listeners.push(listener),
    returning: (name) => (host.returning.has(name) ? changing : undefined),
    quarantined: (name) =>
      statesOf(host).find((each) => each.name === name && each.state === 'quarantined')?.reason,
    states: () => statesOf(host),
    edition: () =>
      host.slots
        .filter(({ state }) => state === 'running')
        .map(({ edition }) => edition)
        .toSorted()
        .join(', '),
    routes: () => host.slots.flatMap(mountedRoutes),
    records: () => new Map(host.slots.filter(isAlive).flatMap(({ records }) => Object.entries(records))),
    permissions: () => host.slots.flatMap(({ plugin }) => (plugin.permissions ?? []).map(permissionOf)),
    roles: () => host.slots.filter(isAlive).flatMap(({ plugin }) => plugin.roles ?? []),
    commands: () => host.slots.filter(isAlive).flatMap((slot) => slot.commands),
    tasks: (name) => host.slots.find(({ plugin }) => plugin.name === name)?.tasks,
    panels: () =>
      host.slots
        .filter(isAlive)
        .flatMap(({ plugin }) => (plugin.panels ?? []).map((panel) => ({ plugin: plugin.name, panel }))),
    links: () => linksOf(host),
    examinations: () =>
      host.slots
        .filter(isAlive)
        .flatMap(({ plugin, service }) =>
          (plugin.examine?.(service) ?? []).map((examination) => ({ plugin: plugin.name, examination })),
        ),
    retention: () =>
      host.slots
        .filter(isAlive)
        .flatMap(({ plugin, service }) =>
          (plugin.retention?.(service) ?? []).map((rule) => ({ plugin: plugin.name, rule })),
        ),
    health: () => healthReport(host),
    metrics: () =>
      collectMetrics(
        [...processMetrics(), ...operation.metrics()],
        host.slots.filter((slot) => isAlive(slot) && slot.plugin.metrics !== undefined),
      ),
  }
}
