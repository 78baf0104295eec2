/** Moving the cache from phase to phase: what is copied, compared, refused, and gone on with. */
import { describe, expect, test } from 'bun:test'
import type { StoredEntry } from './entry.ts'
import { createFakeTier, type FakeTier } from './fixtures.ts'
import { MigrationRefused, migrateCache } from './migrate.ts'
import type { Phase } from './phases.ts'
import type { CacheState, MigrationProgress } from './state.ts'
import { TierFailure } from './tiers/tier.ts'

const entry = (i: number, createdAt = 1000): StoredEntry => ({
  key: `myoserve:0:report:${String(i).padStart(5, '0')}`,
  namespace: 'test.reports',
  meta: {
    createdAt,
    freshUntil: Number.MAX_SAFE_INTEGER,
    keptUntil: Number.MAX_SAFE_INTEGER,
    versions: {},
    inputs: null,
    negative: false,
  },
  body: `{"i":${i}}`,
})

/** Pages as a database gives them: in the order of the keys, from the cursor on. */
function paged(tier: FakeTier): FakeTier {
  return Object.assign(tier, {
    scan: async (prefix: string, cursor: string | null, limit: number) => {
      const keys = [...tier.entries.keys()]
        .sort()
        .filter((key) => key.startsWith(prefix) && key > (cursor ?? ''))
      const page = keys.slice(0, limit)
      return { keys: page, cursor: keys.length > limit ? (page.at(-1) ?? null) : null }
    },
  })
}

function setUp(count: number) {
  const postgres = paged(createFakeTier('postgres'))
  const redis = createFakeTier('redis')
  for (let i = 0; i < count; i++) postgres.entries.set(entry(i).key, entry(i))
  const stored: { phase: Phase | null; progress: MigrationProgress | null } = { phase: null, progress: null }
  const state: CacheState = {
    phase: async () => stored.phase,
    async setPhase(phase) {
      stored.phase = phase
    },
    progress: async () => stored.progress,
    async setProgress(progress) {
      stored.progress = progress
    },
    secret: async () => 'secret',
  }
  const announced: Phase[] = []
  const migrate = (from: Phase, to: Phase, dryRun = false) =>
    migrateCache({
      from,
      to,
      dryRun,
      postgres,
      redis,
      state,
      announce: async (phase) => void announced.push(phase),
    })
  return { postgres, redis, stored, announced, migrate, state }
}

describe('forwards', () => {
  test('every entry is copied and compared, and then the phase changes for all', async () => {
    const { redis, stored, announced, migrate } = setUp(1001)
    expect(await migrate('database', 'dual-write')).toEqual({
      from: 'database',
      to: 'dual-write',
      seen: 1001,
      copied: 1001,
      differing: 0,
      done: true,
    })
    expect(redis.entries.size).toBe(1001)
    expect(stored).toEqual({ phase: 'dual-write', progress: null })
    // Before the copy too, so that no new entry goes to one tier alone.
    expect(announced).toEqual(['dual-write', 'dual-write'])
  })

  test('what Redis has as new or newer is left alone', async () => {
    const { redis, migrate } = setUp(3)
    redis.entries.set(entry(0).key, entry(0))
    redis.entries.set(entry(1).key, { ...entry(1, 2000), body: '{"newer":true}' })
    expect(await migrate('database', 'dual-write')).toMatchObject({ seen: 3, copied: 1 })
    expect(redis.entries.get(entry(1).key)?.body).toBe('{"newer":true}')
  })

  test('a dry run counts and changes nothing', async () => {
    const { redis, stored, announced, migrate } = setUp(300)
    expect(await migrate('database', 'dual-write', true)).toMatchObject({ copied: 300, done: false })
    expect(redis.entries.size).toBe(0)
    expect([stored, announced]).toEqual([{ phase: null, progress: null }, []])
  })

  test('an entry that Redis does not give back as it was keeps the phase', async () => {
    const { redis, stored, migrate } = setUp(300)
    const write = redis.setMany
    redis.setMany = (entries) =>
      write(entries.map((each) => (each.key === entry(7).key ? { ...each, body: '{"i":0}' } : each)))
    expect(await migrate('database', 'dual-write')).toMatchObject({ differing: 1, done: false })
    expect(stored.phase).toBeNull()
  })

  test('a migration that was killed goes on where it was', async () => {
    const { postgres, redis, stored, migrate } = setUp(1000)
    const write = redis.setMany
    let writes = 0
    redis.setMany = (entries) => {
      if (++writes === 3) throw new TierFailure('redis', 'offline', 'killed')
      return write(entries)
    }
    expect(migrate('database', 'dual-write')).rejects.toThrow('killed')
    await migrate('database', 'redis-only').catch(() => undefined)
    expect(stored.progress).toMatchObject({ to: 'dual-write', seen: 400 })
    postgres.calls.getMany = 0
    expect(await migrate('database', 'dual-write')).toMatchObject({ seen: 1000, copied: 1000, done: true })
    // Of five steps, three were left.
    expect(postgres.calls.getMany).toBe(3)
    expect(redis.entries.size).toBe(1000)
  })
})

test('backwards, only the phase changes', async () => {
  const { redis, stored, migrate } = setUp(10)
  expect(await migrate('redis-only', 'database')).toMatchObject({ seen: 0, copied: 0, done: true })
  expect(redis.entries.size).toBe(0)
  expect(stored.phase).toBe('database')
})

describe('refused', () => {
  test('is a phase that others come before', () => {
    expect(setUp(0).migrate('database', 'redis-only')).rejects.toThrow(MigrationRefused)
  })

  test('is Redis where there is none', () => {
    const { postgres, state } = setUp(0)
    const migration = migrateCache({
      from: 'database',
      to: 'dual-write',
      dryRun: false,
      postgres,
      redis: undefined,
      state,
      announce: async () => undefined,
    })
    expect(migration).rejects.toThrow(/REDIS_URL is not set/)
  })
})
