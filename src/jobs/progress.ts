/** Writes how far a job is, but not more often than anybody looks. */

const EVERY_MS = 200

export interface ProgressWriter {
  write(percent: number, note: string | null): void
  /** Writes nothing more. */
  end(): void
}

/** @param store one that fails is as good as none: progress is for people to see */
export function createProgressWriter(
  store: (percent: number, note: string | null) => Promise<unknown>,
): ProgressWriter {
  let latest: readonly [percent: number, note: string | null] | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false

  function flush(): void {
    timer = undefined
    if (!latest || ended) return
    const [percent, note] = latest
    latest = undefined
    timer = setTimeout(flush, EVERY_MS)
    store(percent, note).catch(() => undefined)
  }
  return {
    write(percent, note) {
      latest = [percent, note]
      if (timer === undefined) flush()
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
