/** Whether amplitudes are those of EMG at the skin. */
import type { CheckInput, QualityCheck } from './check.ts'
import { activeRms, shownVolts } from './levels.ts'

/**
 * RMS in V of contractions at the skin: surface EMG has up to 1.5 mV, and no electrode less than some tenths of a
 * microvolt of noise. The limits leave a factor of three.
 *
 * @see De Luca (2002), Surface Electromyography: Detection and Recording, DelSys; Huigen et al. (2002), Med Biol Eng
 * Comput 40:332, for noise of electrodes
 */
const LEAST_V = 0.1e-6
const MOST_V = 5e-3

/** The factor to volts at the skin; null where it is not known, or its amplitudes say that it is another. */
export function skinVoltsOf(input: Omit<CheckInput, 'rest' | 'skinVolts'>): number | null {
  const rms = activeRms(input)
  if (rms === null || input.volts === null) return null
  const volts = rms * input.volts
  return volts >= LEAST_V && volts <= MOST_V ? input.volts : null
}

export const scale: QualityCheck = {
  type: 'quality-check',
  id: 'scale',
  summary: 'RMS of contractions, or of all: whether it can be EMG at the skin',
  unit: '{unit}',
  reference: 'De Luca (2002), Surface Electromyography: Detection and Recording, DelSys',
  assess(input) {
    const value = activeRms(input)
    if (value === null) return { status: 'unknown', value, message: 'It cannot be filtered.' }
    if (input.volts === null) return { status: 'unknown', value, message: 'Its unit is not known in volts.' }
    if (input.skinVolts !== null) return { status: 'good', value }
    const volts = value * input.volts
    const bound =
      volts > MOST_V ? `no EMG at the skin exceeds ${shownVolts(MOST_V)}` : 'no electrode is as quiet'
    return {
      status: 'usable',
      value,
      message: `${shownVolts(volts)} RMS is stated, but ${bound}: the unit is wrong, or a gain was not taken out.`,
    }
  },
}
