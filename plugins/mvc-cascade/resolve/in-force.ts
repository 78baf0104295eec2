/** Which record of one muscle, side and source holds at a time. */
import type { MvcRecord } from '../records/record.ts'

function latestStart(records: readonly MvcRecord[], before: number): MvcRecord | undefined {
  let latest: MvcRecord | undefined
  let from = Number.NEGATIVE_INFINITY
  for (const record of records) {
    const since = Date.parse(record.validFrom)
    if (since > before || since < from) continue
    latest = record
    from = since
  }
  return latest
}

/** Whether nobody said from when on it holds, so that it is the time of entry. */
const isUndated = ({ validFrom, recordedAt }: MvcRecord): boolean => validFrom === recordedAt

/**
 * The record in force: of those that hold from this time or earlier, the one that holds from the latest; of equals, the
 * last one entered. So a correction is entered with the time of what it corrects.
 *
 * Where none does, the current one of those that were entered without a time: sessions are often entered before the
 * MVC of their patient is. One that states from when on it holds never serves before that.
 *
 * @param records in the order they were entered
 */
export const inForce = (records: readonly MvcRecord[], at: Date): MvcRecord | undefined =>
  latestStart(records, at.getTime()) ?? latestStart(records.filter(isUndated), Number.POSITIVE_INFINITY)
