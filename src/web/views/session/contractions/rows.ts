/** Contractions of several channels as rows of one table, and how they are ordered. */
import type { AnalysedChannel, Contraction } from '../../../api/shapes.ts'
import { VERDICTS, type Verdict, verdictOf } from '../../../plot/signal/verdict.ts'

/** What a row says of its channel. */
type RowChannel = Pick<
  AnalysedChannel,
  'index' | 'name' | 'side' | 'unit' | 'target' | 'contractions' | 'thresholds' | 'mvc'
>

export interface Row {
  readonly channel: RowChannel
  readonly contraction: Contraction
  /** Within its channel, from 1, in the order of time. */
  readonly number: number
  readonly verdict: Verdict
}

/** A row for each contraction of each channel, in the order of channels and time. */
export const rowsOf = (channels: readonly RowChannel[]): Row[] =>
  channels.flatMap((channel) =>
    channel.contractions.map((contraction, i) => ({
      channel,
      contraction,
      number: i + 1,
      verdict: verdictOf(contraction),
    })),
  )

export const SORTS = ['channel', 'start', 'duration', 'amplitude', 'percent', 'verdict', 'source'] as const
export type SortKey = (typeof SORTS)[number]

export interface Sorting {
  readonly by: SortKey
  readonly isDescending: boolean
}

/** As a row stands in the order of a key; null comes last whichever way it is turned. */
const VALUES: Readonly<Record<SortKey, (row: Row) => number | string | null>> = {
  channel: ({ channel }) => channel.index,
  start: ({ contraction }) => contraction.startMs,
  duration: ({ contraction }) => contraction.durationMs,
  amplitude: ({ contraction }) => contraction.meanAmplitude,
  percent: ({ contraction }) => contraction.mvcPercent,
  verdict: ({ verdict }) => VERDICTS.indexOf(verdict),
  source: ({ contraction }) => contraction.source,
}

const order = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Rows in another order; those of one value stand as time goes. */
export function sorted(rows: readonly Row[], { by, isDescending }: Sorting): Row[] {
  const read = VALUES[by]
  return rows.toSorted((a, b) => {
    const [one, other] = [read(a), read(b)]
    const bySort =
      one === null || other === null
        ? Number(one === null) - Number(other === null)
        : order(one, other) * (isDescending ? -1 : 1)
    return bySort || a.contraction.startMs - b.contraction.startMs || a.channel.index - b.channel.index
  })
}

/** The order that a press on a heading asks for: the other way round where it holds already. */
export const turned = (now: Sorting, by: SortKey): Sorting => ({
  by,
  isDescending: now.by === by ? !now.isDescending : false,
})
