/** What somebody has to look at: analyses that failed, and signals that are poor. Pure. */
import type { Answer } from '../../api/client.ts'
import type { Session } from '../../api/shapes.ts'

type Quality = Answer<'GET /api/analytics/quality'>['items'][number]

/** One thing to look at. */
export type Matter =
  | { readonly kind: 'failed'; readonly session: Session }
  | { readonly kind: 'poor'; readonly session: Session; readonly poor: number; readonly channels: number }

/** Poor signals are told of for so long: after that, whoever wanted to know does. */
export const POOR_DAYS = 7

const DAY_MS = 86_400_000

/** Whether a session is recent enough for its signals to be told of. */
export const isRecent = ({ startedAt }: Pick<Session, 'startedAt'>, now: number): boolean =>
  Date.parse(startedAt) > now - POOR_DAYS * DAY_MS

/**
 * What there is to look at, the newest session first.
 *
 * @param failed sessions whose analysis failed, however old: they stay so until somebody does something
 * @param recent sessions of which the quality was asked for
 */
export function mattersOf(
  failed: readonly Session[],
  recent: readonly Session[],
  quality: readonly Quality[],
): Matter[] {
  const verdicts = new Map(quality.map((each) => [each.sessionId, each]))
  const poor = recent.flatMap((session): Matter[] => {
    const verdict = session.status === 'failed' ? undefined : verdicts.get(session.id)
    if (!verdict || verdict.poor === 0) return []
    const channels = verdict.good + verdict.usable + verdict.poor
    return [{ kind: 'poor', session, poor: verdict.poor, channels }]
  })
  const all = [...failed.map((session): Matter => ({ kind: 'failed', session })), ...poor]
  return all.toSorted((a, b) => Date.parse(b.session.startedAt) - Date.parse(a.session.startedAt))
}
