/** Server-sent events, to as many clients as a server can bear. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
import { Problem } from './problem.ts'

/** Each holds a connection for as long as its client likes. */
const MOST_STREAMS = 32

/** Whoever waits longer for an event gets a line that is none, so that nobody in between thinks it dead. */
const SILENCE_MS = 15_000

/** Server-sent events to clients, of which only so many are served at once. */
export interface EventStreams {
  /** How many are open. */
  count(): number
  /**
   * Opens one; it ends with its source, or when the client goes.
   *
   * @param name of each event
   * @param sourceOf what the events carry as JSON, until it ends or the signal aborts
   * @throws {Problem} 503 TOO_MANY_STREAMS
   * @example
   * handle: ({ c }) => streams.open('snapshot', (signal) => operator.snapshots(5000, signal), c.req.raw.signal)
   */
  open(
    name: string,
    sourceOf: (signal: AbortSignal) => AsyncGenerator<unknown, void>,
    signal: AbortSignal,
  ): Response
}

/** Up to 32 at once. */
export function createEventStreams(): EventStreams {
  const encoder = new TextEncoder()
  let open = 0
  return {
    count: () => open,
    open(name, sourceOf, signal) {
      if (open >= MOST_STREAMS) {
        throw new Problem(503, 'TOO_MANY_STREAMS', `${MOST_STREAMS} streams are open already.`, {
          headers: { 'retry-after': '10' },
        })
      }
      open++
      const gone = new AbortController()
      const source = sourceOf(AbortSignal.any([signal, gone.signal]))
      let alive: ReturnType<typeof setInterval> | undefined
      let isOpen = true
      const end = (): void => {
        if (isOpen) open--
        isOpen = false
        clearInterval(alive)
      }
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          alive = setInterval(() => controller.enqueue(encoder.encode(':\n\n')), SILENCE_MS)
        },
        async pull(controller) {
          try {
            const { done, value } = await source.next()
            if (!isOpen) return
            if (!done) {
              controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`))
              return
            }
            controller.close()
          } catch (error) {
            if (isOpen) controller.error(error)
          }
          end()
        },
        cancel() {
          end()
          gone.abort()
        },
      })
      return new Response(body, {
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          // nginx would hold events back until there are many.
          'x-accel-buffering': 'no',
        },
      })
    },
  }
}
