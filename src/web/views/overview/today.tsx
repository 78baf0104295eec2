/** The figures of the day. */
import type { ComponentChildren } from 'preact'
import type { Answer } from '../../api/client.ts'
import { bytes, duration, fixed, NO_FIGURE } from '../../language/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { words } from './words.ts'

export type Day = Answer<'GET /api/analytics/daily'>['items'][number]

interface Figure {
  readonly label: string
  readonly value: string
  /** What belongs to it; why there is none. */
  readonly notes: readonly ComponentChildren[]
}

/** The parts of a whole that there are; all of them left out would say nothing. */
const parts = (
  ...all: ReadonlyArray<readonly [count: number, text: (count: string, n: number) => string]>
): string[] => all.filter(([count]) => count > 0).map(([count, text]) => text(fixed(count), count))

function figuresOf({
  recordings,
  sessions,
  patients,
  contractions,
  quality,
  analyses,
  turnaround,
}: Day): Figure[] {
  const t = words()
  const { completed, pending, processing, failed } = sessions.byStatus
  const hasAnalyses = analyses.length > 0
  const none = { value: NO_FIGURE, notes: [t.noneToday] }
  const channels = quality.good + quality.usable + quality.poor
  return [
    {
      label: t.recordings,
      value: fixed(recordings.received),
      notes: recordings.received > 0 ? [bytes(recordings.bytes)] : [],
    },
    {
      label: t.sessions,
      value: fixed(sessions.total),
      notes: parts([completed, t.completed], [pending + processing, t.underWay], [failed, t.failed]),
    },
    { label: t.patients, value: fixed(patients.seen), notes: [] },
    {
      label: t.contractions,
      ...(hasAnalyses
        ? {
            value: fixed(contractions.total),
            notes: [
              ...(contractions.total > contractions.unknown
                ? [t.ofContractions(fixed(contractions.good), contractions.good)]
                : []),
              ...parts(
                [contractions.unknown, t.unknownContractions],
                [contractions.uncountedChannels, t.uncounted],
              ),
            ],
          }
        : none),
    },
    {
      label: t.quality,
      ...(hasAnalyses
        ? {
            value: fixed(channels),
            notes: parts(
              [quality.good, t.goodChannels],
              [quality.usable, t.usableChannels],
              [quality.poor, t.poorChannels],
            ),
          }
        : none),
    },
    {
      label: t.turnaround,
      ...(turnaround.n > 0
        ? { value: duration(turnaround.medianMs), notes: [t.turnaroundOf(turnaround.n)] }
        : none),
    },
  ]
}

/** @param last when the last session began, in words; undefined where there is none */
export function Today({ day, last }: { readonly day: Day; readonly last: string | undefined }) {
  const t = words()
  if (day.sessions.total === 0 && day.recordings.received === 0)
    return <Empty title={t.quietDay} text={last === undefined ? t.quietDayHint : t.lastSession(last)} />
  return (
    <dl class="overview-figures">
      {figuresOf(day).map(({ label, value, notes }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span>{value}</span>
            {notes.map((note) => (
              <small key={String(note)}>{note}</small>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
