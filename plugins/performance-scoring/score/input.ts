/** What a score is computed from. */
import * as v from 'valibot'

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))

const MVC_SOURCES = ['manual', 'recording-metadata', 'patient-record', 'calculated', 'default'] as const

/** Counts of one muscle in one session. */
export const MuscleCountsSchema = v.pipe(
  v.strictObject({
    muscle: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100), v.description('Its name')),
    side: v.picklist(['left', 'right', 'none']),
    total: v.pipe(
      v.nullable(count),
      v.description('Completed contractions; null: the signal does not let them be counted'),
    ),
    meetsMvc: v.pipe(
      v.nullable(count),
      v.description('Contractions that reach the share of MVC asked for; null: no MVC is known'),
    ),
    mvcSource: v.optional(
      v.pipe(
        v.nullable(v.picklist(MVC_SOURCES)),
        v.description('Where the MVC is from, as the cascade names it; null or absent: not said'),
      ),
    ),
    meetsDuration: v.pipe(
      v.nullable(count),
      v.description('Contractions that last as long as asked for; null: no duration is asked for'),
    ),
    target: v.pipe(
      v.nullable(count),
      v.description('Contractions asked for; null: the configuration’s. 0: none'),
    ),
  }),
  v.check(
    ({ total, meetsMvc, meetsDuration }) => Math.max(meetsMvc ?? 0, meetsDuration ?? 0) <= (total ?? 0),
    'more contractions meet a criterion than there are',
  ),
)

const pressure = v.pipe(
  v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(300))),
  v.description('% of arterial occlusion pressure, measured; null: not measured'),
)

/** Everything that a score depends on, beside its rules. */
export const ScoreInputSchema = v.strictObject({
  muscles: v.pipe(v.array(MuscleCountsSchema), v.maxLength(256)),
  bfr: v.strictObject({ left: pressure, right: pressure }),
  rpe: v.pipe(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10))),
    v.description('Rating of perceived exertion after the session, Borg CR10; null: not asked'),
  ),
  game: v.nullable(
    v.strictObject({
      points: v.pipe(v.number(), v.finite(), v.minValue(0)),
      max: v.pipe(v.number(), v.finite(), v.minValue(0)),
    }),
  ),
})

/** Contractions of one muscle: expected, made, good. */
export type MuscleCounts = v.InferOutput<typeof MuscleCountsSchema>

/** All that a score is computed from. */
export type ScoreInput = v.InferOutput<typeof ScoreInputSchema>
/** Left, right, or none for a muscle of the midline or of an unknown side. */
export type Side = MuscleCounts['side']
