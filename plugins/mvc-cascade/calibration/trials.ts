/** Finds the trials of an MVC recording: plateaus of effort between stretches of rest. */
import { dsp } from '../../../src/sdk.ts'
import { largestRms, type Run, WINDOW_MS } from '../calculate.ts'

/** An effort lasts longer than this; a knock on an electrode does not. */
const SHORTEST_EFFORT_MS = 250
/** A trial rises above this share of the best, and ends below the other: a hesitation within does not split it. */
const RISE = 0.3
const FALL = 0.2
/** The same as multiples of rest, where that is loud. */
const RISE_OVER_REST = 2
const FALL_OVER_REST = 1.5

/** The least of the window around each value, so that what is narrower than the window is gone; by a queue of candidates. */
function movingMinimum(x: Float64Array, window: number): Float64Array {
  const half = (window - 1) / 2
  const queue = new Int32Array(x.length)
  const least = new Float64Array(x.length)
  let head = 0
  let tail = 0
  for (let i = 0; i < x.length + half; i++) {
    if (i < x.length) {
      while (tail > head && (x[queue[tail - 1] as number] as number) >= (x[i] as number)) tail--
      queue[tail++] = i
    }
    const centre = i - half
    if (centre < 0) continue
    while ((queue[head] as number) < centre - half) head++
    least[centre] = x[queue[head] as number] as number
  }
  return least
}

/**
 * Trials stand out in the moving RMS over 500 ms. The best level is that of the loudest effort, narrow artefacts left
 * out; rest is the 5th percentile. A trial rises above 30 % of the best and twice the rest, and lasts until it falls
 * below 20 % and 1.5 times the rest.
 *
 * @param filtered band-passed samples, gaps bridged
 * @param rate Hz
 * @returns none where nothing stands out: noise, or an effort without rest around it
 */
export function findTrials(filtered: Float64Array, rate: number): Run[] {
  const window = dsp.windowLength(WINDOW_MS, rate)
  const level = dsp.movingRms(filtered, window)
  // A knock widens to the RMS window and its own width; what is wider is effort.
  const shortest = dsp.windowLength(WINDOW_MS + SHORTEST_EFFORT_MS, rate)
  const best = movingMinimum(level, shortest).reduce((most, value) => Math.max(most, value), 0)
  if (!(best > 0)) return []
  const rest = dsp.quantile(level, 0.05)
  const rise = Math.max(RISE * best, RISE_OVER_REST * rest)
  const fall = Math.max(FALL * best, FALL_OVER_REST * rest)
  // The level reaches `fall` where this much of the window has come into an effort as strong as the best.
  const overlap = Math.floor(window * (fall / best) ** 2)
  const smear = Math.max(0, (window - 1) / 2 - overlap)
  const runs: Run[] = []
  for (let i = 0; i < level.length; i++) {
    if (!((level[i] as number) > rise)) continue
    let start = i
    while (start > 0 && (level[start - 1] as number) >= fall) start--
    while (i < level.length && (level[i] as number) >= fall) i++
    if (i - start < shortest) continue
    const run = { start: start === 0 ? 0 : start + smear, end: i === level.length ? i : i - smear }
    // Two knocks near each other span a stretch that holds no effort.
    if ((largestRms(filtered, rate, run, null) ?? 0) > rise) runs.push(run)
  }
  return runs
}
