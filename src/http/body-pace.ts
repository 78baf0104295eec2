/** Bodies that come too slowly: whoever trickles them in would hold a connection for as long as they like. */
import { Problem } from './problem.ts'

/** How slowly a body may come. */
export interface BodyPace {
  /** Longest pause between two pieces, ms. */
  readonly silenceMs: number
  /** On the whole, after the first {@link silenceMs}; bytes a second. */
  readonly leastRate: number
}

/**
 * The body as a route may read it: as it stands, and at a pace. What is packed could unpack to anything.
 *
 * @throws {Problem} 415 CONTENT_ENCODING_NOT_ALLOWED
 */
export function readable(request: Request, pace: BodyPace | undefined): Request {
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (!/^(?:identity)?$/i.test(encoding.trim())) {
    throw new Problem(
      415,
      'CONTENT_ENCODING_NOT_ALLOWED',
      'Send the body as it is, without a Content-Encoding.',
      {
        headers: { 'accept-encoding': 'identity' },
      },
    )
  }
  return pace ? paced(request, pace) : request
}

const tooSlow = (): Problem =>
  new Problem(408, 'BODY_TOO_SLOW', 'The body comes too slowly; send it again by a better connection.', {
    headers: { connection: 'close' },
  })

/**
 * The request with a body that fails when it comes too slowly. A reader that lets it wait is not its fault: only the
 * time counts in which somebody waits for it.
 *
 * @returns a body whose reading rejects with {@link Problem} 408 BODY_TOO_SLOW
 */
export function paced(request: Request, { silenceMs, leastRate }: BodyPace): Request {
  if (!request.body) return request
  const reader = request.body.getReader()
  let bytes = 0
  let waitedMs = 0
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const askedAt = performance.now()
        const silence = Promise.withResolvers<never>()
        const timer = setTimeout(() => silence.reject(tooSlow()), silenceMs)
        try {
          const { done, value } = await Promise.race([reader.read(), silence.promise])
          waitedMs += performance.now() - askedAt
          if (done) return controller.close()
          bytes += value.byteLength
          if (bytes < (leastRate * (waitedMs - silenceMs)) / 1000) throw tooSlow()
          controller.enqueue(value)
        } catch (error) {
          reader.cancel().catch(() => undefined)
          throw error
        } finally {
          clearTimeout(timer)
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return new Request(request, { body, duplex: 'half' } as RequestInit)
}
