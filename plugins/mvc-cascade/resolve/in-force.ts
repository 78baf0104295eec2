/** Which record of one muscle and side holds at a time. */
import type { MvcRecord } from '../records/record.ts'

/**
 * The record in force: of those that hold from this time or earlier, the one that holds from the latest; of equals, the
 * last one entered. So a correction is entered with the time of what it corrects.
 *
 * @param records in the order they were entered
 */
export function inForce(records: readonly MvcRecord[], at: Date): MvcRecord | undefined {
  let latest: MvcRecord | undefined
  let from = Number.NEGATIVE_INFINITY
  for (const record of records) {
    const since = Date.parse(record.validFrom)
    if (since > at.getTime() || since < from) continue
    latest = record
    from = since
  }
  return latest
}
