/** Where the cache stands in PostgreSQL: entries, versions of tags, nodes, leases, state. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

export const hostSchema = pgSchema('myoserve')

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * Entries of the cache. Unlogged, which the migration says by hand, since drizzle-kit cannot: an entry is written
 * without the write-ahead log, and all are gone after a crash of the server, which costs speed and nothing else.
 * Keys are compared byte by byte (collate "C"), so that those of a prefix stand together.
 */
export const analyticsCache = hostSchema.table(
  'analytics_cache',
  {
    key: text('key').primaryKey(),
    /** Plugin and name, as in `emg-analyzer.analyses`. */
    namespace: text('namespace').notNull(),
    /** What `value` and `bytes` hold: a JSON value; JSON text that jsonb refuses; bytes. */
    format: text('format', { enum: ['json', 'text', 'bytes'] }).notNull(),
    value: jsonb('value'),
    bytes: bytea('bytes'),
    /** Version of each tag as the load began. */
    tags: jsonb('tags').$type<Record<string, number>>().notNull(),
    /** Names what it was computed from beside its key. */
    inputs: text('inputs'),
    createdAt: time('created_at').notNull(),
    freshUntil: time('fresh_until').notNull(),
    keptUntil: time('kept_until').notNull(),
    /** There is nothing: the loader answered null. */
    negative: boolean('negative').notNull(),
    /** Bytes of the body as it was handed over. */
    size: integer('size').notNull(),
    /** SHA-256 of all other columns: a row that somebody edits is no entry any more. */
    checksum: bytea('checksum').notNull(),
  },
  (t) => [
    index('analytics_cache_kept_until').on(t.keptUntil),
    index('analytics_cache_namespace').on(t.namespace),
    check(
      'analytics_cache_format',
      sql`(${t.format} = 'json' and ${t.value} is not null and ${t.bytes} is null)
        or (${t.format} in ('text', 'bytes') and ${t.value} is null and ${t.bytes} is not null)`,
    ),
  ],
)

/** Versions of tags. Logged: a bump that is lost would bring outdated entries back to life. */
export const cacheTags = hostSchema.table('cache_tags', {
  tag: text('tag').primaryKey(),
  /** Microseconds since 1970 at the bump, and always more than before: it never comes again. */
  version: bigint('version', { mode: 'number' }).notNull(),
  /** Without an index, so that a bump updates the row in its page and nothing else. */
  bumpedAt: time('bumped_at').notNull(),
})

/** Nodes that may answer from the cache. Logged: who is missing here is not waited for. */
export const cacheNodes = hostSchema.table('cache_nodes', {
  node: uuid('node').primaryKey(),
  /** Counts up while the node lives; one that stands still is removed by the others. */
  beat: bigint('beat', { mode: 'number' }).notNull(),
  startedAt: time('started_at').notNull().defaultNow(),
  beatAt: time('beat_at').notNull().defaultNow(),
})

/** Who loads a key alone. Unlogged, by hand: a lease that is lost costs one more load. */
export const cacheLeases = hostSchema.table(
  'cache_leases',
  {
    key: text('key').primaryKey(),
    holder: uuid('holder').notNull(),
    heldUntil: time('held_until').notNull(),
  },
  (t) => [index('cache_leases_held_until').on(t.heldUntil)],
)

/** What all nodes agree on: the phase of the cache, how far a migration is. Logged. */
export const cacheState = hostSchema.table('cache_state', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: time('updated_at').notNull().defaultNow(),
})
