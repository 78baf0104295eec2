/** How good the signals of sessions are: the verdicts on their channels, counted. */
import * as v from 'valibot'
import type { Summary } from './summaries/summary.ts'

/** Sessions of one answer: a page of the longest list. */
export const MOST_SESSIONS = 200

/** Ids with commas between them. */
export const SessionIds = v.pipe(
  v.string(),
  v.transform((text) => text.split(',')),
  v.array(v.pipe(v.string(), v.uuid('expected ids of sessions with commas between them'), v.toLowerCase())),
  v.maxLength(MOST_SESSIONS, `expected up to ${MOST_SESSIONS} ids`),
)

const count = v.pipe(v.number(), v.integer())

/** The schema of {@link SessionQuality}. */
export const SessionQuality = v.object({
  sessionId: v.pipe(v.string(), v.uuid()),
  good: v.pipe(count, v.description('Channels with this verdict, of the newest kept analysis')),
  usable: count,
  poor: count,
})

/** The verdicts on the channels of one session, counted. */
export type SessionQuality = v.InferOutput<typeof SessionQuality>

/** Counts the verdicts of one analysis. */
export function qualityOf(sessionId: string, { channels }: Pick<Summary, 'channels'>): SessionQuality {
  const verdicts = { good: 0, usable: 0, poor: 0 }
  for (const { verdict } of channels) verdicts[verdict]++
  return { sessionId, ...verdicts }
}
