/** A side of the body: the mean of its muscles. */
import { figure, missing, type Percent } from './figure.ts'
import type { Side } from './input.ts'
import { mean } from './mean.ts'
import type { MuscleScore } from './muscle.ts'

/**
 * `mean(muscle_1, muscle_2, …)` over the muscles of the side that have a score, before the gate, in percent.
 * `muscle_n` is the n-th of all muscles, from 1.
 */
export function scoreSide(muscles: readonly MuscleScore[], side: Side): Percent {
  const own = muscles
    .map((muscle, i) => ({ ...muscle, name: `muscle_${i + 1}` }))
    .filter((muscle) => muscle.side === side)
  const scored = own.flatMap(({ name, score }) =>
    score.value === null ? [] : [[name, score.value] as const],
  )
  const formula = `mean(${scored.map(([name]) => name).join(', ')})`
  const value = mean(scored.map(([, score]) => score))
  if (value !== null) return figure('%', formula, Object.fromEntries(scored), value)
  const reason =
    own.length === 0 ? 'no muscle of this side was analysed' : 'no muscle of this side has a score'
  return missing('%', 'mean(muscles)', {}, reason)
}
