/** Until when a node may trust that it has heard of every bump. */

/** The clocks of a node, both in ms. */
export interface Clocks {
  /** Never goes back; may stand still while the machine sleeps. */
  monotonic(): number
  /** Since 1970; may be set. */
  wall(): number
}

export const systemClocks: Clocks = { monotonic: () => performance.now(), wall: Date.now }

/** A reading of both clocks. */
export interface Moment {
  readonly monotonic: number
  readonly wall: number
}

export const momentOf = (clocks: Clocks): Moment => ({ monotonic: clocks.monotonic(), wall: clocks.wall() })

export interface Trust {
  isTrusted(): boolean
  /** A canary that was sent then has come back: every bump that was committed before it has been heard. */
  heardAllUntil(sent: Moment): void
  lose(): void
  onChange(listener: (trusted: boolean) => void): void
}

/**
 * Trust lasts `ms` from the sending of the last canary that came back. Both clocks must agree to that: the monotonic
 * one cannot be set, the other one goes on while the machine sleeps.
 */
export function createTrust(clocks: Clocks, ms: number): Trust {
  const listeners: Array<(trusted: boolean) => void> = []
  let until: Moment = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY }
  let reported = false
  let timer: Timer | undefined

  const isTrusted = (): boolean => clocks.monotonic() < until.monotonic && clocks.wall() < until.wall
  const report = (trusted: boolean): void => {
    if (trusted === reported) return
    reported = trusted
    for (const listener of listeners) listener(trusted)
  }
  const check = (): void => {
    clearTimeout(timer)
    const trusted = isTrusted()
    report(trusted)
    if (trusted) timer = setTimeout(check, Math.max(1, until.monotonic - clocks.monotonic()))
  }
  return {
    isTrusted,
    heardAllUntil(sent) {
      // It may have run out unnoticed while the event loop was held up.
      if (!isTrusted()) report(false)
      until = { monotonic: sent.monotonic + ms, wall: sent.wall + ms }
      check()
    },
    lose() {
      until = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY }
      check()
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
