/** The gate of blood flow restriction: whether the pressure of the cuffs was kept. */
import { figure, missing, type Rate } from './figure.ts'
import type { ScoreInput } from './input.ts'
import type { ScoringRules } from './rules.ts'

/**
 * C_BFR: 1 where every measured pressure lies in the window, bounds included; 0 where one does not. Null where
 * none was measured: then no gate is applied, and nothing counts as measured.
 */
export function bfrGate({ left, right }: ScoreInput['bfr'], window: ScoringRules['bfrWindow']): Rate {
  const { lowPercent: low, highPercent: high } = window
  const measured = Object.entries({ left, right }).flatMap(([side, pressure]) =>
    pressure === null ? [] : [[side, pressure] as const],
  )
  if (measured.length === 0) {
    const reason = 'no pressure was measured; the gate is not applied'
    return missing('1', 'within(pressure, low, high)', { left, right, low, high }, reason)
  }
  const kept = measured.every(([, pressure]) => low <= pressure && pressure <= high)
  const formula = measured.map(([side]) => `within(${side}, low, high)`).join(' * ')
  return figure('1', formula, { ...Object.fromEntries(measured), low, high }, kept ? 1 : 0)
}
