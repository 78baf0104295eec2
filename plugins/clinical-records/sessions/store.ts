/** Therapy sessions in the database. */
import { asc, count, desc, eq, type SQL } from 'drizzle-orm'
import {
  type Announce,
  type Bump,
  calendarDate,
  concerning,
  type Database,
  type Events,
  inOneTransaction,
  requireVersion,
  type UnitOfWork,
} from '../../../src/sdk.ts'
import { sessionCreated, sessionUpdated } from '../events.ts'
import { patients, therapySessions } from '../tables.ts'
import type { SessionFilter, SessionPage, SessionStore } from './contract.ts'
import { type ChangedColumns, columnsOf, matching, sessionOf, sessionProblem, WAITING } from './rows.ts'
import type { TherapySession } from './schema.ts'

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
          concerning({ kind: 'patient', id: created.patientCode }, { kind: 'session', id })
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
