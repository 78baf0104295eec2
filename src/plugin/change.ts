/** Changes the external plugins of a host that runs: some leave, others come, nobody else is touched. */
import { checkPlugins } from './checks.ts'
import type { Plugin } from './define.ts'
import { leave } from './end.ts'
import type { Pin } from './external/lock.ts'
import { quarantine } from './quarantine.ts'
import { setUp } from './set-up.ts'
import { createSlot, type HostState, type RefusedPlugin, type Slot, withDependants } from './slot.ts'
import { start } from './start.ts'

/** What is known of the plugins that do not come with the executable. */
export interface Outsiders {
  /** They are held to stricter rules than the built-in ones, and none of them is essential. */
  readonly plugins: readonly Plugin[]
  /** What they are pinned by, by their names. */
  readonly pins?: Readonly<Record<string, Pick<Pin, 'hash' | 'reloads'>>>
  readonly refused: readonly RefusedPlugin[]
  /** Why some of them may not be set up. */
  readonly barred?: ReadonlyMap<Plugin, string>
}

/** External plugins that leave and come while the others run. */
export interface PluginChange {
  /** Names of those that leave. Those that need them leave with them. */
  readonly leaving: readonly string[]
  /**
   * Brings those that shall be there afterwards, before any has left.
   *
   * @param wanted names of all that leave, and of those that may be taken now though they were refused before
   */
  load(wanted: readonly string[]): Promise<Outsiders>
  /** Prepares their tables when those that leave have left. @returns why some of them may not be set up */
  migrate(plugins: readonly Plugin[]): Promise<ReadonlyMap<Plugin, string>>
}

/** Puts plugins into the host, in the order of their needs behind those that are there, and sets them up. */
export async function admit(
  host: HostState,
  plugins: readonly Plugin[],
  { plugins: outsiders, pins = {}, refused, barred }: Outsiders,
): Promise<Slot[]> {
  const present = host.slots.map(({ plugin }) => plugin)
  const names = new Set(refused.map(({ name }) => name))
  const said = new Set(host.refused.map(({ name, reason }) => `${name}: ${reason}`))
  host.refused = refused
  for (const { name, reason } of refused) {
    if (said.has(`${name}: ${reason}`)) continue
    host.services.log.error({ plugin: name, reason }, 'plugin quarantined')
  }
  const admitted: Slot[] = []
  for (const { plugin, refusal } of checkPlugins([...present, ...plugins], names)) {
    if (present.includes(plugin)) continue
    const external = outsiders.includes(plugin)
    const slot = createSlot(
      plugin,
      external ? 'external' : 'built-in',
      external ? pins[plugin.name] : undefined,
    )
    host.slots.push(slot)
    admitted.push(slot)
    const reason = barred?.get(plugin)
    if (refusal !== undefined) quarantine(host, slot, refusal, { blocked: true })
    else if (reason !== undefined) quarantine(host, slot, reason)
    else await setUp(host, slot)
  }
  return admitted
}

/**
 * @param changed called when routes have come or gone: after those that leave cannot be reached any more and before
 *   they end, and when those that come are there
 */
export async function change(
  host: HostState,
  { leaving, load, migrate }: PluginChange,
  changed: () => void,
): Promise<void> {
  const external = host.slots.filter(({ origin }) => origin === 'external')
  const blocked = external.filter((slot) => slot.blocked).map(({ plugin }) => plugin.name)
  const left = withDependants(external, [...leaving, ...blocked])
  const refused = host.refused.filter((each) => each.blocked).map(({ name }) => name)
  const outsiders = await load([...new Set([...left.map(({ plugin }) => plugin.name), ...refused])])
  host.slots = host.slots.filter((slot) => !left.includes(slot))
  host.returning = new Set(outsiders.plugins.map(({ name }) => name))
  try {
    changed()
    for (const slot of left.toReversed()) {
      slot.state = 'stopped'
      await leave(host, slot)
    }
    const barred = await migrate(outsiders.plugins)
    const admitted = await admit(host, outsiders.plugins, { ...outsiders, barred })
    for (const slot of admitted) if (slot.state === 'ready') await start(host, slot)
  } finally {
    host.returning = new Set()
    changed()
  }
}
