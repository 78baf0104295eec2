/** `/api/sessions/{id}/report` and `/api/recordings/{id}/report`. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { decimal, Problem, type Route, route } from '../../src/sdk.ts'
import { RecordingId, requireRecording } from '../c3d-reader/index.ts'
import { requireSession } from '../clinical-records/index.ts'
import { type AnalysisRequest, RATES } from '../emg-analyzer/index.ts'
import { acceptedLanguage, LANGUAGES, type LanguageCode } from './languages/index.ts'
import { POLICY } from './page/page.ts'
import type { SessionReports } from './service.ts'

const ReportQuery = v.object({
  lang: v.optional(
    v.pipe(v.picklist(LANGUAGES), v.description('Language; absent: what Accept-Language likes best, or en')),
  ),
  preset: v.optional(v.pipe(v.string(), v.description('Absent: the configured preset'))),
  rate: v.optional(
    v.pipe(
      decimal(RATES.least, RATES.most),
      v.description('Sampling rate in Hz, in place of the declared one'),
    ),
  ),
})

type Query = v.InferOutput<typeof ReportQuery>

const answers = {
  200: {
    description: 'A page that needs nothing from elsewhere, to be printed on A4',
    mediaType: 'text/html',
  },
  304: { description: 'The client has it already, by If-None-Match' },
  400: { description: 'BAD_PARAMETERS, or INVALID_REQUEST' },
  422: { description: 'The stored file cannot be read any more: the code says why' },
  503: {
    description:
      'PLUGIN_QUARANTINED or PLUGINS_CHANGING; ANALYSIS_MEMORY, ANALYSIS_CRASH, REPORT_MEMORY or REPORT_CRASH: it did not end',
  },
  504: { description: 'ANALYSIS_TIMEOUT or REPORT_TIMEOUT' },
} as const

const requestOf = ({ preset, rate }: Query): AnalysisRequest => ({
  ...(preset === undefined ? {} : { preset }),
  ...(rate === undefined ? {} : { parameters: { rateOverride: rate } }),
})

/** The page, with a policy under which it can load and run nothing. */
const pageAnswer = (body: string, language: LanguageCode): Response =>
  new Response(body, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      // Framed by the product's own page at most.
      'content-security-policy': `${POLICY}; frame-ancestors 'self'`,
      'cache-control': 'private, no-cache',
      vary: 'Accept-Language',
      etag: `"${new Bun.CryptoHasher('sha256').update(body).digest('hex').slice(0, 32)}"`,
    },
  })

const languageFor = (c: Context, { lang }: Query): LanguageCode => lang ?? acceptedLanguage(c)

export const reportRoutes = (reports: SessionReports): Route[] => {
  const { recordings, records } = reports.analyzer
  return [
    route({
      method: 'get',
      path: '/api/sessions/{id}/report',
      summary: 'Report of a therapy session for people: a page to read and to print',
      policy: 'reports:read',
      concerns: { session: 'id' },
      params: v.object({ id: v.pipe(v.string(), v.uuid()) }),
      query: ReportQuery,
      answers: {
        ...answers,
        404: { description: 'SESSION_NOT_FOUND, or NO_RECORDING: the session has none' },
      },
      async handle({ c, viewer, params: { id }, query }) {
        const session = await requireSession(records.sessions, id)
        if (session.recordingId === null) {
          throw new Problem(404, 'NO_RECORDING', 'The session has no recording.')
        }
        const row = await requireRecording(recordings.store, session.recordingId)
        const language = languageFor(c, query)
        return pageAnswer(await reports.ofStored(row, requestOf(query), language, viewer, session), language)
      },
    }),
    route({
      method: 'get',
      path: '/api/recordings/{id}/report',
      summary: 'Report of a recording for people: a page to read and to print',
      policy: 'reports:read',
      concerns: { recording: 'id' },
      params: v.object({ id: RecordingId }),
      query: ReportQuery,
      answers: { ...answers, 404: { description: 'RECORDING_NOT_FOUND' } },
      async handle({ c, viewer, params: { id }, query }) {
        const row = await requireRecording(recordings.store, id)
        const language = languageFor(c, query)
        return pageAnswer(await reports.ofStored(row, requestOf(query), language, viewer), language)
      },
    }),
  ]
}
