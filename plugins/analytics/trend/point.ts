/** One session of a trend. Pure. */
import type { TherapySession } from '../../clinical-records/index.ts'
import type { MvcResolver } from '../../mvc-cascade/index.ts'
import { type Adherence, amplitudesOf, countsOf, type ScoreRow } from '../../performance-scoring/index.ts'
import type { StoredResultSummary } from '../../session-analysis/index.ts'
import type { Summary } from '../summaries/summary.ts'
import { type ChannelInForce, channelInForce } from './in-force.ts'
import type { TrendPoint } from './schema.ts'

/** What a point is made of. */
export interface PointSource {
  readonly session: TherapySession
  /** The newest analysis of its recording. */
  readonly analysis: (Omit<StoredResultSummary, 'sessionId'> & { readonly summary: Summary }) | undefined
  readonly score: TrendPoint['score']
  readonly adherence: Adherence
}

const FAILED = 'the analysis failed'
const NO_CONTRACTION = 'there is no contraction'
const OTHER_MVC = 'another MVC is in force than when it was analysed: have the session analysed again'

const figureOf = ({ value, reason }: { readonly value: number | null; readonly reason?: string | null }) => ({
  value,
  reason: value === null ? (reason ?? null) : null,
})

/** What a channel's counts and amplitudes are taken from, as the score takes them. */
const measured = ({ counted, ...rest }: ChannelInForce) => ({ ...rest, thresholds: counted ? {} : null })

function muscleOf(channel: ChannelInForce): TrendPoint['muscles'][number] {
  const source = measured(channel)
  const [{ muscle, side, ...amplitude }] = amplitudesOf([source]) as [ReturnType<typeof amplitudesOf>[number]]
  const [counts] = countsOf([source]) as [ReturnType<typeof countsOf>[number]]
  const { contractions, target, mvc, fatigue, bursts, verdict } = channel
  const flags = contractions.map(({ isGood }) => isGood)
  return {
    muscle,
    side,
    amplitude: { ...amplitude, mvc: mvc?.value ?? null },
    contractions: {
      total: counts.total,
      meetsMvc: counts.meetsMvc,
      meetsDuration: counts.meetsDuration,
      good: counts.total === null || flags.includes(null) ? null : flags.filter(Boolean).length,
      meanDurationMs: bursts.meanDurationMs,
      target: {
        contractions: target.contractions,
        durationMs: target.durationMs,
        mvcPercent: mvc?.targetPercent ?? null,
      },
    },
    medianFrequencySlope: {
      value: fatigue?.percentPerMinute ?? null,
      unit: '%/min',
      p: fatigue?.p ?? null,
      n: fatigue?.n ?? 0,
      significant: fatigue?.significant ?? null,
      valid: fatigue?.valid ?? false,
      basis: fatigue?.basis ?? null,
      reason: fatigue ? fatigue.reason : NO_CONTRACTION,
    },
    quality: verdict,
  }
}

function symmetryOf(
  channels: readonly ChannelInForce[],
  places: ReadonlyMap<number, number>,
  { left, right, ...pair }: Summary['symmetry'][number],
): TrendPoint['symmetry'][number] {
  const isOther = [left, right].some((index) => channels[places.get(index) ?? -1]?.isOther)
  const index = (each: { readonly value: number | null; readonly reason?: string }) =>
    isOther ? { value: null, reason: OTHER_MVC } : figureOf(each)
  return {
    muscle: pair.muscle,
    of: pair.of,
    leftValue: isOther ? null : pair.leftValue,
    rightValue: isOther ? null : pair.rightValue,
    robinsonIndex: index(pair.robinsonIndex),
    limbSymmetryIndex: index(pair.limbSymmetryIndex),
    symmetryAngle: index(pair.symmetryAngle),
    ghostlySymmetry: index(pair.ghostlySymmetry),
  }
}

/** What a trend shows of a score. */
export function scoreOf({ id, computedAt, score }: ScoreRow): NonNullable<TrendPoint['score']> {
  const { overall, components, configuration, scoringVersion } = score
  return {
    id,
    computedAt: computedAt.toISOString(),
    overall: figureOf(overall),
    components: {
      compliance: figureOf(components.compliance),
      symmetry: figureOf(components.symmetry),
      effort: figureOf(components.effort),
      game: figureOf(components.game),
    },
    scoringVersion,
    configuration: { id: configuration.id, version: configuration.version, name: configuration.name },
  }
}

function noAnalysis({ recordingId, status, failure }: TherapySession): string {
  if (recordingId === null) return 'the session has no recording'
  if (failure) return `${FAILED}: ${failure.reason}`
  return status === 'completed' ? 'the analysis was not kept' : `the analysis is ${status}`
}

/** For those who are not to learn who anybody is: why an analysis has failed may quote a file. */
export const pseudonymousPoint = (point: TrendPoint): TrendPoint =>
  point.analysisReason?.startsWith(FAILED) ? { ...point, analysisReason: FAILED } : point

/** A point, but for what it differs in from others. */
export function pointOf(
  { session, analysis, score, adherence }: PointSource,
  resolver: MvcResolver,
): Omit<TrendPoint, 'differs'> {
  const { summary } = analysis ?? {}
  const channels = (summary?.channels ?? []).map((channel) =>
    channelInForce(channel, summary?.mvcMethod ?? 'rms-500', session.startedAt, resolver),
  )
  const places = new Map(channels.map(({ index }, place) => [index, place]))
  return {
    sessionId: session.id,
    startedAt: session.startedAt.toISOString(),
    status: session.status,
    analysis:
      analysis && summary
        ? {
            id: analysis.id,
            completedAt: analysis.completedAt.toISOString(),
            preset: analysis.preset,
            pipelineVersion: analysis.pipelineVersion,
            parametersHash: summary.parametersHash,
            plugins: summary.plugins.map(({ name, version }) => ({ name, version })),
          }
        : null,
    analysisReason: analysis ? null : noAnalysis(session),
    muscles: channels.map(muscleOf),
    symmetry: (summary?.symmetry ?? []).map((pair) => symmetryOf(channels, places, pair)),
    score,
    scoreReason: score ? null : 'no score of the session is stored',
    adherence,
  }
}
