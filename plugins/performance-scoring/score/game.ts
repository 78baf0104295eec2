/** The game: points of those that were to be had. */
import { figure, missing, type Percent } from './figure.ts'
import type { ScoreInput } from './input.ts'

const FORMULA = 'min(100 * points / max_points, 100)'

/** `min(100 * points / max_points, 100)`, in percent; null without a game, and where there were no points to be had. */
export function game(result: ScoreInput['game']): Percent {
  if (result === null) return missing('%', FORMULA, {}, 'no game was played')
  const values = { points: result.points, max_points: result.max }
  if (result.max === 0) return missing('%', FORMULA, values, 'there were no points to be had')
  return figure('%', FORMULA, values, Math.min((100 * result.points) / result.max, 100))
}
