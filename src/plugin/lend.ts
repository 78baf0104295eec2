/** Hands a plugin the services it needs: each as its owner lends it to this very plugin. */
import { messageOf } from '../exit.ts'
import type { Borrower } from './define.ts'
import type { Slot } from './slot.ts'

/** What a plugin is to those whose services it needs. */
export function borrowerOf(slot: Slot): Borrower {
  const { plugin, origin, hash, loaded } = slot
  return {
    name: plugin.name,
    version: plugin.version,
    origin,
    ...(hash === undefined ? {} : { hash }),
    quarantined: () => slot.reason,
    onLeave(undo) {
      // Code that outlasts its plugin leaves nothing behind either.
      if (loaded.disposed) undo()
      else loaded.defer(undo)
    },
  }
}

/**
 * The services that a plugin needs, by the names it gives them.
 *
 * @param ownerOf the slot of a plugin that is set up
 * @throws where an owner fails to lend
 */
export function lendNeeds(slot: Slot, ownerOf: (name: string) => Slot): Record<string, unknown> {
  const borrower = borrowerOf(slot)
  const lent = Object.entries(slot.plugin.needs ?? {}).map(([key, { name }]) => {
    // Of the owner's declaration: what is named under `needs` may be no more than its name.
    const { plugin, service } = ownerOf(name)
    if (!plugin.lend) return [key, service]
    try {
      return [key, plugin.lend(service, borrower)]
    } catch (cause) {
      throw new Error(`${name} lends it nothing: ${messageOf(cause)}`, { cause })
    }
  })
  return Object.fromEntries(lent)
}
