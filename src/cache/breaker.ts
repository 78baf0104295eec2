/** A half-open circuit breaker: leaves a failing server alone, and tries it again with one call at a time. */

export type BreakerState = 'closed' | 'open' | 'half-open'

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failures: number
  /** How long it stays open the first time, at most; it doubles with each failed probe. */
  readonly firstWaitMs: number
  /** It never stays open longer. */
  readonly longestWaitMs: number
  /** Monotonic clock in ms. */
  readonly now: () => number
  /** Uniform in [0, 1): spreads the probes of many nodes. */
  readonly random: () => number
}

/** Opens at the third failure in a row; waits 0.5 to 1 s, and at most 3 s after more failures. */
export const BREAKER_DEFAULTS: BreakerOptions = {
  failures: 3,
  firstWaitMs: 1000,
  longestWaitMs: 3000,
  now: () => performance.now(),
  random: Math.random,
}

/** Leave for one call. It must be told how the call went, exactly once. */
export interface Permit {
  succeeded(): void
  failed(): void
  /** The call said nothing of the server's health. */
  withdrawn(): void
}

export interface Breaker {
  state(): BreakerState
  /** Whether {@link enter} would let a call through now. */
  isOpenToCalls(): boolean
  /** @returns null while it is open, or while another call is the probe */
  enter(): Permit | null
  /** Lets the next call be a probe at once: there is reason to believe that the server is back. */
  retryNow(): void
}

/**
 * Makes a breaker, closed at first. A call that was let through before it opened can neither close nor reopen it:
 * what it says is old.
 */
export function createBreaker(options: Partial<BreakerOptions> = {}): Breaker {
  const { failures, firstWaitMs, longestWaitMs, now, random } = { ...BREAKER_DEFAULTS, ...options }
  let inARow = 0
  /** When the next probe may go; null while closed. */
  let retryAt: number | null = null
  let openings = 0
  let probing = false
  let generation = 0

  const state = (): BreakerState => {
    if (retryAt === null) return 'closed'
    return now() >= retryAt ? 'half-open' : 'open'
  }
  const open = (): void => {
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(openings, 16))
    openings++
    generation++
    probing = false
    retryAt = now() + longest * (0.5 + random() / 2)
  }
  const close = (): void => {
    retryAt = null
    inARow = 0
    openings = 0
    probing = false
    generation++
  }
  const isOpenToCalls = (): boolean => state() === 'closed' || (state() === 'half-open' && !probing)

  return {
    state,
    isOpenToCalls,
    enter() {
      if (!isOpenToCalls()) return null
      const isProbe = retryAt !== null
      if (isProbe) probing = true
      const entered = generation
      const current = (act: () => void) => () => {
        if (generation === entered) act()
      }
      return {
        succeeded: current(() => {
          if (isProbe) close()
          else inARow = 0
        }),
        failed: current(() => {
          inARow++
          if (isProbe || inARow >= failures) open()
        }),
        withdrawn: current(() => {
          if (isProbe) probing = false
        }),
      }
    },
    retryNow() {
      if (retryAt === null) return
      generation++
      probing = false
      retryAt = now()
    },
  }
}
