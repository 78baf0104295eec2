/** Scores and counts of sessions through the cache. */
import * as v from 'valibot'
import type { Cache, CacheRead } from '../../../src/sdk.ts'
import { MuscleCountsSchema } from '../score/index.ts'
import { NormalisedAmplitudeSchema } from './amplitudes.ts'
import { type ScoreResource, scoreResource } from './schema.ts'
import type { ScoreStore } from './store.ts'

const { side, mvcSource } = MuscleCountsSchema.entries
const count = v.nullable(v.number())

/** Counts as they were taken: what a client may send is held to narrower bounds. */
export const SessionCountsSchema = v.object({
  muscles: v.array(
    v.object({
      muscle: v.string(),
      side,
      total: count,
      meetsMvc: count,
      mvcSource,
      meetsDuration: count,
      target: count,
    }),
  ),
  analysis: v.object({
    recordingId: v.string(),
    sha256: v.string(),
    preset: v.string(),
    pipelineVersion: v.string(),
    inputs: v.string(),
    amplitudes: v.array(NormalisedAmplitudeSchema),
  }),
})

/** The counts of a session's recording, and what they were taken from. */
export type SessionCounts = v.InferOutput<typeof SessionCountsSchema>

/** A stored score keeps the shape that the program of its time gave it. */
export const StoredScoreSchema = v.custom<ScoreResource>(
  (each) => typeof each === 'object' && each !== null && 'id' in each && 'score' in each,
)

/** Scores of a session that are kept as one list: a page of the usual size, and the one that says there are more. */
const LISTED = 51

/** The newest scores of a session; from the cache where they are no more than a page of the usual size. */
export type NewestScores = (sessionId: string, limit: number) => Promise<CacheRead<ScoreResource[]> | null>

/** @returns null where more are asked for than are kept */
export const newestScores =
  (
    store: Pick<ScoreStore, 'ofSession'>,
    cache: Cache<{ readonly sessionId: string }, ScoreResource[]>,
  ): NewestScores =>
  async (sessionId, limit) => {
    if (limit > LISTED) return null
    const { value, ...provenance } = await cache.getOrLoad({ sessionId }, async () =>
      (await store.ofSession(sessionId, LISTED)).map(scoreResource),
    )
    return { value: value.slice(0, limit), ...provenance }
  }
