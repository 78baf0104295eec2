/** The cache as it is this moment, by its stream; what the stream does not carry is read again when it says so. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Answer } from '../../../api/client.ts'
import { useEvents } from '../../../api/use-events.ts'
import { refresh } from '../../../api/use-read.ts'
import { appended, type Counters } from './ring.ts'

export type Snapshot = Answer<'GET /api/cache/dashboard'>['snapshot']

const INTERVAL_S = 2
/** A minute and something, at this interval. */
const MOST = 40
/** The server takes a sample for its history as often. */
const HISTORY_MS = 10_000
/** Without an event for so long, what is shown is not live. */
const LATE_MS = 4 * 1000 * INTERVAL_S

export interface Live {
  readonly latest: Snapshot | undefined
  readonly ring: readonly Counters[]
  /** `late`: the browser tries to connect again; `ended`: it does not any more. */
  readonly state: 'connecting' | 'live' | 'late' | 'ended'
  readonly resume: () => void
}

/** Follows the cache while the component is shown. */
export function useLive(): Live {
  const [live, set] = useState<Pick<Live, 'latest' | 'ring' | 'state'>>({
    latest: undefined,
    ring: [],
    state: 'connecting',
  })
  const historyAt = useRef(0)

  useEvents<Snapshot>(
    live.state === 'ended' ? null : `/api/cache/stream?interval=${INTERVAL_S}`,
    'snapshot',
    (latest) => {
      const at = Date.parse(latest.at)
      const counters = { at, reads: latest.totals.reads, misses: latest.totals.misses }
      set(({ ring }) => ({ latest, ring: appended(ring, counters, MOST), state: 'live' }))
      if (at - historyAt.current < HISTORY_MS) return
      historyAt.current = at
      refresh('/api/cache/dashboard')
    },
    () => set((before) => ({ ...before, state: 'ended' })),
  )

  const { latest, ring, state } = live
  useEffect(() => refresh('/api/cache/stats'), [latest?.totals.reads])
  useEffect(() => {
    if (state !== 'live') return
    const timer = setTimeout(() => set((before) => ({ ...before, state: 'late' })), LATE_MS)
    return () => clearTimeout(timer)
  }, [latest, state])

  return { latest, ring, state, resume: () => set((before) => ({ ...before, state: 'connecting' })) }
}
