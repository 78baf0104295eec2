/** How plugins are doing, and what of them is worth a look. */
import { messageOf } from '../exit.ts'
import type { Health } from '../observe/health.ts'
import { marked } from '../workers/marked.ts'
import type { Link } from './define.ts'
import { inTime } from './in-time.ts'
import { type HostState, isAlive, type PluginState, type Slot, stateOf } from './slot.ts'

/** Whoever asks waits for no plugin longer. */
const LONGEST_MS = 2000
const late = () => new Error(`it did not answer within ${LONGEST_MS / 1000} s`)

/** How a plugin stands, and how it does. */
export type PluginHealth = PluginState & { readonly health: Health }

const refusedStates = ({ refused }: HostState): Array<PluginState & { reason: string }> =>
  refused.map((each) => ({
    ...each,
    summary: '',
    origin: 'external',
    state: 'quarantined',
  }))

/** Those that were refused come last. */
export const statesOf = (host: HostState): PluginState[] => [
  ...host.slots.map(stateOf),
  ...refusedStates(host),
]

async function healthOf({ plugin, service, state, reason }: Slot): Promise<Health> {
  if (state === 'quarantined') return { status: 'failed', ...(reason === undefined ? {} : { reason }) }
  try {
    return (
      (await inTime(LONGEST_MS, () => marked(plugin.name, () => plugin.health?.(service)), late)) ?? {
        status: 'ok',
      }
    )
  } catch (error) {
    return { status: 'failed', reason: messageOf(error) }
  }
}

export async function healthReport(host: HostState): Promise<PluginHealth[]> {
  const own = host.slots.map(async (slot) => ({ ...stateOf(slot), health: await healthOf(slot) }))
  const refused = refusedStates(host).map((state) => ({
    ...state,
    health: { status: 'failed' as const, reason: state.reason },
  }))
  return [...(await Promise.all(own)), ...refused]
}

/** They are for people to look at: for want of them nobody shall be without a server. */
export async function linksOf({ slots, services: { log } }: HostState): Promise<Link[]> {
  const all = slots.filter(isAlive).map(async ({ plugin, service }) => {
    try {
      return (await inTime(LONGEST_MS, () => marked(plugin.name, () => plugin.links?.(service)), late)) ?? []
    } catch (error) {
      log.warn({ plugin: plugin.name, err: error }, 'its links are left out')
      return []
    }
  })
  return (await Promise.all(all)).flat()
}
