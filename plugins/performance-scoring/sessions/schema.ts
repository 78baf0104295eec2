/** Scores of sessions as REST shows them. */

import * as v from 'valibot'
import { PageLimit } from '../../../src/sdk.ts'
import { SOURCES } from '../configurations/resolve.ts'
import { ConfigurationChoice } from '../configurations/schema.ts'
import { ScoreInputSchema, ScoreSchema } from '../score/index.ts'
import { NormalisedAmplitudeSchema } from './amplitudes.ts'
import type { ScoreRow } from './store.ts'

/** A what-if: counts, and by which configuration they are scored. */
export const WhatIfBody = v.strictObject({
  ...ScoreInputSchema.entries,
  configuration: v.optional(
    v.pipe(ConfigurationChoice, v.description('Absent: the active one, or the built-in one')),
  ),
})

export const SessionScoreResource = v.object({
  id: v.pipe(v.string(), v.uuid()),
  sessionId: v.pipe(v.string(), v.uuid()),
  computedAt: v.pipe(v.string(), v.isoTimestamp()),
  chosenBy: v.pipe(v.picklist(SOURCES), v.description('Which rung gave the configuration')),
  analysis: v.pipe(
    v.nullable(
      v.object({
        recordingId: v.pipe(v.string(), v.uuid()),
        sha256: v.string(),
        preset: v.string(),
        pipelineVersion: v.string(),
        inputs: v.pipe(v.string(), v.description('Names preset, parameters and version of the pipeline')),
        amplitudes: v.optional(
          v.pipe(
            v.array(NormalisedAmplitudeSchema),
            v.description('Of each channel; absent in scores of before they were kept'),
          ),
        ),
      }),
    ),
    v.description('What the counts were taken from; null where the session has no recording'),
  ),
  input: v.pipe(ScoreInputSchema, v.description('What the score was computed from')),
  score: ScoreSchema,
})

export const ScoreListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(v.pipe(v.string(), v.uuid('expected the nextCursor of a page'))),
})

/** A score as REST shows it. */
export type ScoreResource = v.InferInput<typeof SessionScoreResource>

export const scoreResource = ({
  id,
  sessionId,
  computedAt,
  chosenBy,
  analysis,
  input,
  score,
}: ScoreRow): ScoreResource => ({
  id,
  sessionId,
  computedAt: computedAt.toISOString(),
  chosenBy,
  analysis,
  input,
  score,
})
