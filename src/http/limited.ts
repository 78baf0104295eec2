/** Holds requests against the limits of the server. */
import type { Context, MiddlewareHandler } from 'hono'
import type { Identity } from '../identity/identity.ts'
import type { Limits, Rate } from '../limits/limits.ts'
import type { RateState } from '../limits/rate.ts'
import { clientOf } from './client.ts'
import { Problem } from './problem.ts'

/** Longer addresses are nobody's who means well. */
const MOST_URL = 8192

/** @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
const rateHeaders = ({ name, windowS }: Rate, { limit, remaining, resetS }: RateState) => ({
  'ratelimit-policy': `"${name}";q=${limit};w=${windowS}`,
  ratelimit: `"${name}";r=${remaining};t=${resetS}`,
})

async function spend(c: Context, rate: Rate, who: string): Promise<void> {
  const state = await rate.take(who)
  const headers = rateHeaders(rate, state)
  if (!state.allowed) {
    throw new Problem(
      429,
      'RATE_LIMITED',
      `More than ${state.limit} requests came in a minute; try again later.`,
      {
        headers: { ...headers, 'retry-after': String(state.resetS) },
      },
    )
  }
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
}

/** Before it is known who asks: the size of the address, requests at once, requests in a minute by address. */
export const limitedByAddress = (limits: Limits): MiddlewareHandler => {
  return async (c, next) => {
    if (c.req.url.length > MOST_URL) {
      throw new Problem(414, 'URI_TOO_LONG', `An address may have up to ${MOST_URL} characters.`)
    }
    const subject = limits.subjectOf(clientOf(c).address)
    const leave = limits.requests.enter(subject)
    if (!leave) {
      throw new Problem(
        503,
        'TOO_MANY_AT_ONCE',
        'Too many requests are worked on already; try again shortly.',
        {
          headers: { 'retry-after': '1' },
        },
      )
    }
    try {
      for (const rate of limits.byAddress(c.req.method, c.req.path)) await spend(c, rate, subject)
      await next()
    } finally {
      leave()
    }
  }
}

/**
 * Once it is known who asks. Nobody is counted by address alone.
 *
 * @throws {Problem} 429 RATE_LIMITED
 */
export async function limitIdentity(limits: Limits, c: Context, { id, proof }: Identity): Promise<void> {
  if (!limits.byIdentity) return
  // Without proof everybody has the same name.
  const who = proof === 'none' ? `${id} ${limits.subjectOf(clientOf(c).address)}` : id
  await spend(c, limits.byIdentity, who)
}

/** The answer, with something done when its body has ended. */
function whenOver(answer: Response, end: () => void): Response {
  const reader = answer.body?.getReader()
  if (!reader) {
    end()
    return answer
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        controller.close()
      } catch (error) {
        controller.error(error)
      }
      end()
    },
    cancel(reason) {
      end()
      return reader.cancel(reason)
    },
  })
  return new Response(body, answer)
}

/**
 * Opens an event stream, which counts until it ends or its client has gone.
 *
 * @throws {Problem} 503 TOO_MANY_STREAMS
 */
export async function limitStreams(
  limits: Limits,
  { id }: Identity,
  c: Context,
  open: () => unknown,
): Promise<unknown> {
  const leave = limits.streams.enter(id)
  if (!leave) {
    throw new Problem(503, 'TOO_MANY_STREAMS', 'You have as many event streams open as one may have.', {
      headers: { 'retry-after': '10' },
    })
  }
  c.req.raw.signal.addEventListener('abort', leave, { once: true })
  try {
    const answer = await open()
    if (answer instanceof Response) return whenOver(answer, leave)
    leave()
    return answer
  } catch (error) {
    leave()
    throw error
  }
}
