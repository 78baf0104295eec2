/** The time by which the host goes: that of the machine, or one that a test moves. */

/** What a plugin reads the time from. */
export interface Clock {
  /** ms since 1970. */
  now(): number
}

/** With timers, for what the host times itself. */
export interface HostClock extends Clock {
  /**
   * Runs something once, after so many ms.
   *
   * @returns takes it back
   */
  after(ms: number, run: () => void): () => void
}

export const systemClock: HostClock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
