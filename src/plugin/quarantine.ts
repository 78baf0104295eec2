/** Sets a plugin aside with its reason, and those that need it with it. */
import { EXIT, Failure } from '../exit.ts'
import { end } from './end.ts'
import { type HostState, isAlive, needsAnyOf, type Slot } from './slot.ts'

interface Quarantining {
  /** Whether it is others that it is set aside for. */
  readonly blocked?: boolean
  readonly cause?: unknown
}

/**
 * From here on nothing of the plugin is run, but for the end of what it has begun, which nobody waits for. Its routes
 * stay where they were, refused, and so does what it has added to others.
 *
 * @throws {Failure} for a plugin that the server is nothing without
 */
export function quarantine(
  host: HostState,
  slot: Slot,
  reason: string,
  { blocked = false, cause }: Quarantining = {},
): void {
  const { name, essential } = slot.plugin
  if (essential && slot.origin === 'built-in') {
    throw new Failure(EXIT.ourFault, `plugin ${name} cannot run: ${reason}`, { cause })
  }
  slot.state = 'quarantined'
  slot.reason = reason
  slot.blocked = blocked
  slot.commands = []
  host.services.log.error({ plugin: name, reason, err: cause }, 'plugin quarantined')
  void end(host, slot)
  for (const dependant of host.slots) {
    if (!isAlive(dependant) || !needsAnyOf(dependant, new Set([name]))) continue
    quarantine(host, dependant, `it needs ${name}, which is quarantined`, { blocked: true })
  }
}
