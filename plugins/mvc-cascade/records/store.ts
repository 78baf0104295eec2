/** MVC records at rest: appended, never changed. */
import { and, asc, desc, eq, lt, lte, type SQL, sql } from 'drizzle-orm'
import { type Announce, type Clock, type Database, type Events, Problem } from '../../../src/sdk.ts'
import type { Side } from '../../clinical-records/index.ts'
import { mvcRecords } from '../tables.ts'
import { mvcChanged } from './events.ts'
import type { MvcFlag, MvcRecord, MvcTrial } from './record.ts'

/** A patient by both names. */
export interface PatientRef {
  readonly id: string
  readonly code: string
}

/** A record to append. */
export interface NewMvcRecord {
  readonly muscle: string
  readonly side: Side
  /** V; null withdraws the manual value. */
  readonly value: number | null
  readonly unitBasis: 'declared' | 'assumed'
  readonly source: 'manual' | 'calibration'
  readonly method: string
  readonly recordingId: string | null
  readonly channel: { readonly index: number; readonly name: string } | null
  readonly trials: readonly MvcTrial[] | null
  readonly spreadPercent: number | null
  readonly flags: readonly MvcFlag[]
  readonly recordedBy: string | null
  /** null: the time it is entered. */
  readonly validFrom: Date | null
  readonly validUntil: Date | null
}

/** MVC records in the database. */
export interface MvcStore {
  /**
   * Appends records of one patient, all or none. Each supersedes the record of its muscle, side and source that was in
   * force at the time from which it holds.
   *
   * @throws {Problem} 422 VALIDITY_EMPTY
   * @param check sees each record's predecessor within the transaction, and may throw
   */
  append(
    patient: PatientRef,
    records: readonly NewMvcRecord[],
    check?: (record: NewMvcRecord, before: MvcRecord | undefined) => void,
  ): Promise<MvcRecord[]>
  /** Every record of a patient, in the order they were entered. */
  ofPatient(patient: PatientRef): Promise<MvcRecord[]>
  /** Last entered first, with the places in that order; `before` is the last place of the page before. */
  history(
    patient: PatientRef,
    options: {
      readonly limit: number
      readonly before?: number | undefined
      readonly muscle?: string | undefined
      readonly side?: Side | undefined
    },
  ): Promise<Array<{ readonly entry: number; readonly record: MvcRecord }>>
}

type Row = typeof mvcRecords.$inferSelect

/** First key of the advisory locks of this table, by which entries for one patient wait for each other. */
const LOCK = 6826

const recordOf = (row: Row, patientCode: string): MvcRecord => ({
  id: row.id,
  patientCode,
  muscle: row.muscle,
  side: row.side,
  value: row.value,
  unit: 'V',
  unitBasis: row.unitBasis,
  source: row.source,
  method: row.method,
  recordingId: row.recordingId,
  channel:
    row.channelIndex === null || row.channelName === null
      ? null
      : { index: row.channelIndex, name: row.channelName },
  trials: row.trials,
  spreadPercent: row.spreadPercent,
  flags: row.flags,
  recordedBy: row.recordedBy,
  recordedAt: row.recordedAt.toISOString(),
  validFrom: row.validFrom.toISOString(),
  validUntil: row.validUntil?.toISOString() ?? null,
  supersedes: row.supersedes,
})

const emptyValidity = (from: Date): Problem =>
  new Problem(422, 'VALIDITY_EMPTY', `It holds from ${from.toISOString()}, so it cannot end before.`)

export function createMvcStore(db: Database, announce: Announce, events: Events, clock: Clock): MvcStore {
  const ofMuscle = (patientId: string, muscle?: string, side?: Side): SQL | undefined =>
    and(
      eq(mvcRecords.patientId, patientId),
      muscle === undefined ? undefined : eq(mvcRecords.muscle, muscle),
      side === undefined ? undefined : eq(mvcRecords.side, side),
    )

  return {
    async append({ id: patientId, code }, records, check) {
      const { appended, change } = await db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${patientId}))`)
        const appended: MvcRecord[] = []
        for (const record of records) {
          const { channel, trials, flags, validFrom, ...rest } = record
          const recordedAt = new Date(clock.now())
          const from = validFrom ?? recordedAt
          if (record.validUntil && record.validUntil <= from) throw emptyValidity(from)
          const [before] = await tx
            .select()
            .from(mvcRecords)
            .where(
              and(
                ofMuscle(patientId, record.muscle, record.side),
                eq(mvcRecords.source, record.source),
                lte(mvcRecords.validFrom, from),
              ),
            )
            .orderBy(desc(mvcRecords.validFrom), desc(mvcRecords.entry))
            .limit(1)
          check?.(record, before && recordOf(before, code))
          const [row] = await tx
            .insert(mvcRecords)
            .values({
              ...rest,
              id: Bun.randomUUIDv7(),
              patientId,
              channelIndex: channel?.index ?? null,
              channelName: channel?.name ?? null,
              trials: trials && [...trials],
              flags: [...flags],
              recordedAt,
              validFrom: from,
              supersedes: before?.id ?? null,
            })
            .returning()
          appended.push(recordOf(row as Row, code))
        }
        await events.emit(mvcChanged, { patientCode: code }, tx)
        return {
          appended,
          change: await announce([['mvc.changed:{patientCode}', { patientCode: code }]], tx),
        }
      })
      await change.settled()
      return appended
    },
    async ofPatient({ id, code }) {
      const rows = await db.select().from(mvcRecords).where(ofMuscle(id)).orderBy(asc(mvcRecords.entry))
      return rows.map((row) => recordOf(row, code))
    },
    async history({ id, code }, { limit, before, muscle, side }) {
      const rows = await db
        .select()
        .from(mvcRecords)
        .where(
          and(ofMuscle(id, muscle, side), before === undefined ? undefined : lt(mvcRecords.entry, before)),
        )
        .orderBy(desc(mvcRecords.entry))
        .limit(limit)
      return rows.map((row) => ({ entry: row.entry, record: recordOf(row, code) }))
    },
  }
}
