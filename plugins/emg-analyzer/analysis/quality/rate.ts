/** Whether the channel is sampled often enough. */
import type { QualityCheck } from './check.ts'

/** Below this, no spectrum of surface EMG means anything. */
const LEAST_HZ = 400
/** Twice the upper corner of the usual band. */
const ENOUGH_HZ = 900

export const samplingRate: QualityCheck = {
  type: 'quality-check',
  id: 'samplingRate',
  summary: 'Whether the channel is sampled often enough for amplitudes and spectra',
  unit: 'Hz',
  reference: 'SENIAM; Merletti & Cerone (2020), J Electromyogr Kinesiol 54:102440',
  assess({ rate }) {
    const shown = Number(rate.toFixed(2))
    if (rate >= ENOUGH_HZ) return { status: 'good', value: rate }
    if (rate >= LEAST_HZ) {
      const message = `At ${shown} Hz, EMG above ${shown / 2} Hz is lost or folded: amplitudes are lower bounds.`
      return { status: 'usable', value: rate, message }
    }
    return { status: 'poor', value: rate, message: `At ${shown} Hz, no spectrum is valid.` }
  },
}
