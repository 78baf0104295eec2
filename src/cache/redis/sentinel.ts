/** Asks sentinels where the server is: https://redis.io/docs/latest/develop/reference/sentinel-clients/ */

import { withDeadline } from '../deadline.ts'
import type { HostPort } from './address.ts'
import { connectOnce, disconnect, type LinkTarget } from './link.ts'

/** A sentinel that takes longer to tell is left out. */
const ASK_MS = 1000

/** How sentinels are greeted: they have users and passwords of their own. */
export type SentinelAccess = Pick<LinkTarget, 'tls' | 'user' | 'password'>

const isAddress = (reply: unknown): reply is readonly [Buffer, Buffer] =>
  Array.isArray(reply) && reply.length === 2 && reply.every((part) => Buffer.isBuffer(part))

async function ask(sentinel: HostPort, master: string, access: SentinelAccess): Promise<HostPort> {
  const target = { ...access, database: 0, locate: async () => sentinel }
  const client = await connectOnce(target, () => undefined)
  try {
    const reply: unknown = await withDeadline(
      client.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', master]),
      ASK_MS,
    )
    if (!isAddress(reply)) throw new Error('this sentinel knows no such master')
    return { host: reply[0].toString(), port: Number(reply[1].toString()) }
  } finally {
    disconnect(client)
  }
}

/**
 * Makes a function that tells where the master is. All sentinels are asked at once, and the first to know it is
 * believed: one that is down or frozen costs nothing.
 */
export const createMasterFinder =
  (sentinels: readonly HostPort[], master: string, access: SentinelAccess) => async (): Promise<HostPort> => {
    try {
      return await Promise.any(sentinels.map((sentinel) => ask(sentinel, master, access)))
    } catch (error) {
      // The reason of one of them says more than that all have failed.
      throw error instanceof AggregateError ? error.errors[0] : error
    }
  }
