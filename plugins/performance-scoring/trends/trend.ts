/** How a patient's scores and amplitudes go from session to session. */
import * as v from 'valibot'
import type { TherapySession } from '../../clinical-records/index.ts'
import type { Percent } from '../score/figure.ts'
import { NormalisedAmplitudeSchema } from '../sessions/amplitudes.ts'
import type { ScoreRow } from '../sessions/store.ts'

const instant = v.pipe(v.string(), v.isoTimestamp())

const Reason = v.pipe(v.nullable(v.string()), v.description('Why it is null; null where it is not'))

const Figure = v.object({
  value: v.pipe(v.nullable(v.number()), v.description('0 to 100, in %')),
  reason: Reason,
})

const TrendScore = v.object({
  id: v.string(),
  computedAt: instant,
  overall: Figure,
  components: v.object({ compliance: Figure, symmetry: Figure, effort: Figure, game: Figure }),
  scoringVersion: v.string(),
  configuration: v.pipe(
    v.object({ id: v.string(), version: v.number(), name: v.string() }),
    v.description('Scores by different rules compare no sessions with each other'),
  ),
})

export const TrendPointSchema = v.object({
  sessionId: v.string(),
  startedAt: instant,
  score: v.pipe(v.nullable(TrendScore), v.description('The newest that is stored')),
  scoreReason: Reason,
  amplitudes: v.pipe(
    v.nullable(v.array(NormalisedAmplitudeSchema)),
    v.description('Of the analysis that the score was computed from'),
  ),
  amplitudesReason: Reason,
})

export const TrendSchema = v.object({
  sessions: v.pipe(v.array(TrendPointSchema), v.description('Oldest first')),
  hasEarlier: v.pipe(v.boolean(), v.description('Whether there are older sessions, which are left out')),
})

export type TrendPoint = v.InferOutput<typeof TrendPointSchema>

/** Scores and figures over the sessions of a patient, oldest first. */
export type Trend = v.InferOutput<typeof TrendSchema>

/** Sessions of a trend, the newest: the protocol has 30. */
export const LONGEST_TREND = 200

const NO_SCORE = 'no score of the session is stored'

const figureOf = ({ value, reason }: Percent): v.InferOutput<typeof Figure> => ({ value, reason })

function amplitudesOf(row: ScoreRow): Pick<TrendPoint, 'amplitudes' | 'amplitudesReason'> {
  if (row.analysis === null) {
    return { amplitudes: null, amplitudesReason: 'the session had no recording when it was scored' }
  }
  const { amplitudes } = row.analysis
  return amplitudes
    ? { amplitudes, amplitudesReason: null }
    : { amplitudes: null, amplitudesReason: 'it was scored before amplitudes were kept: score it again' }
}

function pointOf({ id, startedAt }: TherapySession, row: ScoreRow | undefined): TrendPoint {
  const session = { sessionId: id, startedAt: startedAt.toISOString() }
  if (!row) {
    return { ...session, score: null, scoreReason: NO_SCORE, amplitudes: null, amplitudesReason: NO_SCORE }
  }
  const { overall, components, configuration, scoringVersion } = row.score
  return {
    ...session,
    score: {
      id: row.id,
      computedAt: row.computedAt.toISOString(),
      overall: figureOf(overall),
      components: {
        compliance: figureOf(components.compliance),
        symmetry: figureOf(components.symmetry),
        effort: figureOf(components.effort),
        game: figureOf(components.game),
      },
      scoringVersion,
      configuration: { id: configuration.id, version: configuration.version, name: configuration.name },
    },
    scoreReason: null,
    ...amplitudesOf(row),
  }
}

/**
 * The trend of a patient.
 *
 * @param sessions newest first, up to one more than {@link LONGEST_TREND}
 * @param scores at most one of each session
 */
export function trendOf(sessions: readonly TherapySession[], scores: readonly ScoreRow[]): Trend {
  const bySession = new Map(scores.map((row) => [row.sessionId, row]))
  return {
    sessions: sessions
      .slice(0, LONGEST_TREND)
      .map((session) => pointOf(session, bySession.get(session.id)))
      .reverse(),
    hasEarlier: sessions.length > LONGEST_TREND,
  }
}
