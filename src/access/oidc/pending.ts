/** Logins that are under way at the provider: each ends once, in the browser that it began in, within ten minutes. */
import { createHmac } from 'node:crypto'
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import { hashSecret, newSecret } from '../secret.ts'
import { oidcLogins } from './tables.ts'

/** As `expires_at` says it; the cookie of the browser lives as long. */
export const PENDING_S = 600

/** What the provider hands back, or is told, so that nobody puts their answer in the place of another. */
export interface Pending {
  /** @see https://www.rfc-editor.org/rfc/rfc6749#section-10.12 */
  readonly state: string
  /** @see https://openid.net/specs/openid-connect-core-1_0.html#NonceNotes */
  readonly nonce: string
  /** @see https://www.rfc-editor.org/rfc/rfc7636#section-4.1 */
  readonly codeVerifier: string
}

export interface PendingLogins {
  /** @param browser the secret of the browser; nonce and verifier are made from it, and stand nowhere */
  begin(browser: string, returnTo: string): Promise<Pending>
  /** Uses it up. @returns undefined where it has ended, or never began in this browser */
  end(state: string, browser: string): Promise<(Pending & { readonly returnTo: string }) | undefined>
}

function pendingOf(state: string, browser: string): Pending {
  const derived = (use: string): string =>
    createHmac('sha256', browser).update(`${use} ${state}`).digest('base64url')
  return { state, nonce: derived('nonce'), codeVerifier: derived('code verifier') }
}

export const createPendingLogins = (db: Database): PendingLogins => ({
  async begin(browser, returnTo) {
    const state = newSecret()
    await db.delete(oidcLogins).where(lte(oidcLogins.expiresAt, sql`clock_timestamp()`))
    await db.insert(oidcLogins).values({
      stateHash: hashSecret(state),
      browserHash: hashSecret(browser),
      returnTo,
      expiresAt: sql`clock_timestamp() + ${PENDING_S} * interval '1 second'`,
    })
    return pendingOf(state, browser)
  },
  async end(state, browser) {
    const [row] = await db
      .delete(oidcLogins)
      .where(
        and(
          eq(oidcLogins.stateHash, hashSecret(state)),
          eq(oidcLogins.browserHash, hashSecret(browser)),
          gt(oidcLogins.expiresAt, sql`clock_timestamp()`),
        ),
      )
      .returning({ returnTo: oidcLogins.returnTo })
    return row && { ...pendingOf(state, browser), returnTo: row.returnTo }
  },
})
