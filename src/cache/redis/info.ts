/** What INFO says of a server, in figures. */

/** Figures of one server, or the sums of a Cluster's; null where a server does not say. */
export interface RedisInfo {
  readonly version: string | null
  readonly usedMemoryBytes: number | null
  /** Null: no bound is set. */
  readonly maxMemoryBytes: number | null
  readonly connectedClients: number | null
  readonly operationsPerSecond: number | null
  readonly expiredKeys: number | null
  readonly evictedKeys: number | null
  readonly keyspaceHits: number | null
  readonly keyspaceMisses: number | null
}

/** Reads the text of INFO: lines of `name:value`, and comments. */
export function parseInfo(text: string): RedisInfo {
  const fields = new Map(
    text.split('\n').flatMap((line) => {
      const colon = line.indexOf(':')
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()] as const] : []
    }),
  )
  const figure = (name: string): number | null => {
    const value = fields.get(name)
    return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? Number(value) : null
  }
  return {
    version: fields.get('redis_version') ?? null,
    usedMemoryBytes: figure('used_memory'),
    maxMemoryBytes: figure('maxmemory') || null,
    connectedClients: figure('connected_clients'),
    operationsPerSecond: figure('instantaneous_ops_per_sec'),
    expiredKeys: figure('expired_keys'),
    evictedKeys: figure('evicted_keys'),
    keyspaceHits: figure('keyspace_hits'),
    keyspaceMisses: figure('keyspace_misses'),
  }
}

/** Adds up the servers of a Cluster; a figure that one of them lacks is null. */
export function sumInfo(parts: readonly RedisInfo[]): RedisInfo {
  const sum = (name: Exclude<keyof RedisInfo, 'version'>): number | null => {
    const figures = parts.map((part) => part[name])
    return figures.every((figure) => figure !== null) ? figures.reduce((a, b) => a + b, 0) : null
  }
  return {
    version: parts[0]?.version ?? null,
    usedMemoryBytes: sum('usedMemoryBytes'),
    maxMemoryBytes: sum('maxMemoryBytes'),
    connectedClients: sum('connectedClients'),
    operationsPerSecond: sum('operationsPerSecond'),
    expiredKeys: sum('expiredKeys'),
    evictedKeys: sum('evictedKeys'),
    keyspaceHits: sum('keyspaceHits'),
    keyspaceMisses: sum('keyspaceMisses'),
  }
}
