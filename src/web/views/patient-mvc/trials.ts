/** Trials of an MVC recording as people type them: in seconds, from – to. */
import { numberOf } from '../../language/number-of.ts'

/** Part of a recording, in ms from its first sample. */
export interface Trial {
  readonly startMs: number
  readonly endMs: number
}

/** The most that a request takes. */
const MOST = 100

const toMs = (text: string): number | null => {
  const seconds = numberOf(text)
  // To a thousandth: 3.3 s are 3300 ms, and no rounding error beside it.
  return seconds === null ? null : Number((seconds * 1000).toFixed(3))
}

/**
 * @returns null for what is no list of trials, and for an empty one
 * @example parseTrials('3–7; 12,5-16') // [{ startMs: 3000, endMs: 7000 }, { startMs: 12500, endMs: 16000 }]
 */
export function parseTrials(text: string): Trial[] | null {
  const parts = text.split(';').filter((part) => part.trim() !== '')
  if (parts.length === 0 || parts.length > MOST) return null
  const trials: Trial[] = []
  for (const part of parts) {
    const [from, to, ...more] = part.split(/[-–—]/)
    const startMs = toMs(from ?? '')
    const endMs = toMs(to ?? '')
    if (startMs === null || endMs === null || more.length > 0 || endMs <= startMs) return null
    trials.push({ startMs, endMs })
  }
  return trials
}
