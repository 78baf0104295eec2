/** What the channels of a recording would calibrate to, asked before anything is stored. */
import { useEffect, useState } from 'preact/hooks'
import { type Answer, type ApiProblem, ask } from '../../api/client.ts'
import { useRead } from '../../api/use-read.ts'
import { bareRows, type Row, rowsOf } from './assign.ts'
import type { Trial } from './trials.ts'

export type Finding = Answer<'POST /api/mvc/calibrate/preview'>['items'][number]

/** The most channels that one request takes. */
const MOST = 64

interface Found {
  /** The channels as they begin; undefined: the recording is being read. */
  readonly rows: readonly Row[] | undefined
  /** By channel; undefined: it is being computed. */
  readonly findings: ReadonlyMap<number, Finding> | undefined
  readonly problem: ApiProblem | undefined
  readonly retry: () => void
  /** Looks at a channel again by trials that somebody states; null: they are found. */
  readonly lookAgain: (channel: number, trials: readonly Trial[] | null) => Promise<void>
  /** The trials that were stated, by channel. */
  readonly stated: ReadonlyMap<number, readonly Trial[]>
}

const labelsOf = ({ description }: Answer<'GET /api/recordings/{id}'>): string[] =>
  Array.isArray(description.analogLabels) ? description.analogLabels.map(String) : []

/** @param recordingId null: none is chosen yet */
export function useFound(recordingId: string | null): Found {
  const asked = recordingId === null ? null : { path: { id: recordingId } }
  const analysis = useRead('GET /api/recordings/{id}/analysis', asked)
  // An MVC recording that cannot be analysed as an exercise may calibrate all the same.
  const recording = useRead('GET /api/recordings/{id}', analysis.problem ? asked : null)
  const [state, set] = useState<{ findings?: ReadonlyMap<number, Finding>; problem?: ApiProblem }>({})
  const [turn, again] = useState(0)
  const [stated, setStated] = useState<ReadonlyMap<number, readonly Trial[]>>(new Map())
  const rows = analysis.data
    ? rowsOf(analysis.data.channels)
    : recording.data && bareRows(labelsOf(recording.data))
  const channels = rows?.slice(0, MOST).map(({ channel }) => channel)
  useEffect(() => {
    set({})
    if (recordingId === null || !channels || channels.length === 0) return
    const controller = new AbortController()
    ask('POST /api/mvc/calibrate/preview', {
      body: { recordingId, channels: channels.map((channel) => ({ channel })) },
      signal: controller.signal,
    }).then(
      ({ data }) => set({ findings: new Map(data.items.map((item) => [Number(item.channel), item])) }),
      (problem: ApiProblem) => {
        if (!controller.signal.aborted) set({ problem })
      },
    )
    return () => controller.abort()
  }, [recordingId, channels?.join(), turn])
  return {
    rows: rows?.slice(0, MOST),
    findings: state.findings,
    problem: state.problem ?? (analysis.problem && recording.problem),
    retry: () => again((n) => n + 1),
    stated,
    async lookAgain(channel, trials) {
      if (recordingId === null) return
      const wanted = trials === null ? { channel } : { channel, trials: [...trials] }
      const { data } = await ask('POST /api/mvc/calibrate/preview', {
        body: { recordingId, channels: [wanted] },
      })
      const [found] = data.items
      if (!found) return
      set((last) => ({ findings: new Map(last.findings).set(channel, found) }))
      setStated((last) => {
        const next = new Map(last)
        if (trials === null) next.delete(channel)
        else next.set(channel, trials)
        return next
      })
    },
  }
}
