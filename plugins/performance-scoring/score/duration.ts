/** Duration: how many of the contractions were long enough. */
import { figure, missing, type Rate, UNCOUNTED } from './figure.ts'

const FORMULA = 'meetsDuration / total'

/**
 * `meetsDuration / total`, a ratio of completed contractions.
 *
 * @param total completed contractions; null where they could not be counted
 * @param meetsDuration contractions that last as long as asked for; null where no duration is asked for
 */
export function duration(total: number | null, meetsDuration: number | null): Rate {
  const values = { meetsDuration, total }
  if (total === null) return missing('1', FORMULA, values, UNCOUNTED)
  if (total === 0) return missing('1', FORMULA, values, 'there is no contraction')
  if (meetsDuration === null) return missing('1', FORMULA, values, 'no duration is asked for')
  return figure('1', FORMULA, { meetsDuration, total }, meetsDuration / total)
}
