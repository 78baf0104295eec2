/** `scores` of an analysis: what it shows, scored. Nothing is stored. */
import * as v from 'valibot'
import type { AnalysisSection } from '../../emg-analyzer/index.ts'
import { ResolutionSchema } from '../configurations/resolve.ts'
import { ScoreSchema, score } from '../score/index.ts'
import type { PerformanceScoring } from '../service.ts'
import { countsOf } from './counts.ts'
import { inputOf } from './input.ts'

const { source, passedOver } = ResolutionSchema.entries

/** The schema of the part `scores` of an analysis. */
export const AnalysisScoreSchema = v.object({ ...ScoreSchema.entries, chosenBy: source, passedOver })

/** The part `scores` of an analysis. */
export type AnalysisScore = v.InferOutput<typeof AnalysisScoreSchema>

/** Scores the contractions by the targets that the analysis held them against. */
export const scoreSection = ({
  resolve,
}: Pick<PerformanceScoring, 'resolve'>): AnalysisSection<AnalysisScore> => ({
  id: 'scores',
  schema: AnalysisScoreSchema,
  async compute({ channels }, { session }) {
    const resolution = await resolve({ sessionId: session?.id, patientId: session?.patientId })
    return {
      ...score(inputOf(session, countsOf(channels)), resolution.configuration),
      chosenBy: resolution.source,
      passedOver: resolution.passedOver,
    }
  },
})
