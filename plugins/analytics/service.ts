/** Trends of patients and figures of days, from what is stored, through the cache. */
import { type Cache, type CacheRead, type Clock, calendarDate, type Viewer } from '../../src/sdk.ts'
import type { RecordingService } from '../c3d-reader/index.ts'
import {
  type ClinicalRecords,
  type Patient,
  type SessionFilter,
  type SessionPlace,
  sessionCursor,
  type TherapySession,
} from '../clinical-records/index.ts'
import type { MvcService } from '../mvc-cascade/index.ts'
import { type PerformanceScoring, PROTOCOL } from '../performance-scoring/index.ts'
import type { ResultStore } from '../session-analysis/index.ts'
import { type Daily, dailyOf } from './daily/daily.ts'
import { dayOf, timeZone, utcDates } from './daily/day.ts'
import { qualityOf, type SessionQuality } from './quality.ts'
import type { SummaryStore } from './summaries/store.ts'
import type { Summary } from './summaries/summary.ts'
import { pointOf, scoreOf } from './trend/point.ts'
import type { Trend, TrendPoint } from './trend/schema.ts'
import { adherenceAt, compare, LONGEST_TREND } from './trend/trend.ts'

const DAY_MS = 86_400_000

/** More sessions than a day of a hospital has; beyond, a day is taken in parts. */
const PAGE = 1000

/** The changes that make a trend outdated. */
export const TREND_TAGS = [
  'patient.scored:{patientCode}',
  'patient.sessions:{patientCode}',
  'patient.updated:{patientCode}',
  'mvc.changed:{patientCode}',
] as const

/** Trends and days. */
export interface Analytics {
  readonly records: ClinicalRecords
  readonly summaries: SummaryStore
  readonly clock: Clock
  /**
   * A patient's sessions, the newest 200, or as many before a place.
   *
   * @param before where an earlier answer ends; such parts are not kept
   */
  trendOf(patient: Patient, before?: SessionPlace): Promise<Trend>
  /**
   * The figures of a day, of the patients that somebody may see. They are kept where that is all of them.
   *
   * @param date in the time zone of the server, such as 2026-01-31
   */
  daily(date: string, viewer: Pick<Viewer, 'id' | 'scope'>): Promise<CacheRead<Daily>>
  /** How good the signals of sessions are; those without a kept analysis, and those that may not be seen, are left out. */
  qualityOf(sessionIds: readonly string[], viewer: Pick<Viewer, 'scope'>): Promise<SessionQuality[]>
}

export interface AnalyticsParts {
  readonly records: ClinicalRecords
  readonly recordings: Pick<RecordingService, 'store'>
  readonly mvc: Pick<MvcService, 'resolverOf'>
  readonly scoring: Pick<PerformanceScoring, 'scores'>
  readonly results: Pick<ResultStore, 'newestOf'>
  readonly summaries: SummaryStore
  readonly clock: Clock
  readonly caches: {
    readonly trend: Cache<{ readonly patientCode: string }, Trend>
    readonly daily: Cache<{ readonly date: string }, Daily>
    readonly summary: Cache<{ readonly analysisId: string }, Summary | null>
    readonly score: Cache<{ readonly scoreId: string }, TrendPoint['score']>
  }
}

/** Days that an adherence looks back on. */
const LOOK_BACK = PROTOCOL.days

export function createAnalytics(parts: AnalyticsParts): Analytics {
  const { records, recordings, mvc, scoring, results, summaries, clock, caches } = parts
  const { sessions: store } = records

  /** Every session that began from one time on and before another. */
  async function sessionsBetween(
    from: Date,
    until: Date,
    of: Pick<SessionFilter, 'patientId' | 'scope'>,
  ): Promise<TherapySession[]> {
    const all: TherapySession[] = []
    for (;;) {
      const after = all.at(-1)
      const page = await store.list({ ...of, from, until, limit: PAGE, sort: 'startedAt', after })
      all.push(...page)
      if (page.length < PAGE) return all
    }
  }

  /** The newest analysis of each session, with what it says. */
  async function analysesOf(sessions: readonly TherapySession[]) {
    const newest = await results.newestOf(sessions)
    const found = await caches.summary.getMany(
      newest.map(({ id: analysisId }) => ({ analysisId })),
      async (missing) => {
        const made = await summaries.of(missing.map(({ analysisId }) => analysisId))
        return missing.map(({ analysisId }) => made.get(analysisId) ?? null)
      },
    )
    return newest.flatMap((each, i) => {
      const summary = found[i]?.value
      return summary ? [{ ...each, summary }] : []
    })
  }

  /** The newest score of each session that has one. Scores never change, so that each is read once. */
  async function scoresOf(sessions: readonly TherapySession[]) {
    const newest = await scoring.scores.newestOf(sessions.map(({ id }) => id))
    const found = await caches.score.getMany(
      newest.map(({ id: scoreId }) => ({ scoreId })),
      async (missing) => {
        const rows = await scoring.scores.findMany(missing.map(({ scoreId }) => scoreId))
        const byId = new Map(rows.map((row) => [row.id, scoreOf(row)]))
        return missing.map(({ scoreId }) => byId.get(scoreId) ?? null)
      },
    )
    return new Map(newest.map(({ sessionId }, i) => [sessionId, found[i]?.value ?? null]))
  }

  const protocolSessions = ({ id, treatmentStart }: Patient): Promise<TherapySession[]> =>
    treatmentStart
      ? sessionsBetween(treatmentStart, new Date(treatmentStart.getTime() + LOOK_BACK * DAY_MS), {
          patientId: id,
        })
      : Promise.resolve([])

  async function loadTrend(patient: Patient, before?: SessionPlace): Promise<Trend> {
    const found = await store.ofPatient(patient.id, { limit: LONGEST_TREND + 1, after: before })
    const sessions = found.slice(0, LONGEST_TREND).reverse()
    const [analyses, scores, resolver, within] = await Promise.all([
      analysesOf(sessions),
      scoresOf(sessions),
      mvc.resolverOf(patient.code),
      protocolSessions(patient),
    ])
    const bySession = new Map(analyses.map((each) => [each.sessionId, each]))
    const starts = within.map(({ startedAt }) => startedAt)
    const points = sessions.map((session) =>
      pointOf(
        {
          session,
          analysis: bySession.get(session.id),
          score: scores.get(session.id) ?? null,
          adherence: adherenceAt(patient.treatmentStart, starts, session.startedAt),
        },
        resolver,
      ),
    )
    const [oldest] = sessions
    return {
      sessions: compare(points),
      nextCursor: found.length > LONGEST_TREND && oldest ? sessionCursor(oldest) : null,
    }
  }

  async function loadDay(date: string, zone: string, viewer: Pick<Viewer, 'id' | 'scope'>): Promise<Daily> {
    const { scope } = viewer
    const day = dayOf(date)
    const last = day.until.getTime() - 1
    const [sessions, received, patients] = await Promise.all([
      sessionsBetween(new Date(last + 1 - LOOK_BACK * DAY_MS - DAY_MS), day.until, { scope }),
      recordings.store.receivedBetween(day.from, day.until, viewer),
      records.patients.startedBetween(
        calendarDate(new Date(last - (LOOK_BACK - 1) * DAY_MS)),
        calendarDate(new Date(last)),
        scope,
      ),
    ])
    const own = sessions.filter(({ startedAt }) => startedAt >= day.from)
    const analyses = await analysesOf(own)
    return dailyOf({ day, timeZone: zone, sessions, analyses, recordings: received, patients })
  }

  return {
    records,
    summaries,
    clock,
    async trendOf(patient, before) {
      if (before) return loadTrend(patient, before)
      const load = () => loadTrend(patient)
      return (await caches.trend.getOrLoad({ patientCode: patient.code }, load)).value
    },
    async qualityOf(ids, { scope }) {
      const sessions = await store.list({ ids, scope, limit: ids.length })
      return (await analysesOf(sessions)).map(({ sessionId, summary }) => qualityOf(sessionId, summary))
    },
    async daily(date, viewer) {
      const zone = timeZone()
      // What is kept is of all patients: nobody else gets it, and nobody's own figures are kept in its place.
      if (viewer.scope !== 'all') {
        const value = await loadDay(date, zone, viewer)
        return { value, status: 'MISS', tier: 'loader', ageMs: 0, reason: 'it is of some patients alone' }
      }
      const day = dayOf(date)
      const tags = [
        ...utcDates(day, LOOK_BACK).map((utc) => `sessions.on:${utc}`),
        ...utcDates(day, 0).map((utc) => `recordings.on:${utc}`),
      ]
      // A node in another time zone has other days.
      return caches.daily.getOrLoad({ date }, () => loadDay(date, zone, viewer), { tags, inputs: zone })
    },
  }
}
