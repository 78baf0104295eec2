/** Erases patients: everything of them everywhere, in one transaction; what stays is the tombstone and the audit log. */
import { and, desc, eq, inArray, ne } from 'drizzle-orm'
import {
  type Announce,
  type Audit,
  type Clock,
  type Database,
  type ErasedPatient,
  type Events,
  type Expected,
  inOneTransaction,
  type Logger,
  type PatientErasure,
  Problem,
  requireVersion,
  type UnitOfWork,
} from '../../../src/sdk.ts'
import { patientErased } from '../events.ts'
import { patientIdentities } from '../identities/tables.ts'
import { clinicalNotes, muscleTargets, patients, therapySessions } from '../tables.ts'
import { erasedPatients } from './tables.ts'

/** The action of an erasure in the audit log. */
export const ERASE = 'patients:erase'

/** What was erased, counted. */
export interface Erasure {
  readonly patientCode: string
  readonly sessions: number
  readonly recordings: number
}

/** How a patient is to be erased. */
export interface EraseOptions {
  readonly expected?: Expected | undefined
  /** Whether also what the law has kept for a time is erased before it is over. */
  readonly beforePeriod?: boolean
  /** The last moment that the newest session may be of: a later one has the patient left alone. */
  readonly untouchedSince?: Date
}

/** Erases patients. */
export interface PatientEraser {
  /**
   * Erases a patient.
   *
   * @returns undefined where there is none of this code, or it was not to be touched
   * @throws {Problem} 412 VERSION_MISMATCH, 409 MUST_BE_KEPT, 409 ERASE_BLOCKED
   */
  erase(code: string, options?: EraseOptions): Promise<Erasure | undefined>
  /** Removes what is cached of anybody from every tier: it is invalid already, and shall be nowhere. */
  sweep(): Promise<void>
}

export interface EraserParts {
  readonly db: Database
  readonly announce: Announce
  readonly events: Events
  readonly erasure: PatientErasure
  readonly audit: Audit
  readonly clock: Clock
  readonly log: Logger
  /** How long records must be kept from the newest session on, in ms; undefined: not at all. */
  readonly keepMs: number | undefined
}

/** Removes what this plugin keeps of a patient. @returns ids of what jobs may name */
export async function eraseRecords(
  { patientId, patientCode, sessionIds }: ErasedPatient,
  { tx }: UnitOfWork,
): Promise<string[]> {
  const notes = await tx
    .delete(clinicalNotes)
    .where(eq(clinicalNotes.patientId, patientId))
    .returning({ id: clinicalNotes.id })
  await tx.delete(patientIdentities).where(eq(patientIdentities.patientId, patientId))
  if (sessionIds.length > 0) {
    await tx.delete(therapySessions).where(inArray(therapySessions.id, [...sessionIds]))
  }
  await tx.delete(muscleTargets).where(eq(muscleTargets.patientId, patientId))
  await tx.delete(patients).where(eq(patients.id, patientId))
  await tx.insert(erasedPatients).values({ code: patientCode })
  return notes.map(({ id }) => id)
}

export function createPatientEraser(parts: EraserParts): PatientEraser {
  const { db, announce, events, erasure, audit, clock, log, keepMs } = parts

  /** The first moment at which nothing has to be kept any more. */
  const freeFrom = (newest: Date): Date => new Date(newest.getTime() + (keepMs ?? 0))

  function requireFree(newest: Date | undefined, beforePeriod: boolean): void {
    if (keepMs === undefined || newest === undefined || beforePeriod) return
    const free = freeFrom(newest)
    if (free.getTime() <= clock.now()) return
    throw new Problem(
      409,
      'MUST_BE_KEPT',
      `The records of this patient are to be kept until ${free.toISOString().slice(0, 10)}; say beforePeriod to erase them before.`,
    )
  }

  async function recordingsOf(
    patient: Pick<ErasedPatient, 'patientId' | 'patientCode'>,
    own: ReadonlyArray<string | null>,
    tx: Database,
  ): Promise<string[]> {
    const all = [
      ...new Set([...own.filter((id) => id !== null), ...(await erasure.recordingsOf(patient, tx))]),
    ]
    if (all.length === 0) return all
    const others = await tx
      .select({ id: therapySessions.recordingId })
      .from(therapySessions)
      .where(and(inArray(therapySessions.recordingId, all), ne(therapySessions.patientId, patient.patientId)))
    const kept = new Set(others.map(({ id }) => id))
    return all.filter((id) => !kept.has(id))
  }

  return {
    sweep: erasure.sweep,
    async erase(code, { expected, beforePeriod = false, untouchedSince } = {}) {
      const erased = await inOneTransaction(db, async (work): Promise<Erasure | undefined> => {
        const { tx } = work
        const [patient] = await tx.select().from(patients).where(eq(patients.code, code)).for('update')
        if (!patient) return undefined
        requireVersion(expected, patient.version)
        // Locked, so that an analysis that is being stored is either erased too, or not stored.
        const sessions = await tx
          .select({
            id: therapySessions.id,
            recordingId: therapySessions.recordingId,
            startedAt: therapySessions.startedAt,
          })
          .from(therapySessions)
          .where(eq(therapySessions.patientId, patient.id))
          .orderBy(desc(therapySessions.startedAt))
          .for('update')
        const newest = sessions[0]?.startedAt
        if (untouchedSince && (newest ?? patient.createdAt) > untouchedSince) return undefined
        requireFree(newest, beforePeriod)
        const names = { patientId: patient.id, patientCode: code }
        const recordingIds = await recordingsOf(
          names,
          sessions.map(({ recordingId }) => recordingId),
          tx,
        )
        const sessionIds = sessions.map(({ id }) => id)
        await erasure.erase({ ...names, sessionIds, recordingIds }, work)
        await audit.record({ action: ERASE, records: [{ kind: 'patient', id: code }], outcome: 'done' }, tx)
        await events.emit(patientErased, { patientCode: code }, tx)
        const dates = [...new Set(sessions.map(({ startedAt }) => startedAt.toISOString().slice(0, 10)))]
        const change = await announce(
          [
            ['patient.updated:{patientCode}', { patientCode: code }],
            ['patient.sessions:{patientCode}', { patientCode: code }],
            ['patients.changed', {}],
            ...dates.map((date) => ['sessions.on:{date}', { date }] as const),
          ],
          tx,
        )
        work.afterCommit(change.settled)
        return { patientCode: code, sessions: sessionIds.length, recordings: recordingIds.length }
      })
      if (erased) {
        await erasure
          .sweep()
          .catch((error: unknown) =>
            log.warn({ err: error }, 'what was cached of an erased patient is not removed yet'),
          )
      }
      return erased
    },
  }
}
