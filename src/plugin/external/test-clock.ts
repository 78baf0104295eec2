/** A clock that stands until a test moves it. */
import type { HostClock } from '../../clock.ts'

/** The clock of a test host: it stands still until a test moves it. */
export interface TestClock extends HostClock {
  /**
   * Moves the time on. What is timed until then is run on the way, each at its time.
   *
   * @throws {RangeError} for a time that goes back
   */
  advance(ms: number): void
}

/** Monday noon, far from any change of day or daylight saving. */
const START = Date.UTC(2024, 0, 15, 12)

/** @param start ms since 1970 */
export function createTestClock(start = START): TestClock {
  let time = start
  const waiting = new Set<{ readonly at: number; run(): void }>()
  return {
    now: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run }
      waiting.add(timer)
      return () => waiting.delete(timer)
    },
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`time does not go on by ${ms} ms`)
      const end = time + ms
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        waiting.delete(next)
        time = Math.max(time, next.at)
        next.run()
      }
      time = end
    },
  }
}
