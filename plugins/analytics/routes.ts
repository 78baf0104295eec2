/** `/api/patients/{code}/trends`, `/api/analytics/daily` and `/api/analytics/quality`. */
import * as v from 'valibot'
import { CalendarDate, cacheHeaders, calendarDate, Problem, type Route, route } from '../../src/sdk.ts'
import { PatientCode, requirePatient, SessionCursor } from '../clinical-records/index.ts'
import { DailySchema } from './daily/daily.ts'
import { dateOf, datesBetween } from './daily/day.ts'
import { SessionIds, SessionQuality } from './quality.ts'
import { type Analytics, TREND_TAGS } from './service.ts'
import { pseudonymousPoint } from './trend/point.ts'
import { TrendAnswer } from './trend/schema.ts'

/** Days of one answer. */
const MOST_DAYS = 31

const Day = v.pipe(CalendarDate, v.transform(calendarDate))

const PRIVATE = { 'cache-control': 'private, no-cache' }

export const analyticsRoutes = ({ records, clock, trendOf, daily, qualityOf }: Analytics): Route[] => [
  route({
    method: 'get',
    path: '/api/patients/{code}/trends',
    summary:
      'The sessions of a patient one after the other: amplitudes, fatigue, symmetry, scores, adherence',
    policy: 'analytics:read',
    concerns: { patient: 'code' },
    params: v.object({ code: PatientCode }),
    query: v.object({
      cursor: v.optional(
        v.pipe(SessionCursor, v.description('The nextCursor of an answer: sessions before those')),
      ),
    }),
    answers: {
      200: { description: 'The trend; `X-Cache` says whether it was at hand', schema: TrendAnswer },
      304: { description: 'The client has it already, by If-None-Match' },
      404: { description: 'PATIENT_NOT_FOUND' },
    },
    cache: {
      ttl: '24h',
      tags: ({ params: { code: patientCode } }) => TREND_TAGS.map((tag) => [tag, { patientCode }]),
    },
    async handle({ viewer, params: { code }, query: { cursor } }) {
      const patient = await requirePatient(records.patients, code)
      const { sessions, nextCursor } = await trendOf(patient, cursor)
      return {
        patientCode: code,
        sessions: viewer.pseudonymous ? sessions.map(pseudonymousPoint) : sessions,
        nextCursor,
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/analytics/daily',
    summary:
      'What a day has brought, of the patients that the viewer may see: sessions, recordings, contractions, quality, failures',
    policy: 'analytics:read',
    concerns: 'filtered',
    query: v.object({
      date: v.optional(
        v.pipe(Day, v.description('In the time zone of the server; absent, without from and to: today')),
      ),
      from: v.optional(v.pipe(Day, v.description('The first of several days; date is then the last'))),
    }),
    answers: {
      200: { description: 'The days, oldest first', schema: v.object({ items: v.array(DailySchema) }) },
      400: { description: `DAYS_INVALID: from is after date, or more than ${MOST_DAYS} days` },
    },
    async handle({ c, viewer, query: { date = dateOf(new Date(clock.now())), from = date } }) {
      const dates = datesBetween(from, date)
      if (dates.length === 0 || dates.length > MOST_DAYS) {
        throw new Problem(400, 'DAYS_INVALID', `Ask for 1 to ${MOST_DAYS} days, from no later than date.`)
      }
      const days = await Promise.all(dates.map((each) => daily(each, viewer)))
      // The least of them speaks for all.
      const { value: _, ...provenance } =
        days.find(({ status }) => status !== 'HIT') ?? (days[0] as (typeof days)[0])
      return c.json({ items: days.map(({ value }) => value) }, 200, {
        ...cacheHeaders(provenance),
        ...PRIVATE,
      })
    },
  }),
  route({
    method: 'get',
    path: '/api/analytics/quality',
    summary: 'How good the signals of sessions are: verdicts on channels, for a list of them',
    policy: 'analytics:read',
    concerns: 'filtered',
    query: v.object({ sessionIds: SessionIds }),
    answers: {
      200: {
        description:
          'In no order; sessions without a kept analysis are left out, and those that may not be seen',
        schema: v.object({ items: v.array(SessionQuality) }),
      },
    },
    handle: async ({ viewer, query: { sessionIds } }) => ({ items: await qualityOf(sessionIds, viewer) }),
  }),
]
