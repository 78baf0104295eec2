/** What became of a stored MVC value. */
import type { Answer } from '../../api/client.ts'

export type MvcRecord = Answer<'GET /api/patients/{code}/mvc/history'>['items'][number]

/**
 * - `in-force`: it is the value that holds now
 * - `waiting`: it would hold, and another source comes before it
 * - `superseded`: a later one of the same source took its place
 * - `withdrawn`: it was taken back
 * - `withdrawal`: it is no value; it takes one back
 * - `ended`: its validity is over
 * - `future`: it holds only later
 */
export type RecordState =
  | 'in-force'
  | 'waiting'
  | 'superseded'
  | 'withdrawn'
  | 'withdrawal'
  | 'ended'
  | 'future'

const DAY_MS = 86_400_000

/** Which began later; of equals, which was entered later, as records come last entered first. */
function latest(records: readonly MvcRecord[], before: number): MvcRecord | undefined {
  let found: MvcRecord | undefined
  for (const record of records) {
    const from = Date.parse(record.validFrom)
    if (from <= before && (found === undefined || from > Date.parse(found.validFrom))) found = record
  }
  return found
}

/**
 * @param record one of `records`
 * @param records of the patient, last entered first
 * @param inForce ids of the records that the cascade took
 * @param validityDays that a calibration holds where it does not say itself
 */
export function stateOf(
  record: MvcRecord,
  records: readonly MvcRecord[],
  {
    inForce,
    validityDays,
    now,
  }: {
    readonly inForce: ReadonlySet<string>
    readonly validityDays: number
    readonly now: number
  },
): RecordState {
  if (inForce.has(record.id)) return 'in-force'
  if (record.value === null) return 'withdrawal'
  const from = Date.parse(record.validFrom)
  if (from > now) return 'future'
  const own = records.filter(
    ({ muscle, side, source }) =>
      muscle === record.muscle && side === record.side && source === record.source,
  )
  const last = latest(own, now)
  if (last && last.id !== record.id) {
    // The one that follows in time says why this one holds no more.
    const next = own
      .filter(
        ({ id, validFrom }) =>
          id !== record.id && Date.parse(validFrom) >= from && Date.parse(validFrom) <= now,
      )
      .sort((a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom))[0]
    return next?.value === null ? 'withdrawn' : 'superseded'
  }
  const until =
    record.validUntil === null
      ? record.source === 'calibration'
        ? from + validityDays * DAY_MS
        : Number.POSITIVE_INFINITY
      : Date.parse(record.validUntil)
  return now >= until ? 'ended' : 'waiting'
}

/** When a value stops to hold by itself; null: only another or a withdrawal ends it. */
export function endOf(
  { validFrom, validUntil, source, value }: MvcRecord,
  validityDays: number,
): string | null {
  if (validUntil !== null) return validUntil
  if (source === 'manual' || value === null) return null
  return new Date(Date.parse(validFrom) + validityDays * DAY_MS).toISOString()
}
