/** Ends what a plugin has begun, and takes back what it has added to others. */
import { marked } from '../workers/marked.ts'
import { inTime } from './in-time.ts'
import type { HostState, Slot } from './slot.ts'

/** No plugin is waited for longer when it stops. */
const LONGEST_STOP_MS = 5000

/** Requests that are under way when a plugin leaves are waited for no longer. */
const LONGEST_DRAIN_MS = 5000
const DRAIN_POLL_MS = 10

/** Runs the `stop` of a plugin; one that fails, or does not end, is logged. */
export async function stop({ services: { log } }: HostState, { plugin, service }: Slot): Promise<void> {
  try {
    const late = () => new Error(`it did not end within ${LONGEST_STOP_MS / 1000} s`)
    await inTime(LONGEST_STOP_MS, () => marked(plugin.name, () => plugin.stop?.(service)), late)
  } catch (error) {
    log.error({ plugin: plugin.name, err: error }, 'plugin failed to stop')
  }
}

async function dispose(
  { services: { log } }: HostState,
  { plugin }: Slot,
  undone: AsyncDisposableStack,
): Promise<void> {
  try {
    await undone.disposeAsync()
  } catch (error) {
    log.error({ plugin: plugin.name, err: error }, 'not all of a plugin could be undone')
  }
}

/** Ends what a plugin has begun, the latest first. Resolves when that is done, whoever asked for it first. */
export function end(host: HostState, slot: Slot): Promise<void> {
  for (const close of slot.streams) close()
  slot.ended ??= dispose(host, slot, slot.started)
  return slot.ended
}

/** Resolves when a plugin answers no request any more, or when that takes too long. */
async function drain({ services: { log } }: HostState, slot: Slot): Promise<void> {
  const latest = performance.now() + LONGEST_DRAIN_MS
  while (slot.requests > 0 && performance.now() < latest) await Bun.sleep(DRAIN_POLL_MS)
  if (slot.requests === 0) return
  log.warn({ plugin: slot.plugin.name, requests: slot.requests }, 'plugin leaves before it has answered')
}

/** Ends a plugin and takes back what it has added to others. No new request may reach it. */
export async function leave(host: HostState, slot: Slot): Promise<void> {
  await drain(host, slot)
  await end(host, slot)
  await dispose(host, slot, slot.loaded)
}
