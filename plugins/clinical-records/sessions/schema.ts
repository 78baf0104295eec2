/** Therapy sessions: what the service gives, and their shape in REST. */

import * as v from 'valibot'
import { Instant, PageLimit } from '../../../src/sdk.ts'
import { RecordingId } from '../../c3d-reader/index.ts'
import { PatientCode } from '../patients/schema.ts'

const Percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100))

const Rpe = v.pipe(
  v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10))),
  v.description('Rating of perceived exertion, Borg CR-10; null where nobody asked'),
)

const Pressure = v.pipe(
  v.nullable(Percent),
  v.description('% of the arterial occlusion pressure, as measured; null where it was not'),
)

const Game = v.pipe(
  v.nullable(
    v.strictObject({
      points: v.pipe(v.number(), v.finite(), v.minValue(0)),
      max: v.pipe(v.number(), v.finite(), v.gtValue(0)),
    }),
  ),
  v.description('Points achieved and achievable; null without a game'),
)

/** Blood flow restriction: pressure in % of the arterial occlusion pressure as measured; null: not measured. */
export interface BfrPressures {
  readonly left: number | null
  readonly right: number | null
}

/** One visit of a patient, with at most one recording. */
export interface TherapySession {
  /** UUIDv7. */
  readonly id: string
  readonly patientId: string
  readonly patientCode: string
  readonly recordingId: string | null
  readonly startedAt: Date
  /** Rating of perceived exertion, 0 to 10; null where nobody asked. */
  readonly rpe: number | null
  readonly bfr: BfrPressures
  readonly game: { readonly points: number; readonly max: number } | null
  readonly createdAt: Date
}

export const NewSessionBody = v.strictObject({
  patientCode: PatientCode,
  recordingId: v.optional(v.nullable(RecordingId), null),
  startedAt: Instant,
  rpe: v.optional(Rpe, null),
  bfr: v.optional(
    v.nullable(v.strictObject({ left: v.optional(Pressure, null), right: v.optional(Pressure, null) })),
    null,
  ),
  game: v.optional(Game, null),
})

export const SessionChangesBody = v.pipe(
  v.strictObject({
    recordingId: v.optional(v.nullable(RecordingId)),
    startedAt: v.optional(Instant),
    rpe: v.optional(Rpe),
    bfr: v.optional(
      v.pipe(
        v.nullable(v.strictObject({ left: v.optional(Pressure), right: v.optional(Pressure) })),
        v.description('null clears both sides'),
      ),
    ),
    game: v.optional(Game),
  }),
  v.description('What is absent stays as it is; null clears'),
)

export const SessionResource = v.object({
  id: v.pipe(v.string(), v.uuid()),
  patientId: v.pipe(v.string(), v.uuid()),
  patientCode: PatientCode,
  recordingId: v.nullable(RecordingId),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  rpe: Rpe,
  bfr: v.object({ left: Pressure, right: Pressure }),
  game: Game,
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
})

export type SessionResource = v.InferOutput<typeof SessionResource>

/** A place in a list that is ordered by start: `2026-01-31T09:30:00.000Z,{id}`. */
export interface SessionPlace {
  readonly startedAt: Date
  readonly id: string
}

const Cursor = v.pipe(
  v.string(),
  v.regex(/^[^,]+,[^,]+$/, 'expected the nextCursor of a page'),
  v.transform((text) => text.split(',')),
  v.tuple([Instant, v.pipe(v.string(), v.uuid())]),
  v.transform(([startedAt, id]): SessionPlace => ({ startedAt, id })),
)

export const sessionCursor = ({ startedAt, id }: SessionPlace): string => `${startedAt.toISOString()},${id}`

export const SessionListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(Cursor),
  patientCode: v.optional(v.pipe(PatientCode, v.description('Sessions of this patient only'))),
  from: v.optional(v.pipe(Instant, v.description('Started at this time or later'))),
  until: v.optional(v.pipe(Instant, v.description('Started before this time'))),
})

export const sessionResource = ({ startedAt, createdAt, ...rest }: TherapySession) => ({
  ...rest,
  startedAt: startedAt.toISOString(),
  createdAt: createdAt.toISOString(),
})

export const sessionOfResource = ({ startedAt, createdAt, ...rest }: SessionResource): TherapySession => ({
  ...rest,
  startedAt: new Date(startedAt),
  createdAt: new Date(createdAt),
})
