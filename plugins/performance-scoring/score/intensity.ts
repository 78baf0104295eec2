/** Intensity: how many of the contractions were strong enough. */
import { figure, missing, type Rate, UNCOUNTED } from './figure.ts'

const FORMULA = 'meetsMvc / total'

/**
 * `meetsMvc / total`, a ratio of completed contractions.
 *
 * @param total completed contractions; null where they could not be counted
 * @param meetsMvc contractions that reach the share of MVC asked for; null where no MVC is known
 */
export function intensity(total: number | null, meetsMvc: number | null): Rate {
  const values = { meetsMvc, total }
  if (total === null) return missing('1', FORMULA, values, UNCOUNTED)
  if (total === 0) return missing('1', FORMULA, values, 'there is no contraction')
  if (meetsMvc === null) return missing('1', FORMULA, values, 'no MVC is known')
  return figure('1', FORMULA, { meetsMvc, total }, meetsMvc / total)
}
