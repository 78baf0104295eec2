/** The sessions of a patient, one after the other, each with what does not compare. Pure. */
import { type Adherence, adherence, noAdherence, protocolWindow } from '../../performance-scoring/index.ts'
import type { Difference, TrendPoint } from './schema.ts'

/** Sessions of one answer: the protocol has 30. */
export const LONGEST_TREND = 200

type Bare = Omit<TrendPoint, 'differs'>

/** What of a point decides how it was made; undefined where it has no such part. */
const MADE_BY: Readonly<Record<Difference, (point: Bare) => string | undefined>> = {
  preset: ({ analysis }) => analysis?.preset,
  'pipeline version': ({ analysis }) => analysis?.pipelineVersion,
  parameters: ({ analysis }) => analysis?.parametersHash,
  plugins: ({ analysis }) => analysis?.plugins.map(({ name, version }) => `${name} ${version}`).join(),
  'scoring configuration': ({ score }) =>
    score ? `${score.configuration.id} ${score.configuration.version}` : undefined,
  'scoring version': ({ score }) => score?.scoringVersion,
}

/** Says of each point in what it was made otherwise than the newest that has such a part. @param points oldest first */
export function compare(points: readonly Bare[]): TrendPoint[] {
  const kinds = Object.keys(MADE_BY) as Difference[]
  const newest = new Map(
    kinds.map((kind) => [kind, points.findLast((each) => MADE_BY[kind](each) !== undefined)]),
  )
  return points.map((point) => ({
    ...point,
    differs: kinds.filter((kind) => {
      const [own, other] = [MADE_BY[kind](point), newest.get(kind)]
      return own !== undefined && other !== undefined && own !== MADE_BY[kind](other)
    }),
  }))
}

/**
 * Adherence as it was at a time.
 *
 * @param starts of all sessions within the days of the protocol
 */
export function adherenceAt(treatmentStart: Date | null, starts: readonly Date[], at: Date): Adherence {
  const window = protocolWindow(treatmentStart, at)
  if (typeof window === 'string') return noAdherence(window)
  const { day, from, until } = window
  return adherence({ day, completed: starts.filter((start) => start >= from && start < until).length })
}
