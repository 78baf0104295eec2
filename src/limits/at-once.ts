/** How many of something somebody has at once. */

export interface AtOnce {
  /** Counts one more; gives what ends it, or null where there are as many as may be. */
  enter(key: string): (() => void) | null
}

/** @param most of one key, and of all together */
export function createAtOnce(most: { readonly each: number; readonly all: number }): AtOnce {
  const counts = new Map<string, number>()
  let all = 0
  return {
    enter(key) {
      const count = counts.get(key) ?? 0
      if (count >= most.each || all >= most.all) return null
      counts.set(key, count + 1)
      all++
      let ended = false
      return () => {
        if (ended) return
        ended = true
        all--
        const left = (counts.get(key) ?? 1) - 1
        if (left === 0) counts.delete(key)
        else counts.set(key, left)
      }
    },
  }
}
