/** The phases of the move from PostgreSQL to Redis: which shared tiers are read, in which order, and written. */
import { CACHE_PHASES } from '../config/schema.ts'
import type { TierId } from './tiers/tier.ts'

/** The phases of the cache, in the order in which one moves through them. */
export const PHASES = CACHE_PHASES

/** Which shared tiers are read and written; see {@link PHASES}. */
export type Phase = (typeof PHASES)[number]

export interface PhaseRule {
  /** In the order in which they are asked. */
  readonly reads: readonly TierId[]
  readonly writes: readonly TierId[]
  readonly summary: string
}

export const PHASE_RULES: Readonly<Record<Phase, PhaseRule>> = {
  database: { reads: ['postgres'], writes: ['postgres'], summary: 'PostgreSQL alone; no Redis' },
  'dual-write': {
    reads: ['redis', 'postgres'],
    writes: ['redis', 'postgres'],
    summary: 'both are written; Redis is read, and what only PostgreSQL has is promoted',
  },
  'redis-primary': {
    reads: ['redis', 'postgres'],
    writes: ['redis'],
    summary: 'Redis is written; what only PostgreSQL still has is promoted',
  },
  'redis-only': { reads: ['redis'], writes: ['redis'], summary: 'Redis alone' },
}

export const isPhase = (value: unknown): value is Phase => PHASES.some((phase) => phase === value)
