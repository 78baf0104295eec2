/** Heartbeats in the EMG. */
import type { QualityCheck } from './check.ts'
import { findHeartbeat } from './heartbeat.ts'

/**
 * Heartbeats lower a verdict to usable, since a corner of 30 Hz takes most of them out; to poor where they were
 * counted as contractions.
 */
export const ecg: QualityCheck = {
  type: 'quality-check',
  id: 'ecg',
  summary: 'Whether heartbeats show outside of contractions',
  unit: '1/min',
  reference: 'Drake & Callaghan (2006), J Electromyogr Kinesiol 16:175',
  assess(input) {
    if (!input.signals) return { status: 'unknown', value: null, message: 'It cannot be filtered.' }
    const heartbeat = findHeartbeat(input)
    if (!heartbeat) return { status: 'good', value: null }
    const { perMinute, takenForContractions: taken } = heartbeat
    const seen = `Heartbeats show at ${perMinute.toFixed(0)} a minute`
    const counted =
      taken > 0 ? `, and ${taken} ${taken === 1 ? 'contraction is' : 'contractions are'} nothing else` : ''
    return {
      status: taken > 0 ? 'poor' : 'usable',
      value: perMinute,
      message: `${seen}${counted}: raise the lower corner to 30 Hz.`,
      details: heartbeat,
    }
  },
}
