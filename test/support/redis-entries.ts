/** Entries and tiers for tests of Redis. */
import { expect } from 'bun:test'
import type { StoredEntry } from '../../src/cache/entry.ts'
import { createRedisTier, type RedisTier, type RedisTierOptions } from '../../src/cache/tiers/redis.ts'
import { isTierFailure, type TierFailure } from '../../src/cache/tiers/tier.ts'
import { until } from './redis.ts'

/** An entry that is kept for a minute. */
export const entryOf = (
  key: string,
  body: StoredEntry['body'] = '{"rms":1}',
  keptMs = 60_000,
): StoredEntry => ({
  key,
  namespace: 'test.entries',
  meta: {
    createdAt: Date.now(),
    freshUntil: Date.now() + keptMs / 2,
    keptUntil: Date.now() + keptMs,
    versions: { tag: 1 },
    inputs: null,
    negative: false,
  },
  body,
})

/** What a call comes to: its failure, and how long it took. Fails the test on another error than a tier's. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ reason: string; message: string; ms: number }> {
  const started = performance.now()
  const failure = await call.then(
    () => null,
    (error: unknown) => error,
  )
  const ms = performance.now() - started
  if (failure === null) return { reason: 'none', message: '', ms }
  expect(isTierFailure(failure)).toBe(true)
  const { reason, message } = failure as TierFailure
  return { reason, message, ms }
}

const opened: RedisTier[] = []

export function openTier(options: RedisTierOptions): RedisTier {
  const tier = createRedisTier(options)
  opened.push(tier)
  return tier
}

/** A tier that has its connection. */
export async function readyTier(options: RedisTierOptions): Promise<RedisTier> {
  const tier = openTier(options)
  await until(() => tier.state().breaker === 'closed', 5000, 'the connection')
  return tier
}

/** Closes every tier that was opened here; to be called after each test. */
export async function closeTiers(): Promise<void> {
  await Promise.all(opened.splice(0).map((tier) => tier.close()))
}
