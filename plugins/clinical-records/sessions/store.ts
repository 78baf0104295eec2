/** Therapy sessions at rest. */
import { and, asc, count, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import {
  type Announce,
  type Bump,
  calendarDate,
  type Database,
  type Events,
  type Expected,
  inOneTransaction,
  Problem,
  requireVersion,
  type UnitOfWork,
  violatedConstraint,
} from '../../../src/sdk.ts'
import { sessionCreated, sessionUpdated } from '../events.ts'
import { patients, therapySessions } from '../tables.ts'
import type { BfrPressures, SESSION_ORDERS, SessionPlace, SessionState, TherapySession } from './schema.ts'

/** A new therapy session. What was not measured is null. */
export interface NewSession {
  readonly patientId: string
  readonly recordingId: string | null
  readonly startedAt: Date
  /** Absent: somebody has stated the start. */
  readonly startedAtBasis?: TherapySession['startedAtBasis']
  readonly rpe: number | null
  /** null: measured on neither side. */
  readonly bfr: BfrPressures | null
  readonly game: TherapySession['game']
  /** Absent: not known. */
  readonly settings?: TherapySession['settings']
}

/** What is absent stays as it is; null clears. */
export interface SessionChanges {
  readonly recordingId?: string | null | undefined
  readonly startedAt?: Date | undefined
  readonly rpe?: number | null | undefined
  readonly bfr?:
    | { readonly left?: number | null | undefined; readonly right?: number | null | undefined }
    | null
    | undefined
  readonly game?: TherapySession['game'] | undefined
  readonly settings?: TherapySession['settings'] | undefined
}

/** Which sessions are meant. */
export interface SessionFilter {
  readonly patientId?: string | undefined
  /** Started at this time or later. */
  readonly from?: Date | undefined
  /** Started before this time. */
  readonly until?: Date | undefined
  readonly status?: SessionState['status'] | undefined
  readonly recordingId?: string | undefined
}

/** A part of a list. */
export interface SessionPage {
  readonly limit: number
  /** Absent: newest start first. */
  readonly sort?: (typeof SESSION_ORDERS)[number] | undefined
  /** The last one of the page before. */
  readonly after?: SessionPlace | undefined
}

/** Therapy sessions in the database. */
export interface SessionStore {
  /**
   * @param work the unit of work that it is a part of, if any
   * @throws {Problem} 404 PATIENT_NOT_FOUND, 404 RECORDING_NOT_FOUND, 409 RECORDING_IN_OTHER_SESSION
   */
  create(session: NewSession, work?: UnitOfWork): Promise<TherapySession>
  /** The session, or undefined. */
  find(id: string): Promise<TherapySession | undefined>
  /**
   * The session that a recording belongs to, or undefined.
   *
   * @param work as it is in this unit of work
   */
  ofRecording(recordingId: string, work?: Pick<UnitOfWork, 'tx'>): Promise<TherapySession | undefined>
  /** Newest start first. */
  ofPatient(
    patientId: string,
    options: SessionPage & Omit<SessionFilter, 'patientId'>,
  ): Promise<TherapySession[]>
  list(options: SessionPage & SessionFilter): Promise<TherapySession[]>
  /** How many there are. */
  count(filter: SessionFilter): Promise<number>
  /**
   * The session as it is then, or undefined when there is none.
   *
   * Another recording has the session wait for its analysis.
   *
   * @throws {Problem} 404 RECORDING_NOT_FOUND, 409 RECORDING_IN_OTHER_SESSION, 412 VERSION_MISMATCH
   */
  update(id: string, changes: SessionChanges, expected?: Expected): Promise<TherapySession | undefined>
  /**
   * Says how far the analysis of a recording has come.
   *
   * @param recordingId the recording that was analysed: a session that has got another one since is left alone
   * @param work the unit of work that it is a part of, if any
   * @returns the session as it is then, or undefined when it is none of this recording
   */
  proceed(
    id: string,
    recordingId: string | null,
    state: SessionState,
    work?: UnitOfWork,
  ): Promise<TherapySession | undefined>
  /**
   * Gives a session its recording that has none: it then waits for its analysis. A start that somebody has stated stays.
   *
   * @param work the unit of work that it is a part of, if any
   * @returns the session as it is then, or undefined when there is none without a recording
   * @throws {Problem} 404 RECORDING_NOT_FOUND, 409 RECORDING_IN_OTHER_SESSION
   */
  receive(
    id: string,
    recording: Pick<TherapySession, 'startedAt' | 'startedAtBasis'> & { readonly recordingId: string },
    work?: UnitOfWork,
  ): Promise<TherapySession | undefined>
}

type SessionRow = typeof therapySessions.$inferSelect

const sessionOf = (row: SessionRow, patientCode: string): TherapySession => ({
  id: row.id,
  patientId: row.patientId,
  patientCode,
  recordingId: row.recordingId,
  startedAt: row.startedAt,
  startedAtBasis: row.startedAtBasis,
  rpe: row.rpe,
  bfr: { left: row.bfrLeft, right: row.bfrRight },
  game: row.gamePoints === null || row.gameMax === null ? null : { points: row.gamePoints, max: row.gameMax },
  settings: row.settings,
  status: row.status,
  failure:
    row.failureCode === null || row.failureReason === null
      ? null
      : { code: row.failureCode, reason: row.failureReason },
  createdAt: row.createdAt,
  version: row.version,
})

const PROBLEMS: Readonly<Record<string, readonly [status: 404 | 409, code: string, detail: string]>> = {
  therapy_sessions_patient_id_patients_id_fk: [404, 'PATIENT_NOT_FOUND', 'There is no such patient.'],
  therapy_sessions_recording_id_recordings_id_fk: [
    404,
    'RECORDING_NOT_FOUND',
    'There is no recording with this id.',
  ],
  therapy_sessions_recording_id_unique: [
    409,
    'RECORDING_IN_OTHER_SESSION',
    'This recording belongs to another session.',
  ],
}

function sessionProblem(error: unknown): never {
  const known = PROBLEMS[violatedConstraint(error) ?? '']
  if (known) throw new Problem(...known)
  throw error
}

/** The columns that changes set; what is undefined is left alone. */
const columnsOf = ({ recordingId, startedAt, rpe, bfr, game, settings }: SessionChanges) => ({
  recordingId,
  startedAt,
  ...(startedAt && { startedAtBasis: 'stated' as const }),
  rpe,
  settings,
  ...(bfr === null ? { bfrLeft: null, bfrRight: null } : { bfrLeft: bfr?.left, bfrRight: bfr?.right }),
  ...(game === undefined ? {} : { gamePoints: game?.points ?? null, gameMax: game?.max ?? null }),
})

type SessionColumns = typeof therapySessions.$inferInsert
type ChangedColumns = { readonly [K in keyof SessionColumns]?: SessionColumns[K] | undefined }

/** Columns of a session whose analysis begins anew. */
const WAITING = { status: 'pending', failureCode: null, failureReason: null } as const

const matching = (
  { patientId, from, until, status, recordingId }: SessionFilter,
  after?: SessionPlace,
  ascending = false,
): SQL | undefined =>
  and(
    patientId === undefined ? undefined : eq(therapySessions.patientId, patientId),
    from && gte(therapySessions.startedAt, from),
    until && lt(therapySessions.startedAt, until),
    status && eq(therapySessions.status, status),
    recordingId === undefined ? undefined : eq(therapySessions.recordingId, recordingId),
    after &&
      sql`(${therapySessions.startedAt}, ${therapySessions.id}) ${sql.raw(ascending ? '>' : '<')} (${after.startedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
  )

export function createSessionStore(db: Database, announce: Announce, events: Events): SessionStore {
  const select = (connection: Pick<Database, 'select'> = db) =>
    connection
      .select({ session: therapySessions, code: patients.code })
      .from(therapySessions)
      .innerJoin(patients, eq(patients.id, therapySessions.patientId))

  async function one(
    condition: SQL,
    connection?: Pick<Database, 'select'>,
  ): Promise<TherapySession | undefined> {
    const [found] = await select(connection).where(condition)
    return found && sessionOf(found.session, found.code)
  }

  async function list({
    limit,
    after,
    sort = '-startedAt',
    ...filter
  }: SessionPage & SessionFilter): Promise<TherapySession[]> {
    const order = sort === 'startedAt' ? asc : desc
    const rows = await select()
      .where(matching(filter, after, sort === 'startedAt'))
      .orderBy(order(therapySessions.startedAt), order(therapySessions.id))
      .limit(limit)
    return rows.map(({ session, code }) => sessionOf(session, code))
  }

  /** Says what lists, recordings and reads show the session, as it was or as it is. */
  function announceChange(
    tx: Database,
    ...states: readonly [TherapySession, ...TherapySession[]]
  ): Promise<Bump> {
    const [{ id: sessionId, patientCode }] = states
    const recordings = new Set(states.flatMap(({ recordingId }) => recordingId ?? []))
    const days = new Set(states.map(({ startedAt }) => calendarDate(startedAt)))
    return announce(
      [
        ['patient.sessions:{patientCode}', { patientCode }],
        ['session.updated:{sessionId}', { sessionId }],
        ...[...days].map((date) => ['sessions.on:{date}', { date }] as const),
        ...[...recordings].map(
          (recordingId) => ['recording.session:{recordingId}', { recordingId }] as const,
        ),
      ],
      tx,
    )
  }

  const payloadOf = ({ id: sessionId, patientCode, recordingId }: TherapySession) => ({
    sessionId,
    patientCode,
    recordingId,
  })

  /**
   * @param columnsFrom what is to be set; undefined: nothing, null: it is not the session that is meant
   * @returns the session as it is then, or undefined when it is not the one that is meant
   */
  const change = (
    id: string,
    columnsFrom: (before: TherapySession) => ChangedColumns | undefined | null,
    larger?: UnitOfWork,
  ): Promise<TherapySession | undefined> =>
    inOneTransaction(
      db,
      async ({ tx, afterCommit }) => {
        // Two changes at once would each miss the recording that the other one takes away.
        await tx.select().from(therapySessions).where(eq(therapySessions.id, id)).for('update')
        const before = await one(eq(therapySessions.id, id), tx)
        const columns = before ? columnsFrom(before) : null
        if (!before || columns === null) return undefined
        if (columns === undefined) return before
        await tx
          .update(therapySessions)
          .set({ ...columns, version: before.version + 1 })
          .where(eq(therapySessions.id, id))
          .catch(sessionProblem)
        const after = (await one(eq(therapySessions.id, id), tx)) as TherapySession
        await events.emit(sessionUpdated, payloadOf(after), tx)
        afterCommit((await announceChange(tx, before, after)).settled)
        return after
      },
      larger,
    )

  return {
    create: ({ patientId, startedAt, startedAtBasis = 'stated', ...rest }, larger) =>
      inOneTransaction(
        db,
        async ({ tx, afterCommit }) => {
          const id = Bun.randomUUIDv7()
          const values = { ...columnsOf(rest), id, patientId, startedAt, startedAtBasis }
          await tx.insert(therapySessions).values(values).catch(sessionProblem)
          const created = (await one(eq(therapySessions.id, id), tx)) as TherapySession
          await events.emit(sessionCreated, payloadOf(created), tx)
          afterCommit((await announceChange(tx, created)).settled)
          return created
        },
        larger,
      ),
    find: (id) => one(eq(therapySessions.id, id)),
    ofRecording: (recordingId, work) => one(eq(therapySessions.recordingId, recordingId), work?.tx),
    ofPatient: (patientId, options) => list({ ...options, patientId }),
    list,
    async count(filter) {
      const [counted] = await db.select({ value: count() }).from(therapySessions).where(matching(filter))
      return counted?.value ?? 0
    },
    update: (id, changes, expected) =>
      change(id, (before) => {
        requireVersion(expected, before.version)
        const columns = columnsOf(changes)
        if (Object.values(columns).every((value) => value === undefined)) return undefined
        const other = columns.recordingId !== undefined && columns.recordingId !== before.recordingId
        return other ? { ...columns, ...WAITING } : columns
      }),
    proceed: (id, recordingId, { status, failure }, work) =>
      change(
        id,
        (before) => {
          if (before.recordingId !== recordingId) return null
          return { status, failureCode: failure?.code ?? null, failureReason: failure?.reason ?? null }
        },
        work,
      ),
    receive: (id, { recordingId, ...start }, work) =>
      change(
        id,
        (before) => {
          if (before.recordingId !== null) return null
          return { recordingId, ...WAITING, ...(before.startedAtBasis === 'stated' ? {} : start) }
        },
        work,
      ),
  }
}
