/** Pages of keys by SCAN, over all servers that hold keys. */
import type { KeyPage } from '../tiers/tier.ts'
import type { Topology } from './topology.ts'

/** Keys that the server looks at in one step: enough to get on, few enough to hold nobody up. */
const STEP = 1000

/** So that what stands in a prefix means itself: https://redis.io/docs/latest/commands/keys/ */
const escapeGlob = (text: string): string => text.replace(/[\\*?[\]^-]/g, '\\$&')

interface Position {
  readonly server: string
  /** As the server gave it: up to 64 bits, so never a number. */
  readonly cursor: string
}

function parsePosition(text: string): Position {
  const match = /^([0-9a-z]+)\.(\d{1,20})$/.exec(text)
  if (!match) throw new RangeError('this is no cursor of a scan')
  return { server: match[1] as string, cursor: match[2] as string }
}

/** The reply of SCAN: the next cursor, and keys. */
function parseReply(reply: unknown): readonly [string, string[]] {
  if (!Array.isArray(reply) || !Array.isArray(reply[1])) throw new TypeError('SCAN gave something else')
  return [String(reply[0]), reply[1].map(String)]
}

/**
 * Reads on from a cursor until there are `limit` keys or half of the time is over. The page may hold some more or
 * fewer keys, even none, and keys that were written meanwhile may come twice or not at all: so is SCAN.
 *
 * @param deadlineMs the page ends within this
 * @throws {RangeError} for a cursor that no page gave
 * @throws {TierFailure}
 */
export async function readPage(
  topology: Topology,
  {
    prefix,
    cursor,
    limit,
  }: { readonly prefix: string; readonly cursor: string | null; readonly limit: number },
  deadlineMs: number,
): Promise<KeyPage> {
  const ids = [...topology.servers().keys()].sort()
  const started = performance.now()
  const keys: string[] = []
  let position: Position | null = cursor === null ? null : parsePosition(cursor)
  if (position === null) {
    const [first] = ids
    if (first === undefined) return { keys, cursor: null }
    position = { server: first, cursor: '0' }
  }
  do {
    const { server: id, cursor: from }: Position = position
    const server = topology.servers().get(id)
    let next = '0'
    // A server that has left a Cluster has handed its keys to others.
    if (server) {
      const command = ['SCAN', from, 'MATCH', `${escapeGlob(prefix)}*`, 'COUNT', String(STEP)]
      const [reply] = await server.call([command], { until: started + deadlineMs })
      const [after, found] = parseReply(reply)
      keys.push(...found)
      next = after
    }
    const following: string | undefined = next === '0' ? ids.find((other) => other > id) : id
    if (following === undefined) return { keys, cursor: null }
    position = { server: following, cursor: next }
  } while (keys.length < limit && performance.now() - started < deadlineMs / 2)
  return { keys, cursor: `${position.server}.${position.cursor}` }
}
