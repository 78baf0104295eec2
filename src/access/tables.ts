/** Where users, their login sessions, keys, one-time links and failed logins stand in PostgreSQL. Of secrets, hashes alone. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { hostSchema } from '../cache/tables.ts'

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const users = hostSchema.table(
  'users',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    /** The login name, in lower case. It never changes: clinical records name a therapist by it. */
    name: text('name').notNull().unique('users_name_taken'),
    displayName: text('display_name').notNull(),
    /** Null where there is none: somebody who was given a link and has not used it, or who logs in elsewhere. */
    passwordHash: text('password_hash'),
    roles: text('roles').array().notNull(),
    disabled: boolean('disabled').notNull().default(false),
    /** Counts what people change of it, for ETag. */
    version: integer('version').notNull().default(1),
    /**
     * Counts every change of this row and of its login sessions, by triggers that the migration has by hand, whoever
     * makes it: nodes ask for it before they believe what they remember of a user.
     */
    revision: bigint('revision', { mode: 'number' }).notNull().default(1),
    createdAt: time('created_at').notNull().defaultNow(),
    passwordChangedAt: time('password_changed_at'),
  },
  (t) => [
    check('users_name', sql`${t.name} ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'`),
    check('users_display_name', sql`char_length(${t.displayName}) between 1 and 100`),
    check('users_password_hash', sql`${t.passwordHash} like '$argon2id$%'`),
    check('users_password_changed', sql`(${t.passwordHash} is null) = (${t.passwordChangedAt} is null)`),
    check('users_roles', sql`cardinality(${t.roles}) <= 16`),
  ],
)

export const loginSessions = hostSchema.table(
  'login_sessions',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the secret in the cookie. */
    secretHash: bytea('secret_hash').notNull().unique(),
    createdAt: time('created_at').notNull().defaultNow(),
    seenAt: time('seen_at').notNull().defaultNow(),
    expiresAt: time('expires_at').notNull(),
    address: text('address').notNull(),
    /** Browser and system in a few words. */
    agent: text('agent').notNull(),
  },
  (t) => [
    index('login_sessions_of_user').on(t.userId),
    index('login_sessions_expires_at').on(t.expiresAt),
    check('login_sessions_secret_hash', sql`octet_length(${t.secretHash}) = 32`),
    check('login_sessions_expires', sql`${t.expiresAt} > ${t.createdAt}`),
    check('login_sessions_address', sql`char_length(${t.address}) <= 64`),
    check('login_sessions_agent', sql`char_length(${t.agent}) <= 80`),
  ],
)

export const apiKeys = hostSchema.table(
  'api_keys',
  {
    /** UUIDv7; it stands in the key itself. */
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** SHA-256 of the secret. */
    secretHash: bytea('secret_hash').notNull().unique(),
    permissions: text('permissions').array().notNull(),
    /** Codes of the patients that it sees; null: all. */
    patients: text('patients').array(),
    createdAt: time('created_at').notNull().defaultNow(),
    /** Null where it was made on the command line, or the user is gone. */
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    /** Null: never. */
    expiresAt: time('expires_at'),
    lastUsedAt: time('last_used_at'),
    revokedAt: time('revoked_at'),
  },
  (t) => [
    /** A name serves again once its key is revoked. */
    uniqueIndex('api_keys_name_taken').on(t.name).where(sql`${t.revokedAt} is null`),
    check('api_keys_name', sql`char_length(${t.name}) between 1 and 64`),
    check('api_keys_secret_hash', sql`octet_length(${t.secretHash}) = 32`),
    check('api_keys_permissions', sql`cardinality(${t.permissions}) between 1 and 200`),
    check('api_keys_patients', sql`cardinality(${t.patients}) between 1 and 1000`),
    check('api_keys_expires', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
)

/** One-time links: the one that makes the first administrator, and those by which a user chooses a password. */
export const setupTokens = hostSchema.table(
  'setup_tokens',
  {
    id: uuid('id').primaryKey(),
    /** Whose password it sets; null: it makes the first administrator. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the secret in the link. */
    secretHash: bytea('secret_hash').notNull().unique(),
    createdAt: time('created_at').notNull().defaultNow(),
    expiresAt: time('expires_at').notNull(),
  },
  (t) => [
    /** A new link ends the one before. */
    uniqueIndex('setup_tokens_of_user').on(
      sql`coalesce(${t.userId}, '00000000-0000-0000-0000-000000000000')`,
    ),
    check('setup_tokens_secret_hash', sql`octet_length(${t.secretHash}) = 32`),
    check('setup_tokens_expires', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
)

/** How a user wants the page. */
export const userPreferences = hostSchema.table(
  'user_preferences',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    preferences: jsonb('preferences').notNull(),
  },
  (t) => [check('user_preferences_object', sql`jsonb_typeof(${t.preferences}) = 'object'`)],
)

/** Failed logins, by name and by address. */
export const loginThrottle = hostSchema.table(
  'login_throttle',
  {
    /**
     * `name:` or `address:` with a keyed hash: a password that somebody types into the wrong field shall stand nowhere.
     */
    subject: text('subject').primaryKey(),
    failures: integer('failures').notNull(),
    failedAt: time('failed_at').notNull(),
    lockedUntil: time('locked_until').notNull(),
  },
  (t) => [
    index('login_throttle_failed_at').on(t.failedAt),
    check('login_throttle_subject', sql`${t.subject} ~ '^(name|address):[A-Za-z0-9_-]{22}$'`),
    check('login_throttle_failures', sql`${t.failures} >= 0`),
  ],
)
