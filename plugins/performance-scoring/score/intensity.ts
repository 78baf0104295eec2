/** Intensity: how many of the contractions were strong enough. */
import { figure, missing, type Rate, UNCOUNTED } from './figure.ts'

const FORMULA = 'meetsMvc / total'

/**
 * `meetsMvc / total`, a ratio of completed contractions.
 *
 * @param total completed contractions; null where they could not be counted
 * @param meetsMvc contractions that reach the share of MVC asked for; null where no MVC is known, or where one of them has
 *   no amplitude to hold against it
 * @param mvcSource where the MVC is from; null where none is known, or nobody says
 */
export function intensity(
  total: number | null,
  meetsMvc: number | null,
  mvcSource: string | null = null,
): Rate {
  const values = { meetsMvc, total }
  if (total === null) return missing('1', FORMULA, values, UNCOUNTED)
  if (total === 0) return missing('1', FORMULA, values, 'there is no contraction')
  if (meetsMvc === null) {
    const reason =
      mvcSource === null
        ? 'no MVC is known'
        : 'not every contraction has an amplitude to hold against the MVC'
    return missing('1', FORMULA, values, reason)
  }
  return figure('1', FORMULA, { meetsMvc, total }, meetsMvc / total)
}
