/** Health checks of the cache: what each is about, and in which unit its figure stands. */
import type { Answer } from '../../../api/client.ts'

export type Check = Answer<'GET /api/cache/health'>['checks'][number]

/** What a check is about; a check of a tier names it. */
export interface Subject {
  readonly kind: 'memory' | 'hitRate' | 'invalidation' | 'tier' | 'connectionFailures' | 'latency' | 'other'
  readonly tier: string | null
  /** `share`: 0 to 1; `ratio`: a multiple of what is usual. */
  readonly unit: 'share' | 'ratio' | null
}

const UNITS = {
  memory: 'share',
  hitRate: 'share',
  connectionFailures: 'share',
  latency: 'ratio',
  tier: null,
  invalidation: null,
} as const

/** @param id such as `memory`, or `latency:redis` */
export function subjectOf(id: string): Subject {
  const [kind = '', tier] = id.split(':')
  return Object.hasOwn(UNITS, kind)
    ? { kind: kind as keyof typeof UNITS, tier: tier ?? null, unit: UNITS[kind as keyof typeof UNITS] }
    : { kind: 'other', tier: null, unit: null }
}

const RANK = { failing: 0, warning: 1, unknown: 2, ok: 3 }

/** What fails first, then what is past its threshold, then the rest as the server names them. */
export const worstFirst = (checks: readonly Check[]): readonly Check[] =>
  checks.toSorted((a, b) => RANK[a.status] - RANK[b.status])
