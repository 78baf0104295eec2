/** Examines what the server stands on: PostgreSQL, its tables, its clock, and Redis. */
import type { Sql } from 'postgres'
import { openRedisTier } from '../cache/open.ts'
import { isTierFailure } from '../cache/tiers/tier.ts'
import type { HostConfig } from '../config/schema.ts'
import { type MigrationSet, planMigrations } from '../database/migrations.ts'
import type { Logger } from '../observe/log.ts'
import type { Finding } from '../plugin/examination.ts'
import { fault, ok, warning } from './finding.ts'

/** The oldest PostgreSQL that its makers still mend. @see https://www.postgresql.org/support/versioning/ */
const OLDEST_VERSION = 140_000

/** Clocks that are kept by NTP are nearer than this; jobs and signatures bear more. */
const SKEW_MS = 2000
const LARGEST_SKEW_MS = 60_000

const REDIS_MS = 1500

/** That it answers, and is of a version that can be used. */
export async function examineDatabase(sql: Sql, kind: string): Promise<Finding[]> {
  const start = performance.now()
  const [row] = await sql<[{ version: string; number: number; recovering: boolean }]>`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int as number, pg_is_in_recovery() as recovering`
  const ms = performance.now() - start
  const sentence = `The ${kind} PostgreSQL ${row.version} answers, in ${ms.toFixed(1)} ms.`
  if (row.recovering)
    return [fault(`The ${kind} PostgreSQL is a replica that cannot be written.`, 'myoserve config')]
  return [
    row.number < OLDEST_VERSION ? warning(`${sentence} It is older than what is supported.`) : ok(sentence),
  ]
}

/** That its tables are those of this program. */
export async function examineMigrations(
  sql: Sql,
  sets: readonly MigrationSet[],
): Promise<{ readonly findings: Finding[]; readonly pending: ReadonlySet<string> }> {
  const { applied, pending } = await planMigrations(sql, sets)
  if (pending.length === 0)
    return { findings: [ok(`All ${applied} migrations are applied.`)], pending: new Set() }
  const names = pending.map(({ plugin, id }) => `${plugin}/${id}`)
  const sentence = `${names.length === 1 ? 'A migration is' : `${names.length} migrations are`} pending: ${names.join(', ')}.`
  return {
    findings: [warning(sentence, 'myoserve migrate --apply')],
    pending: new Set(pending.map(({ plugin }) => plugin)),
  }
}

/** That our clock and the database's say the same. */
export async function examineClock(sql: Sql): Promise<Finding[]> {
  let best = { skewMs: 0, roundTripMs: Number.POSITIVE_INFINITY }
  for (let i = 0; i < 3; i++) {
    const sent = Date.now()
    const [row] = await sql<
      [{ now: number }]
    >`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`
    const received = Date.now()
    const roundTripMs = received - sent
    if (roundTripMs < best.roundTripMs) best = { skewMs: row.now - (sent + received) / 2, roundTripMs }
  }
  const off = Math.max(0, Math.abs(best.skewMs) - best.roundTripMs / 2 - 1)
  if (off <= SKEW_MS) return [ok('The clocks of this machine and of the database agree.')]
  const sentence = `The clock of the database is ${(off / 1000).toFixed(1)} s ${best.skewMs > 0 ? 'ahead of' : 'behind'} this machine’s.`
  return [(off > LARGEST_SKEW_MS ? fault : warning)(sentence, 'timedatectl status')]
}

/** That Redis answers, where it is configured. */
export async function examineRedis(host: HostConfig, log: Logger): Promise<Finding[]> {
  const redis = openRedisTier(host, log)
  if (!redis) return [ok('Redis is not configured; the cache does without.')]
  const deadline = performance.now() + REDIS_MS
  try {
    for (;;) {
      try {
        const { version } = await redis.info()
        return [ok(`Redis ${version ?? ''} answers.`.replace('  ', ' '))]
      } catch (error) {
        if (!isTierFailure(error)) throw error
        if (performance.now() > deadline)
          return [fault(`Redis does not answer: ${error.message}.`, 'myoserve config')]
        await Bun.sleep(50)
      }
    }
  } finally {
    await redis.close()
  }
}
