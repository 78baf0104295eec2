/** The figures of one day. Pure. */
import * as v from 'valibot'
import { PatientCode, SESSION_STATUSES, type TherapySession } from '../../clinical-records/index.ts'
import { type Adherence, AdherenceSchema, adherence } from '../../performance-scoring/index.ts'
import type { StoredResultSummary } from '../../session-analysis/index.ts'
import type { Summary } from '../summaries/summary.ts'
import type { Day } from './day.ts'

const DAY_MS = 86_400_000

const described = <S extends v.GenericSchema>(schema: S, text: string) => v.pipe(schema, v.description(text))
const count = v.pipe(v.number(), v.integer())
const instant = v.pipe(v.string(), v.isoTimestamp())

const Behind = v.object({ patientCode: PatientCode, ...AdherenceSchema.entries })

export const DailySchema = v.object({
  date: v.string(),
  timeZone: described(v.string(), 'Of the server: a day is one of its calendar'),
  from: instant,
  until: described(instant, 'The first instant of the next day'),
  sessions: v.object({
    total: described(count, 'Sessions that began on this day'),
    byStatus: v.object({ pending: count, processing: count, completed: count, failed: count }),
  }),
  recordings: v.object({ received: described(count, 'That came on this day'), bytes: count }),
  analyses: described(
    v.array(v.object({ preset: v.string(), pipelineVersion: v.string(), sessions: count })),
    'How the analyses of the day’s sessions were made: figures of several kinds compare no days',
  ),
  contractions: v.object({
    total: described(count, 'Of the kept analyses of the day’s sessions'),
    good: count,
    notGood: count,
    unknown: described(count, 'Neither MVC nor duration is known'),
    uncountedChannels: count,
  }),
  quality: described(v.object({ good: count, usable: count, poor: count }), 'Verdicts on channels'),
  failures: described(v.record(v.string(), count), 'Sessions whose analysis failed, by code'),
  patients: v.object({
    seen: described(count, 'Patients of the day’s sessions'),
    behind: described(
      v.array(Behind),
      'Patients within the days of the protocol whose adherence at the end of this day is moderate or poor, least first',
    ),
  }),
  turnaround: described(
    v.object({ n: count, medianMs: v.nullable(v.number()), maxMs: v.nullable(v.number()) }),
    'From the arrival of a session’s recording until its first analysis was kept',
  ),
})

/** The figures of one day. */
export type Daily = v.InferOutput<typeof DailySchema>

/** A kept analysis with what it says. */
export type DailyAnalysis = Pick<
  StoredResultSummary,
  'sessionId' | 'recordingId' | 'preset' | 'pipelineVersion'
> & { readonly firstCompletedAt: Date; readonly summary: Summary }

export interface DailySource {
  readonly day: Day
  readonly timeZone: string
  /** Of the day, and of as many days before it as the protocol has. */
  readonly sessions: readonly TherapySession[]
  /** Of the day's sessions. */
  readonly analyses: readonly DailyAnalysis[]
  readonly recordings: { readonly count: number; readonly bytes: number }
  /** Within the days of the protocol. */
  readonly patients: ReadonlyArray<{
    readonly id: string
    readonly code: string
    readonly treatmentStart: Date
  }>
}

const tally = <K extends string>(keys: readonly K[]): Record<K, number> => {
  const counts = {} as Record<K, number>
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** A UUIDv7 begins with the ms at which it was made. */
const timeOfId = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

function turnaroundOf(
  sessions: readonly TherapySession[],
  analyses: readonly DailyAnalysis[],
): Daily['turnaround'] {
  const created = new Map(sessions.map(({ id, createdAt }) => [id, createdAt.getTime()]))
  const times = analyses
    .map(({ sessionId, recordingId, firstCompletedAt }) => {
      const arrived = Math.max(timeOfId(recordingId), created.get(sessionId) ?? 0)
      return Math.max(0, firstCompletedAt.getTime() - arrived)
    })
    .toSorted((a, b) => a - b)
  const n = times.length
  if (n === 0) return { n, medianMs: null, maxMs: null }
  const [low = 0, high = 0] = [times[(n - 1) >> 1], times[n >> 1]]
  return { n, medianMs: (low + high) / 2, maxMs: times.at(-1) ?? null }
}

/** @param at the last instant that counts */
function behindOf({ patients, sessions, day }: DailySource): Daily['patients']['behind'] {
  const at = day.until.getTime() - 1
  const starts = Map.groupBy(sessions, ({ patientId }) => patientId)
  return patients
    .map(({ id, code, treatmentStart }): Adherence & { patientCode: string } => {
      const first = treatmentStart.getTime()
      const own = (starts.get(id) ?? []).map(({ startedAt }) => startedAt.getTime())
      const completed = own.filter((start) => start >= first && start <= at).length
      return { patientCode: code, ...adherence({ day: Math.floor((at - first) / DAY_MS) + 1, completed }) }
    })
    .filter(({ category }) => category === 'moderate' || category === 'poor')
    .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0) || a.patientCode.localeCompare(b.patientCode))
}

function analysesOf(analyses: readonly DailyAnalysis[]): Daily['analyses'] {
  const kinds = Map.groupBy(analyses, ({ preset, pipelineVersion }) => `${preset}\n${pipelineVersion}`)
  return [...kinds.keys()].sort().map((kind) => {
    const [preset = '', pipelineVersion = ''] = kind.split('\n')
    return { preset, pipelineVersion, sessions: kinds.get(kind)?.length ?? 0 }
  })
}

/** Puts the figures of a day together. */
export function dailyOf(source: DailySource): Daily {
  const { day, analyses, recordings } = source
  const sessions = source.sessions.filter(({ startedAt }) => startedAt >= day.from && startedAt < day.until)
  const channels = analyses.flatMap(({ summary }) => summary.channels)
  const flags = channels.flatMap(({ contractions }) => contractions.map(({ isGood }) => isGood))
  const statuses = tally(sessions.map(({ status }) => status))
  const verdicts = tally(channels.map(({ verdict }) => verdict))
  return {
    date: day.date,
    timeZone: source.timeZone,
    from: day.from.toISOString(),
    until: day.until.toISOString(),
    sessions: {
      total: sessions.length,
      byStatus: Object.fromEntries(
        SESSION_STATUSES.map((status) => [status, statuses[status] ?? 0]),
      ) as Daily['sessions']['byStatus'],
    },
    recordings: { received: recordings.count, bytes: recordings.bytes },
    analyses: analysesOf(analyses),
    contractions: {
      total: flags.length,
      good: flags.filter((isGood) => isGood === true).length,
      notGood: flags.filter((isGood) => isGood === false).length,
      unknown: flags.filter((isGood) => isGood === null).length,
      uncountedChannels: channels.filter(({ counted }) => !counted).length,
    },
    quality: { good: verdicts.good ?? 0, usable: verdicts.usable ?? 0, poor: verdicts.poor ?? 0 },
    failures: tally(sessions.flatMap(({ failure }) => failure?.code ?? [])),
    patients: {
      seen: new Set(sessions.map(({ patientId }) => patientId)).size,
      behind: behindOf(source),
    },
    turnaround: turnaroundOf(sessions, analyses),
  }
}
