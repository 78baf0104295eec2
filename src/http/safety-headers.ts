/** Headers that keep browsers from doing with an answer what nobody meant. */
import type { MiddlewareHandler } from 'hono'
import { clientOf } from './client.ts'

/** An answer of the API is no page: it loads, runs and frames nothing. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const ALWAYS = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['origin-agent-cluster', '?1'],
  ['x-dns-prefetch-control', 'off'],
  [
    'permissions-policy',
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  ],
] as const

/** A year. Not for subdomains: other programs of the clinic may stand there. */
const TRANSPORT = 'max-age=31536000'

/**
 * Sets them on every answer. A page brings a Content-Security-Policy of its own, which says who may frame it.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html
 */
export const safetyHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  for (const [name, value] of ALWAYS) headers.set(name, value)
  if (!headers.has('content-security-policy')) {
    headers.set('content-security-policy', POLICY)
    headers.set('x-frame-options', 'DENY')
  }
  // Over plain HTTP it would mean nothing, and anybody on the way could have said it.
  if (clientOf(c).secure) headers.set('strict-transport-security', TRANSPORT)
}
