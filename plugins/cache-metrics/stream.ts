/** Snapshots as server-sent events. */
import { type CacheOperator, createEventStreams } from '../../src/sdk.ts'
import { snapshotOf } from './wire.ts'

/** Streams of snapshots of the cache to clients. */
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
  const streams = createEventStreams()
  async function* snapshots(intervalMs: number, signal: AbortSignal) {
    for await (const snapshot of operator.snapshots(intervalMs, signal)) yield snapshotOf(snapshot)
  }
  return {
    count: streams.count,
    open: (intervalMs, signal) => streams.open('snapshot', (until) => snapshots(intervalMs, until), signal),
  }
}
