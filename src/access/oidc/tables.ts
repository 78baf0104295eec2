/** Where logins by a provider stand in PostgreSQL: who is who there, and the logins that are under way. */
import { sql } from 'drizzle-orm'
import { check, customType, index, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { hostSchema } from '../../cache/tables.ts'
import { users } from '../tables.ts'

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A user by what a provider never gives to somebody else: names and addresses change hands there. */
export const oidcSubjects = hostSchema.table(
  'oidc_subjects',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    linkedAt: time('linked_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'oidc_subjects_taken', columns: [t.issuer, t.subject] }),
    /** Another subject takes the place of the one before. */
    unique('oidc_subjects_of_user').on(t.userId, t.issuer),
    check('oidc_subjects_issuer', sql`char_length(${t.issuer}) between 1 and 1024`),
    check('oidc_subjects_subject', sql`char_length(${t.subject}) between 1 and 255`),
  ],
)

/** Logins that are under way at the provider. Nothing in a row is a secret, or opens anything. */
export const oidcLogins = hostSchema.table(
  'oidc_logins',
  {
    /** SHA-256 of the state. */
    stateHash: bytea('state_hash').primaryKey(),
    /** SHA-256 of the secret in the browser that it began in. */
    browserHash: bytea('browser_hash').notNull(),
    /** Path on this server. */
    returnTo: text('return_to').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (t) => [
    index('oidc_logins_expires_at').on(t.expiresAt),
    check(
      'oidc_logins_hashes',
      sql`octet_length(${t.stateHash}) = 32 and octet_length(${t.browserHash}) = 32`,
    ),
    check('oidc_logins_return_to', sql`${t.returnTo} ~ '^/([^/]|$)' and char_length(${t.returnTo}) <= 4096`),
  ],
)
