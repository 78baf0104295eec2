/** Calls to the provider: within bounds, and what it means when they come to nothing. */
import * as client from 'openid-client'
import { isLoopback } from '../../config/loopback.ts'
import { messageOf } from '../../exit.ts'

const MOST_BYTES = 1024 * 1024

const AWAY = Symbol('away')

/** A call that came to nothing, whatever the provider would have said. */
class ProviderAway extends Error {
  readonly [AWAY] = true
}

/** What is no answer of a provider, but of something in its place. */
const NO_ANSWER: ReadonlySet<unknown> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])

/** Whether an error says nothing of who logs in: the provider is away, or refuses this server. */
export function isAway(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError)
    return ['invalid_client', 'unauthorized_client'].includes(error.error)
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    if (AWAY in each || NO_ANSWER.has((each as { code?: unknown }).code)) return true
  }
  return false
}

/** Why it failed, for the log: what a library wraps is said too. It holds nothing of who logs in. */
export function reasonOf(error: unknown): string {
  const parts: string[] = []
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    parts.push(messageOf(each))
  }
  if (error instanceof client.ResponseBodyError) parts.push(error.error)
  return parts.join(': ').slice(0, 500)
}

async function readBounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) throw new ProviderAway(`it answered more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** What calls go by: without TLS to this machine alone, by the authorities that are set, no further than a redirect. */
export function fetchWith(ca: string | undefined): client.CustomFetch {
  return async (url, options) => {
    const { protocol, host } = new URL(url)
    if (protocol !== 'https:' && !isLoopback(host)) throw new ProviderAway(`${url} is not asked without TLS`)
    try {
      const response = await fetch(url, {
        ...(options as RequestInit),
        // A connection that the provider has closed meanwhile would cost a login.
        keepalive: false,
        ...(ca === undefined ? {} : { tls: { ca } }),
      })
      if (response.status >= 500) throw new ProviderAway(`it answered ${response.status}`)
      const body = await readBounded(response)
      const { status, headers } = response
      return new Response(body.byteLength > 0 ? body : null, { status, headers })
    } catch (error) {
      throw error instanceof ProviderAway ? error : new ProviderAway(messageOf(error), { cause: error })
    }
  }
}
