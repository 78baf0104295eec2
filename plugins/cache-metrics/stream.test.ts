import { describe, expect, test } from 'bun:test'
import type { CacheOperator, CacheSnapshot } from '../../src/sdk.ts'
import { createSnapshotStreams } from './stream.ts'

/** An operator whose snapshots come until nobody wants them. */
function operatorOf(): CacheOperator {
  const snapshot = { at: 0, tiers: [] } as unknown as CacheSnapshot
  return {
    async *snapshots(intervalMs: number, signal: AbortSignal) {
      while (!signal.aborted) {
        yield snapshot
        await Bun.sleep(intervalMs)
      }
    },
  } as unknown as CacheOperator
}

const ever = new AbortController().signal

describe('snapshot streams', () => {
  test('are events with the snapshot as JSON', async () => {
    const streams = createSnapshotStreams(operatorOf())
    const reader = streams.open(1, ever).body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(new TextDecoder().decode(value as Uint8Array)).toBe(
      'event: snapshot\ndata: {"at":"1970-01-01T00:00:00.000Z","tiers":[]}\n\n',
    )
    await reader?.cancel()
  })

  test('are 32 at most, and one that is left makes room', async () => {
    const streams = createSnapshotStreams(operatorOf())
    const open = Array.from({ length: 32 }, () => streams.open(1, ever))
    expect(streams.count()).toBe(32)
    expect(() => streams.open(1, ever)).toThrow(/32 streams are open/)
    await open[0]?.body?.cancel()
    expect(streams.count()).toBe(31)
    open.push(streams.open(1, ever))
    await Promise.all(open.slice(1).map(({ body }) => body?.cancel()))
    expect(streams.count()).toBe(0)
  })

  test('end when the client, or the server, is gone', async () => {
    const streams = createSnapshotStreams(operatorOf())
    const gone = new AbortController()
    const body = streams.open(1, gone.signal).text()
    await Bun.sleep(5)
    gone.abort()
    expect(await body).toStartWith('event: snapshot')
    expect(streams.count()).toBe(0)
  })
})
