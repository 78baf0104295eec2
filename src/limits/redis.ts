/** Counts in Redis, which all nodes share. They are gone with it, and each node then counts for itself. */
import { DEFAULT_DEADLINE_MS, openTopology } from '../cache/redis/connect.ts'
import type { HostConfig } from '../config/schema.ts'
import type { SharedCounts } from './rate.ts'

export interface RedisCounts extends SharedCounts {
  close(): void
}

/** Not among the keys of the cache: those are cleared, and other nodes listen for them. */
const PREFIX = 'myoserve-limits'

/** Opens them by the settings of Redis; undefined where none are set. It need not be there yet. */
export function openRedisCounts(settings: HostConfig, windowMs: number): RedisCounts | undefined {
  const { redisUrl: url, redisDeadlineMs: deadlineMs = DEFAULT_DEADLINE_MS } = settings
  if (url === undefined) return undefined
  const topology = openTopology({
    url,
    tls: { caFile: settings.redisCaFile, certFile: settings.redisCertFile, keyFile: settings.redisKeyFile },
    sentinelUser: settings.redisSentinelUser,
    sentinelPassword: settings.redisSentinelPassword,
    deadlineMs,
  })
  return {
    isAvailable: () => [...topology.servers().values()].some((server) => server.isAvailable()),
    async add(subject, window, by) {
      // Both windows on one node of a Cluster.
      const keyOf = (each: number): string => `${PREFIX}:{${subject}}:${each}`
      const key = keyOf(window)
      const [current, , previous] = await topology.call(
        topology.slot(key),
        [
          ['INCRBY', key, String(by)],
          ['PEXPIRE', key, String(2 * windowMs)],
          ['GET', keyOf(window - 1)],
        ],
        { until: performance.now() + deadlineMs },
      )
      return { current: Number(current), previous: Number(previous ?? 0) }
    },
    close: topology.close,
  }
}
