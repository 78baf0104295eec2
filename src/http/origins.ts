/** Which web pages may call: our own, those of `CORS_ORIGINS`, and none else. */
import type { Context, MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { Viewer } from '../identity/viewer.ts'
import { clientOf } from './client.ts'
import { Problem } from './problem.ts'

/** RFC 9110 section 9.2.1; the others that there are change nothing here either. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Answers that a page of another origin may read beside the ones that every page may. */
const EXPOSED = [
  'etag',
  'x-request-id',
  'x-cache',
  'content-disposition',
  'retry-after',
  'ratelimit',
  'ratelimit-policy',
]

/** What a browser says of the page that a request comes from; null where no browser says anything. */
type PageOrigin = 'own' | 'foreign' | null

/** A page that came without TLS is not ours where we speak TLS: anybody on the way may have written it. */
function isOwn(c: Context, origin: string): boolean {
  const { secure, host } = clientOf(c)
  return origin === `https://${host}` || (!secure && origin === `http://${host}`)
}

function pageOriginOf(c: Context, allowed: ReadonlySet<string>): PageOrigin {
  const origin = c.req.header('origin')
  if (origin !== undefined) return isOwn(c, origin) || allowed.has(origin) ? 'own' : 'foreign'
  const site = c.req.header('sec-fetch-site')
  if (site === undefined) return null
  // `none` is what somebody has typed, or opened from a bookmark.
  return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
}

export interface Origins {
  /** Answers what browsers ask beforehand, and lets allowed pages read the answers. Undefined where none is allowed. */
  readonly middleware: MiddlewareHandler | undefined
  /**
   * Refuses what a page of another origin has a browser do: a cookie, or where there is no access control the mere
   * connection, is sent without anybody's doing. A key never is.
   *
   * @throws {Problem} 403 ORIGIN_NOT_ALLOWED
   * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
   */
  check(c: Context, viewer: Pick<Viewer, 'id' | 'proof'>): void
}

/** @param exact origins as browsers send them */
export function createOrigins(exact: readonly string[]): Origins {
  const allowed = new Set(exact)
  return {
    middleware:
      exact.length === 0
        ? undefined
        : cors({ origin: [...exact], credentials: true, exposeHeaders: EXPOSED, maxAge: 600 }),
    check(c, { id, proof }) {
      if (proof === 'key') return
      const isSafe = SAFE.has(c.req.method)
      if (isSafe && id !== 'open') return
      const page = pageOriginOf(c, allowed)
      if (page === 'own' || (page === null && proof !== 'cookie')) return
      // Where everybody at this computer may do everything, a link on another page may be followed, and that is all.
      if (isSafe && c.req.header('origin') === undefined) return
      throw new Problem(
        403,
        'ORIGIN_NOT_ALLOWED',
        page === null
          ? 'A change by a login takes an Origin or a Sec-Fetch-Site header, which every browser sends.'
          : 'Pages of other origins may not call this server.',
      )
    },
  }
}
