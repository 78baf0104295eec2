/** Therapy sessions: what the service gives, and their shape in REST. */

import * as v from 'valibot'
import { type Identity, Instant, PageLimit } from '../../../src/sdk.ts'
import { PSEUDONYMISED, RecordingId, Withheld } from '../../c3d-reader/index.ts'
import { PatientCode } from '../patients/schema.ts'
import { SESSION_STATUSES, START_BASES } from '../tables.ts'

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

/** How far the analysis of a session's recording has come, with what stopped it. */
export type SessionState =
  | { readonly status: 'pending' | 'processing' | 'completed'; readonly failure: null }
  | {
      readonly status: 'failed'
      /** A stable code, and a sentence for people. */
      readonly failure: { readonly code: string; readonly reason: string }
    }

/** One visit of a patient, with at most one recording. */
export interface TherapySession {
  /** UUIDv7. */
  readonly id: string
  readonly patientId: string
  readonly patientCode: string
  readonly recordingId: string | null
  readonly startedAt: Date
  /** How the start is known. */
  readonly startedAtBasis: (typeof START_BASES)[number]
  /** Rating of perceived exertion, 0 to 10; null where nobody asked. */
  readonly rpe: number | null
  readonly bfr: BfrPressures
  readonly game: { readonly points: number; readonly max: number } | null
  /** What the game was set to, as the game itself says it; null where it does not. */
  readonly settings: Readonly<Record<string, unknown>> | null
  readonly status: SessionState['status']
  readonly failure: SessionState['failure']
  readonly createdAt: Date
  /** Counts the changes, from 1. */
  readonly version: number
}

/** Settings are kept as they are, so that nothing but their size is asked of them. */
const Settings = v.pipe(
  v.nullable(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.check((settings) => JSON.stringify(settings).length <= 16_384, 'expected up to 16 KiB of JSON'),
    ),
  ),
  v.description('What the game was set to, as the game itself says it; null where it does not'),
)

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
  settings: v.optional(Settings, null),
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
    settings: v.optional(Settings),
  }),
  v.description('What is absent stays as it is; null clears'),
)

const whole = {
  id: v.pipe(v.string(), v.uuid()),
  patientId: v.pipe(v.string(), v.uuid()),
  patientCode: PatientCode,
  recordingId: v.nullable(RecordingId),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  startedAtBasis: v.pipe(
    v.picklist(START_BASES),
    v.description('How the start is known: received is the arrival of the recording, for want of better'),
  ),
  rpe: Rpe,
  bfr: v.object({ left: Pressure, right: Pressure }),
  game: Game,
  settings: Settings,
  status: v.pipe(
    v.picklist(SESSION_STATUSES),
    v.description('How far the analysis of the recording has come; pending without a recording'),
  ),
  failure: v.nullable(v.object({ code: v.string(), reason: v.string() })),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  version: v.pipe(v.number(), v.integer(), v.description('Counts the changes, from 1; the ETag names it')),
}

/** A therapy session as it is kept in the cache. */
export const StoredSession = v.object(whole)

export type StoredSession = v.InferOutput<typeof StoredSession>

/** A therapy session in REST. */
export const SessionResource = v.object({
  ...whole,
  settings: v.pipe(
    v.optional(Settings),
    v.description(
      `What the game was set to, as the game itself says it; null where it does not; ${PSEUDONYMISED}`,
    ),
  ),
  failure: v.pipe(
    v.nullable(
      v.object({
        code: v.string(),
        reason: v.pipe(v.optional(v.string()), v.description(`A sentence; ${PSEUDONYMISED}`)),
      }),
    ),
    v.description('Why the analysis failed: a stable code, and a sentence'),
  ),
  withheld: Withheld,
})

export type SessionResource = v.InferOutput<typeof SessionResource>

/** A place in a list that is ordered by start: `2026-01-31T09:30:00.000Z,{id}`. */
export interface SessionPlace {
  readonly startedAt: Date
  readonly id: string
}

/** A {@link SessionPlace} as clients hand it back. */
export const SessionCursor = v.pipe(
  v.string(),
  v.regex(/^[^,]+,[^,]+$/, 'expected the nextCursor of a page'),
  v.transform((text) => text.split(',')),
  v.tuple([Instant, v.pipe(v.string(), v.uuid())]),
  v.transform(([startedAt, id]): SessionPlace => ({ startedAt, id })),
)

/** As {@link SessionCursor} reads it. */
export const sessionCursor = ({ startedAt, id }: SessionPlace): string => `${startedAt.toISOString()},${id}`

export const SESSION_ORDERS = ['-startedAt', 'startedAt'] as const

export const SessionListQuery = v.object({
  limit: PageLimit,
  cursor: v.optional(SessionCursor),
  sort: v.optional(
    v.pipe(v.picklist(SESSION_ORDERS), v.description('Order of the list; - is for descending')),
    '-startedAt',
  ),
  status: v.optional(v.pipe(v.picklist(SESSION_STATUSES), v.description('Sessions in this state only'))),
  patientCode: v.optional(v.pipe(PatientCode, v.description('Sessions of this patient only'))),
  recordingId: v.optional(v.pipe(RecordingId, v.description('The session of this recording only'))),
  from: v.optional(v.pipe(Instant, v.description('Started at this time or later'))),
  until: v.optional(v.pipe(Instant, v.description('Started before this time'))),
})

/** A therapy session for the cache; points of the game as they are. */
export const storedOfSession = ({ startedAt, createdAt, ...rest }: TherapySession): StoredSession => ({
  ...rest,
  startedAt: startedAt.toISOString(),
  createdAt: createdAt.toISOString(),
})

export const sessionOfStored = ({ startedAt, createdAt, ...rest }: StoredSession): TherapySession => ({
  ...rest,
  startedAt: new Date(startedAt),
  createdAt: new Date(createdAt),
})

/** Why an analysis has failed may quote a file, and a game may be told anything. */
const withoutText = ({ settings: _, failure, ...rest }: StoredSession): SessionResource => ({
  ...rest,
  failure: failure && { code: failure.code },
  withheld: ['settings', 'failure.reason'],
})

/** A therapy session as REST answers it to somebody. */
export const sessionResource = (
  session: TherapySession,
  { pseudonymous }: Pick<Identity, 'pseudonymous'>,
): SessionResource => (pseudonymous ? withoutText(storedOfSession(session)) : storedOfSession(session))
