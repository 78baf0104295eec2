/** Starts a plugin that is set up. */
import type { Warming } from '../cache/operator/warm.ts'
import { messageOf } from '../exit.ts'
import { marked } from '../workers/marked.ts'
import { end, stop } from './end.ts'
import { inTime } from './in-time.ts'
import { quarantine } from './quarantine.ts'
import type { HostState, Slot } from './slot.ts'

/** A plugin from outside that takes longer waits for something. */
const LONGEST_MS = 30_000

/** Its warmings, which run under its name. */
const warmingsOf = ({ plugin, service }: Slot): Warming[] =>
  marked(plugin.name, () => plugin.warm?.(service) ?? []).map((warming) => ({
    ...warming,
    items: (about, signal) => marked(plugin.name, () => warming.items(about, signal)),
    load: (item, signal) => marked(plugin.name, () => warming.load(item, signal)),
  }))

/** One that fails is quarantined. @throws {Failure} when it is essential */
export async function start(host: HostState, slot: Slot): Promise<void> {
  const { plugin, service, started } = slot
  // What begins is ended, even where it begins after it was given up.
  const begun = async (): Promise<void> => {
    await marked(plugin.name, () => plugin.start?.(service))
    if (started.disposed) await stop(host, slot)
    else started.defer(() => stop(host, slot))
  }
  try {
    const late = () => new Error(`it did not end within ${LONGEST_MS / 1000} s`)
    await (slot.origin === 'built-in' ? begun() : inTime(LONGEST_MS, begun, late))
    if (slot.state !== 'ready') return
    const endJobs = await host.services.jobs.work(plugin.name, service)
    if (started.disposed) return await endJobs()
    started.defer(endJobs)
    started.defer(host.operation.addWarmings(plugin.name, warmingsOf(slot)))
    slot.state = 'running'
  } catch (error) {
    quarantine(host, slot, `its start failed: ${messageOf(error)}`, { cause: error })
    await end(host, slot)
  }
}
