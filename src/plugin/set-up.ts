/** Sets a plugin up: its service, routes and commands, if nothing of them is taken. */
import { patternsCollide } from '../cache/namespace.ts'
import { EXIT, Failure, isFailure, messageOf } from '../exit.ts'
import { RESPONSES } from '../http/response-cache.ts'
import { routeShape } from '../http/route.ts'
import type { Command } from '../terminal/command.ts'
import { isPluginFault } from '../workers/fault.ts'
import { marked } from '../workers/marked.ts'
import { contextOf } from './context.ts'
import type { Plugin } from './define.ts'
import { leave } from './end.ts'
import { createErasure } from './erasure.ts'
import { inTime } from './in-time.ts'
import { lendNeeds } from './lend.ts'
import { panelRoutes } from './panel-routes.ts'
import { quarantine } from './quarantine.ts'
import { checkRoutes } from './route-checks.ts'
import { type HostState, isAlive, type Slot } from './slot.ts'

/** A plugin from outside that takes longer waits for something. */
const LONGEST_MS = 10_000

/** Those of plugins were held against each other already; these are the host's own. */
function takenKey({ services }: HostState, { caches = {} }: Plugin): string | undefined {
  const opened = services.cache.namespaces().map(({ space }) => space)
  for (const { key } of Object.values(caches)) {
    const taken = [...opened, RESPONSES].find((space) => patternsCollide(space.key, key))
    if (taken) return `its cache key "${key}" collides with "${taken.key}" of the host`
  }
  return undefined
}

function takenCommand({ slots }: HostState, commands: readonly Command[]): string | undefined {
  for (const { name } of commands) {
    const owner = slots.find((slot) => slot.commands.some((command) => command.name === name))
    if (owner) return `its command ${name} is taken by ${owner.plugin.name}`
  }
  return undefined
}

function takenRecords({ slots }: HostState, records: Slot['records']): string | undefined {
  for (const kind of Object.keys(records)) {
    const owner = slots.find((slot) => kind in slot.records)
    if (owner) return `its records of the kind ${kind} are those of ${owner.plugin.name}`
  }
  return undefined
}

/** Who has which route, those that are quarantined included. */
const routeOwners = ({ slots }: HostState): Map<string, string> =>
  new Map(slots.flatMap(({ plugin, routes }) => routes.map((route) => [routeShape(route), plugin.name])))

async function build(host: HostState, slot: Slot, owners: ReadonlyMap<string, Slot>): Promise<void> {
  const { plugin } = slot
  const lent = lendNeeds(slot, (name) => owners.get(name) as Slot)
  const context = contextOf(slot, host.services, host.operation.operator, lent, createErasure(host))
  slot.edition += ` ${JSON.stringify(context.config)}`
  slot.service = (await plugin.setup(context)) ?? null
}

/** The command of a plugin from outside, whose faults are not the program's own. */
const named = ({ name: plugin }: Plugin, command: Command): Command => ({
  ...command,
  async run(invocation) {
    try {
      return await command.run(invocation)
    } catch (cause) {
      if (isFailure(cause)) throw cause
      const sentence = `plugin ${plugin}: its command ${command.name} failed: ${messageOf(cause)}`
      throw new Failure(EXIT.ourFault, sentence, { cause })
    }
  },
})

/** What it declares once its service stands. */
const offersOf = ({ plugin, service }: Slot) => ({
  routes: plugin.routes?.(service) ?? [],
  records: plugin.records?.(service) ?? {},
  commands: plugin.commands?.(service) ?? [],
  tasks: plugin.tasks?.(service) ?? {},
})

/**
 * Sets a plugin up that was checked. One that fails is quarantined, and has left nothing behind.
 *
 * @throws {Failure} when it is essential
 */
export async function setUp(host: HostState, slot: Slot): Promise<void> {
  const { plugin } = slot
  const owners = new Map(host.slots.filter(isAlive).map((each) => [each.plugin.name, each]))
  const missing = Object.values(plugin.needs ?? {}).find(({ name }) => owners.get(name) === undefined)
  const refuse = (reason: string): void => quarantine(host, slot, reason, { blocked: true })
  if (missing) return refuse(`it needs ${missing.name}, which is quarantined`)
  const taken = takenKey(host, plugin)
  if (taken !== undefined) return refuse(taken)
  try {
    const late = () => new Error(`it did not end within ${LONGEST_MS / 1000} s`)
    const building = () => marked(plugin.name, () => build(host, slot, owners))
    await (slot.origin === 'built-in' ? building() : inTime(LONGEST_MS, building, late))
    const { routes, records, commands, tasks } = marked(plugin.name, () => offersOf(slot))
    const refusal =
      checkRoutes(plugin, routes, routeOwners(host), slot.origin === 'external') ??
      takenRecords(host, records) ??
      takenCommand(host, commands)
    if (refusal === undefined) {
      // Before its own: none of those can take the place of a panel by a parameter.
      slot.routes = [...panelRoutes(plugin), ...routes]
      slot.commands = slot.origin === 'external' ? commands.map((each) => named(plugin, each)) : commands
      slot.records = records
      slot.tasks = tasks
      return
    }
    refuse(refusal)
  } catch (error) {
    const reason = isPluginFault(error) ? error.reason : `its setup failed: ${messageOf(error)}`
    quarantine(host, slot, reason, { cause: error })
  }
  await leave(host, slot)
}
