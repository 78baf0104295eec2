/** Snapshots as server-sent events, to as many as the server can bear. */
import { type CacheOperator, Problem } from '../../src/sdk.ts'
import { snapshotOf } from './wire.ts'

/** Each holds a connection for as long as its client likes. */
const MOST_STREAMS = 32

/** Streams of snapshots to clients, by server-sent events. */
export interface SnapshotStreams {
  /** How many are open. */
  count(): number
  /**
   * Opens one; it ends when the client goes, or the server.
   *
   * @throws {Problem} 503 TOO_MANY_STREAMS
   */
  open(intervalMs: number, signal: AbortSignal): Response
}

export function createSnapshotStreams(operator: CacheOperator): SnapshotStreams {
  let open = 0
  return {
    count: () => open,
    open(intervalMs, signal) {
      if (open >= MOST_STREAMS) {
        throw new Problem(503, 'TOO_MANY_STREAMS', `${MOST_STREAMS} streams are open already.`, {
          headers: { 'retry-after': '10' },
        })
      }
      open++
      const gone = new AbortController()
      const snapshots = operator.snapshots(intervalMs, AbortSignal.any([signal, gone.signal]))
      const encoder = new TextEncoder()
      let isOpen = true
      const end = (): void => {
        if (isOpen) open--
        isOpen = false
      }
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await snapshots.next()
          if (done) {
            end()
            controller.close()
            return
          }
          controller.enqueue(
            encoder.encode(`event: snapshot\ndata: ${JSON.stringify(snapshotOf(value))}\n\n`),
          )
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
