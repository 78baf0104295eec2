/** Namespaces as rows of a table: since the start or since a moment, in an order. */
import type { Answer } from '../../../api/client.ts'

export type NamespaceCounters = Answer<'GET /api/cache/stats'>['namespaces'][number]

/** One namespace with what is read in a row. */
export interface NamespaceRow {
  readonly namespace: string
  readonly reads: number
  /** 0 to 1; null without a read. */
  readonly hitRate: number | null
  /** Reads by what answered them; `shared` is Redis and PostgreSQL together. */
  readonly memory: number
  readonly shared: number
  readonly stale: number
  readonly misses: number
  readonly loadFailures: number
  /** Since the start, ms; null where nothing was loaded. */
  readonly loadP95: number | null
  /** ms that hits have saved. */
  readonly savedMs: number
}

export const COLUMNS = ['namespace', 'reads', 'hitRate', 'misses', 'loadP95', 'savedMs'] as const
export type Column = (typeof COLUMNS)[number]

const rowOf = ({ hits, latencyMs, ...counters }: NamespaceCounters): NamespaceRow => ({
  namespace: counters.namespace,
  reads: counters.reads,
  hitRate: counters.hitRate,
  memory: hits.memory,
  shared: hits.redis + hits.postgres,
  stale: counters.stale,
  misses: counters.misses,
  loadFailures: counters.loadFailures,
  loadP95: latencyMs.load.p95,
  savedMs: counters.savedMs,
})

function lessBefore(now: NamespaceRow, before: NamespaceRow | undefined): NamespaceRow {
  if (!before || before.reads > now.reads) return now
  const reads = now.reads - before.reads
  const misses = now.misses - before.misses
  return {
    ...now,
    reads,
    misses,
    hitRate: reads > 0 ? (reads - misses) / reads : null,
    memory: now.memory - before.memory,
    shared: now.shared - before.shared,
    stale: now.stale - before.stale,
    loadFailures: now.loadFailures - before.loadFailures,
    savedMs: now.savedMs - before.savedMs,
  }
}

/** @param before an earlier answer: what has happened since; absent: since the server was started */
export function namespaceRows(
  now: readonly NamespaceCounters[],
  before: readonly NamespaceCounters[] = [],
): readonly NamespaceRow[] {
  const earlier = new Map(before.map((each) => [each.namespace, rowOf(each)]))
  return now.map((each) => lessBefore(rowOf(each), earlier.get(each.namespace)))
}

/** In the order of a column; rows without a figure there stand last either way, equal ones by name. */
export function sorted(
  rows: readonly NamespaceRow[],
  by: Column,
  isDescending: boolean,
): readonly NamespaceRow[] {
  const sign = isDescending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [x, y] = [a[by], b[by]]
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b)
    if (x === y) return byName(a, b)
    return x < y ? -sign : sign
  })
}

const byName = (a: NamespaceRow, b: NamespaceRow): number => (a.namespace < b.namespace ? -1 : 1)
