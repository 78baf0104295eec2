/** Compliance: how far the muscles did what was asked for, under the pressure that was asked for. */
import { figure, missing, type Percent, type Rate } from './figure.ts'
import type { Side } from './input.ts'
import { mean } from './mean.ts'

/**
 * `mean(left, right, none) * gate`, in percent: the mean of the sides that have a score, so that a side with more
 * electrodes counts no more than the other; times the gate, where there is one.
 */
export function compliance(sides: Readonly<Record<Side, Percent>>, gate: Rate): Percent {
  const present = (['left', 'right', 'none'] as const).flatMap((side) => {
    const { value } = sides[side]
    return value === null ? [] : [[side, value] as const]
  })
  const formula = `mean(${present.map(([side]) => side).join(', ')})`
  const values = Object.fromEntries(present)
  const value = mean(present.map(([, score]) => score))
  if (value === null) return missing('%', 'mean(sides) * gate', {}, 'no muscle has a score')
  if (gate.value === null) return figure('%', formula, values, value)
  return figure('%', `${formula} * gate`, { ...values, gate: gate.value }, value * gate.value)
}
