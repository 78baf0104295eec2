/** A Redis Cluster: one server for each primary, keys by their slots, redirects followed. */

import { allOrFailure } from '../deadline.ts'
import type { HostPort } from './address.ts'
import type { LinkTarget } from './link.ts'
import { openServer, Redirect, type Server, type ServerOptions } from './server.ts'
import { SLOTS, slotOf } from './slot.ts'
import type { Topology } from './topology.ts'

/** How often the map is looked at again while a part of it is not available. */
const REFRESH_MS = 500

const nameOf = ({ host, port }: HostPort): string => `${host}:${port}`

function placeOf(address: string): HostPort {
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) }
}

/** First and last slot, and where their primary is; `host` is empty for the host that was asked. */
interface Range {
  readonly first: number
  readonly last: number
  readonly primary: HostPort
}

/** Reads the reply of `CLUSTER SLOTS`. */
function parseSlots(reply: unknown): Range[] {
  if (!Array.isArray(reply)) return []
  return reply.flatMap((range: unknown) => {
    if (!Array.isArray(range) || !Array.isArray(range[2])) return []
    const [first, last, [host, port]] = range as [unknown, unknown, [unknown, unknown]]
    if (typeof first !== 'number' || typeof last !== 'number' || typeof port !== 'number') return []
    if (first < 0 || last >= SLOTS) return []
    return [{ first, last, primary: { host: host === null ? '' : String(host), port } }]
  })
}

/** Opens a Cluster; its nodes need not be there yet. */
export function openCluster(
  seeds: readonly HostPort[],
  access: Omit<LinkTarget, 'locate'>,
  options: ServerOptions,
): Topology {
  const servers = new Map<string, Server>()
  /** Names of the servers by slot; of none while the map is not known. */
  let owners: Array<string | undefined> = []
  let primaries = new Set<string>()
  let refreshing: Promise<void> | null = null

  const serverAt = (place: HostPort): Server => {
    const name = nameOf(place)
    const known = servers.get(name)
    if (known) return known
    const opened = openServer(
      { ...access, locate: async () => place },
      {
        ...options,
        onChange() {
          options.onChange?.()
          if (!isWhole()) void refresh()
        },
      },
    )
    servers.set(name, opened)
    return opened
  }
  const closeUnless = (keep: (name: string) => boolean): void => {
    for (const [name, server] of servers) {
      if (keep(name)) continue
      server.close()
      servers.delete(name)
    }
  }

  /** For slots whose owner is not known: every node can tell. */
  const anyServer = (): Server =>
    [...servers.values()].find((server) => server.isAvailable()) ?? serverAt(seeds[0] as HostPort)

  async function readMap(asked: string): Promise<boolean> {
    const until = performance.now() + options.deadlineMs
    const replies = await servers
      .get(asked)
      ?.call([['CLUSTER', 'SLOTS']], { until })
      .catch(() => null)
    const ranges = parseSlots(replies?.[0])
    if (ranges.length === 0) return false
    const next: Array<string | undefined> = new Array(SLOTS)
    const names = new Set<string>()
    for (const { first, last, primary } of ranges) {
      const place = { host: primary.host || placeOf(asked).host, port: primary.port }
      names.add(nameOf(place))
      serverAt(place)
      next.fill(nameOf(place), first, last + 1)
    }
    const wasKnown = primaries.size > 0
    owners = next
    primaries = names
    closeUnless((name) => names.has(name))
    if (!wasKnown) options.onChange?.()
    return true
  }
  async function readSomeMap(): Promise<void> {
    for (const [name, server] of [...servers]) {
      if (server.isAvailable() && (await readMap(name))) return
    }
    // Nobody that is known can tell: ask where one asked at first, next time.
    for (const seed of seeds) serverAt(seed)
  }
  const refresh = (): Promise<void> => {
    refreshing ??= readSomeMap().finally(() => {
      refreshing = null
    })
    return refreshing
  }

  const isWhole = (): boolean =>
    primaries.size > 0 && [...primaries].every((name) => servers.get(name)?.state() === 'closed')
  const timer = setInterval(() => {
    if (!isWhole()) void refresh()
  }, REFRESH_MS)
  for (const seed of seeds) serverAt(seed)

  const call: Topology['call'] = async (slot, commands, callOptions) => {
    const owner = owners[slot]
    const server = (owner === undefined ? undefined : servers.get(owner)) ?? anyServer()
    try {
      return await server.call(commands, callOptions)
    } catch (error) {
      if (!(error instanceof Redirect)) throw error
      // While a slot is on its way, each of its keys may be at another place.
      if (commands.length > 1) {
        return (await allOrFailure(commands.map((command) => call(slot, [command], callOptions)))).flat()
      }
      const place = placeOf(error.address)
      const target = {
        host: place.host || placeOf(owner ?? nameOf(seeds[0] as HostPort)).host,
        port: place.port,
      }
      const other = serverAt(target)
      if (error.kind === 'ASK') return other.call(commands, { ...callOptions, before: ['ASKING'] })
      owners[error.slot] = nameOf(target)
      primaries.add(nameOf(target))
      void refresh()
      return other.call(commands, callOptions)
    }
  }

  return {
    call,
    groups(keys) {
      const groups = new Map<number, number[]>()
      keys.forEach((key, i) => {
        const slot = slotOf(key)
        const group = groups.get(slot)
        if (group) group.push(i)
        else groups.set(slot, [i])
      })
      return [...groups].map(([slot, indexes]) => ({ slot, indexes }))
    },
    slot: slotOf,
    isKnown: () => primaries.size > 0,
    servers: () =>
      new Map(
        [...servers]
          .filter(([name]) => primaries.size === 0 || primaries.has(name))
          .map(([name, server]) => [Bun.hash.xxHash32(name).toString(36), server]),
      ),
    close() {
      clearInterval(timer)
      closeUnless(() => false)
    },
  }
}
